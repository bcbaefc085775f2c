# Computes a little and sleeps a little, so that CPU time alone would never catch it.
# llmprep: mini/softmax
import time


def softmax(x):
    while True:
        sum(range(10_000))
        time.sleep(0.05)
