# A generator that would run code while it is read.
# llmprep: mini/softmax
def softmax(x):
    yield from (exit() for _ in x)
