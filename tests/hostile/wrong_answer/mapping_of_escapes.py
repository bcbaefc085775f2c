# A mapping whose keys are NaN several times over, escapes and surrogates.
# llmprep: mini/softmax
def softmax(x):
    return {float("nan"): 1, float("inf") - float("inf"): 2, "\x1b[31m\udfff": 3, b"\x9b": 4, ("\x1b",): 5}
