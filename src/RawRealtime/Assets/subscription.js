// Keeps one transport subscribed to one channel: reconnects with back-off, resumes by cursor, can be cut.

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;
// A connection that ends sooner than this did not prove the server well; the back-off goes on growing.
const STEADY_MS = 5_000;

export class Subscription {
  #connect;
  #channel;
  #listener;
  #cursor;
  #disconnect;
  #timer;
  #generation = 0;
  #attempts = 0;
  #isOpen = false;
  #openedAt = 0;

  /**
   * @param connect one of the transports' connect functions
   * @param channel the channel's name
   * @param listener state(name, notice), position(position, cursorBefore), message(message), told(text)
   */
  constructor(connect, channel, listener) {
    this.#connect = connect;
    this.#channel = channel;
    this.#listener = listener;
  }

  /** When the present connection began to deliver, on the clock of performance.now(). */
  get openedAt() {
    return this.#openedAt;
  }

  start() {
    this.#attempts = 0;
    this.#listener.state("connecting");
    this.#open();
  }

  /** Ends the connection and stays away; the cursor is kept for the next start. */
  cut() {
    this.#leave();
    this.#listener.state("cut");
  }

  /** Ends the connection for good, without a word. */
  dispose() {
    this.#leave();
  }

  #leave() {
    // What a transport still has in flight belongs to a past generation and is dropped.
    this.#generation++;
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#disconnect?.();
    this.#disconnect = undefined;
  }

  #open() {
    const generation = ++this.#generation;
    const current = (handle) => (...values) => {
      if (generation === this.#generation) handle(...values);
    };
    this.#disconnect = this.#connect(this.#channel, this.#cursor, {
      position: current((position) => this.#onPosition(position)),
      message: current((message, cursor) => this.#onMessage(message, cursor)),
      told: current((text) => this.#listener.told(text)),
      interrupted: current((why) => this.#listener.state("reconnecting", why)),
      closed: current((ending) => this.#onClosed(ending)),
    });
  }

  #onPosition(position) {
    const before = this.#cursor;
    this.#cursor = position.from;
    this.#isOpen = true;
    this.#openedAt = performance.now();
    this.#listener.state("open");
    this.#listener.position(position, before);
  }

  #onMessage(message, cursor) {
    this.#cursor = cursor;
    this.#listener.message(message);
  }

  #onClosed({ why, retryAfterSeconds = 0, final = false }) {
    const wasSteady = this.#isOpen && performance.now() - this.#openedAt > STEADY_MS;
    this.#leave();
    if (final) {
      this.#listener.state("stopped", `${why}.`);
      return;
    }
    if (wasSteady) this.#attempts = 0;
    const delay = retryAfterSeconds * 1000 + backOff(this.#attempts++);
    this.#listener.state("reconnecting", `${why}. Next try in ${(delay / 1000).toFixed(1)} s.`);
    this.#timer = setTimeout(() => this.#open(), delay);
  }
}

/** Doubles per attempt; the random half keeps the clients of one server from coming back all at once. */
function backOff(attempts) {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts);
  return ceiling * (0.5 + Math.random() / 2);
}
