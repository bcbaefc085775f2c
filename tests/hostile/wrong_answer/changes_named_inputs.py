# Changes an input that was passed by name, after copying what it needs.
# llmprep: mini/window
def window(x, start, stop):
    result = x[start:stop].copy()
    x[:] = 0
    return result
