// What a browser's request head takes. No page can see it, so it is put together as Chromium does; others differ by some tens of bytes.

import { utf8Length } from "./wire-size.js";

/** What of it hangs on the browser. */
export function thisBrowser({ navigator, location, isSecureContext, document }) {
  return {
    origin: location.origin,
    host: location.host,
    page: location.href.split("#")[0],
    userAgent: navigator.userAgent,
    languages: navigator.languages,
    brands: isSecureContext ? navigator.userAgentData?.brands : undefined,
    platform: navigator.userAgentData?.platform,
    cookie: document.cookie,
  };
}

/** @param kind "socket" or "fetch"; @param target path and query */
export function requestHead(kind, target, browser) {
  const lines = [`GET ${target} HTTP/1.1`, `Host: ${browser.host}`, ...FIELDS[kind](browser), ...common(browser), ""];
  return lines.reduce((sum, line) => sum + utf8Length(line) + 2, 0);
}

const FIELDS = {
  socket: ({ origin }) => [
    "Connection: Upgrade",
    "Upgrade: websocket",
    `Origin: ${origin}`,
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
    "Sec-WebSocket-Protocol: rawrealtime.v1",
  ],
  fetch: (browser) => [
    "Connection: keep-alive",
    "Accept: */*",
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-Mode: cors",
    "Sec-Fetch-Dest: empty",
    `Referer: ${browser.page}`,
    ...hints(browser),
  ],
};

function hints({ brands, platform }) {
  if (!brands) return [];
  const list = brands.map(({ brand, version }) => `"${brand}";v="${version}"`).join(", ");
  return [`sec-ch-ua: ${list}`, "sec-ch-ua-mobile: ?0", `sec-ch-ua-platform: "${platform}"`];
}

function common({ userAgent, languages, cookie }) {
  return [
    "Pragma: no-cache",
    "Cache-Control: no-cache",
    `User-Agent: ${userAgent}`,
    "Accept-Encoding: gzip, deflate, br, zstd",
    `Accept-Language: ${weighted(languages)}`,
    ...(cookie ? [`Cookie: ${cookie}`] : []),
  ];
}

function weighted(languages) {
  const all = [...new Set(languages.flatMap((language) => [language, language.split("-")[0]]))];
  return all.map((language, i) => (i === 0 ? language : `${language};q=${Math.max(0.1, 1 - i / 10).toFixed(1)}`)).join(",");
}
