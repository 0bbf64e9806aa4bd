// A chain of held polls of one channel, each carrying the cursor of the one before.

import { address } from "../address.js";

// The server holds a poll 25 s; one that takes much longer hangs on a connection that is gone.
const WAIT_SECONDS = 25;
const GIVE_UP_SECONDS = WAIT_SECONDS + 15;

// Under one name, so that a poll still held from before a cut is ended by the one that follows.
const CLIENT = `lab-${Math.random().toString(36).slice(2, 10)}`;

export function connect(channel, cursor, on) {
  const stop = new AbortController();
  poll(channel, cursor, on, stop.signal).then((ending) => {
    if (!stop.signal.aborted) on.closed(ending);
  });
  return () => stop.abort();
}

/** Polls until something ends the chain, and says what. */
async function poll(channel, cursor, on, stopped) {
  let positioned = false;
  while (!stopped.aborted) {
    // A held poll says nothing until it is answered. The first one is not held: it tells the position at once.
    const url = address("/poll", { channel, cursor, client: CLIENT, wait: positioned ? WAIT_SECONDS : 0 });
    let answer;
    let batch;
    try {
      answer = await fetchOrGiveUp(url, stopped);
      if (answer.status === 200) batch = await answer.json();
    } catch {
      return { why: "The connection was lost" };
    }
    if (stopped.aborted) break;

    if (answer.status === 200) {
      if (!positioned || !batch.recovered) on.position(batch);
      // With one channel, a message's id is its cursor.
      for (const message of batch.messages) on.message(message, message.id);
      cursor = batch.cursor;
    } else if (answer.status === 204) {
      cursor = answer.headers.get("ETag").replaceAll('"', "");
      // Were anything lost, the answer would have been a 200 that says so.
      if (!positioned) on.position({ from: cursor, recovered: true });
    } else {
      return refused(answer);
    }
    positioned = true;
  }
}

async function fetchOrGiveUp(url, stopped) {
  const attempt = new AbortController();
  const abort = () => attempt.abort();
  const timer = setTimeout(abort, GIVE_UP_SECONDS * 1000);
  stopped.addEventListener("abort", abort);
  try {
    return await fetch(url, { signal: attempt.signal, cache: "no-store" });
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener("abort", abort);
  }
}

function refused(answer) {
  switch (answer.status) {
    case 409:
      return { why: "A newer poll took over this client's name", final: true };
    case 410:
      return { why: "The channel was deleted" };
    case 503:
      return { why: "The server is shutting down", retryAfterSeconds: Number(answer.headers.get("Retry-After")) || 0 };
    default:
      return { why: `The server answered ${answer.status}` };
  }
}
