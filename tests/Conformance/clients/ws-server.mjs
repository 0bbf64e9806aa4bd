// Node's ws as a server: echoes, with permessage-deflate; closes with what the path says, such as /4001.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({
  port: 0, host: '127.0.0.1', perMessageDeflate: { threshold: 0 },
  handleProtocols: (offered) => offered.has('chat') && 'chat',
});
server.on('connection', (socket, request) => {
  const code = Number(request.url.slice(1));
  if (code) socket.close(code, 'as asked');
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
server.on('listening', () => console.log(`port ${server.address().port}`));
process.stdin.resume().on('end', () => process.exit());
