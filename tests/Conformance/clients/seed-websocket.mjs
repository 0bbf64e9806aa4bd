// The seed example as it stands, on Node's ws: prints what anyone publishes.
// usage: node seed-websocket.mjs ws://127.0.0.1:5000/ws [subprotocol]
import WebSocket from 'ws';

const [url, subprotocol] = process.argv.slice(2);
const socket = new WebSocket(url, subprotocol ? [subprotocol] : []);
socket.on('open', () => console.log('open'));
socket.on('message', (data) => console.log(`message ${data}`));
socket.on('close', (code, reason) => console.log(`close ${code} ${reason}`));
socket.on('error', (error) => console.log(`error ${error.message}`));

// Lines on standard input are sent; its end closes the socket.
process.stdin.setEncoding('utf8').on('data', (text) => text.split('\n').filter(Boolean).forEach((line) => socket.send(line)));
process.stdin.on('end', () => socket.close(1000, 'bye'));
