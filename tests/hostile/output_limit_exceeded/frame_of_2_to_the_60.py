# Announces a frame of 2**60 bytes.
# llmprep: mini/softmax
import os
import struct

os.write(3, struct.pack("<Q", 2**60))
