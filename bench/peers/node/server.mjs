// node with ws: echo, and fan-out to WebSockets and event streams. Listens on 127.0.0.1, on the port it is told.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const topics = new Map(); // name → subscribers, each a function that sends
const topicOf = url => {
  const name = url.searchParams.get('channel') ?? '';
  if (!topics.has(name)) topics.set(name, { last: 0, subscribers: new Set() });
  return topics.get(name);
};

const publish = (topic, data) => {
  topic.last++;
  const event = `id: n-${topic.last}\ndata: ${data}\n\n`; // once for all event streams
  for (const send of topic.subscribers) send(data, event);
  return topic.subscribers.size;
};

const urlOf = request => new URL(request.url, 'http://localhost');

const routes = {
  'GET /healthz'(request, response) {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': 3 });
    response.end('ok\n');
  },
  'GET /events'(request, response, url) {
    const topic = topicOf(url);
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
    response.write(':\n\n');
    const send = (data, event) => response.write(event);
    topic.subscribers.add(send);
    response.on('close', () => topic.subscribers.delete(send));
  },
  'POST /publish'(request, response, url) {
    const pieces = [];
    request.on('data', piece => pieces.push(piece));
    request.on('end', () => {
      const topic = topicOf(url);
      const subscribers = publish(topic, Buffer.concat(pieces).toString());
      const answer = JSON.stringify({ id: `n-${topic.last}`, channel: url.searchParams.get('channel'), subscribers });
      response.writeHead(subscribers > 0 ? 201 : 202, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(answer) });
      response.end(answer);
    });
  },
};

const server = createServer((request, response) => {
  const url = urlOf(request);
  const route = routes[`${request.method} ${url.pathname}`];
  if (route) route(request, response, url);
  else response.writeHead(404).end();
});
server.keepAliveTimeout = 600_000;

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on('upgrade', (request, socket, head) => {
  const url = urlOf(request);
  sockets.handleUpgrade(request, socket, head, client => {
    client.on('error', () => client.terminate());
    if (url.pathname === '/echo') {
      client.on('message', (data, isBinary) => client.send(data, { binary: isBinary }));
      return;
    }
    const topic = topicOf(url);
    const send = data => client.send(data);
    topic.subscribers.add(send);
    client.on('message', data => publish(topic, data.toString()));
    client.on('close', () => topic.subscribers.delete(send));
  });
});

server.listen(Number(process.argv[2]), '127.0.0.1', 4096);
