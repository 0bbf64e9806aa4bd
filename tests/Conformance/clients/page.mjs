// Drives the page at / in Chromium, as a person would: publishes, cuts each panel in turn, and reconnects it.
// usage: node page.mjs http://127.0.0.1:5000 /usr/bin/chromium 1440x900
// Prints what was seen, one line each; anything amiss is a line that begins with "amiss:".
import { chromium } from 'playwright-core';
import { openPage } from './browser.mjs';
import { allOpen, countOf, cut, panelsOf, publish, reconnect } from './lab.mjs';

const [base, executablePath, size] = process.argv.slice(2);
const [width, height] = size.split('x').map(Number);
const amiss = (what) => console.log(`amiss: ${what}`);
const browser = await openPage(chromium, executablePath);
try {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('pageerror', (error) => amiss(`page error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && amiss(`console: ${message.text()}`));
  await page.goto(`${base}/?channel=page-${size}`);
  const panels = panelsOf(page);
  await allOpen(panels);
  console.log('three panels open');

  await publish(page, 'one for all');
  for (const [name, panel] of Object.entries(panels)) {
    const shown = await countOf(panel, 'one for all');
    if (shown !== 1) amiss(`${name} shows the message ${shown} times`);
  }
  console.log('shown in three panels');

  for (const [name, panel] of Object.entries(panels)) {
    const missed = `while ${name} is cut`;
    await cut(panel);
    await publish(page, missed, Object.values(panels).filter((other) => other !== panel));
    if (await panel.getByText(missed, { exact: true }).count() !== 0) amiss(`${name} was cut and shows what was published`);
    await reconnect(panel);
    const shown = await countOf(panel, missed);
    if (shown !== 1) amiss(`${name} shows what it caught up on ${shown} times`);
    console.log(`${name}: ${await panel.locator('[data-role=notice]').textContent()}`);
  }

  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) amiss(`the page is ${overflow} pixels too wide`);
  console.log('done');
} finally {
  await browser.close();
}
