"""A compressed event stream, decoded as its bytes come: prints each line when it has come, and "whole" when the gzip stream has its end.
usage: python3 gzip-events.py 127.0.0.1 5000 /events
"""
import http.client
import sys
import zlib

host, port, path = sys.argv[1:]
connection = http.client.HTTPConnection(host, int(port), timeout=20)
connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
response = connection.getresponse()
print("encoding", response.getheader("Content-Encoding"), flush=True)
gunzip = zlib.decompressobj(wbits=31)
rest = b""
while piece := response.read1():
    *lines, rest = (rest + gunzip.decompress(piece)).split(b"\n")
    for line in lines:
        print(line.decode(), flush=True)
print("whole" if gunzip.eof else "cut", flush=True)
