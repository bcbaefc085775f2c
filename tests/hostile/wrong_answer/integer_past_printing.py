# An integer longer than Python agrees to print.
# llmprep: mini/power
def power(base, exponent):
    if exponent < 0:
        raise ValueError("negative")
    return 10**9_700
