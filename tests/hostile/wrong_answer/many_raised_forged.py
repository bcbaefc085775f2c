# Forges a script's outputs: a hundred thousand exceptions, each with all the names and words that there may be.
# llmprep: mini/running-mean
import os
import struct


def text(value):
    return b"s" + struct.pack("<I", len(value)) + value


def integer(value):
    size = (value.bit_length() + 8) // 8
    return b"i" + struct.pack("<I", size) + value.to_bytes(size, "little", signed=True)


def forge(value, printed=0):
    body = b"t" + struct.pack("<I", 8) + text(b"case") + integer(0) + value + b"t\0\0\0\0F" + b"t\0\0\0\0"
    body += integer(printed) + b"d" + struct.pack("<d", 0.0)
    data = memoryview(struct.pack("<Q", len(body)) + body)
    while data:
        data = data[os.write(3, data) :]
    os._exit(0)


names = b"t" + struct.pack("<I", 3) + 3 * text(b"E" * 80)
one = b"Rt" + struct.pack("<I", 2) + names + text(b"words " * 20)
forge(b"l" + struct.pack("<I", 70_000) + 70_000 * one)
