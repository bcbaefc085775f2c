# Computes without end.
# llmprep: mini/softmax
def softmax(x):
    while True:
        pass
