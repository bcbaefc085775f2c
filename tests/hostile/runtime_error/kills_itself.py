# Sends itself SIGKILL in the middle.
# llmprep: mini/softmax
import signal
import threading


def softmax(x):
    signal.pthread_kill(threading.get_ident(), signal.SIGKILL)
    return x
