// Latencies of the last seconds, and what is said of them.

export class SlidingWindow {
  #milliseconds;
  #at = [];
  #values = [];
  #first = 0;

  constructor(milliseconds) {
    this.#milliseconds = milliseconds;
  }

  /** Times do not go backwards. */
  add(at, value) {
    this.#at.push(at);
    this.#values.push(value);
    this.#forget(at);
  }

  /** Count, percentiles and maximum of the values that are still in the window. */
  summary(now) {
    this.#forget(now);
    return summarise(this.#values.slice(this.#first));
  }

  #forget(now) {
    while (this.#first < this.#at.length && this.#at[this.#first] <= now - this.#milliseconds) this.#first++;
    // Moved down now and then, not each time: removing the first of many is slow.
    if (this.#first < 4096) return;
    this.#at.splice(0, this.#first);
    this.#values.splice(0, this.#first);
    this.#first = 0;
  }
}

export function summarise(values) {
  const sorted = Float64Array.from(values).sort();
  return {
    count: sorted.length,
    p50: percentile(sorted, 50),
    p90: percentile(sorted, 90),
    p99: percentile(sorted, 99),
    max: sorted.at(-1),
  };
}

/** The nearest rank: the smallest value that at least so many percent do not exceed. Undefined when there is none. */
export function percentile(sorted, percent) {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
