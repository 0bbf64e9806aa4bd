// The page at / as its users know it: a load, a table with a column per transport, buttons that cut, a message by hand.

export const TRANSPORTS = ['ws', 'sse', 'poll'];

const head = (page, transport) => page.locator(`#comparison th[data-transport=${transport}]`);

export const isIn = (page, transport, state) =>
  head(page, transport).locator('[data-role=state]', { hasText: new RegExp(`^${state}$`) }).waitFor();

export const allOpen = async (page) => {
  for (const transport of TRANSPORTS) await isIn(page, transport, 'open');
};

/** A figure of the table as it is shown. */
export const figure = (page, id, transport) => page.locator(`td[data-figure=${id}][data-transport=${transport}]`).textContent();

/** The same as a number: to the byte where the cell tells it. */
export const number = async (page, id, transport) => {
  const cell = page.locator(`td[data-figure=${id}][data-transport=${transport}]`);
  return Number(((await cell.getAttribute('title')) ?? (await cell.textContent())).replace(/[^0-9.-]/g, ''));
};

export const start = async (page, { rate = 50, size = 100, seconds = 0 } = {}) => {
  await page.locator('#rate').fill(String(rate));
  await page.locator('#size').selectOption(String(size));
  await page.locator('#seconds').selectOption(String(seconds));
  await page.locator('#start').click();
};

/** Waits until every transport received so many. */
export const received = (page, least) =>
  page.waitForFunction((least) => [...document.querySelectorAll('td[data-figure=received]')].every((cell) => Number(cell.textContent.replace(/,/g, '')) >= least), least);

/** Waits until the run is over, and gives back what it said. */
export const done = async (page) => {
  await page.locator('#progress', { hasText: /^Done/ }).waitFor();
  return page.locator('#progress').textContent();
};

export const stop = async (page) => {
  await page.locator('#start', { hasText: 'Stop' }).click();
  return done(page);
};

/** Cuts, staying away for a choice of the page (milliseconds), and waits until a message came again. */
export const cut = async (page, transport, away = 0) => {
  await page.locator('#away').selectOption(String(away));
  await head(page, transport).locator('[data-role=cut]').click();
  await isIn(page, transport, 'open');
  await page.locator(`td[data-figure=cut-next][data-transport=${transport}]`, { hasText: /s$/ }).waitFor();
};

/** Publishes by hand, and waits until these transports brought it. */
export const publish = async (page, text, transports = TRANSPORTS) => {
  await page.locator('#hand-text').fill(text);
  await page.locator('#hand-button').click();
  const row = page.locator('#hand-rows tr', { has: page.getByRole('rowheader', { name: text, exact: true }) });
  for (const transport of transports) await row.locator(`td[data-transport=${transport}]`, { hasText: /s$/ }).waitFor();
};
