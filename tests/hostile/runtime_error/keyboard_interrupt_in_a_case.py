# Raises KeyboardInterrupt, which must not interrupt the checker.
# llmprep: mini/softmax
def softmax(x):
    raise KeyboardInterrupt
