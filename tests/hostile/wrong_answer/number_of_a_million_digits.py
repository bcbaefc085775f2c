# An integer of a million digits, then one of 9,800: no number may be too long to tell about.
# llmprep: mini/power
def power(base, exponent):
    if exponent < 0:
        raise ValueError("negative")
    return 10**1_000_000 if exponent % 2 else 10**9_700
