// What the chart draws: the latencies of each half second, per transport, on one axis of time.

import { summarise } from "./percentiles.js";

export class Timeline {
  #names;
  #step;
  #longest;
  #open = new Map();
  #rows = [];

  /** @param names the series; @param step seconds per row; @param longest most rows kept, the oldest go first */
  constructor(names, step = 0.5, longest = 600) {
    this.#names = names;
    this.#step = step;
    this.#longest = longest;
  }

  /** @param seconds when the message came, counted from the beginning of the run */
  add(name, seconds, latency) {
    const row = Math.floor(seconds / this.#step);
    if (!this.#open.has(row)) this.#open.set(row, new Map(this.#names.map((each) => [each, []])));
    this.#open.get(row).get(name).push(latency);
  }

  /** Ends the rows that lie wholly before this second; they do not change any more. */
  advance(seconds) {
    const past = [...this.#open.keys()].filter((row) => (row + 1) * this.#step <= seconds).sort((a, b) => a - b);
    for (const row of past) {
      const values = Object.fromEntries([...this.#open.get(row)].map(([name, latencies]) => [name, summarise(latencies)]));
      this.#rows.push({ seconds: (row + 1) * this.#step, values });
      this.#open.delete(row);
    }
    if (this.#rows.length > this.#longest) this.#rows.splice(0, this.#rows.length - this.#longest);
    return past.length > 0;
  }

  get rows() {
    return this.#rows;
  }

  /** Columns for a chart: seconds, then one per series; null where nothing came. */
  columns(statistic) {
    const series = this.#names.map((name) => this.#rows.map((row) => row.values[name][statistic] ?? null));
    return [this.#rows.map((row) => row.seconds), ...series];
  }
}
