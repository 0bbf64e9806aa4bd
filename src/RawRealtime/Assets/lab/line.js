// One transport in the comparison: its feed, what is measured of it, and what it took on the wire.

import { Feed } from "./feed.js";
import { Measurement, resultOf } from "./measurement.js";
import { read } from "./message.js";
import { PollLog, SocketLog, StreamLog } from "./wire-log.js";

export class Line {
  measurement = new Measurement();
  isOpen = false;
  /** The last measured message as it came, where the transport shows it. */
  sample;
  #transport;
  #options;
  #feed;
  #log;
  #run;
  #beganAt = 0;
  #isOpening = false;

  /** @param options channel, browser (for request heads), extensions() of a WebSocket here, state(name), byHand(message, at), back() after a cut */
  constructor(transport, options) {
    this.#transport = transport;
    this.#options = options;
    this.#feed = new Feed(transport, options.channel, {
      message: (message, info, at) => this.#onMessage(message, info, at),
      position: (position, before) => this.#onPosition(position, before),
      state: (name) => this.#onState(name),
      closed: () => this.#log.closed(),
    });
  }

  /** Forgets what was measured, and opens a new connection to begin with. */
  begin(run) {
    this.#feed.close();
    this.#run = run;
    this.#beganAt = performance.now();
    this.measurement = new Measurement();
    this.#log = this.#makeLog(this.measurement.ledger);
    this.isOpen = false;
    this.#feed.open();
  }

  cut(awayMs) {
    this.measurement.cutNow(performance.now());
    this.#feed.cut(awayMs);
  }

  /** A poll was answered; those of before the beginning belong to nobody any more. */
  polled(poll) {
    if (poll.startedAt >= this.#beganAt) this.#log.answered(poll);
  }

  result(now) {
    return resultOf(this.measurement, now);
  }

  #onMessage(message, info, at) {
    this.#log.message(message, info);
    const measured = typeof message.data === "string" ? read(message.data) : undefined;
    if (measured === undefined) {
      this.#options.byHand(message, at);
    } else if (measured.run === this.#run?.name) {
      if (typeof info.raw === "string") this.sample = info.raw;
      const latency = this.measurement.add(measured, at);
      if (latency !== undefined) this.#run.noteLatency(this.#transport, at, latency);
    }
  }

  #onPosition(position, before) {
    // A further position on an open connection tells of a loss; it opens nothing.
    if (!this.#isOpening) return;
    this.#isOpening = false;
    this.#log.opened(position, before);
    const isBack = this.measurement.cut !== undefined && this.measurement.cut.openAfter === undefined;
    this.measurement.opened(performance.now());
    if (isBack) this.#options.back(position);
  }

  #onState(name) {
    this.isOpen = name === "open";
    this.#isOpening = this.isOpen;
    this.#options.state(name);
  }

  #makeLog(ledger) {
    const { channel, browser, extensions } = this.#options;
    switch (this.#transport) {
      case "ws":
        return new SocketLog(ledger, channel, browser, extensions());
      case "sse":
        return new StreamLog(ledger, channel, browser);
      default:
        return new PollLog(ledger, browser);
    }
  }
}
