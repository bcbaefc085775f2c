# Sleeps.
# llmprep: mini/softmax
import time


def softmax(x):
    time.sleep(3600)
