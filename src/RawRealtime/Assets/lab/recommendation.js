// What the numbers of a run say about which transport to choose. Every sentence rests on a figure of the table.

import { bytes, many, milliseconds, size as sizeOf, times } from "./format.js";

export const NAMES = { ws: "WebSocket", sse: "Server-Sent Events", poll: "long poll" };

/** Fewer messages than this say too little about a 99th percentile, or about anything. */
export const ENOUGH = 50;

// Latencies that differ by less than a quarter of a frame on the screen, or by a quarter, are alike: the next run may turn them round.
const ALIKE_MS = 4;
const ALIKE_SHARE = 1.25;
// Bytes that differ by a tenth are nobody's reason to choose.
const ALIKE_BYTES = 1.1;
// Up to here a poll makes hardly more requests than a page that looks now and then.
const SELDOM_PER_SECOND = 1;

/** @param load rate (messages a second that were sent) and size (bytes); @param results of resultOf, by ws, sse and poll */
export function recommend({ rate, size }, results) {
  const fewest = Math.min(...Object.values(results).map((each) => each.received));
  if (fewest < ENOUGH) return { ready: false, headline: `Too few messages to say anything: ${fewest} of at least ${ENOUGH}.`, reasons: [], choices: [] };

  const { ws, sse, poll } = results;
  const facts = {
    sseIsFast: isNoSlower(sse.p50, ws.p50),
    pollIsFast: isNoSlower(poll.p50, Math.min(ws.p50, sse.p50)),
    sseIsSmall: isNoLarger(sse, ws),
    pollIsSmall: isNoLarger(poll, ws),
    isSeldom: rate <= SELDOM_PER_SECOND,
  };
  const order = inOrder(facts);
  const best = order.find((name) => results[name].missed === 0) ?? order[0];
  return {
    ready: true,
    best,
    headline: `${capital(NAMES[best])} for ${many(rate, "message")} a second of ${sizeOf(size)}.`,
    reasons: [latency(results), wire(results), requests(results), ...losses(results)],
    choices: choices(results, facts),
  };
}

// One way only, event streams are plain HTTP and come back by themselves; the other two must be better at something to be preferred.
function inOrder({ sseIsFast, sseIsSmall, pollIsFast, pollIsSmall, isSeldom }) {
  if (sseIsFast && sseIsSmall) return ["sse", "ws", "poll"];
  if (isSeldom && pollIsFast && pollIsSmall) return ["poll", "ws", "sse"];
  return ["ws", "sse", "poll"];
}

function latency(results) {
  const all = Object.entries(results);
  const least = Math.min(...all.map(([, { p50 }]) => p50));
  const slower = all.filter(([, { p50 }]) => !isNoSlower(p50, least)).map(([name]) => NAMES[name]);
  const figures = all.map(([name, { p50 }]) => `${NAMES[name]} ${milliseconds(p50)}`).join(", ");
  if (slower.length === 0) return `Latency does not decide it, the medians are alike: ${figures}.`;
  return `${capital(slower.join(" and "))} ${slower.length === 1 ? "was" : "were"} slower in this run, by the medians: ${figures}.`;
}

function wire({ ws, sse, poll }) {
  const each = [ws, sse, poll].map((result) => bytes(result.overheadPerMessage));
  return `Around the data of each message travel ${each[0]}, ${each[1]} and ${each[2]}; long poll sends ${times(poll.bytesPerMessage / ws.bytesPerMessage)} the bytes of WebSocket in all.`;
}

function requests({ ws, sse, poll }) {
  const share = poll.received / Math.max(1, poll.requests);
  const each = `one for ${share < 9.95 ? share.toFixed(1) : Math.round(share)} messages`;
  return `Long poll made ${many(poll.requests, "request")}, ${each}; WebSocket made ${ws.requests} and the event stream ${sse.requests}.`;
}

function losses(results) {
  const lossy = Object.entries(results).filter(([, { missed }]) => missed > 0);
  if (lossy.length === 0) return ["Nothing was lost on any of them, so reliability does not decide it either."];
  return lossy.map(([name, { missed }]) => `${capital(NAMES[name])} missed ${many(missed, "message")}: it fell behind by more than the server keeps.`);
}

function choices({ ws, sse, poll }, { pollIsSmall }) {
  return [
    { transport: "ws", when: `the browser sends much too: a frame does where the others need a request. It adds ${bytes(ws.overheadPerMessage)} to each message it brings.` },
    { transport: "sse", when: `messages go one way: it adds ${bytes(sse.overheadPerMessage)} to each, is plain HTTP, and the browser reconnects by itself.` },
    {
      transport: "poll",
      when: pollIsSmall
        ? "nothing else gets through a proxy. With messages this large its heads hardly count."
        : `messages are seldom, or nothing else gets through a proxy: here it adds ${bytes(poll.overheadPerMessage)} to each.`,
    },
  ];
}

function isNoSlower(value, other) {
  return value - other < ALIKE_MS || value < other * ALIKE_SHARE;
}

function isNoLarger(result, other) {
  return result.bytesPerMessage <= other.bytesPerMessage * ALIKE_BYTES;
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}
