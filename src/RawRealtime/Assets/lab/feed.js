// One transport's subscription through the client, its cut included: what came, and what it took on the wire.

import { subscribe } from "../client.js";

export class Feed {
  #transport;
  #channel;
  #on;
  #subscription;
  #cursor;
  #timer;
  #generation = 0;

  /** @param on message(message, info, at), position(position, cursorBefore), state(name), closed() */
  constructor(transport, channel, on) {
    this.#transport = transport;
    this.#channel = channel;
    this.#on = on;
  }

  /** Opens at a cursor: none to begin with what comes next. */
  open(cursor) {
    this.close();
    const generation = this.#generation;
    const current = (handle) => (...values) => {
      if (generation === this.#generation) handle(...values);
    };
    this.#cursor = cursor;
    this.#subscription = subscribe([this.#channel], {
      transports: [this.#transport],
      cursor,
      onMessage: current((message, info) => this.#on.message(message, info, performance.now())),
      onPosition: current((position) => {
        this.#on.position(position, this.#cursor);
        this.#cursor = position.from;
      }),
      onState: current(({ state }) => this.#on.state(state)),
    });
  }

  /** Drops the connection now, stays away for so long, and comes back with the cursor. */
  cut(awayMs) {
    const cursor = this.#subscription?.cursor ?? this.#cursor;
    this.close();
    this.#on.state("cut");
    if (awayMs === 0) this.open(cursor);
    else this.#timer = setTimeout(() => this.open(cursor), awayMs);
  }

  close() {
    this.#generation++;
    clearTimeout(this.#timer);
    if (!this.#subscription) return;
    this.#subscription.close();
    this.#subscription = undefined;
    this.#on.closed();
  }
}
