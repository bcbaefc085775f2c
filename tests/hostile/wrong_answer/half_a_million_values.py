# Answers every case with as many values as fit: empty lists, sets and mappings, nested a little.
# llmprep: mini/reverse
def reverse(sequence):
    return [[[], {}, set(), ()] for _ in range(14_000)]
