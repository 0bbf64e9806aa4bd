// Bytes on the wire by kind, and what had to be opened for them.

const NOTHING = { payload: 0, framing: 0, heads: 0, connections: 0, requests: 0 };

export class Ledger {
  payload = 0;
  framing = 0;
  heads = 0;
  connections = 0;
  requests = 0;

  /** Adds what is named; the rest stays. */
  add(amounts) {
    for (const [kind, amount] of Object.entries({ ...NOTHING, ...amounts })) this[kind] += amount;
  }

  get total() {
    return this.payload + this.framing + this.heads;
  }

  /** A copy to compare with later. */
  get snapshot() {
    const { payload, framing, heads, connections, requests, total } = this;
    return { payload, framing, heads, connections, requests, total };
  }
}
