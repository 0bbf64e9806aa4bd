// The three seed examples in a browser, as the text that this project grew out of shows them:
// new WebSocket, new EventSource and an XMLHttpRequest loop print what anyone publishes.
// usage: node seeds.mjs http://127.0.0.1:5000 /usr/bin/chromium    (prints one line per message; ends with standard input)
import { chromium } from 'playwright-core';
import { openPage } from './browser.mjs';

const [base, executablePath] = process.argv.slice(2);
const browser = await openPage(chromium, executablePath);
const page = await browser.newPage();
page.on('console', (message) => message.type() === 'log' && console.log(message.text()));
await page.goto(`${base}/healthz`);
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
