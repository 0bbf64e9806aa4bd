"""A token made by Python's own hmac, without any library: token.py SECRET PAYLOAD"""
import base64
import hashlib
import hmac
import sys


def part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


secret, payload = (text.encode() for text in sys.argv[1:])
signed = part(b'{"alg":"HS256","typ":"JWT"}') + "." + part(payload)
print(signed + "." + part(hmac.new(secret, signed.encode(), hashlib.sha256).digest()))
