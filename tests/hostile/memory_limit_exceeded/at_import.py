# Runs out of memory as it is loaded.
# llmprep: mini/softmax
table = [0] * 2**34
