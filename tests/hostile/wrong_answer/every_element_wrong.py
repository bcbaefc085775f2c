# Answers with thousands of lists, each wrong in its own way: a finding for each would be a long report.
# llmprep: mini/reverse
def reverse(sequence):
    return [{"x": 1} if isinstance(one, list) else str(one) for one in sequence]
