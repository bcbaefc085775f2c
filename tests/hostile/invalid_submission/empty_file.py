# Nothing at all.
# llmprep: mini/softmax

