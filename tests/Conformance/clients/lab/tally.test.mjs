import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asset } from './assets.mjs';

const { Tally } = await asset('tally.js');

// what came | sent in all | received, repeated, missed
const rows = [
  [[], 0, 0, 0, 0],
  [[1, 2, 3], 3, 3, 0, 0],
  [[], 2, 0, 0, 2],
  [[1, 2], 3, 2, 0, 1],
  [[2, 3], 3, 2, 0, 1],
  [[1, 4], 4, 2, 0, 2],
  [[1, 1, 2], 2, 2, 1, 0],
  [[1, 2, 1, 2], 2, 2, 2, 0],
  [[1, 3, 2], 3, 3, 0, 0],
  [[1, 3, 2, 2], 3, 3, 1, 0],
  [[3, 1, 3], 3, 2, 1, 1],
];
for (const [came, sent, received, repeated, missed] of rows) {
  test(`[${came}] of ${sent} is ${received} received, ${repeated} repeated, ${missed} missed`, () => {
    const tally = new Tally();
    for (const number of came) tally.add(number);
    tally.end(sent);
    assert.deepEqual([tally.received, tally.repeated, tally.missed], [received, repeated, missed]);
  });
}

test('a hole is missed before the end is known', () => {
  const tally = new Tally();
  tally.add(1);
  tally.add(5);
  assert.equal(tally.missed, 3);
  assert.equal(tally.highest, 5);
});
