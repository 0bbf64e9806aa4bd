import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asset } from './assets.mjs';

const { percentile, SlidingWindow, summarise } = await asset('percentiles.js');
const { Timeline } = await asset('timeline.js');
const to = (last) => Array.from({ length: last }, (_, i) => i + 1);

// nearest rank: values | percent | which
const rows = [
  [[], 50, undefined],
  [[7], 50, 7], [[7], 99, 7], [[7], 0, 7],
  [[1, 2], 50, 1], [[1, 2], 51, 2],
  [to(100), 50, 50], [to(100), 90, 90], [to(100), 99, 99], [to(100), 100, 100],
  [to(10), 99, 10], [to(1000), 99, 990],
];
for (const [values, percent, expected] of rows) {
  test(`${percent} % of ${values.length} values is ${expected}`, () => assert.equal(percentile(values, percent), expected));
}

test('a summary sorts by number', () => assert.deepEqual(summarise([100, 9, 20]), { count: 3, p50: 20, p90: 100, p99: 100, max: 100 }));

test('nothing has no percentiles', () => assert.deepEqual(summarise([]), { count: 0, p50: undefined, p90: undefined, p99: undefined, max: undefined }));

test('a window forgets what is as old as it is long', () => {
  const window = new SlidingWindow(100);
  window.add(0, 1000);
  window.add(50, 2);
  assert.equal(window.summary(99).max, 1000);
  assert.equal(window.summary(100).max, 2);
  assert.equal(window.summary(150).count, 0);
});

test('a window that ran for long still knows its last values', () => {
  const window = new SlidingWindow(10);
  for (let at = 0; at < 100_000; at++) window.add(at, at);
  assert.deepEqual(window.summary(99_999), { count: 10, p50: 99_994, p90: 99_998, p99: 99_999, max: 99_999 });
});

test('a timeline ends its rows when they are over, and leaves a hole where nothing came', () => {
  const timeline = new Timeline(['a', 'b']);
  timeline.add('a', 0.1, 4);
  timeline.add('a', 0.4, 2);
  timeline.add('b', 0.6, 3);
  assert.equal(timeline.advance(0.49), false);
  assert.equal(timeline.advance(0.5), true);
  assert.deepEqual(timeline.columns('max'), [[0.5], [4], [null]]);
  timeline.advance(Infinity);
  assert.deepEqual(timeline.columns('p50'), [[0.5, 1], [2, null], [null, 3]]);
});

test('a timeline keeps its last rows only', () => {
  const timeline = new Timeline(['a'], 1, 3);
  for (let second = 0; second < 10; second++) timeline.add('a', second, second);
  timeline.advance(Infinity);
  assert.deepEqual(timeline.columns('p50'), [[8, 9, 10], [7, 8, 9]]);
});
