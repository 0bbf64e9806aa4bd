// Starts Chromium without its own background traffic: only the page under test talks.
export const openPage = (chromium, executablePath) =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
