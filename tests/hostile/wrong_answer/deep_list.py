# Lists nested ten thousand deep.
# llmprep: mini/softmax
def softmax(x):
    deep = []
    for _ in range(10_000):
        deep = [deep]
    return deep
