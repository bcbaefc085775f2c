# Lists as deep as an answer may nest, which no longer fit where they are one part of a larger message.
# llmprep: mini/shuffle
def shuffle(n, rng):
    deep = [0]
    if n > 1:
        for _ in range(46):
            deep = [deep]
    return deep
