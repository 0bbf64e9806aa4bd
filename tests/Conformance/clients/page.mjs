// Drives the page at / in Chromium, as a person would: publishes by hand, measures, cuts each transport while it measures.
// usage: node page.mjs http://127.0.0.1:5000 /usr/bin/chromium 1440x900
// Prints what was seen, one line each; anything amiss is a line that begins with "amiss:".
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { openPage } from './browser.mjs';
import { allOpen, cut, figure, number, publish, received, start, stop, TRANSPORTS } from './lab.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [base, executablePath, size] = process.argv.slice(2);
const [width, height] = size.split('x').map(Number);
const MOST_BYTES = 60 * 1024; // docs/lab.md
const amiss = (what) => console.log(`amiss: ${what}`);

async function look(page, state) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) amiss(`${state}, the page is ${overflow} pixels too wide`);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ').slice(0, 300)}`));
    for (const violation of violations) amiss(`${state}, ${colorScheme}, ${violation}`);
  }
}

/** Goes through the page by Tab, from the first control to the last, and notes which show that they have the focus. */
async function tabThrough(page) {
  const wanted = await page.evaluate(() =>
    [...document.querySelectorAll('button, input, select, summary')].filter((each) => each.checkVisibility()).map((each, i) => (each.dataset.stop = String(i))).length);
  const reached = new Set();
  await page.evaluate(() => document.activeElement?.blur());
  for (let i = 0; i < wanted + 5; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      const shown = at?.type === 'radio' ? at.nextElementSibling : at;
      return at?.dataset.stop !== undefined && getComputedStyle(shown).outlineStyle !== 'none' ? at.dataset.stop : undefined;
    });
    if (stop !== undefined) reached.add(stop);
  }
  // Of the two choices of the chart Tab reaches the chosen one; arrows change it.
  if (reached.size !== wanted - 1) amiss(`by Tab ${reached.size} of ${wanted - 1} controls are reached and show it`);
}

const browser = await openPage(chromium, executablePath);
try {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('pageerror', (error) => amiss(`page error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && amiss(`console: ${message.text()}`));
  page.on('request', (request) => new URL(request.url()).host !== new URL(base).host && amiss(`a request elsewhere: ${request.url()}`));
  let loaded = 0;
  page.on('requestfinished', async (request) => {
    if (/\/$|\.(js|css|svg)$/.test(new URL(request.url()).pathname)) loaded += (await request.sizes()).responseBodySize;
  });
  await page.goto(`${base}/?channel=page-${size}`);
  await page.evaluate(axe);
  await allOpen(page);
  console.log('three transports open');

  await publish(page, 'one for all');
  console.log('by hand on all three');

  await look(page, 'before');
  await tabThrough(page);
  if (loaded === 0 || loaded > MOST_BYTES) amiss(`the page and its files take ${loaded} bytes`);
  console.log('looked at');

  await start(page, { rate: 100 });
  await received(page, 60);
  for (const transport of TRANSPORTS) {
    await cut(page, transport, transport === 'sse' ? 1000 : 0);
    console.log(`${transport}: ${await figure(page, 'cut-lost', transport)} lost`);
  }
  await look(page, 'running');
  await received(page, 300);
  const told = await stop(page);
  if (!told.endsWith('none missed.')) amiss(told);

  const sent = Number(/([0-9,]+) messages/.exec(told)[1].replace(/,/g, ''));
  for (const transport of TRANSPORTS) {
    const of = (id) => number(page, id, transport);
    if ((await of('received')) !== sent) amiss(`${transport} received ${await of('received')} of ${sent}`);
    for (const id of ['repeated', 'missed', 'cut-lost']) if ((await of(id)) !== 0) amiss(`${transport}: ${id} is ${await of(id)}`);
    // A run begins anew: what was published by hand before it is not in it.
    if ((await of('payload')) !== 100 * sent) amiss(`${transport} counts ${await of('payload')} bytes of payload for ${sent} messages`);
    const [payload, framing, heads, total] = [await of('payload'), await of('framing'), await of('heads'), await of('total')];
    if (payload + framing + heads !== total || framing <= 0 || heads <= 0) amiss(`${transport}: ${payload} + ${framing} + ${heads} are not ${total}`);
    if (Math.abs((await of('perMessage')) - total / sent) > 0.51) amiss(`${transport}: ${await of('perMessage')} bytes per message of ${total} for ${sent}`);
    if ((await of('requests')) < 2 || (await of('connections')) < 2) amiss(`${transport} was cut and made one connection`);
  }
  console.log('figures add up');

  await page.locator('#advice[data-ready=true] .headline').waitFor();
  console.log(/ for [0-9]+ messages a second of 100 B\.$/.test(await page.locator('#advice .headline').textContent()) ? 'recommends' : 'amiss: no recommendation');
  await page.locator('#chart-table summary').click();
  await page.locator('#chart-rows tr').first().waitFor();
  await look(page, 'after');
  console.log('done');
} finally {
  await browser.close();
}
