# Writes frames that promise more elements than they hold.
# llmprep: mini/softmax
import os
import struct

body = b"t" + struct.pack("<I", 1) + b"l" + struct.pack("<I", 2**32 - 1)
os.write(3, struct.pack("<Q", len(body)) + body)
os._exit(0)
