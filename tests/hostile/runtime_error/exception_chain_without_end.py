# Raises an exception at the end of a chain of two thousand causes, in a group in a group.
# llmprep: mini/softmax
def softmax(x):
    error = ValueError("0")
    for n in range(2_000):
        error, error.__cause__ = ValueError(str(n)), error
    raise BaseExceptionGroup("\x1b[31m", [error, BaseExceptionGroup("g", [error])])
