// Which of the numbered messages came: every number once is what a transport owes.

export class Tally {
  received = 0;
  repeated = 0;
  #next = 1;
  #missing = new Set();

  /** Numbers that were passed over and have not come since. */
  get missed() {
    return this.#missing.size;
  }

  /** The highest number that came; with nothing missed, all up to it did. */
  get highest() {
    return this.#next - 1;
  }

  /** Notes a message by its number, from 1 on, and says whether it is new. */
  add(number) {
    if (number >= this.#next) {
      for (let skipped = this.#next; skipped < number; skipped++) this.#missing.add(skipped);
      this.#next = number + 1;
    } else if (!this.#missing.delete(number)) {
      this.repeated++;
      return false;
    }
    this.received++;
    return true;
  }

  /** Says how many were sent in all: what has not come by now is missed too. */
  end(sent) {
    for (let number = this.#next; number <= sent; number++) this.#missing.add(number);
    this.#next = Math.max(this.#next, sent + 1);
  }
}
