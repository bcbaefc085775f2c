# Returns mappings whose keys are tuples of numbers, nested, half of them tuples of truth values alone.
# llmprep: mini/tally
def tally(values):
    nested = {((k, float(k)), (None, (True, 2.0 * k))): k for k in range(8_000)}
    return nested | {tuple(k >> bit & 1 == 1 for bit in range(15)): k for k in range(8_000)}
