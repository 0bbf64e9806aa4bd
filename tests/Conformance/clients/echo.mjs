// Node's ws against an echo: prints what came back, one line per check. Each check has a connection of its own.
// usage: node echo.mjs ws://127.0.0.1:5000/echo
import { once } from 'node:events';
import WebSocket from 'ws';

const url = process.argv[2];

const open = async () => {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  return socket;
};

const next = async (socket) => {
  const [data, isBinary] = await once(socket, 'message');
  return { data, isBinary };
};

const close = async (socket, code, reason) => {
  const closed = once(socket, 'close');
  if (code) socket.close(code, reason);
  const [got, why] = await closed;
  return `${got} ${why}`.trimEnd();
};

const checks = {
  async text(socket) {
    socket.send('gr\u00fc\u00df dich \u{1f44b}');
    const { data, isBinary } = await next(socket);
    return `${isBinary ? 'binary' : 'text'} ${data}`;
  },
  async empty(socket) {
    socket.send('');
    const { data, isBinary } = await next(socket);
    return `${isBinary ? 'binary' : 'text'} of ${data.length}`;
  },
  async binary(socket) {
    const sent = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    socket.send(sent);
    const { data, isBinary } = await next(socket);
    return `${isBinary ? 'binary' : 'text'} ${data.equals(sent) ? 'as sent' : data.toString('hex')}`;
  },
  async fragmented(socket) {
    socket.send('one ', { fin: false });
    socket.send('two ', { fin: false });
    socket.ping('between');
    socket.send('three', { fin: true });
    return `text ${(await next(socket)).data}`;
  },
  async mebibyte(socket) {
    const sent = Buffer.alloc(1 << 20, 'rawrealtime');
    socket.send(sent);
    return (await next(socket)).data.equals(sent) ? 'as sent' : 'changed';
  },
  async order(socket) {
    const got = [];
    const all = new Promise((resolve) => socket.on('message', (data) => got.push(`${data}`) === 1000 && resolve()));
    for (let i = 0; i < 1000; i++) socket.send(`${i}`);
    await all;
    return got.every((text, i) => text === `${i}`) ? '1000 in order' : 'out of order';
  },
  async ping(socket) {
    const pong = once(socket, 'pong');
    socket.ping('are you there');
    return `pong ${(await pong)[0]}`;
  },
  close: (socket) => close(socket, 1000, 'bye'),
  'close without a code': async (socket) => {
    const closed = once(socket, 'close');
    socket.close();
    return `${(await closed)[0]}`;
  },
  'close of the application': (socket) => close(socket, 4999, 'ours'),
  'too big': (socket) => {
    socket.send(Buffer.alloc((1 << 20) + 1));
    return close(socket);
  },
  'not UTF-8': (socket) => {
    socket.send(Buffer.from([0x66, 0xff]), { binary: false });
    return close(socket);
  },
};

for (const [name, check] of Object.entries(checks)) {
  const socket = await open();
  console.log(`${name}: ${await check(socket)}`);
  socket.terminate();
}
console.log('done');
