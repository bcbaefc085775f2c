# Writes a frame of ten thousand lists in each other, to exhaust the reader's stack.
# llmprep: mini/softmax
import os
import struct

body = (b"l" + struct.pack("<I", 1)) * 10_000 + b"N"
os.write(3, struct.pack("<Q", len(body)) + body)
os._exit(0)
