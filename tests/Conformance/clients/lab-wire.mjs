// What the page at / computes of the bytes on the wire, against a relay that counts them. The server must not compress.
// usage: node lab-wire.mjs http://127.0.0.1:5000 /usr/bin/chromium 100
// Prints one line per transport; one that is off is a line that begins with "amiss:".
import { chromium } from 'playwright-core';
import { openPage } from './browser.mjs';
import { allOpen, number, received, start, stop, TRANSPORTS } from './lab.mjs';
import { countingRelay } from './counting-relay.mjs';

const MESSAGES = 300;
// What the page cannot count yet, or did not ask for: the frame that closed the WebSocket before, the head of the poll that is held.
const UNCOUNTED = { ws: 20, sse: 0, poll: 1000 };
const [base, executablePath, size] = process.argv.slice(2);
const channel = `wire-${size}`;
const owners = { '/ws': 'ws', '/events': 'sse', '/poll': 'poll' };
const relay = await countingRelay(Number(new URL(base).port), (target) => {
  const { pathname, searchParams } = new URL(target, base);
  return (searchParams.get('channel') === channel && owners[pathname]) || 'other';
});
const browser = await openPage(chromium, executablePath);
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${relay.port}/?channel=${channel}`);
  await allOpen(page);
  relay.reset();
  await start(page, { rate: 100, size: Number(size) });
  await received(page, MESSAGES);
  await stop(page);
  const counted = relay.counts();
  for (const transport of TRANSPORTS) {
    const told = await number(page, 'total', transport);
    const uncounted = counted[transport] - told;
    if (uncounted >= 0 && uncounted <= UNCOUNTED[transport]) console.log(`${transport} is right`);
    else console.log(`amiss: ${transport} tells ${told} bytes, ${counted[transport]} passed`);
  }
} finally {
  await browser.close();
  relay.close();
}
