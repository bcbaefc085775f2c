# Right to the last digit, as a float.
# llmprep: mini/power
def power(base, exponent):
    if exponent < 0:
        raise ValueError("negative")
    return float(base) ** exponent
