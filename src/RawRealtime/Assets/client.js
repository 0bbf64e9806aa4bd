// RawRealtime in a browser: a subscription by WebSocket, event stream or long poll, whichever can be had.
// It comes back by itself with its cursor, so that nothing is lost or delivered twice. See docs/client-js.md.

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const PROOF_MS = 10_000; // a connection that lived so long was good
const TRIES = 3; // of a transport that has worked, before the next one is taken
const BETTER_AFTER_MS = 180_000;
const OPENING_MS = 15_000; // from asking for a connection to its position
const QUIET_MS = 25_000; // a WebSocket that says nothing for so long is asked whether it is still there
const ANSWER_MS = 20_000; // longer than the event stream's comments are apart
const SILENCE_MS = 45_000; // three comments of an event stream; a held poll and time for its way
const POLL_SECONDS = 25;
const MOST_BY_SOCKET = 300_000; // UTF-16 units of a frame: below the server's 1 MiB whatever the characters

/** Subscribes to channels, or to patterns such as "news.*". See client.d.ts. */
export function subscribe(channels, options = {}) {
  return new Subscription([channels].flat(), options);
}

class Subscription {
  #channels;
  #options;
  #transports;
  #base;
  #cursor;
  #name = `js-${Math.random().toString(36).slice(2)}`; // a newer poll of this name ends the older one
  #link; // the connection, or the attempt at one
  #trial; // a better transport being tried beside it
  #rank = 0; // of the transport in use, in #transports
  #worked = new Set();
  #attempt = 0; // failures since a connection last proved good
  #misses = 0; // those of this transport
  #openedAt;
  #wasRefused = false;
  #notBefore = 0;
  #retryTimer;
  #betterTimer;
  #life = new AbortController();

  constructor(channels, options) {
    if (channels.length === 0) throw new TypeError("No channel is named");
    this.#channels = channels;
    this.#options = options;
    this.#cursor = options.cursor;
    this.#transports = options.transports ?? ["ws", "sse", "poll"];
    this.#base = new URL(options.url ?? ".", options.url ? globalThis.location?.href : import.meta.url);
    if (!this.#base.pathname.endsWith("/")) this.#base.pathname += "/";
    const { signal } = this.#life;
    const wake = () => this.#wake();
    globalThis.addEventListener?.("online", wake, { signal });
    globalThis.addEventListener?.("offline", () => this.#link?.hurry(), { signal });
    globalThis.document?.addEventListener("visibilitychange", () => document.hidden || wake(), { signal });
    this.#retryTimer = setTimeout(() => this.#connect()); // no callback before subscribe has returned
  }

  /** Everything up to here has been delivered. */
  get cursor() {
    return this.#cursor;
  }

  /** Of the open connection: "ws", "sse" or "poll"; undefined while none is open. */
  get transport() {
    return this.#openedAt === undefined ? undefined : this.#transports[this.#rank];
  }

  /** Drops the connection and comes back with the cursor. */
  reconnect() {
    if (this.#life.signal.aborted) return;
    this.#leave();
    this.#retryTimer = setTimeout(() => this.#connect()); // later, so that a callback may ask for it
  }

  close() {
    this.#end({});
  }

  async publish(channel, data, { event, ttl, key } = {}) {
    const isText = typeof data === "string";
    const content = isText ? data.toWellFormed() : new Uint8Array(data.buffer ?? data, data.byteOffset, data.byteLength);
    if (this.transport && this.#link.publish && ttl === undefined && key === undefined) {
      const coded = isText ? { data: content } : { data: toBase64(content), encoding: "base64" };
      const acknowledged = this.#link.publish({ type: "publish", channel, event, ...coded });
      if (acknowledged) return acknowledged;
    }
    const headers = { "Content-Type": isText ? "text/plain; charset=utf-8" : "application/octet-stream" };
    if (key !== undefined) headers["Idempotency-Key"] = key;
    const url = address(this.#base, "publish", { channel, event, ttl });
    for (let again = typeof this.#options.token === "function"; ; again = false) {
      const answer = await fetch(url, { method: "POST", headers: { ...headers, ...bearer(await this.#token()) }, body: content });
      if (answer.ok) return answer.json();
      const { error, code } = await refusal(answer);
      if (!again || answer.status !== 401) throw failure(error, code);
    }
  }

  async #token() {
    const { token } = this.#options;
    return typeof token === "function" ? await token() : token;
  }

  #connect() {
    this.#leave();
    this.#state("connecting");
    if (this.#life.signal.aborted) return;
    const transport = this.#transports[this.#rank];
    this.#link = this.#open(transport, {
      position: (position) => this.#onPosition(position, transport),
      message: (message, cursor, raw) => this.#onMessage(message, cursor, { transport, raw }),
      moved: (cursor) => (this.#cursor = cursor),
      ended: (ending) => this.#onEnded(ending, transport),
    });
  }

  /** Begins one connection. Once it has ended or was left, nothing that it says is heard. */
  #open(transport, on) {
    const stop = new AbortController();
    const { signal } = stop;
    const heard = (handle) => (...values) => signal.aborted || handle(...values);
    const end = heard((ending) => {
      stop.abort();
      on.ended(ending);
    });
    let deadline;
    const expect = (ms) => (deadline = Date.now() + ms);
    const watch = setInterval(() => Date.now() > deadline && end({ error: "No answer in time" }), 1000);
    signal.addEventListener("abort", () => clearInterval(watch));
    const parameters = { channel: this.#channels, event: this.#options.events };
    const link = {
      signal,
      leave: () => stop.abort(),
      expect, // gives the connection up when that time is over
      hurry: () => (deadline = Math.min(deadline, Date.now() + ANSWER_MS)),
      client: this.#name,
      address: (path, more) => address(this.#base, path, { ...parameters, cursor: this.#cursor, ...more }),
      get: (path, more) => fetch(link.address(path, more), { headers: bearer(link.token), cache: "no-store", signal }),
      position: heard(on.position),
      message: heard(on.message),
      moved: heard(on.moved),
    };
    expect(OPENING_MS);
    const run = async () => {
      link.token = await this.#token();
      return signal.aborted ? {} : TRANSPORTS[transport](link);
    };
    run().then(end, (error) => end({ error: error.message }));
    return link;
  }

  #leave() {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#betterTimer);
    this.#trial?.leave();
    this.#link?.leave();
    this.#link = this.#openedAt = undefined;
  }

  #onPosition({ type, ...position }, transport) {
    if (position.channel === undefined) this.#cursor = position.from;
    if (this.#openedAt === undefined) {
      this.#openedAt = Date.now();
      this.#worked.add(transport);
      this.#wasRefused = false;
      this.#planBetter();
      this.#state("open");
    }
    if (!this.#life.signal.aborted) this.#call("onPosition", position);
  }

  #onMessage({ type, encoding, ...message }, cursor, info) {
    // Taken over first: whatever the callback does, this message is behind us.
    this.#cursor = message.cursor = cursor;
    if (encoding === "base64") message.data = fromBase64(message.data);
    this.#call("onMessage", message, info);
  }

  /** Decides what comes next: the same transport, another one, a pause, or the end. */
  #onEnded({ status, error, code, retryAfterMs }, transport) {
    if (this.#openedAt !== undefined && Date.now() - this.#openedAt > PROOF_MS) this.#attempt = this.#misses = 0;
    this.#leave();
    if (status === 401 || status === 403) {
      if (this.#wasRefused || typeof this.#options.token !== "function") return this.#end({ error, code });
      this.#wasRefused = true;
      this.#rank = 0;
      return this.#connect();
    }
    if ((status === 400 || status === 421) && typeof code === "string") return this.#end({ error, code });

    this.#attempt++;
    this.#misses++;
    // A server that says when to come back is there, and so is the transport.
    const mayTryAgain = this.#worked.has(transport) || retryAfterMs !== undefined;
    if (!mayTryAgain || this.#misses >= TRIES) {
      this.#worked.delete(transport);
      this.#misses = 0;
      this.#rank = (this.#rank + 1) % this.#transports.length;
      if (this.#rank > 0) return this.#connect();
    }
    this.#pause(retryAfterMs ?? 0, { error, code });
  }

  #pause(atLeastMs, why) {
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.#attempt - 1));
    const inBackground = globalThis.document?.hidden ? LONGEST_DELAY_MS : 0;
    const retryInMs = Math.round(atLeastMs + inBackground + Math.random() * longest);
    this.#notBefore = Date.now() + atLeastMs;
    this.#retryTimer = setTimeout(() => this.#connect(), retryInMs);
    this.#state("waiting", { retryInMs, ...why });
  }

  /** Ends a pause, or looks whether the connection is still there. */
  #wake() {
    if (this.#link) this.#link.hurry();
    else if (Date.now() >= this.#notBefore) this.#connect();
  }

  #planBetter() {
    const afterMs = this.#options.betterAfterMs ?? BETTER_AFTER_MS;
    if (this.#rank > 0) this.#betterTimer = setTimeout(() => this.#tryBetter(0), afterMs);
  }

  /** Tries the better transports beside the present one; the first that opens takes over, beginning at the cursor. */
  #tryBetter(rank) {
    if (rank >= this.#rank || globalThis.document?.hidden) return this.#planBetter();
    this.#trial = this.#open(this.#transports[rank], {
      position: () => {
        this.#rank = rank;
        this.#misses = 0;
        this.#connect();
      },
      message() {},
      moved() {},
      ended: () => this.#tryBetter(rank + 1),
    });
  }

  #end(why) {
    if (this.#life.signal.aborted) return;
    this.#leave();
    this.#life.abort();
    this.#state("closed", why);
  }

  #state(state, more) {
    this.#call("onState", { state, transport: this.#transports[this.#rank], attempt: this.#attempt, ...more });
  }

  #call(name, ...values) {
    try {
      this.#options[name]?.(...values);
    } catch (error) {
      (globalThis.reportError ?? console.error)(error);
    }
  }
}

// Each transport serves one connection, and resolves or throws when it is over.
const TRANSPORTS = {
  ws(link) {
    const url = link.address("ws");
    url.protocol = url.protocol.replace("http", "ws");
    const tokens = link.token ? [`rawrealtime.token.${link.token}`] : [];
    const socket = new WebSocket(url, ["rawrealtime.v1", ...tokens]);
    const acks = new Map();
    let lastRef = 0;
    let wasQuiet = false;

    // The browser hides the server's pings; but whatever is asked is answered, if only by an error.
    const { hurry } = link;
    link.hurry = () => {
      if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
      hurry();
    };
    const asking = setInterval(() => {
      if (wasQuiet) link.hurry();
      wasQuiet = true;
    }, QUIET_MS);

    link.publish = (publication) => {
      const ref = String(++lastRef);
      const frame = JSON.stringify({ ...publication, ref });
      if (frame.length > MOST_BY_SOCKET || socket.readyState !== WebSocket.OPEN) return undefined;
      socket.send(frame);
      return new Promise((resolve, reject) => acks.set(ref, { resolve, reject }));
    };

    const settle = ({ ref, type, code, detail, ...ack }) => {
      const waiting = acks.get(ref);
      acks.delete(ref);
      if (type === "ack") waiting?.resolve(ack);
      else waiting?.reject(failure(detail, code));
    };

    const over = () => {
      clearInterval(asking);
      socket.close();
      for (const { reject } of acks.values()) reject(failure("The connection ended before the acknowledgement", "unacknowledged"));
      acks.clear();
    };

    return new Promise((resolve, reject) => {
      const receive = (message, raw) => {
        wasQuiet = false;
        link.expect(Infinity);
        if (message.type === "message") link.message(message, message.cursor, raw);
        else if (message.type === "position") link.position(message);
        else if (message.code === "channel-deleted") resolve({ error: message.detail, code: message.code }); // coming back makes it anew
        else settle(message);
      };
      socket.onmessage = ({ data }) => {
        try {
          receive(JSON.parse(data), data);
        } catch (error) {
          reject(error);
        }
      };
      // Why an opening failed is hidden from pages: the code is 1006 then.
      socket.onclose = ({ code, reason }) => {
        over();
        resolve({ error: reason || "The WebSocket was closed", code });
      };
      link.signal.addEventListener("abort", over);
    });
  },

  async sse(link) {
    // EventSource hands over only events whose names are known beforehand, so the stream is read here.
    const answer = await link.get("events", { format: "json" });
    if (answer.status !== 200 || !answer.headers.get("Content-Type")?.startsWith("text/event-stream")) return refusal(answer);
    const ending = { error: "The event stream ended" };
    const read = eventStreamReader({
      retry: (ms) => (ending.retryAfterMs = ms),
      block({ type, data, lastEventId }) {
        if (data === undefined) {
          if (lastEventId) link.moved(lastEventId);
        } else if (type === "position") {
          link.position(JSON.parse(data));
        } else {
          link.message(JSON.parse(data), lastEventId, { type, data, lastEventId });
        }
      },
    });
    const chunks = answer.body.getReader();
    for (;;) {
      const { value, done } = await chunks.read().catch(() => ({ done: true }));
      if (done) return ending;
      link.expect(SILENCE_MS);
      read(value);
    }
  },

  async poll(link) {
    link.hurry = () => {}; // a poll says nothing while it is held
    for (let wait = 0; ; wait = POLL_SECONDS) {
      const answer = await link.get("poll", { wait, client: link.client });
      if (answer.status === 200) {
        const { messages, cursor, ...position } = await answer.json();
        if (wait === 0 || !position.recovered) link.position(position);
        for (const message of messages) link.message(message, message.cursor ?? message.id); // of one channel the id is the cursor
        link.moved(cursor);
      } else if (answer.status === 204) {
        const from = answer.headers.get("ETag").replaceAll('"', "");
        if (wait === 0) link.position({ from, recovered: true });
        link.moved(from);
      } else {
        return refusal(answer);
      }
      link.expect(SILENCE_MS);
    }
  },
};

/** Reads an event stream (HTML §9.2.6) from chunks of bytes: tells on.block of each block, with or without data, and on.retry. */
export function eventStreamReader(on) {
  const decoder = new TextDecoder(); // takes the byte order mark away
  let started = ""; // of the line whose end has not come
  let endedInCr = false;
  let lastEventId = "";
  let type = "";
  let data;

  const onLine = (line) => {
    if (line === "") {
      on.block({ type: type || "message", data, lastEventId });
      type = "";
      data = undefined;
      return;
    }
    const [, field, value] = /^([^:]*)(?:: ?)?([^]*)$/.exec(line);
    if (field === "data") data = data === undefined ? value : `${data}\n${value}`;
    else if (field === "event") type = value;
    else if (field === "id" && !value.includes("\0")) lastEventId = value;
    else if (field === "retry" && /^[0-9]+$/.test(value)) on.retry?.(Number(value));
  };

  return (bytes) => {
    let text = decoder.decode(bytes, { stream: true });
    if (text === "") return;
    if (endedInCr && text[0] === "\n") text = text.slice(1);
    endedInCr = text.endsWith("\r");
    const lines = text.split(/\r\n|\r|\n/);
    lines[0] = started + lines[0];
    started = lines.pop();
    lines.forEach(onLine);
  };
}

/** Parameters without a value are left out, those with several are repeated. */
function address(base, path, parameters) {
  const url = new URL(path, base);
  for (const [name, values] of Object.entries(parameters))
    for (const value of [values ?? []].flat()) url.searchParams.append(name, value);
  return url;
}

const bearer = (token) => (token ? { Authorization: `Bearer ${token}` } : {});

const failure = (message, code) => Object.assign(new Error(message), { code });

async function refusal(answer) {
  const { status, headers } = answer;
  const { code = status, detail } = await answer.json().catch(() => ({}));
  const after = headers.get("Retry-After"); // as a date it only says that the server is there
  return { status, code, error: detail ?? `The server answered ${status}`, retryAfterMs: after ? Number(after) * 1000 || 0 : undefined };
}

const fromBase64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
