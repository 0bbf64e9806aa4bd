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
// A poll that is answered less often than this costs no more than a page that looks now and then.
const SELDOM_PER_SECOND = 0.5;

/** @param load rate (messages a second that were sent) and size (bytes); @param results of resultOf, by ws, sse and poll */
export function recommend({ rate, size }, results) {
  const fewest = Math.min(...Object.values(results).map((each) => each.received));
  if (fewest < ENOUGH) return { ready: false, headline: `Too few messages to say anything: ${fewest} of at least ${ENOUGH}.`, reasons: [], choices: [] };

  const { ws, sse, poll } = results;
  const facts = {
    sseIsAsFast: isAlike(sse.p50, ws.p50),
    pollIsAsFast: isAlike(poll.p50, Math.min(ws.p50, sse.p50)),
    sseIsAsSmall: isAsSmall(sse, ws),
    pollIsAsSmall: isAsSmall(poll, ws),
    isSeldom: rate <= SELDOM_PER_SECOND,
  };
  const order = inOrder(facts);
  const best = order.find((name) => results[name].missed === 0) ?? order[0];
  return {
    ready: true,
    best,
    headline: `${capital(NAMES[best])} for ${many(rate, "message")} a second of ${sizeOf(size)}.`,
    reasons: [latency(results, facts), wire(results), requests(results), ...losses(results)],
    choices: choices(results, facts),
  };
}

// One way only, event streams are plain HTTP and come back by themselves; the other two must be better at something to be preferred.
function inOrder({ sseIsAsFast, sseIsAsSmall, pollIsAsFast, pollIsAsSmall, isSeldom }) {
  if (sseIsAsFast && sseIsAsSmall) return ["sse", "ws", "poll"];
  if (isSeldom && pollIsAsFast && pollIsAsSmall) return ["poll", "ws", "sse"];
  return ["ws", "sse", "poll"];
}

function latency({ ws, sse, poll }, { sseIsAsFast, pollIsAsFast }) {
  const figures = `medians of ${milliseconds(ws.p50)}, ${milliseconds(sse.p50)} and ${milliseconds(poll.p50)}`;
  if (sseIsAsFast && pollIsAsFast) return `Latency does not decide it: ${figures} are alike.`;
  if (sseIsAsFast) return `WebSocket and Server-Sent Events are equally fast, long poll is slower: ${figures}.`;
  if (pollIsAsFast) return `Server-Sent Events was slower in this run: ${figures}.`;
  return `Latency differs: ${figures}.`;
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

function choices({ ws, sse, poll }, { pollIsAsSmall }) {
  return [
    { transport: "ws", when: `the browser sends much too, or messages are many and small: it adds ${bytes(ws.overheadPerMessage)} to each.` },
    { transport: "sse", when: `messages go one way: it adds ${bytes(sse.overheadPerMessage)} to each, is plain HTTP, and the browser reconnects by itself.` },
    {
      transport: "poll",
      when: pollIsAsSmall
        ? "nothing else gets through a proxy. With messages this large its heads hardly count."
        : `messages are seldom, or nothing else gets through a proxy: here it adds ${bytes(poll.overheadPerMessage)} to each.`,
    },
  ];
}

function isAlike(value, other) {
  return value - other < ALIKE_MS || value < other * ALIKE_SHARE;
}

function isAsSmall(result, other) {
  return result.bytesPerMessage <= other.bytesPerMessage * ALIKE_BYTES;
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}
