# Has globals whose names are no strings, or a hundred thousand characters of escapes, and no entry.
# llmprep: mini/softmax
globals()[1] = globals()[(2, 3)] = globals()[None] = lambda: None
globals()['\x1b[31m\n' + 'x' * 100_000] = lambda: None
