# Writes an array of 2**60 elements with sixteen bytes of data.
# llmprep: mini/softmax
import os
import struct

body = b"t" + struct.pack("<I", 1) + b"a\x0b\0\x01" + struct.pack("<Q", 2**60) + b"\0" * 16
os.write(3, struct.pack("<Q", len(body)) + body)
os._exit(0)
