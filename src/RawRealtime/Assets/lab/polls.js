// The answered polls of this page, as the browser's own resource timing saw them.

const ANSWERS = { 200: true, 204: true, 304: true };

/** Calls seen for each finished poll of the channel: target, status, body (bytes as sent), isConnected (a connection was made for it). */
export function watchPolls(channel, seen) {
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const url = new URL(entry.name);
      if (url.pathname !== "/poll" || url.searchParams.get("channel") !== channel) continue;
      seen({
        target: url.pathname + url.search,
        status: entry.responseStatus,
        isAnswered: ANSWERS[entry.responseStatus] === true,
        body: entry.encodedBodySize,
        isConnected: entry.connectEnd > entry.connectStart,
        startedAt: entry.startTime,
      });
    }
    // Entries that nobody reads again would fill the browser's buffer.
    performance.clearResourceTimings();
  });
  observer.observe({ type: "resource" });
  return () => observer.disconnect();
}
