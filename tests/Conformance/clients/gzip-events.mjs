// A compressed event stream as a page or a program reads it: prints each line when it has come, and "whole" when the stream ended in order.
// usage: node gzip-events.mjs fetch|/usr/bin/chromium http://127.0.0.1:5000 /events
const [how, base, path] = process.argv.slice(2);

const readWithFetch = async () => {
  const response = await fetch(base + path, { headers: { 'accept-encoding': 'gzip' } });
  console.log(`encoding ${response.headers.get('content-encoding')}`);
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    lines.forEach((line) => console.log(line));
  }
  console.log('whole');
};

const readWithBrowser = async () => {
  const { chromium } = await import('playwright-core');
  const { openPage } = await import('./browser.mjs');
  const browser = await openPage(chromium, how);
  const page = await browser.newPage();
  const head = page.waitForResponse((response) => response.url().endsWith(path)).then(async (response) => {
    console.log(`encoding ${(await response.allHeaders())['content-encoding']}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'log') head.then(() => console.log(message.text()));
  });
  await page.goto(`${base}/healthz`);
  await page.evaluate((at) => new Promise((resolve) => {
    const source = new EventSource(at);
    source.addEventListener('position', () => console.log('event: position'));
    source.onmessage = (event) => console.log(`data: ${event.data}`);
    source.onerror = () => {
      source.close();
      resolve();
    };
  }), path);
  console.log('whole');
  await browser.close();
};

await (how === 'fetch' ? readWithFetch() : readWithBrowser());
