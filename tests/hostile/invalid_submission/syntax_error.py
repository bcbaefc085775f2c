# Does not compile, in a line full of escapes.
# llmprep: mini/softmax
def softmax(x):
    return '\x1b[31m' +
