# Returns a list of a million Nones: small to send, large to build.
# llmprep: mini/softmax
def softmax(x):
    return [None] * 1_000_000
