// Sends measured messages at a steady rate over one WebSocket, which carries nothing else.

import { address } from "./address.js";
import { makeFiller, write } from "./message.js";
import { Pace } from "./pace.js";

// So much may wait in the browser; beyond it the server is not taking more, and sending waits.
const MOST_BUFFERED = 1024 ** 2;
// Timers of a browser are not finer than this anyway.
const FINEST_TICK_MS = 4;

/** @returns the open socket, subscribed to a channel of its own on which nothing is said */
export function openPublisher(channel) {
  const url = address("/ws", { channel: `${channel}.publisher` });
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url, "rawrealtime.v1");
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve(socket));
    socket.addEventListener("close", () => reject(new Error("The publishing WebSocket was refused.")));
  });
}

export class Load {
  sent = 0;
  #socket;
  #options;
  #pace;
  #filler;
  #endAt;
  #timer;

  /** @param options channel, run, rate (messages a second), size (bytes), seconds (Infinity: until stopped), ended() */
  constructor(socket, options) {
    this.#socket = socket;
    this.#options = options;
    this.#filler = makeFiller(options.size);
    this.#socket.addEventListener("close", () => this.stop());
  }

  start() {
    const now = performance.now();
    this.#pace = new Pace(this.#options.rate, now);
    this.#endAt = now + this.#options.seconds * 1000;
    this.#tick();
  }

  /** Ends the load; what was sent is on its way. */
  stop() {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#options.ended();
  }

  #tick() {
    const now = performance.now();
    this.#timer ??= 0;
    if (now >= this.#endAt) return this.stop();
    const due = this.#socket.bufferedAmount > MOST_BUFFERED ? 0 : this.#pace.take(now);
    for (let i = 0; i < due; i++) this.#send();
    this.#timer = setTimeout(() => this.#tick(), Math.max(FINEST_TICK_MS, this.#pace.wait(performance.now())));
  }

  #send() {
    const { channel, run, size } = this.#options;
    const data = write({ run, number: ++this.sent, sentAt: performance.now(), filler: this.#filler, size });
    // Without a "ref" there is no answer: the publisher's connection is as quiet as it can be.
    this.#socket.send(JSON.stringify({ type: "publish", channel, data }));
  }
}

/** What share of its size a text keeps under this browser's deflate, as an estimate of the server's. */
export async function deflatedShare(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const compressed = await new Response(stream).arrayBuffer();
  return Math.min(1, compressed.byteLength / text.length);
}
