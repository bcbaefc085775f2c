# The input itself.
# llmprep: mini/softmax
def softmax(x):
    if x.shape[-1] == 0:
        raise ValueError("empty")
    return x
