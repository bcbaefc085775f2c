# Ignores the generator.
# llmprep: mini/shuffle
def shuffle(n, rng):
    return list(range(n))
