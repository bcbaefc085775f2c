# A regular expression that backtracks for ever.
# llmprep: mini/softmax
import re


def softmax(x):
    return re.match(r"(a+)+$", "a" * 60 + "b")
