// One event stream of one channel, over the browser's own EventSource.
// The browser reconnects by itself after a lost connection and sends Last-Event-ID; only when it gives up do we say closed.

import { address } from "../address.js";

/** Why a message may be passed over although the server sent it. */
export const holeHint = "EventSource passes over event names nobody listens for.";

// The names listened for; further ones are learned from the other panels.
const names = new Set(["message"]);
const reopeners = new Set();

/** Listens for a named event from now on; open streams go back to the last message shown, so the first is seen too. */
export function listenFor(name) {
  if (names.has(name)) return;
  names.add(name);
  for (const reopen of reopeners) reopen();
}

export function connect(channel, cursor, on) {
  let last = cursor;
  let source;

  const receive = ({ data, lastEventId }) => {
    last = lastEventId;
    on.message(JSON.parse(data), lastEventId);
  };

  const open = () => {
    // The cursor in the query serves a new EventSource; a Last-Event-ID the browser sends later wins over it.
    source = new EventSource(address("/events", { channel, cursor: last, format: "json" }));

    // A draining server answers 200 and ends, so being open begins with the position, not with the answer.
    source.addEventListener("position", ({ data, lastEventId }) => {
      last = lastEventId;
      on.position(JSON.parse(data));
    });
    for (const name of names) source.addEventListener(name, receive);

    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) {
        disconnect();
        on.closed({ why: "The stream was refused" });
      } else {
        on.interrupted("The stream ended; the browser reconnects by itself.");
      }
    });
  };

  const reopen = () => {
    source.close();
    open();
  };

  const disconnect = () => {
    reopeners.delete(reopen);
    source.close();
  };

  reopeners.add(reopen);
  open();
  return disconnect;
}
