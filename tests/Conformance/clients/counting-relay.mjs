// Stands between a browser and the server, and counts what passes, by the request it belongs to.
import { connect, createServer } from 'node:net';

/** @param ownerOf the target of a request to the name under which its bytes are counted */
export async function countingRelay(port, ownerOf) {
  let counts = {};
  const relay = createServer((browser) => {
    const server = connect(port, '127.0.0.1');
    let owner;
    const count = (bytes) => (counts[owner] = (counts[owner] ?? 0) + bytes.length);
    browser.on('data', (bytes) => {
      // A browser sends the head of a request at once, and the next one only when it has the answer.
      const request = /^[A-Z]+ (\S+) HTTP/.exec(bytes.toString('latin1', 0, 2000));
      if (request) owner = ownerOf(request[1]);
      count(bytes);
      server.write(bytes);
    });
    server.on('data', (bytes) => {
      count(bytes);
      browser.write(bytes);
    });
    for (const [one, other] of [[browser, server], [server, browser]]) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise((listening) => relay.listen(0, '127.0.0.1', listening));
  return { port: relay.address().port, reset: () => (counts = {}), counts: () => ({ ...counts }), close: () => relay.close() };
}
