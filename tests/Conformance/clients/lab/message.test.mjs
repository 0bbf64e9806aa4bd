import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asset } from './assets.mjs';

const { makeFiller, read, runName, SMALLEST, write } = await asset('message.js');

test('a message has the size that was asked for, and tells what was written', () => {
  const filler = makeFiller(65_536);
  for (const size of [16, 17, 200, 65_536]) {
    const text = write({ run: 'abc', number: 60_466_175, sentAt: 75_000_000.123, filler, size });
    assert.equal(text.length, size);
    assert.deepEqual(read(text), { run: 'abc', number: 60_466_175, sentAt: 75_000_000.123 });
  }
});

test('the smallest holds no filler', () => assert.equal(write({ run: 'abc', number: 1, sentAt: 0 }).length, SMALLEST));

test('a size below the smallest gets the smallest', () => assert.equal(write({ run: 'abc', number: 1, sentAt: 0, size: 1 }).length, SMALLEST));

for (const text of ['', 'hello', '~', '~abc0000100000', '~ABC000010000000', ' ~abc000010000000', '~abc00001000000-']) {
  test(`"${text}" is not a measured message`, () => assert.equal(read(text), undefined));
}

test('a run has three characters, whatever chance says', () => {
  assert.equal(runName(0), '000');
  assert.equal(runName(0.999999999), 'zzz');
});

test('filler needs no escape and one byte a character', () => assert.match(makeFiller(1000), /^[0-9a-z]{1000}$/));
