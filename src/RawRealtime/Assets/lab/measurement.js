// All that is measured of one transport in one run.

import { Ledger } from "./ledger.js";
import { SlidingWindow } from "./percentiles.js";
import { Tally } from "./tally.js";

export const WINDOW_MS = 10_000;

export class Measurement {
  tally = new Tally();
  ledger = new Ledger();
  cut;
  #window = new SlidingWindow(WINDOW_MS);
  #openedAt = 0;

  /** A connection was told its position, and delivers from now on. */
  opened(at) {
    this.#openedAt = at;
    if (this.cut && this.cut.openAfter === undefined) this.cut.openAfter = at - this.cut.cutAt;
  }

  /**
   * A message came. Gives back its latency in milliseconds, or undefined when it says nothing about the transport:
   * it came a second time, or it was sent before the present connection delivered and waited for it.
   */
  add({ number, sentAt }, at) {
    const isNew = this.tally.add(number);
    const waited = sentAt < this.#openedAt;
    this.#noteCut(at, isNew && waited);
    if (!isNew || waited) return undefined;
    this.#window.add(at, at - sentAt);
    return at - sentAt;
  }

  /** The connection is dropped now. */
  cutNow(at) {
    this.cut = { cutAt: at, missed: this.tally.missed, before: this.ledger.snapshot, caughtUp: 0 };
  }

  /** What coming back cost so far: bytes without payload, and requests, until the first message. */
  cutCost() {
    if (!this.cut) return undefined;
    const { before, after = this.ledger.snapshot, openAfter, nextAfter, caughtUp, missed } = this.cut;
    return {
      openAfter,
      nextAfter,
      caughtUp,
      bytes: after.heads + after.framing - before.heads - before.framing,
      requests: after.requests - before.requests,
      lost: this.tally.missed - missed,
    };
  }

  latencies(now) {
    return this.#window.summary(now);
  }

  #noteCut(at, caughtUp) {
    if (!this.cut) return;
    if (caughtUp) this.cut.caughtUp++;
    if (this.cut.nextAfter !== undefined) return;
    this.cut.nextAfter = at - this.cut.cutAt;
    this.cut.after = this.ledger.snapshot;
  }
}

/** The figures of a run by which transports are compared; those per message are undefined before the first. */
export function resultOf(measurement, now) {
  const { tally, ledger } = measurement;
  const per = (amount) => (tally.received > 0 ? amount / tally.received : undefined);
  return {
    ...measurement.latencies(now),
    received: tally.received,
    repeated: tally.repeated,
    missed: tally.missed,
    ...ledger.snapshot,
    bytesPerMessage: per(ledger.total),
    overheadPerMessage: per(ledger.total - ledger.payload),
    requestsPerMessage: per(ledger.requests),
    cut: measurement.cutCost(),
  };
}
