// What client.d.ts lets one write, and what it does not. Checked by tsc, never run.
import { eventStreamReader, subscribe, type Message, type Position, type State, type Subscription, type Transport } from '../../../src/RawRealtime/Assets/client.js';

const subscription: Subscription = subscribe(['news', 'sport.*'], {
  onMessage(message: Message, { transport, raw }) {
    const text: string = typeof message.data === 'string' ? message.data : new TextDecoder().decode(message.data);
    const told: [string, Transport, string | undefined, string] = [text, transport, message.event, message.cursor];
    if (typeof raw === 'object') raw.lastEventId.concat(...told.filter((part) => part !== undefined));
  },
  onPosition: ({ from, recovered, reason, lost }: Position) => [from, recovered, reason, lost?.map(({ channel }) => channel)],
  onState: ({ state, transport, attempt, retryInMs, error, code }: State) => [state, transport, attempt, retryInMs, error, code],
  url: 'https://example.org/realtime/',
  cursor: 'earliest',
  events: ['headline'],
  transports: ['ws', 'poll'],
  token: async () => 'a.b.c',
  betterAfterMs: 60_000,
});
subscribe('news');
subscribe('news', { url: new URL('https://example.org'), token: 'a.b.c' });

const { id, subscribers }: { id: string; subscribers: number } = await subscription.publish('news', 'text', { event: 'e', ttl: 60, key: 'k' });
await subscription.publish('news', new Uint8Array([subscribers]));
await subscription.publish(id, new ArrayBuffer(1));
const place: [string | undefined, Transport | undefined] = [subscription.cursor, subscription.transport];
subscription.reconnect();
subscription.close();
eventStreamReader({ block: ({ type, data, lastEventId }) => [type, data?.length, lastEventId, place] })(new Uint8Array());

// @ts-expect-error a channel is a text
subscribe(7);
// @ts-expect-error no such transport
subscribe('news', { transports: ['sse', 'events'] });
// @ts-expect-error no such option
subscribe('news', { onmessage() {} });
// @ts-expect-error the time to live is in seconds, as a number
subscription.publish('news', 'text', { ttl: '60' });
// @ts-expect-error objects are written as JSON by who publishes
subscription.publish('news', { text: 'text' });
// @ts-expect-error the cursor is read
subscription.cursor = 'earliest';
// @ts-expect-error bytes are no text
subscribe('news', { onMessage: ({ data }) => data.toUpperCase() });
