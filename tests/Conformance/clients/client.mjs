// Drives client.js in Chromium behind a relay that refuses, holds back and cuts.
// usage: node client.mjs http://127.0.0.1:5000 /usr/bin/chromium
// Prints each sentence that holds, "amiss: …" with what was seen instead, and "…" every five seconds; ends within three minutes.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { openPage } from './browser.mjs';
import { startRelay } from './relay.mjs';

const PATIENCE_MS = 30_000;
const [server, executablePath] = process.argv.slice(2);
const browser = await openPage(chromium, executablePath);
let lastChannel = 0;

/** A page of its own with one subscription, behind a relay of its own unless one is given. */
async function openPageOf(undo, channels, options, { relay, inPage = '' } = {}) {
  relay ??= await startRelay(server);
  undo.push(() => relay.close());
  const page = await browser.newPage();
  undo.push(() => page.close());
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${relay.http}/healthz`); // its origin is the relay's, as that of a page behind a proxy
  await page.evaluate(async ([channels, options, source, inPage]) => {
    window.seen = { messages: [], states: [], positions: [], errors: [] };
    window.reportError = (error) => seen.errors.push(error.message);
    window.hook = inPage ? new Function('message', inPage) : () => {};
    const { subscribe } = await import(source);
    window.subscribe = subscribe;
    window.settings = {
      ...options,
      ...(options.token ? { token: async () => options.token.shift() } : {}),
      onMessage: (message, { transport }) => {
        const data = typeof message.data === 'string' ? message.data : `bytes ${message.data}`;
        seen.messages.push({ ...message, data, transport });
        hook(message);
      },
      onPosition: (position) => seen.positions.push(position),
      onState: (state) => seen.states.push(state),
    };
    window.subscription = subscribe(channels, settings);
  }, [channels, options, '/client.js', inPage]);
  const seen = () => page.evaluate(() => ({ ...seen, cursor: subscription.cursor, transport: subscription.transport }));
  return {
    page,
    relay,
    seen,
    data: async () => (await seen()).messages.map(({ data }) => data),
    opened: (transport) => page.waitForFunction((name) => subscription.transport === name, transport),
    received: (count) => page.waitForFunction((n) => seen.messages.length >= n, count),
    state: (name, count = 1) => page.waitForFunction(([state, n]) => seen.states.filter((s) => s.state === state).length >= n, [name, count]),
  };
}

async function publish(channel, data, event) {
  const url = `${server}/publish?channel=${channel}${event ? `&event=${event}` : ''}`;
  const type = typeof data === 'string' ? 'text/plain' : 'application/octet-stream';
  const answer = await fetch(url, { method: 'POST', body: data, headers: { 'Content-Type': type } });
  assert.ok(answer.ok, `published with ${answer.status}`);
  return answer.json();
}

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
const publishNumbers = async (channel, from, to) => {
  for (const number of numbers(from, to)) await publish(channel, number);
};
const newChannel = () => `client-${++lastChannel}`;

const scenarios = {
  async 'by each transport come text, bytes and event names, and a cut loses nothing'(follow) {
    for (const transport of ['ws', 'sse', 'poll']) {
      const [one, two] = [newChannel(), newChannel()];
      const { relay, opened, received, seen } = await follow([one, two], { transports: [transport] });
      await opened(transport);
      await publish(one, 'grüß dich 👋\nzweite Zeile');
      await publish(two, Uint8Array.of(0, 255), 'headline');
      await received(2);
      relay.cut();
      await publish(one, 'meanwhile', 'note');
      await publish(two, 'also');
      await received(4);
      const { messages, positions, cursor } = await seen();
      const told = messages.map((m) => `${m.channel === one ? 'one' : 'two'} ${m.event} ${m.data} ${m.transport}`);
      // Which of two channels comes first when both have something is nobody's promise.
      assert.deepEqual([...told.slice(0, 2), ...told.slice(2).sort()], [
        `one undefined grüß dich 👋\nzweite Zeile ${transport}`, `two headline bytes 0,255 ${transport}`,
        `one note meanwhile ${transport}`, `two undefined also ${transport}`,
      ]);
      assert.ok(positions.every(({ recovered }) => recovered));
      // The browser itself repeats a GET when a connection that it had kept is reset: such a cut is nothing to a poll between two.
      if (transport !== 'poll') assert.deepEqual(positions.slice(1).map(({ from }) => from), [messages[1].cursor]);
      assert.equal(cursor, messages[3].cursor);
    }
  },

  async 'a refused WebSocket and a refused event stream give way to the next, and are taken again later'(follow) {
    const channel = newChannel();
    const relay = await startRelay(server);
    relay.refusals = { '/ws': [502, {}, ''], '/events': [502, {}, ''] };
    const { opened, received, data, seen } = await follow([channel], { betterAfterMs: 300 }, { relay });
    await opened('poll');
    await publishNumbers(channel, 1, 3);
    await received(3);
    delete relay.refusals['/events'];
    await publishNumbers(channel, 4, 20);
    await opened('sse');
    await publishNumbers(channel, 21, 23);
    await received(23);
    delete relay.refusals['/ws'];
    await publishNumbers(channel, 24, 40);
    await opened('ws');
    await publishNumbers(channel, 41, 43);
    await received(43);
    assert.deepEqual(await data(), numbers(1, 43));
    const first = (await seen()).states.slice(0, 4).map(({ state, transport }) => `${state} ${transport}`);
    assert.deepEqual(first, ['connecting ws', 'connecting sse', 'connecting poll', 'open poll']);
  },

  async 'what has worked is tried again before the next is taken'(follow) {
    const { relay, opened, seen } = await follow([newChannel()], { betterAfterMs: 60_000 });
    await opened('ws');
    relay.refusals = { '/ws': [502, {}, ''] };
    relay.cut();
    await opened('sse');
    const tried = (await seen()).states.filter(({ state }) => state === 'connecting').map(({ transport }) => transport);
    assert.deepEqual(tried, ['ws', 'ws', 'ws', 'sse']);
  },

  async 'whatever is cut, refused and reconnected, everything comes once and in order'(follow) {
    const channel = newChannel();
    const { relay, page, received, data, seen } = await follow([channel], { betterAfterMs: 400, cursor: 'earliest' });
    const disturbances = [
      () => relay.cut(), () => page.evaluate(() => subscription.reconnect()), () => (relay.refusals = { '/ws': [502, {}, ''] }),
      () => relay.cut(), () => (relay.refusals = { '/ws': [502, {}, ''], '/events': [502, {}, ''] }), () => relay.cut(),
      () => page.evaluate(() => subscription.reconnect()), () => (relay.refusals = {}), () => relay.cut(), () => page.evaluate(() => dispatchEvent(new Event('online'))),
    ];
    for (const [round, disturb] of [...disturbances, ...disturbances].entries()) {
      await Promise.all([publishNumbers(channel, round * 10 + 1, round * 10 + 10), disturb()]);
    }
    relay.refusals = {};
    await received(200);
    assert.deepEqual(await data(), numbers(1, 200));
    assert.ok((await seen()).positions.every(({ recovered }) => recovered));
  },

  async 'callbacks may throw, reconnect and close, in the middle of an answer too'(follow) {
    for (const transport of ['ws', 'sse', 'poll']) {
      const [one, two] = [newChannel(), newChannel()];
      await publishNumbers(one, 1, 5);
      await publishNumbers(two, 6, 9);
      const inPage = `
        if (message.data === '2') throw new Error('a callback broke');
        if (message.data === '3') subscription.reconnect();
        if (message.data === '7') subscription.close();`;
      const { page, state, received, data, seen } = await follow([one, two], { transports: [transport], cursor: 'earliest' }, { inPage });
      await state('closed');
      const { messages, errors, cursor } = await seen();
      assert.equal(messages.at(-1).data, '7');
      assert.equal(cursor, messages.at(-1).cursor);
      assert.deepEqual(errors, ['a callback broke']);
      await page.evaluate(([channels, from]) => (window.subscription = subscribe(channels, { ...settings, cursor: from })), [[one, two], cursor]);
      await received(9);
      assert.deepEqual((await data()).sort(), numbers(1, 9));
    }
  },

  async 'what was lost is told, and what is kept is delivered'(follow) {
    for (const transport of ['ws', 'sse', 'poll']) {
      const channel = newChannel();
      await publish(channel, 'kept');
      const { received, seen } = await follow([channel], { transports: [transport], cursor: 'aaaaaaaa-5' });
      await received(1);
      const { positions: [{ recovered, reason }], messages } = await seen();
      assert.deepEqual([recovered, reason, messages[0].data], [false, 'epoch-changed', 'kept']);
    }
  },

  async 'each connection asks for a token, and a refusal asks once more'(follow) {
    const channel = newChannel();
    for (const transport of ['ws', 'sse', 'poll']) {
      const relay = await startRelay(server);
      relay.token = 'good';
      const { opened, page } = await follow([channel], { transports: [transport], token: ['good', 'good'] }, { relay });
      await opened(transport);
      if (transport === 'ws') continue; // publishes on the connection that is open
      const { subscribers } = await page.evaluate((name) => subscription.publish(name, 'with a token'), channel);
      assert.ok(subscribers > 0);
      assert.ok(relay.targets.every((target) => !target.includes('good')), 'a token stands in an address');
    }
    const relay = await startRelay(server);
    relay.token = 'good';
    // A WebSocket hides its refusal, the event stream shows it: the fresh token is tried from the top.
    const { opened } = await follow([channel], { token: ['old', 'old', 'good'] }, { relay });
    await opened('ws');
  },

  async 'a refusal that no fresh token mends ends it, with the code'(follow) {
    const relay = await startRelay(server);
    relay.token = 'good';
    for (const token of [['old', 'old', 'old', 'old'], undefined]) {
      const { state, seen } = await follow([newChannel()], token ? { token } : {}, { relay });
      await state('closed');
      const { code, error } = (await seen()).states.at(-1);
      assert.deepEqual([code, error], ['bad-token', 'the token is not good']);
    }
    const { state, seen } = await follow(['no channel'], {});
    await state('closed');
    assert.equal((await seen()).states.at(-1).code, 'bad-channel');
  },

  async 'a server that says when to come back is not asked before'(follow) {
    const relay = await startRelay(server);
    relay.refusals = { '/poll': [503, { 'Retry-After': '1' }, ''] };
    const { state, opened, page, seen } = await follow([newChannel()], { transports: ['poll'] }, { relay });
    await state('waiting');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    relay.refusals = {};
    const { states } = await seen();
    assert.deepEqual(states.map((s) => s.state), ['connecting', 'waiting']);
    assert.ok(states[1].retryInMs >= 1000 && states[1].retryInMs <= 1500, `waits ${states[1].retryInMs}`);
    await opened('poll');
  },

  async 'publishing is acknowledged on the WebSocket and by POST, and refused with the code'(follow) {
    const channel = newChannel();
    for (const transport of ['ws', 'sse']) {
      const { relay, page, opened, received, seen } = await follow([channel], { transports: [transport] });
      await opened(transport);
      const results = await page.evaluate(async (name) => {
        const codeOf = (promise) => promise.then(() => 'published', ({ code }) => code);
        const acks = [
          await subscription.publish(name, 'lone \ud800', { event: 'note' }),
          await subscription.publish(name, Uint8Array.of(1, 2, 3).subarray(1)),
          await subscription.publish(name, 'x'.repeat(1_000_000)),
          await subscription.publish(name, 'once', { key: 'k' }),
          await subscription.publish(name, 'once', { key: 'k' }),
        ];
        return { acks, codes: [await codeOf(subscription.publish('no channel', '')), await codeOf(subscription.publish(name, '', { event: 'open' }))] };
      }, channel);
      await received(transport === 'ws' ? 4 : 3); // the key is the channel's: the second round publishes nothing under it
      const { messages } = await seen();
      assert.deepEqual(messages.slice(0, 2).map(({ event, data }) => [event, data]), [['note', 'lone \ufffd'], [undefined, 'bytes 2,3']]);
      assert.deepEqual(results.acks.map(({ id }) => id).slice(0, 3), messages.slice(0, 3).map(({ id }) => id));
      assert.equal(results.acks[3].id, results.acks[4].id);
      assert.deepEqual(results.codes, ['bad-channel', 'bad-event']);
      assert.equal(relay.targets.filter((target) => target.startsWith('/publish')).length, transport === 'ws' ? 3 : 7);
    }
  },

  async 'a publish whose acknowledgement was cut off says so'(follow) {
    const { relay, page, opened } = await follow([newChannel()], { transports: ['ws'] });
    await opened('ws');
    relay.holds = '/ws';
    const code = page.evaluate(() => subscription.publish('elsewhere', 'x').catch((error) => error.code));
    await page.evaluate(() => 'sent by now');
    relay.cut();
    assert.equal(await code, 'unacknowledged');
  },

  async 'event names to be had are asked for, on each transport'(follow) {
    const { relay, page } = await follow(['a', 'b.*'], { events: ['x', 'y z'], transports: ['ws'] });
    await page.waitForFunction(() => seen.states.length > 1); // opened or not: what counts is what was asked
    assert.ok(relay.targets.includes('/ws?channel=a&channel=b.*&event=x&event=y+z'), relay.targets.join(' '));
  },
};

// These wait for times that the client has, so they run beside the others.
const patient = {
  async 'a WebSocket that has gone silent is given up, and nothing is lost by it'(follow) {
    const channel = newChannel();
    const { relay, page, opened, received, data } = await follow([channel], { transports: ['ws'] });
    await opened('ws');
    await publish(channel, '1');
    await received(1);
    relay.holds = '/ws';
    await publish(channel, '2');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.waitForFunction(() => seen.states.some(({ state }) => state === 'waiting'));
    relay.holds = undefined;
    await received(2);
    assert.deepEqual(await data(), ['1', '2']);
  },

  async 'an event stream that a proxy gathers gives way to the long poll'(follow) {
    const channel = newChannel();
    const relay = await startRelay(server);
    relay.holds = '/events';
    const { page, received, seen } = await follow([channel], { transports: ['sse', 'poll'], cursor: 'earliest' }, { relay });
    await publish(channel, '1');
    await page.waitForFunction(() => subscription.transport === 'poll');
    await received(1);
    assert.deepEqual((await seen()).states.map(({ state, transport }) => `${state} ${transport}`), ['connecting sse', 'connecting poll', 'open poll']);
  },
};

async function judge([sentence, scenario]) {
  const undo = [];
  try {
    await scenario((...what) => openPageOf(undo, ...what));
    console.log(sentence);
  } catch (error) {
    console.log(`amiss: ${sentence}: ${error.message.replaceAll('\n', ' | ')}`);
  } finally {
    for (const take of undo.reverse()) await take();
  }
}

const alive = setInterval(() => console.log('…'), 5000);
setTimeout(() => process.exit(1), 180_000).unref();
try {
  const beside = Object.entries(patient).map(judge);
  for (const scenario of Object.entries(scenarios)) await judge(scenario);
  await Promise.all(beside);
  console.log('done');
} finally {
  clearInterval(alive);
  await browser.close();
}
