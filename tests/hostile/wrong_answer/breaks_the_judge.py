# Outputs on which the exercise's own check raises: that is the submission's doing, and no fault of the bank.
# llmprep: mini/shuffle
def shuffle(n, rng):
    return [0] if n == 1 else [1, "two", None]
