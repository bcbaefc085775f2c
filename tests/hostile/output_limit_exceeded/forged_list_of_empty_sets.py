# Writes a frame of ten million empty sets.
# llmprep: mini/softmax
import os
import struct

body = b"t" + struct.pack("<I", 2) + b"s" + struct.pack("<I", 1) + b"x" + b"l" + struct.pack("<I", 10_000_000)
data = memoryview(struct.pack("<Q", len(body) + 50_000_000) + body + b"e\0\0\0\0" * 10_000_000)
while data:
    data = data[os.write(3, data) :]
os._exit(0)
