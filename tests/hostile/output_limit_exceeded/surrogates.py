# Returns twenty million lone surrogates: written at once, and read one at a time by whoever decodes them.
# llmprep: mini/reverse
def reverse(sequence):
    return "\ud800" * 20_000_000
