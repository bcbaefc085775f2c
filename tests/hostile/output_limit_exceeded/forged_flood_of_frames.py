# Writes small frames without end.
# llmprep: mini/softmax
import os
import struct

body = b"t" + struct.pack("<I", 1) + b"s" + struct.pack("<I", 1) + b"x"
flood = (struct.pack("<Q", len(body)) + body) * 10_000
while True:
    os.write(3, flood)
