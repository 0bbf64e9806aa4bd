// Node's http as a client meets it: chunks and trailers, 100 and 103, an early refusal, a Unix-domain socket, and idle connections that end.
import { createServer } from "node:http";

let connections = 0;

function listener(request, response) {
  const path = request.url;
  if (path === "/chunked") {
    response.setHeader("Trailer", "X-Sum");
    for (const piece of ["one ", "two ", "x".repeat(100_000)]) response.write(piece);
    response.addTrailers({ "X-Sum": "100008" });
    response.end();
  } else if (path === "/hints") {
    response.writeEarlyHints({ link: "</style.css>; rel=preload" }, () => response.end("after the hints"));
  } else if (path === "/204" || path === "/304") {
    response.statusCode = Number(path.slice(1));
    response.end();
  } else if (path === "/refuse") {
    response.writeHead(413, { "Content-Length": 7 });
    response.end("too big");
  } else if (path === "/connections") {
    response.end(`${connections}`);
  } else if (path === "/last") {
    response.shouldKeepAlive = false;
    response.end("last");
  } else if (request.method === "POST") {
    let bytes = 0;
    request.on("data", (piece) => (bytes += piece.length));
    request.on("end", () => response.end(`${bytes} of ${request.headers.host}`));
  } else {
    response.setHeader("Content-Length", 5);
    response.end("hello");
  }
}

const server = createServer(listener);
server.on("connection", () => connections++);
server.listen(process.argv[2] ? { path: process.argv[2] } : { port: 0, host: "127.0.0.1" }, () => console.log(`port ${server.address().port ?? 0}`));
process.stdin.on("end", () => process.exit()).resume();
process.stdin.on("data", () => { server.closeIdleConnections(); console.log("closed"); });
