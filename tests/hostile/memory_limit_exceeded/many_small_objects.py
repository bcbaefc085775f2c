# Fills the memory with small objects.
# llmprep: mini/softmax
def softmax(x):
    held = []
    while True:
        held.append(bytes(20_000))  # small, and written: a slower way would meet the time limit first
