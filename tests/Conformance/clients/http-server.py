"""Python's http.server as a client meets it: over HTTP/1.1 with lengths and chunks, and over HTTP/1.0 until the end."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in (b"one ", b"two ", b"x" * 100_000):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        elif self.path in ("/204", "/304"):
            self.send_response(int(self.path[1:]))
            self.end_headers()
        elif self.path == "/until-the-end":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"all there is")
            self.close_connection = True
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"not all")
            self.close_connection = True
        else:
            self.answer(200, b"hello from " + self.protocol_version.encode())

    def do_HEAD(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()

    def do_POST(self):
        if self.headers["Transfer-Encoding"] == "chunked":
            content = b""
            while size := int(self.rfile.readline(), 16):
                content += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            content = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, b"%d of %s" % (len(content), self.headers["Host"].encode()))

    def answer(self, status, content):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Handler11(Handler):
    protocol_version = "HTTP/1.1"


servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for handler in (Handler11, Handler)]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
print("ports", *(server.server_port for server in servers), flush=True)
sys.stdin.read()
