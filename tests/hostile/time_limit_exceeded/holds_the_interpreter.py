# One call in C that never comes back to the interpreter.
# llmprep: mini/softmax
def softmax(x):
    return len(str(3 ** (10**9)))
