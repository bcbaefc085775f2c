# A dictionary that grows for ever.
# llmprep: mini/softmax
def softmax(x):
    held = {}
    for n in range(10**9):
        held[n] = bytes(100_000)
