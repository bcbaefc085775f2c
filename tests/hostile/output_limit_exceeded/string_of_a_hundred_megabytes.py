# Returns a string of a hundred megabytes.
# llmprep: mini/softmax
def softmax(x):
    return "x" * (100 << 20)
