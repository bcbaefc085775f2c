# Raises a message of half a megabyte.
# llmprep: mini/softmax
def softmax(x):
    raise RuntimeError("\x1b[31m" * 100_000)
