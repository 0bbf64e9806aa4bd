// The page at / as its users know it: three panels, a box to publish, a button that cuts.

/** The panels by the name of their transport. */
export const panelsOf = (page) =>
  Object.fromEntries(['ws', 'events', 'poll'].map((transport) => [transport, page.locator(`section[data-transport=${transport}]`)]));

export const allOpen = async (panels) => {
  for (const panel of Object.values(panels)) await isIn(panel, 'open');
};

/** Publishes from the page, and waits until these panels show it: all of them unless some are named. */
export const publish = async (page, text, panels = Object.values(panelsOf(page))) => {
  await page.locator('#publish-text').fill(text);
  await page.locator('#publish-button').click();
  for (const panel of panels) await rowOf(panel, text).first().waitFor();
};

/** How often a panel shows a message, once it shows it at all. */
export const countOf = async (panel, text) => {
  await rowOf(panel, text).first().waitFor();
  return rowOf(panel, text).count();
};

export const cut = async (panel) => {
  await panel.locator('[data-role=cut]').click();
  await isIn(panel, 'cut');
};

/** Reconnects, and waits until the panel says that it lost nothing. */
export const reconnect = async (panel) => {
  await panel.locator('[data-role=cut]').click();
  await isIn(panel, 'open');
  await panel.locator('[data-role=notice]', { hasText: /nothing missed/i }).waitFor();
};

const isIn = (panel, state) => panel.locator('[data-role=state]', { hasText: new RegExp(`^${state}$`) }).waitFor();
const rowOf = (panel, text) => panel.locator('[data-role=messages] li').filter({ has: panel.page().getByText(text, { exact: true }) });
