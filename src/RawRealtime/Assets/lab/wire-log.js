// Turns what a transport did into bytes of the ledger: computed from the framing rules, for polls' bodies measured by the browser.

import { requestHead } from "./request-head.js";
import * as wire from "./wire-size.js";

const PROTOCOL = "rawrealtime.v1";
// A close frame each way: two bytes of header and two of code; the browser's has a mask.
const CLOSING = 2 * (wire.frameHeader(2) + 2) + 4;

export class SocketLog {
  #ledger;
  #channel;
  #browser;
  #extensions;

  /** @param extensions what the server agreed to on a like connection: a page cannot see it of its client's own */
  constructor(ledger, channel, browser, extensions) {
    this.#ledger = ledger;
    this.#channel = channel;
    this.#browser = browser;
    this.#extensions = extensions;
  }

  opened(position, cursor) {
    const heads = requestHead("socket", target("/ws", this.#channel, cursor), this.#browser)
      + wire.socketAnswer({ extensions: this.#extensions, protocol: PROTOCOL });
    const told = JSON.stringify({ type: "position", ...position }).length;
    this.#ledger.add({ connections: 1, requests: 1, heads, framing: wire.frameHeader(told) + told });
  }

  message({ data }, { raw }) {
    this.#ledger.add(wire.socketMessage(wire.utf8Length(raw), wire.utf8Length(data)));
  }

  closed() {
    this.#ledger.add({ framing: CLOSING });
  }
}

export class StreamLog {
  #ledger;
  #channel;
  #browser;

  constructor(ledger, channel, browser) {
    this.#ledger = ledger;
    this.#channel = channel;
    this.#browser = browser;
  }

  opened(position, cursor) {
    const heads = requestHead("fetch", target("/events", this.#channel, cursor, "json"), this.#browser) + wire.streamAnswer();
    const told = wire.eventLength({ id: position.from, event: "position", data: JSON.stringify(position) });
    this.#ledger.add({ connections: 1, requests: 1, heads, framing: wire.streamRetry() + told + wire.chunkFraming(told) });
  }

  message({ data }, { raw: { type, data: text, lastEventId } }) {
    const event = { id: lastEventId, event: type === "message" ? undefined : type, data: text };
    this.#ledger.add(wire.streamMessage(event, wire.utf8Length(data)));
  }

  // The end of a connection takes no bytes of HTTP.
  closed() {}
}

/** Messages count their data when they come; the answer they came in counts the rest of itself when the browser has timed it. */
export class PollLog {
  #ledger;
  #browser;
  #cursor = "";
  #isFirst = true;

  constructor(ledger, browser) {
    this.#ledger = ledger;
    this.#browser = browser;
  }

  opened(position) {
    this.#cursor = position.from;
    this.#isFirst = true;
    this.#ledger.add({ connections: 1 });
  }

  message({ cursor, data }) {
    const payload = wire.utf8Length(data);
    this.#cursor = cursor;
    this.#ledger.add({ payload, framing: -payload });
  }

  closed() {}

  answered({ target, status, isAnswered, body, isConnected }) {
    const answer = isAnswered ? wire.pollAnswer(status, body, this.#cursor) : 0;
    const heads = requestHead("fetch", target, this.#browser) + answer;
    // The first poll's own connection was counted when it opened: its answer is read before it is timed.
    const connections = isConnected && !this.#isFirst ? 1 : 0;
    if (isAnswered) this.#isFirst = false;
    this.#ledger.add({ connections, requests: 1, heads, framing: body });
  }
}

function target(path, channel, cursor, format) {
  const query = new URLSearchParams({ channel, ...(cursor ? { cursor } : {}), ...(format ? { format } : {}) });
  return `${path}?${query}`;
}
