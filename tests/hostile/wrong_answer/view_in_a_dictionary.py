# The view hidden in a container.
# llmprep: mini/window
def window(x, start, stop):
    return {"window": x[start:stop]}
