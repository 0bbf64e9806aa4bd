// How long a message was under way, and how it is written.

const SAMPLES = 50;
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

// The server's stamp says something only when its clock is this browser's clock.
const sameClock = LOOPBACK.includes(location.hostname);

/** Milliseconds from the server's stamp until now, or undefined when the two clocks cannot be compared. */
export function sinceStamp(time) {
  const age = Date.now() - Date.parse(time);
  return sameClock && age >= 0 ? age : undefined;
}

/** A stamp counts whole milliseconds and is written so; a measurement has one decimal while that says something. */
export function format(milliseconds, isStamped = false) {
  if (milliseconds < 100 && !isStamped) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

/** The median of the last samples: one slow message does not hide how the others fared. */
export class Median {
  #samples = [];

  add(sample) {
    this.#samples.push(sample);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  get value() {
    const sorted = this.#samples.toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
