// The expected sizes are lengths of bytes written out, not the same sums again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asset } from './assets.mjs';

const wire = await asset('wire-size.js');
const { requestHead } = await asset('request-head.js');
const { Ledger } = await asset('ledger.js');

// RFC 6455 §5.2: payload | header of the server | of the client
for (const [payload, server, client] of [[0, 2, 6], [125, 2, 6], [126, 4, 8], [65_535, 4, 8], [65_536, 10, 14]]) {
  test(`the header of a frame of ${payload} bytes is ${server}, with a mask ${client}`, () => {
    assert.equal(wire.frameHeader(payload), server);
    assert.equal(wire.frameHeader(payload, true), client);
  });
}

// RFC 9112 §7.1: an empty chunk would end the body, so none is sent.
for (const [content, text] of [[0, ''], [9, '9\r\n\r\n'], [15, 'f\r\n\r\n'], [16, '10\r\n\r\n'], [65_536, '10000\r\n\r\n']]) {
  test(`a chunk of ${content} bytes takes ${text.length} more`, () => assert.equal(wire.chunkFraming(content), text.length));
}

// HTML §9.2.6
const events = [
  [{ id: 'k-1', data: 'hello' }, 'id: k-1\ndata: hello\n\n'],
  [{ data: '' }, 'data: \n\n'],
  [{ id: 'k-1', event: 'x', data: 'a\nb' }, 'id: k-1\nevent: x\ndata: a\ndata: b\n\n'],
  [{ data: 'a\r\nb\rc' }, 'data: a\ndata: b\ndata: c\n\n'],
  [{ data: 'grüß' }, 'data: grXXXX\n\n'],
];
for (const [event, text] of events) {
  test(`the event ${JSON.stringify(event)} takes ${text.length} bytes`, () => assert.equal(wire.eventLength(event), text.length));
}

test('what is around the data of a WebSocket message is framing', () =>
  assert.deepEqual(wire.socketMessage(118, 5), { payload: 5, framing: 115 }));

test('what is around the data of an event is framing', () =>
  assert.deepEqual(wire.streamMessage({ id: 'k-1', data: '{"data":"hello"}' }, 5), { payload: 5, framing: '1f\r\nid: k-1\ndata: {"data":""}\n\n\r\n'.length }));

const poll = 'HTTP/1.1 200 OK\r\nDate: Sat, 28 Nov 2026 00:58:38 GMT\r\nContent-Type: application/json\r\nContent-Length: 162\r\nCache-Control: no-store\r\nETag: "qreg4ukm-1"\r\n\r\n';
const empty = 'HTTP/1.1 204 No Content\r\nDate: Sat, 28 Nov 2026 00:58:40 GMT\r\nCache-Control: no-store\r\nETag: "qreg4ukm-2"\r\n\r\n';
const stream = 'HTTP/1.1 200 OK\r\nDate: Sat, 28 Nov 2026 00:58:37 GMT\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\n\r\n';
const socket = 'HTTP/1.1 101 Switching Protocols\r\nDate: Sat, 28 Nov 2026 00:58:37 GMT\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: IR4PR+PYxZCf2zU5ND7xd1QZWMU=\r\nSec-WebSocket-Protocol: rawrealtime.v1\r\nUpgrade: websocket\r\n\r\n';
const extension = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';

test('heads of answers are those that the server writes', () => {
  assert.equal(wire.pollAnswer(200, 162, 'qreg4ukm-1'), poll.length);
  assert.equal(wire.pollAnswer(204, 0, 'qreg4ukm-2'), empty.length);
  assert.equal(wire.streamAnswer(), stream.length);
  assert.equal(wire.socketAnswer({ protocol: 'rawrealtime.v1' }), socket.length);
  assert.equal(wire.socketAnswer({ protocol: 'rawrealtime.v1', extensions: 'permessage-deflate' }), socket.length + extension.length);
});

test('the head of a request is that of Chromium', () => {
  const chromium = 'GET /poll?wait=0 HTTP/1.1\r\nHost: 127.0.0.1:40601\r\nConnection: keep-alive\r\nPragma: no-cache\r\nCache-Control: no-cache\r\nsec-ch-ua-platform: "Linux"\r\nUser-Agent: Mozilla/5.0\r\nsec-ch-ua: "Not:A-Brand";v="8", "Chromium";v="156"\r\nsec-ch-ua-mobile: ?0\r\nAccept: */*\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\nReferer: http://127.0.0.1:40601/\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-US,en;q=0.9\r\n\r\n';
  const browser = {
    origin: 'http://127.0.0.1:40601', host: '127.0.0.1:40601', page: 'http://127.0.0.1:40601/', userAgent: 'Mozilla/5.0', languages: ['en-US'],
    brands: [{ brand: 'Not:A-Brand', version: '8' }, { brand: 'Chromium', version: '156' }], platform: 'Linux', cookie: '',
  };
  assert.equal(requestHead('fetch', '/poll?wait=0', browser), chromium.length);
});

test('a ledger adds up by kind, and a snapshot stays as it was', () => {
  const ledger = new Ledger();
  ledger.add({ payload: 5, framing: 3 });
  const before = ledger.snapshot;
  ledger.add({ heads: 100, requests: 1, connections: 1 });
  assert.deepEqual(before, { payload: 5, framing: 3, heads: 0, connections: 0, requests: 0, total: 8 });
  assert.equal(ledger.total, 108);
});
