# Defines something else.
# llmprep: mini/softmax
def softmin(x):
    return x
