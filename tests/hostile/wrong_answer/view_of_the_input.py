# A view, where a copy is asked for.
# llmprep: mini/window
def window(x, start, stop):
    return x[start:stop]
