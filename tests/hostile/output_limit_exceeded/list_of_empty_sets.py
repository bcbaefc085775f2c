# Returns half a million empty sets: five bytes each to send, two hundred each to build.
# llmprep: mini/softmax
def softmax(x):
    return [set() for _ in range(600_000)]
