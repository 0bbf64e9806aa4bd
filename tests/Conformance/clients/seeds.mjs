// The three seed examples in a browser, as the text that this project grew out of shows them:
// new WebSocket, new EventSource and an XMLHttpRequest loop print what anyone publishes.
// usage: node seeds.mjs http://127.0.0.1:5000 /usr/bin/chromium
// Prints one line per message, and "done" when each of them printed one; ends with standard input.
import { chromium } from 'playwright-core';
import { openPage } from './browser.mjs';

const [base, executablePath] = process.argv.slice(2);
const browser = await openPage(chromium, executablePath);
const page = await browser.newPage();
const quiet = new Set(['websocket', 'events', 'poll', 'echo']);
page.on('pageerror', (error) => console.log(`amiss: ${error.message}`));
page.on('console', (message) => {
  const text = message.text();
  const isIcon = message.location().url.endsWith('/favicon.ico'); // the browser's own wish, on a page that names none
  if (message.type() === 'error' && !isIcon) console.log(`amiss: ${text}`);
  if (message.type() !== 'log') return;
  console.log(text);
  if (!text.endsWith(' open') && quiet.delete(text.split(' ')[0]) && quiet.size === 0) console.log('done');
});
await page.goto(`${base}/healthz`);
console.log('started');
await page.evaluate((at) => {
  const socket = new WebSocket(`${at.replace('http', 'ws')}/ws`);
  socket.onopen = () => console.log('websocket open');
  socket.onmessage = (event) => console.log(`websocket ${event.data}`);

  const source = new EventSource(`${at}/events`);
  source.onopen = () => console.log('events open');
  source.onmessage = (event) => console.log(`events ${event.data}`);

  const poll = (cursor) => {
    const request = new XMLHttpRequest();
    request.onload = () => {
      const answer = request.status === 200 ? JSON.parse(request.responseText) : { messages: [] };
      answer.messages.forEach((message) => console.log(`poll ${message.data}`));
      poll(answer.cursor ?? cursor);
    };
    request.open('GET', `${at}/poll?wait=5${cursor ? `&cursor=${encodeURIComponent(cursor)}` : '&cursor=earliest'}`);
    request.send();
  };
  poll('');

  const simplest = new XMLHttpRequest();
  simplest.onload = () => console.log(`echo ${simplest.responseText}`);
  simplest.open('GET', `${at}/poll?data=${encodeURIComponent('what I sent')}`);
  simplest.send();
}, base);
await new Promise((resolve) => process.stdin.resume().on('end', resolve));
await browser.close();
