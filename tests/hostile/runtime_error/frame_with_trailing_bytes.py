# Writes a well-made frame with bytes left over.
# llmprep: mini/softmax
import os
import struct

body = b"t" + struct.pack("<I", 1) + b"s" + struct.pack("<I", 3) + b"end"
os.write(3, struct.pack("<Q", len(body) + 4) + body + b"NNNN")
os._exit(0)
