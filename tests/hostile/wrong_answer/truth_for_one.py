# True, which Python counts as one.
# llmprep: mini/power
def power(base, exponent):
    if exponent < 0:
        raise ValueError("negative")
    return True if exponent == 0 else base**exponent
