// Event streams read by a client that other people wrote: one line of JSON in, one line of JSON out.
// usage: node event-rows.mjs eventsource|/usr/bin/chromium
// in: {"streams": [base64 …], "names": [event names to listen to]}; out: for each stream "name(id):data / …"
import { createServer } from 'node:http';

const [how] = process.argv.slice(2);
const input = await new Promise((resolve) => process.stdin.setEncoding('utf8').once('data', function first(text) {
  let all = text;
  if (all.includes('\n')) resolve(all);
  else process.stdin.on('data', (more) => (all += more).includes('\n') && resolve(all));
}));
const { streams, names } = JSON.parse(input);
const server = createServer((request, response) => {
  if (request.url === '/page') response.end('<!doctype html><link rel=icon href=data:,>');
  else response.writeHead(200, { 'content-type': 'text/event-stream' }).end(Buffer.from(streams[Number(request.url.slice(1))], 'base64'));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;

const readAll = async (count, all, at, Source) => {
  const outcomes = [];
  for (let i = 0; i < count; i++) {
    outcomes.push(await new Promise((resolve) => {
      const seen = [];
      const source = new Source(`${at}/${i}`);
      for (const name of all) source.addEventListener(name, (event) => seen.push(`${name}(${event.lastEventId}):${event.data}`));
      source.addEventListener('error', () => {
        source.close();
        resolve(seen.join(' / '));
      });
    }));
  }
  return outcomes;
};

if (how === 'eventsource') {
  const { EventSource } = await import('eventsource');
  console.log(JSON.stringify(await readAll(streams.length, names, base, EventSource)));
} else {
  const { chromium } = await import('playwright-core');
  const { openPage } = await import('./browser.mjs');
  const browser = await openPage(chromium, how);
  const page = await browser.newPage();
  await page.goto(`${base}/page`);
  console.log(JSON.stringify(await page.evaluate(`(${readAll})(${streams.length}, ${JSON.stringify(names)}, ${JSON.stringify(base)}, EventSource)`)));
  await browser.close();
}
server.close();
server.closeAllConnections();
process.stdin.destroy();
