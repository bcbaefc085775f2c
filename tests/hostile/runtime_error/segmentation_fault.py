# Reads address zero.
# llmprep: mini/softmax
import ctypes


def softmax(x):
    return ctypes.string_at(0)
