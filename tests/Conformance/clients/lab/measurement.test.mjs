import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asset } from './assets.mjs';

const { Measurement, resultOf } = await asset('measurement.js');
const { Pace } = await asset('pace.js');

test('a latency is the time between sending and receiving', () => {
  const measurement = new Measurement();
  measurement.opened(0);
  assert.equal(measurement.add({ number: 1, sentAt: 10 }, 13.5), 3.5);
  assert.equal(measurement.latencies(20).p50, 3.5);
});

test('a repetition has no latency', () => {
  const measurement = new Measurement();
  measurement.add({ number: 1, sentAt: 10 }, 12);
  assert.equal(measurement.add({ number: 1, sentAt: 10 }, 500), undefined);
  assert.equal(measurement.latencies(500).max, 2);
});

test('what was sent before the connection opened has no latency, and was caught up on after a cut', () => {
  const measurement = new Measurement();
  measurement.opened(0);
  measurement.add({ number: 1, sentAt: 10 }, 12);
  measurement.ledger.add({ heads: 900, requests: 1 });
  measurement.cutNow(100);
  measurement.ledger.add({ heads: 700, framing: 50, payload: 9000, requests: 1 });
  measurement.opened(140);
  assert.equal(measurement.add({ number: 2, sentAt: 120 }, 141), undefined);
  measurement.ledger.add({ framing: 1000, requests: 5 });
  assert.equal(measurement.add({ number: 3, sentAt: 145 }, 147), 2);
  assert.deepEqual(measurement.cutCost(), { openAfter: 40, nextAfter: 41, caughtUp: 1, bytes: 750, requests: 1, lost: 0 });
});

test('a hole after a cut is lost', () => {
  const measurement = new Measurement();
  measurement.add({ number: 1, sentAt: 10 }, 12);
  measurement.cutNow(100);
  measurement.opened(140);
  measurement.add({ number: 4, sentAt: 145 }, 147);
  assert.equal(measurement.cutCost().lost, 2);
});

test('without a cut there is no cost of one', () => assert.equal(new Measurement().cutCost(), undefined));

test('nothing received has no figures per message', () => {
  const { bytesPerMessage, overheadPerMessage, requestsPerMessage, total } = resultOf(new Measurement(), 0);
  assert.deepEqual([bytesPerMessage, overheadPerMessage, requestsPerMessage, total], [undefined, undefined, undefined, 0]);
});

// rate | asked at these times | how many were due
const paces = [
  [1, [0, 1, 999, 1000, 2500], [1, 0, 0, 1, 1]],
  [1000, [0, 1, 2, 5], [1, 1, 1, 3]],
  [1000, [0, 10_000, 10_001], [1, 50, 1]], // a long pause is not made up for
  [1, [0, 5000, 5500, 6000], [1, 1, 0, 1]],
  [100, [-1, 0], [0, 1]],
];
for (const [rate, times, expected] of paces) {
  test(`${rate} a second, asked at ${times}, has ${expected} due`, () => {
    const pace = new Pace(rate, 0);
    assert.deepEqual(times.map((time) => pace.take(time)), expected);
  });
}
