// Makes the pictures of the documentation from the page of a running server: a measurement, each transport cut once, a few messages by hand.
// usage: node screenshots.mjs http://127.0.0.1:5000 /usr/bin/chromium <folder>
import { chromium } from 'playwright-core';
import { openPage } from './browser.mjs';
import { allOpen, cut, done, publish, received, start, TRANSPORTS } from './lab.mjs';

const [base, executablePath, folder] = process.argv.slice(2);
const pictures = [
  { name: 'page', width: 1280, height: 960, colorScheme: 'light' },
  { name: 'page-dark', width: 1280, height: 960, colorScheme: 'dark' },
  { name: 'page-phone', width: 390, height: 844, colorScheme: 'light' },
];
const browser = await openPage(chromium, executablePath);
try {
  for (const { name, width, height, colorScheme } of pictures) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    await page.goto(`${base}/?channel=news`);
    await allOpen(page);
    await start(page, { rate: 50, size: 100, seconds: 10 });
    let after = 120;
    for (const transport of TRANSPORTS) {
      await received(page, after);
      await cut(page, transport);
      after += 80;
    }
    await done(page);
    for (const text of ['Good morning', 'The kettle is on', 'Tea is ready']) await publish(page, text);
    await page.locator('h1').click(); // no field keeps the focus
    await page.mouse.move(0, 0);
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
    await page.close();
    console.log(`${folder}/${name}.png`);
  }
} finally {
  await browser.close();
}
