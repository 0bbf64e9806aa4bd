// Makes the pictures of the documentation from the page of a running server: messages in three panels, one of them cut and resumed.
// usage: node screenshots.mjs http://127.0.0.1:5000 /usr/bin/chromium <folder>
import { chromium } from 'playwright-core';
import { openPage } from './browser.mjs';
import { allOpen, cut, panelsOf, publish, reconnect } from './lab.mjs';

const [base, executablePath, folder] = process.argv.slice(2);
const pictures = [
  { name: 'page', width: 1440, height: 900 },
  { name: 'page-phone', width: 390, height: 844 },
];
const browser = await openPage(chromium, executablePath);
try {
  for (const { name, width, height } of pictures) {
    const page = await browser.newPage({ viewport: { width, height } });
    // The channel begins anew, so that the picture does with the first message.
    await page.goto(`${base}/?channel=news`);
    await fetch(`${base}/channels/news`, { method: 'DELETE' });
    await page.reload();
    const panels = panelsOf(page);
    await allOpen(panels);
    for (const text of ['Good morning', 'The kettle is on', 'Tea is ready']) await publish(page, text);
    await cut(panels.events);
    for (const text of ['Biscuits too', 'Two are left']) await publish(page, text, [panels.ws, panels.poll]);
    await reconnect(panels.events);
    await publish(page, 'None are left');
    await page.locator('h1').click(); // no field keeps the focus
    await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
    await page.close();
    console.log(`${folder}/${name}.png`);
  }
} finally {
  await browser.close();
}
