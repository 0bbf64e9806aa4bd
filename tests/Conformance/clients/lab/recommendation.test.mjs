import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asset } from './assets.mjs';

const { ENOUGH, recommend } = await asset('recommendation.js');
const { bytes, milliseconds } = await asset('format.js');

const result = (p50, bytesPerMessage, more = {}) =>
  ({ p50, bytesPerMessage, overheadPerMessage: bytesPerMessage - 200, received: 500, missed: 0, requests: 1, ...more });
const load = { rate: 50, size: 200 };

// medians of ws, sse, poll | bytes per message of each | rate | what is chosen
const rows = [
  [[1, 1.2, 2], [330, 320, 900], 50, 'sse'],
  [[1, 4.9, 9], [330, 320, 900], 50, 'sse'],
  [[1, 5.1, 9], [330, 320, 900], 50, 'ws'],
  [[40, 49, 90], [330, 320, 900], 50, 'sse'],
  [[1, 1, 1], [330, 370, 900], 50, 'ws'],
  [[1, 30, 2], [330, 320, 900], 50, 'ws'],
  [[1, 30, 2], [330, 320, 340], 1, 'poll'],
  [[1, 30, 2], [330, 320, 340], 2, 'ws'],
  [[1, 30, 2], [330, 320, 900], 1, 'ws'],
];
for (const [[ws, sse, poll], [wsBytes, sseBytes, pollBytes], rate, expected] of rows) {
  test(`medians of ${ws}, ${sse}, ${poll} ms and ${wsBytes}, ${sseBytes}, ${pollBytes} B at ${rate} a second choose ${expected}`, () => {
    const advice = recommend({ rate, size: 200 }, { ws: result(ws, wsBytes), sse: result(sse, sseBytes), poll: result(poll, pollBytes) });
    assert.equal(advice.best, expected);
    assert.equal(advice.choices.length, 3);
  });
}

test('too few messages on any transport recommend nothing', () => {
  const few = result(1, 300, { received: ENOUGH - 1 });
  const advice = recommend(load, { ws: result(1, 300), sse: few, poll: result(1, 300) });
  assert.equal(advice.ready, false);
  assert.equal(advice.best, undefined);
});

test('the reasons say the figures of the table', () => {
  const { headline, reasons } = recommend(load, { ws: result(2.14, 330), sse: result(2.5, 321), poll: result(9, 870, { requests: 400 }) });
  assert.equal(headline, 'Server-Sent Events for 50 messages a second of 200 B.');
  assert.deepEqual(reasons, [
    'Long poll was slower in this run, by the medians: WebSocket 2.1 ms, Server-Sent Events 2.5 ms, long poll 9.0 ms.',
    'Around the data of each message travel 130 B, 121 B and 670 B; long poll sends 2.6 times the bytes of WebSocket in all.',
    'Long poll made 400 requests, one for 1.3 messages; WebSocket made 1 and the event stream 1.',
    'Nothing was lost on any of them, so reliability does not decide it either.',
  ]);
});

// medians of ws, sse, poll | what is said of them
for (const [[ws, sse, poll], beginning] of [
  [[1, 4, 4.9], 'Latency does not decide it'],
  [[1, 4, 5.1], 'Long poll was slower'],
  [[81, 36, 39], 'WebSocket was slower'],
  [[1, 20, 30], 'Server-Sent Events and long poll were slower'],
  [[40, 49, 49.9], 'Latency does not decide it'],
]) {
  test(`of medians of ${ws}, ${sse} and ${poll} ms is said: ${beginning}`, () => {
    const { reasons } = recommend(load, { ws: result(ws, 330), sse: result(sse, 321), poll: result(poll, 870) });
    assert.ok(reasons[0].startsWith(beginning), reasons[0]);
  });
}

test('what lost messages is not chosen, and the loss is named', () => {
  const lossy = recommend(load, { ws: result(1, 330), sse: result(1, 321, { missed: 1 }), poll: result(1, 870) });
  assert.equal(lossy.best, 'ws');
  assert.match(lossy.reasons.at(-1), /^Server-Sent Events missed 1 message:/);
  const { reasons } = recommend(load, { ws: result(1, 330), sse: result(1, 321), poll: result(1, 870, { missed: 3 }) });
  assert.match(reasons.at(-1), /^Long poll missed 3 messages/);
});

for (const [value, text] of [[undefined, '–'], [0.04, '0.0 ms'], [9.94, '9.9 ms'], [9.96, '10 ms'], [999.4, '999 ms'], [999.6, '1.0 s']]) {
  test(`${value} ms is written ${text}`, () => assert.equal(milliseconds(value), text));
}
for (const [value, text] of [[undefined, '–'], [0, '0 B'], [9999, '9,999 B'], [10_240, '10.0 KiB'], [1024 ** 2, '1.0 MiB'], [1024 ** 3, '1.0 GiB']]) {
  test(`${value} bytes are written ${text}`, () => assert.equal(bytes(value), text));
}
