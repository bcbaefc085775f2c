# Answers None where an array is asked for and a class where an exception is.
# llmprep: mini/softmax
def softmax(x):
    if x.shape[-1] == 0:
        return ValueError
    return None
