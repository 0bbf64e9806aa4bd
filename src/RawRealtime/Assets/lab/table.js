// The table of the comparison: a row per figure, a column per transport.

import { bytes, count, exactBytes, milliseconds, NONE } from "./format.js";

/** The figures, in groups. Each tells how it is written, from a result; title tells it to the last byte, isBad marks one that must not be. */
export const GROUPS = [
  {
    name: "Latency", hint: "publish to receive, over the last 10 s",
    rows: [
      { id: "p50", name: "Median", write: (r) => milliseconds(r.p50) },
      { id: "p90", name: "90 %", write: (r) => milliseconds(r.p90) },
      { id: "p99", name: "99 %", write: (r) => milliseconds(r.p99) },
      { id: "max", name: "Longest", write: (r) => milliseconds(r.max) },
    ],
  },
  {
    name: "Messages", hint: "each is numbered",
    rows: [
      { id: "received", name: "Received", write: (r) => count(r.received) },
      { id: "repeated", name: "Repeated", write: (r) => count(r.repeated), isBad: (r) => r.repeated > 0 },
      { id: "missed", name: "Missed", write: (r) => count(r.missed), isBad: (r) => r.missed > 0 },
    ],
  },
  {
    name: "On the wire", hint: "both ways, since the start",
    rows: [
      { id: "payload", name: "Payload", write: (r) => bytes(r.payload), title: (r) => exactBytes(r.payload) },
      { id: "framing", name: "Framing", write: (r) => bytes(Math.max(0, r.framing)), title: (r) => exactBytes(r.framing) },
      { id: "heads", name: "HTTP heads", write: (r) => bytes(r.heads), title: (r) => exactBytes(r.heads) },
      { id: "total", name: "In all", write: (r) => bytes(r.total), title: (r) => exactBytes(r.total), isSum: true },
      { id: "perMessage", name: "Per message", write: (r) => bytes(r.bytesPerMessage) },
      { id: "connections", name: "Connections", write: (r) => count(r.connections) },
      { id: "requests", name: "Requests", write: (r) => count(r.requests) },
    ],
  },
  {
    name: "Last cut", hint: "from the cut on",
    rows: [
      { id: "cut-open", name: "Reopened", write: (r) => milliseconds(r.cut?.openAfter) },
      { id: "cut-next", name: "Next one", write: (r) => milliseconds(r.cut?.nextAfter) },
      { id: "cut-bytes", name: "It cost", write: (r) => bytes(r.cut?.bytes) },
      { id: "cut-requests", name: "Requests", write: (r) => count(r.cut?.requests) },
      { id: "cut-caught", name: "Caught up", write: (r) => count(r.cut?.caughtUp) },
      { id: "cut-lost", name: "Lost", write: (r) => count(r.cut?.lost), isBad: (r) => r.cut?.lost > 0 },
    ],
  },
];

export class ComparisonTable {
  #table;
  #transports;
  #cells = new Map();

  constructor(table, transports) {
    this.#table = table;
    this.#transports = transports;
    for (const group of GROUPS) table.append(this.#body(group));
  }

  /** @param results by transport */
  show(results) {
    for (const { rows } of GROUPS) {
      for (const row of rows) {
        for (const transport of this.#transports) put(this.#cells.get(`${row.id} ${transport}`), row, results[transport]);
      }
    }
  }

  state(transport, name) {
    const head = this.#table.querySelector(`th[data-transport="${transport}"]`);
    head.dataset.state = name;
    head.querySelector('[data-role="state"]').textContent = name;
  }

  onCut(handle) {
    for (const transport of this.#transports) {
      this.#table.querySelector(`th[data-transport="${transport}"] [data-role="cut"]`).addEventListener("click", () => handle(transport));
    }
  }

  #body({ name, hint, rows }) {
    const body = document.createElement("tbody");
    const head = cell("th", name);
    head.scope = "rowgroup";
    head.colSpan = this.#transports.length + 1;
    const small = cell("small", hint);
    head.append(" ", small);
    const first = document.createElement("tr");
    first.className = "group";
    first.append(head);
    body.append(first, ...rows.map((row) => this.#row(row)));
    return body;
  }

  #row({ id, name, isSum = false }) {
    const row = document.createElement("tr");
    const head = cell("th", name);
    head.scope = "row";
    row.classList.toggle("sum", isSum);
    row.append(head);
    for (const transport of this.#transports) {
      const value = cell("td", NONE);
      value.dataset.figure = id;
      value.dataset.transport = transport;
      this.#cells.set(`${id} ${transport}`, value);
      row.append(value);
    }
    return row;
  }
}

function put(cell, { write, title, isBad }, result) {
  const text = write(result);
  if (cell.textContent !== text) cell.textContent = text;
  if (title) cell.title = title(result);
  cell.classList.toggle("bad", isBad?.(result) ?? false);
}

function cell(kind, text) {
  const element = document.createElement(kind);
  element.textContent = text;
  return element;
}
