# Never finishes loading.
# llmprep: mini/softmax
import itertools

for _ in itertools.repeat(None):
    pass
