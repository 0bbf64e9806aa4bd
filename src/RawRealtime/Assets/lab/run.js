// One run of the comparison: three measurements, one load, and the timeline that the chart draws.

import { Load, openPublisher } from "./load.js";
import { runName } from "./message.js";
import { Timeline } from "./timeline.js";

const PATIENCE_MS = 10_000;
const LOOK_MS = 50;
// A browser has timed the last poll a moment after its answer was read.
const SETTLE_MS = 200;

export class Run {
  name = runName();
  timeline;
  #lines;
  #load;
  #startedAt;
  #endedAt;
  #sentAllAt;
  #isStopped = false;
  #final;

  /** @param lines the lines of the comparison, by transport */
  constructor(lines) {
    this.#lines = lines;
    this.timeline = new Timeline(Object.keys(lines));
  }

  get sent() {
    return this.#load?.sent ?? 0;
  }

  get seconds() {
    return this.#startedAt === undefined ? 0 : ((this.#endedAt ?? performance.now()) - this.#startedAt) / 1000;
  }

  /** All is sent, and what is under way is waited for. */
  get isWaiting() {
    return this.#sentAllAt !== undefined;
  }

  /** How long the sending took, without the wait for what was under way. */
  get sendingSeconds() {
    return this.#startedAt === undefined ? 0 : ((this.#sentAllAt ?? performance.now()) - this.#startedAt) / 1000;
  }

  /** The latest moment that belongs to the run: what slides stands still when it is over. */
  get now() {
    return this.#endedAt ?? performance.now();
  }

  /** What was measured, by transport: once the run is over it stays as it was, but for the cost of cuts since. */
  get results() {
    return Object.fromEntries(Object.entries(this.#lines).map(([name, line]) => {
      const now = line.result(this.now);
      return [name, this.#final ? { ...this.#final[name], cut: now.cut } : now];
    }));
  }

  /** Opens all lines anew, sends, and resolves when everything came, or will not come any more. */
  async go(publisher, load) {
    const lines = Object.values(this.#lines);
    for (const line of lines) line.begin(this);
    await until(() => lines.every((line) => line.isOpen), "Not all transports opened.");
    if (this.#isStopped) throw new Error("Stopped before it began.");
    this.#startedAt = performance.now();
    await new Promise((ended) => {
      this.#load = new Load(publisher, { ...load, run: this.name, ended });
      this.#load.start();
    });
    this.#sentAllAt = performance.now();
    const sent = this.sent;
    await until(() => lines.every((line) => line.isOpen && line.measurement.tally.highest >= sent)).catch(() => {}); // what did not come is missed
    this.#endedAt = performance.now();
    for (const line of lines) line.measurement.tally.end(sent);
    this.timeline.advance(Infinity);
    await new Promise((settled) => setTimeout(settled, SETTLE_MS));
    this.#final = this.results;
  }

  stop() {
    this.#isStopped = true;
    this.#load?.stop();
  }

  noteLatency(transport, at, latency) {
    this.timeline.add(transport, (at - this.#startedAt) / 1000, latency);
  }
}

/** A publisher that is open: the present one, or a new one. */
export async function publisherOf(channel, present) {
  return present?.readyState === WebSocket.OPEN ? present : openPublisher(channel);
}

function until(isSo, complaint) {
  const giveUpAt = performance.now() + PATIENCE_MS;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (isSo()) resolve();
      else if (performance.now() > giveUpAt) reject(new Error(complaint));
      else setTimeout(look, LOOK_MS);
    };
    look();
  });
}
