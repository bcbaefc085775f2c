# Prints without end.
# llmprep: mini/softmax
def softmax(x):
    while True:
        print("x" * 100_000)
