# Writes a mapping whose keys are lists and a set of arrays.
# llmprep: mini/softmax
import os
import struct

body = b"t" + struct.pack("<I", 1) + b"m" + struct.pack("<I", 1) + b"l" + struct.pack("<I", 0) + b"N"
os.write(3, struct.pack("<Q", len(body)) + body)
os._exit(0)
