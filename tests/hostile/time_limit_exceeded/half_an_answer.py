# Writes half a frame and waits.
# llmprep: mini/softmax
import os
import struct
import time


def softmax(x):
    os.write(3, struct.pack("<Q", 1000) + b"t")
    time.sleep(3600)
