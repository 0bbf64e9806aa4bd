// Publishes over HTTP and remembers when, so that panels can tell how long a message was under way.

import { address } from "./address.js";

const REMEMBERED = 1000;

export class Publisher {
  #startedAt = new Map();
  #waiting = new Map();
  #underWay = 0;
  #queue = Promise.resolve();

  /** Publishes after everything asked for earlier, so that messages keep the order in which they were typed. */
  publish(channel, text) {
    // Counted while still queued: nobody may conclude yet that an unknown id is somebody else's.
    this.#underWay++;
    const turn = this.#queue.then(() => this.#send(channel, text)).finally(() => this.#settle());
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /**
   * Tells when this page began to publish the message with this id, on the clock of performance.now();
   * undefined when someone else published it. The message is often here before the answer that names its id,
   * so the telling may come later.
   */
  whenStarted(id, tell) {
    if (this.#startedAt.has(id) || this.#underWay === 0) {
      tell(this.#startedAt.get(id));
    } else if (this.#waiting.has(id)) {
      this.#waiting.get(id).push(tell);
    } else {
      this.#waiting.set(id, [tell]);
    }
  }

  async #send(channel, text) {
    const startedAt = performance.now();
    const answer = await fetch(address("/publish", { channel }), {
      method: "POST",
      headers: { "Content-Type": "text/plain; charset=utf-8" },
      body: text,
    }).catch(() => {
      throw new Error("the server cannot be reached.");
    });
    if (!answer.ok) throw new Error(await refusal(answer));
    const ack = await answer.json();
    this.#remember(ack.id, startedAt);
    return ack;
  }

  #remember(id, startedAt) {
    this.#startedAt.set(id, startedAt);
    if (this.#startedAt.size > REMEMBERED) this.#startedAt.delete(this.#startedAt.keys().next().value);
    this.#tell(id);
  }

  #settle() {
    this.#underWay--;
    if (this.#underWay > 0) return;
    // Every answer is in, so the ids still waited for were published by others.
    for (const id of [...this.#waiting.keys()]) this.#tell(id);
  }

  #tell(id) {
    const tellers = this.#waiting.get(id) ?? [];
    this.#waiting.delete(id);
    for (const tell of tellers) tell(this.#startedAt.get(id));
  }
}

/** The sentence of a problem+json answer, or the bare status when something else answered. */
async function refusal(answer) {
  const problem = await answer.json().catch(() => ({}));
  return problem.detail ?? `The server answered ${answer.status}.`;
}
