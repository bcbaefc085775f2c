# Writes a mapping of a hundred thousand keys that all have the same hash: building it would take the parent minutes.
# llmprep: mini/softmax
import os
import struct

pairs = bytearray()
for k in range(1, 100_001):
    number = (k * (2**61 - 1)).to_bytes(11, "little", signed=True)
    size = (int.from_bytes(number, "little").bit_length() + 8) // 8
    pairs += b"i" + struct.pack("<I", size) + number[:size] + b"N"
body = b"t" + struct.pack("<I", 2) + b"s" + struct.pack("<I", 1) + b"x" + b"m" + struct.pack("<I", 100_000) + pairs
data = struct.pack("<Q", len(body)) + body
while data:
    data = data[os.write(3, data) :]
os._exit(0)
