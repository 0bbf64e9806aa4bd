// One panel: a subscription, what it received so far, and whether the sequence has holes.

import { distance, parseId } from "./ids.js";
import { format, Median, sinceStamp } from "./latency.js";
import { Subscription } from "./subscription.js";

const REASONS = {
  "evicted": "no longer kept by the server",
  "epoch-changed": "the channel began anew, its history is gone",
  "unknown": "the server does not know this position",
  "dropped": "this reader was too slow",
};

export class Panel {
  #connect;
  #view;
  #publisher;
  #subscription;
  #lastId;
  #count;
  #median;
  #onEventName;
  #holeHint;
  #isCut = false;

  /**
   * @param options connect and holeHint of a transport (the hint: why it may itself pass over a message),
   *   the view and the publisher, and onEventName, which hears of every event name seen
   */
  constructor({ connect, holeHint = "", view, publisher, onEventName }) {
    this.#connect = connect;
    this.#holeHint = holeHint;
    this.#view = view;
    this.#publisher = publisher;
    this.#onEventName = onEventName;
    view.onCut(() => this.#toggle());
  }

  /** Forgets what was shown and follows this channel from now on. */
  follow(channel) {
    this.#subscription?.dispose();
    this.#lastId = undefined;
    this.#count = 0;
    this.#median = new Median();
    this.#view.clear();
    this.#subscription = new Subscription(this.#connect, channel, {
      state: (name, notice) => this.#onState(name, notice),
      position: (position, before) => this.#onPosition(position, before),
      message: (message) => this.#onMessage(message),
      told: (text) => this.#view.notice(text, "warn"),
    });
    this.#subscription.start();
  }

  #toggle() {
    if (this.#isCut) this.#subscription.start();
    else this.#subscription.cut();
  }

  #onState(name, notice) {
    this.#isCut = name === "cut" || name === "stopped";
    this.#view.state(name, this.#isCut);
    if (name === "cut") {
      const after = this.#lastId === undefined ? "" : ` after ${this.#place()}`;
      this.#view.notice(`Cut${after}. Publish something, then reconnect.`, "quiet");
    }
    if (notice) this.#view.notice(notice, "warn");
  }

  #onPosition({ from, recovered, reason }, before) {
    const missed = before === undefined ? undefined : distance(before, from);
    this.#lastId = from;
    if (!recovered) {
      const amount = missed > 0 ? `${messages(missed)} missed` : "messages may be missing";
      this.#view.notice(`Gap: ${amount} (${REASONS[reason] ?? reason}).`, "gap");
      this.#view.markNext(`gap: ${reason}`, "gap");
    } else if (before === undefined) {
      const since = parseId(from).offset === 0 ? "from the first message on" : `for what comes after ${this.#place()}`;
      this.#view.notice(`Listening ${since}.`, "quiet");
    } else {
      this.#view.notice(`Resumed after ${this.#place()}, nothing missed.`, "good");
      this.#view.markNext("resumed here", "good");
    }
  }

  #onMessage(message) {
    this.#checkSequence(message.id);
    if (message.event) this.#onEventName(message.event);
    const row = this.#view.add(message, parseId(message.id).offset);
    this.#view.count(++this.#count);
    this.#measure(message, row);
  }

  /** The server promises to tell every loss; the page looks for itself. */
  #checkSequence(id) {
    const step = this.#lastId === undefined ? 1 : distance(this.#lastId, id);
    if (step > 1) {
      const hole = `${messages(step - 1)} after ${this.#place()} did not arrive here.`;
      this.#view.notice(`Gap: ${hole} ${this.#holeHint}`.trimEnd(), "gap");
      this.#view.markNext(`${messages(step - 1)} missing`, "gap");
    } else if (step < 1) {
      this.#view.notice(`Message #${parseId(id).offset} came a second time.`, "gap");
    }
    this.#lastId = id;
  }

  #measure(message, row) {
    const shownAt = performance.now();
    const sinceOpened = shownAt - this.#subscription.openedAt;
    const stamped = sinceStamp(message.time);
    const median = this.#median;

    this.#publisher.whenStarted(message.id, (startedAt) => {
      const isOwn = startedAt !== undefined;
      const latency = isOwn ? shownAt - startedAt : stamped;
      if (latency === undefined) return;
      // Older than the connection: it waited for this panel to come back, which says nothing about the transport.
      const caughtUp = latency > sinceOpened;
      row.latency(isOwn ? format(latency) : `≈ ${format(latency, true)}`, caughtUp);
      if (!isOwn || caughtUp || median !== this.#median) return;
      median.add(latency);
      this.#view.latency(format(median.value));
    });
  }

  #place() {
    return `#${parseId(this.#lastId).offset}`;
  }
}

function messages(count) {
  return count === 1 ? "1 message" : `${count} messages`;
}
