# Dies of a real-time signal that Python has no name for.
# llmprep: mini/softmax
import signal


def softmax(x):
    signal.raise_signal(40)
    return x
