// Drives the page at / in Chromium: publishes from it and waits until all three panels show the message.
// usage: node page.mjs http://127.0.0.1:5000 /usr/bin/chromium [folder for screenshots]
import { chromium } from 'playwright-core';
import { openPage } from './browser.mjs';

const [base, executablePath, folder] = process.argv.slice(2);
const browser = await openPage(chromium, executablePath);
try {
  const failures = [];
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => failures.push(`page error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && failures.push(`console: ${message.text()}`));
  await page.goto(`${base}/?channel=page-test`);

  const panels = ['ws', 'events', 'poll'].map((transport) => page.locator(`section[data-transport=${transport}]`));
  for (const panel of panels) await panel.locator('[data-role=state]', { hasText: /open/i }).waitFor();

  await page.locator('#publish-text').fill('one for all');
  await page.locator('#publish-button').click();
  for (const panel of panels) {
    await panel.locator('[data-role=messages] li', { hasText: 'one for all' }).waitFor();
    const shown = await panel.locator('[data-role=messages] li', { hasText: 'one for all' }).count();
    if (shown !== 1) failures.push(`a panel shows the message ${shown} times`);
  }
  if (folder) {
    await page.screenshot({ path: `${folder}/desktop.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${folder}/phone.png`, fullPage: true });
  }
  console.log(failures.length === 0 ? 'shown in three panels' : failures.join('\n'));
} finally {
  await browser.close();
}
