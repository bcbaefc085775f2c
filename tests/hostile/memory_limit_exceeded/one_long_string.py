# Doubles a string until nothing is left.
# llmprep: mini/softmax
def softmax(x):
    text = "x"
    while True:
        text += text
