// Where the page's modules are, for tests that need no browser.
export const asset = (path) => import(new URL(`../../../../src/RawRealtime/Assets/lab/${path}`, import.meta.url));
