# Calls abort().
# llmprep: mini/softmax
import os


def softmax(x):
    os.abort()
