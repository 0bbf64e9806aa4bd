// Messages by hand, from this page or a terminal: one row each, and when it came by which transport.

import { address } from "./address.js";
import { milliseconds, NONE } from "./format.js";

const MAX_ROWS = 30;
const MAX_CHARACTERS = 200;

export class HandMessages {
  #rows;
  #transports;
  #byId = new Map();
  #pending = [];

  constructor(rows, transports) {
    this.#rows = rows;
    this.#transports = transports;
  }

  /** Publishes, and gives back what the server answered. */
  async publish(channel, text) {
    const mine = { text, at: performance.now() };
    this.#pending.push(mine);
    try {
      const answer = await fetch(address("/publish", { channel }), {
        method: "POST",
        headers: { "Content-Type": "text/plain; charset=utf-8" },
        body: text,
      });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.detail);
      return told;
    } catch (error) {
      this.#pending = this.#pending.filter((each) => each !== mine);
      throw error;
    }
  }

  /** A message came by one transport. */
  came(transport, { id, data }, at) {
    const row = this.#byId.get(id) ?? this.#add(id, data, at);
    const cell = row.cells[transport];
    if (cell.textContent !== NONE) return;
    // Of others' messages nobody here knows when they were sent: those count from the first that came.
    const sinceFirst = at - row.from;
    cell.textContent = row.isMine ? milliseconds(sinceFirst) : sinceFirst === 0 ? "first" : `+${milliseconds(sinceFirst)}`;
  }

  #add(id, data, at) {
    const mine = this.#pending.findIndex((each) => each.text === data);
    const [own] = mine < 0 ? [] : this.#pending.splice(mine, 1);
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = data.length > MAX_CHARACTERS ? `${data.slice(0, MAX_CHARACTERS)}…` : data;
    head.title = id;
    const cells = Object.fromEntries(this.#transports.map((transport) => {
      const cell = document.createElement("td");
      cell.dataset.transport = transport;
      cell.textContent = NONE;
      return [transport, cell];
    }));
    row.append(head, ...Object.values(cells));
    this.#rows.prepend(row);
    const known = { cells, from: own?.at ?? at, isMine: own !== undefined };
    this.#byId.set(id, known);
    if (this.#rows.childElementCount > MAX_ROWS) {
      this.#rows.lastElementChild.remove();
      this.#byId.delete(this.#byId.keys().next().value);
    }
    return known;
  }
}
