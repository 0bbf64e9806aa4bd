// When the next messages of a steady load are due.

/** No more than this much of the load is made up for at once: after a long pause it goes on, it does not burst. */
const LONGEST_BURST_MS = 50;

export class Pace {
  #interval;
  #next;

  /** @param rate messages a second; @param startAt when the first one is due, in milliseconds */
  constructor(rate, startAt) {
    this.#interval = 1000 / rate;
    this.#next = startAt;
  }

  /** How many are due now; they count as sent. */
  take(now) {
    if (now < this.#next) return 0;
    const due = Math.floor((now - this.#next) / this.#interval) + 1;
    const most = Math.max(1, Math.floor(LONGEST_BURST_MS / this.#interval));
    this.#next = due <= most ? this.#next + due * this.#interval : now + this.#interval;
    return Math.min(due, most);
  }

  /** Milliseconds until the next one is due. */
  wait(now) {
    return Math.max(0, this.#next - now);
  }
}
