"""Python's websockets as a client: echo with compression, pings, close codes; then our subprotocol with a cursor that is carried on.

usage: python-websockets.py ws://127.0.0.1:5000
"""

import asyncio
import json
import sys

import websockets

base = sys.argv[1]


async def echo():
    async with websockets.connect(f"{base}/echo", max_size=None) as socket:
        print("compression:", ",".join(extension.name for extension in socket.extensions))
        for name, sent in (
            ("text", "grüß dich 👋"),
            ("empty", ""),
            ("binary", bytes(range(256))),
            ("large", "so large " * 100_000),
        ):
            await socket.send(sent)
            got = await socket.recv()
            print(f"{name}:", "as sent" if got == sent else f"{type(got)} of {len(got)}")
        await socket.send(["one ", "two ", "three"])
        print("fragments:", await socket.recv())
        numbers = [str(number) for number in range(1000)]
        for number in numbers:
            await socket.send(number)
        print("order:", [await socket.recv() for _ in numbers] == numbers)
        await (await socket.ping(b"there?"))
        print("ping: pong")
    print("close:", socket.close_code)


async def plain():
    async with websockets.connect(f"{base}/echo", compression=None) as socket:
        print("without compression:", len(socket.extensions))
        await socket.send("x" * 70_000)
        print("long frame:", len(await socket.recv()))
        await socket.close(4321, "enough")
    print("close of the application:", socket.close_code)


async def too_big():
    async with websockets.connect(f"{base}/echo", compression=None) as socket:
        await socket.send("x" * ((1 << 20) + 1))
        try:
            await socket.recv()
        except websockets.ConnectionClosed as closed:
            print("too big:", closed.rcvd.code)


async def resume():
    url, ours = f"{base}/ws?channel=python", ["rawrealtime.v1"]
    async with websockets.connect(url, subprotocols=ours) as socket:
        position = json.loads(await socket.recv())
        print("subprotocol:", socket.subprotocol, position["type"], position["recovered"])
        cursor = position["from"]
        for number in range(3):
            await socket.send(json.dumps({"type": "publish", "channel": "python", "data": f"first {number}", "ref": number}))
        messages = [json.loads(await socket.recv()) for _ in range(6)]
        print("acks:", [message["ref"] for message in messages if message["type"] == "ack"])
        got = [message for message in messages if message["type"] == "message"]
        print("messages:", [message["data"] for message in got])
        cursor = got[0]["cursor"]
        socket.transport.abort()  # a cut line, no closing handshake
    async with websockets.connect(f"{url}&cursor={cursor}", subprotocols=ours) as socket:
        position = json.loads(await socket.recv())
        print("resumed:", position["from"] == cursor, position["recovered"])
        print("messages:", [json.loads(await socket.recv())["data"] for _ in range(2)])


async def main():
    for each in (echo, plain, too_big, resume):
        await each()
    print("done")


asyncio.run(main())
