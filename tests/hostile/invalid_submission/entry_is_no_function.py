# Its entry is a number.
# llmprep: mini/softmax
softmax = 0.5
