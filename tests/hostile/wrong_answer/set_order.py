# A set of strings, whose order differs between processes: it is of the wrong kind whatever the order.
# llmprep: mini/softmax
def softmax(x):
    return {"a", "b", "c", frozenset({"d"})}
