# Returns keys that are long texts, long bytes and integers of nine thousand digits.
# llmprep: mini/tally
def tally(values):
    return {"\n" * 20_000_000: 1, b"\0" * 20_000_000: 2, 10**9_000: 3, (10**9_000,): 4, -(10**9_000): 5}
