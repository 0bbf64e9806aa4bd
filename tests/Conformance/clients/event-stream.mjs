// Judges client.js' reader of event streams (HTML §9.2.6): each stream whole, byte by byte, and cut in two everywhere.
// usage: node event-stream.mjs path/of/client.js
// Prints a line per stream, and "amiss: …" where it was read otherwise.
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';

const source = await readFile(process.argv[2], 'utf8');
const module = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const { eventStreamReader } = module;

// A block as [type, data, lastEventId]; a number is a retry.
const rows = [
  ['the first example of §9.2.6', 'data: YHOO\ndata: +2\ndata: 10\n\n', [['message', 'YHOO\n+2\n10', '']]],
  ['the second: a comment, an id, an empty id, a leading space', ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
    [['message', undefined, ''], ['message', 'first event', '1'], ['message', 'second event', ''], ['message', ' third event', '']]],
  ['the third: empty data is data', 'data\n\ndata\ndata\n\ndata:', [['message', '', ''], ['message', '\n', '']]],
  ['the fourth: one space is not part of the value', 'data:test\n\ndata: test\n\n', [['message', 'test', ''], ['message', 'test', '']]],
  ['CR ends a line', 'event: a\rdata: 1\rdata: 2\r\r', [['a', '1\n2', '']]],
  ['CRLF ends one line, not two', 'event: a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n', [['a', '1', ''], ['message', '2', '']]],
  ['LF CR are two ends', 'data: 1\n\rdata: 2\n\r', [['message', '1', ''], ['message', '2', '']]],
  ['the three mixed', 'data: 1\r\ndata: 2\rdata: 3\n\r\n\rdata: 4\r\r\n', [['message', '1\n2\n3', ''], ['message', undefined, ''], ['message', '4', '']]],
  ['a byte order mark before all', '\ufeffdata: 1\n\n', [['message', '1', '']]],
  ['only one byte order mark, and only before all', '\ufeff\ufeffdata: 1\n\ndata: \ufeff2\n\n', [['message', undefined, ''], ['message', '\ufeff2', '']]],
  ['an id alone is a block without data', 'id: 7\n\n', [['message', undefined, '7']]],
  ['an id stays', 'id: 7\ndata: 1\n\ndata: 2\n\n', [['message', '1', '7'], ['message', '2', '7']]],
  ['an id with NUL is none', 'id: 7\n\nid: 8\0\ndata: 1\n\n', [['message', undefined, '7'], ['message', '1', '7']]],
  ['an event name does not stay, not even without data', 'event: a\n\ndata: 1\n\n', [['a', undefined, ''], ['message', '1', '']]],
  ['an empty event name is none', 'event: a\nevent:\ndata: 1\n\n', [['message', '1', '']]],
  ['retry counts when it is digits alone', 'retry: 2000\nretry:1\n', [2000, 1]],
  ['retry otherwise counts for nothing', 'retry: 2s\nretry: -1\nretry: 1.5\nretry:\nretry\nretry:  1\n', []],
  ['unknown fields and other letters count for nothing', 'DATA: 1\nData: 2\n data: 3\nfoo\nfoo: bar\n\n', [['message', undefined, '']]],
  ['a colon in the value is part of it', 'data: a:b: c\n\n', [['message', 'a:b: c', '']]],
  ['comments are no lines of data', 'data: 1\n: data: 2\n:\n:data: 3\ndata: 4\n\n', [['message', '1\n4', '']]],
  ['what is not ended is not told', 'data: 1\n\ndata: 2\n', [['message', '1', '']]],
  ['UTF-8 of all lengths', 'event: grüß\ndata: é€👋\u2028\u0085\n\n', [['grüß', 'é€👋\u2028\u0085', '']]],
  ['bytes that are no UTF-8 are replaced', Buffer.from([...Buffer.from('data: a'), 0xff, 0xc3, 0x0a, 0x0a]), [['message', 'a\ufffd\ufffd', '']]],
];

const readAll = (chunks) => {
  const told = [];
  const read = eventStreamReader({ block: ({ type, data, lastEventId }) => told.push([type, data, lastEventId]), retry: (ms) => told.push(ms) });
  chunks.forEach(read);
  return told;
};

for (const [name, stream, expected] of rows) {
  const bytes = Buffer.from(stream);
  const cuts = [[bytes], [...bytes].map((byte) => Uint8Array.of(byte))];
  for (let at = 0; at <= bytes.length; at++) cuts.push([bytes.subarray(0, at), bytes.subarray(at)]);
  const wrong = cuts.map(readAll).find((told) => !isDeepStrictEqual(told, expected));
  console.log(wrong ? `amiss: ${name}: ${JSON.stringify(wrong)}` : name);
}
console.log(`exported: ${Object.keys(module)}`);
console.log('done');
