# Recurses without end.
# llmprep: mini/softmax
def softmax(x):
    return softmax(x)
