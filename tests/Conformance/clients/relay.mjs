// Stands between the browser and the server as the network and its proxies do: refuses, holds back, cuts.
import http from 'node:http';
import net from 'node:net';

/** Relays to a server, on a port that was free. What it shall do to whom is set on the result. */
export async function startRelay(target) {
  const { hostname, port } = new URL(target);
  const sockets = new Set();
  const relay = {
    /** Paths that get no further than here, by the answer's head and body, such as { '/ws': [403, {}, ''] }. */
    refusals: {},
    /** The one token that is let through; undefined asks for none. */
    token: undefined,
    /** While true, what the server says of this path stays here. */
    holds: undefined,
    /** The targets of all requests so far. */
    targets: [],
    /** Resets every connection; new ones are relayed again. */
    cut() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    close() {
      server.close();
      relay.cut();
    },
  };
  const keep = (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    return socket;
  };
  const refusalOf = ({ url, headers }) => {
    const { pathname } = new URL(url, target);
    relay.targets.push(url);
    if (relay.refusals[pathname]) return relay.refusals[pathname];
    const token = /^Bearer (.*)/.exec(headers.authorization)?.[1] ?? /rawrealtime\.token\.([^ ,]+)/.exec(headers['sec-websocket-protocol'])?.[1];
    const isGuarded = relay.token !== undefined && ['/ws', '/events', '/poll', '/publish'].includes(pathname);
    if (!isGuarded || token === relay.token) return undefined;
    return [401, { 'Content-Type': 'application/problem+json' }, '{"code":"bad-token","detail":"the token is not good"}'];
  };
  const isHeld = ({ url }) => relay.holds !== undefined && url.startsWith(relay.holds);

  const server = http.createServer((request, response) => {
    const refusal = refusalOf(request);
    if (refusal) {
      const [status, headers, body] = refusal;
      response.writeHead(status, headers).end(body);
      return;
    }
    const there = http.request({ hostname, port, path: request.url, method: request.method, headers: request.headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers).flushHeaders();
      answer.on('data', (chunk) => isHeld(request) || response.write(chunk));
      answer.on('end', () => response.end()).on('error', () => response.destroy());
    });
    there.on('socket', keep).on('error', () => response.destroy());
    response.on('close', () => there.destroy());
    request.pipe(there);
  });
  server.on('connection', keep);
  server.on('upgrade', (request, socket) => {
    const refusal = refusalOf(request);
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal[0]} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    const there = keep(net.connect(port, hostname));
    const fields = request.rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
    there.write(`GET ${request.url} HTTP/1.1\r\n${fields}\r\n`);
    there.on('data', (chunk) => isHeld(request) || socket.write(chunk)).on('close', () => socket.destroy());
    socket.on('data', (chunk) => there.write(chunk)).on('close', () => there.destroy());
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  relay.http = `http://127.0.0.1:${server.address().port}`;
  return relay;
}
