/** How messages come: WebSocket, event stream, or held long poll. */
export type Transport = "ws" | "sse" | "poll";

export interface Message {
  channel: string;
  /** `<epoch>-<offset>`: the offset grows by one per message of a channel. */
  id: string;
  event?: string;
  data: string | Uint8Array;
  /** When it was published: RFC 3339, UTC, milliseconds. */
  time: string;
  /** The subscription's cursor behind this message. */
  cursor: string;
}

/** Where delivery starts, and what is missing before that. */
export interface Position {
  from: string;
  recovered: boolean;
  /** `evicted`, `epoch-changed`, `unknown` or `dropped`, when not recovered. */
  reason?: string;
  /** Which channels lost something, when there are several. */
  lost?: { channel: string; reason: string }[];
  /** Named when the position is of this channel alone. */
  channel?: string;
}

export interface State {
  /** `waiting` is the pause between two attempts; after `closed` nothing comes any more. */
  state: "connecting" | "open" | "waiting" | "closed";
  transport: Transport;
  /** Failures since a connection last proved good. */
  attempt: number;
  /** Of the pause, when waiting. */
  retryInMs?: number;
  /** Why there is a pause or an end, for people. */
  error?: string;
  /** The same for programs: a problem's code, an HTTP status or a WebSocket close code. */
  code?: string | number;
}

export interface MessageInfo {
  transport: Transport;
  /** As it came: the text of a WebSocket message, the block of an event stream, nothing from a poll. */
  raw?: string | StreamBlock;
}

export interface Options {
  onMessage?(message: Message, info: MessageInfo): void;
  /** Called each time the server states one: when a connection opens, and when something was lost. */
  onPosition?(position: Position): void;
  onState?(state: State): void;
  /** Where the server is. Default: where client.js came from. */
  url?: string | URL;
  /** Where to begin: a cursor or `earliest`. Default: with new messages. */
  cursor?: string;
  /** Only messages with these event names. Default: all. */
  events?: string[];
  /** Which transports may be used, the best first. Default: `["ws", "sse", "poll"]`. */
  transports?: Transport[];
  /** Sent with each connection and each publish. A function is asked for each of them, and once more after a refusal. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /** How long to stay on a lower transport before a better one is tried again, in milliseconds. Default: 180000. */
  betterAfterMs?: number;
}

export interface PublishOptions {
  event?: string;
  /** How long the message is kept, in seconds. */
  ttl?: number;
  /** The idempotency key: published once, however often it is sent within five minutes. */
  key?: string;
}

export interface Published {
  id: string;
  channel: string;
  subscribers: number;
}

export interface Subscription {
  /** Everything up to here has been delivered; undefined before the first position. */
  readonly cursor: string | undefined;
  /** Of the open connection; undefined while none is open. */
  readonly transport: Transport | undefined;
  /** Rejects with an Error whose `code` is the server's, or `unacknowledged`. */
  publish(channel: string, data: string | ArrayBuffer | ArrayBufferView, options?: PublishOptions): Promise<Published>;
  /** Drops the connection and comes back with the cursor, at once. */
  reconnect(): void;
  /** Ends the subscription. No callback is called afterwards, but for the state `closed`. */
  close(): void;
}

/** Subscribes to channels, or to patterns such as `news.*`. No callback is called before this has returned. */
export function subscribe(channels: string | readonly string[], options?: Options): Subscription;

export interface StreamBlock {
  type: string;
  /** Undefined when the block had no data. */
  data: string | undefined;
  lastEventId: string;
}

/** Reads an event stream (HTML §9.2.6) from chunks of bytes, cut anywhere. Returns what takes the next chunk. */
export function eventStreamReader(on: { block(block: StreamBlock): void; retry?(milliseconds: number): void }): (chunk: Uint8Array) => void;
