# Sends itself SIGTERM in the middle.
# llmprep: mini/softmax
import signal


def softmax(x):
    signal.raise_signal(signal.SIGTERM)
    return x
