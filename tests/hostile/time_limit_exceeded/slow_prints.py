# Prints as much as fits into the pipe, rests, and prints again.
# llmprep: mini/softmax
import time


def softmax(x):
    while True:
        print("x" * (48 << 10), flush=True)
        time.sleep(0.49)
