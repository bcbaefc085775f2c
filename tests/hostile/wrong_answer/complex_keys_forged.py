# Forges a mapping of a hundred thousand complex keys of numpy's: as Python numbers they all have one hash.
# llmprep: mini/tally
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


keys = (b"x\x0d" + struct.pack("<dd", 1e12 - 1000003.0 * k, float(k)) + b"N" for k in range(100_000))
forge(b"m" + struct.pack("<I", 100_000) + b"".join(keys))
