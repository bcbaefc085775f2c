# A list that holds itself, twice.
# llmprep: mini/softmax
def softmax(x):
    endless = []
    endless += [endless, endless, x]
    return {"a": endless} if x.ndim > 1 else endless[:1]
