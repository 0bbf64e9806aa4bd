// A page's EventSource in Chromium, unchanged: prints what anyone publishes, the id of each message, and when it is cut off.
// usage: node event-source.mjs http://127.0.0.1:5000 /usr/bin/chromium
// Ends with standard input.
import { chromium } from 'playwright-core';
import { openPage } from './browser.mjs';

const [base, executablePath] = process.argv.slice(2);
const browser = await openPage(chromium, executablePath);
const page = await browser.newPage();
page.on('pageerror', (error) => console.log(`amiss: ${error.message}`));
page.on('console', (message) => message.type() === 'log' && console.log(message.text()));
await page.goto(`${base}/healthz`);
await page.evaluate(() => {
  const source = new EventSource('/events');
  source.onmessage = (event) => console.log(`message ${event.lastEventId} ${event.data}`);
  source.addEventListener('position', (event) => console.log(`position ${event.data}`));
  source.onerror = () => console.log(`error readyState=${source.readyState}`);
});
await new Promise((resolve) => process.stdin.resume().on('end', resolve));
await browser.close();
