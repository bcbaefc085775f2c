# llmprep: bert/wordpiece-tokenize
import string
import unicodedata

CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0x2F800, 0x2FA1F))
ASCII_PUNCTUATION = frozenset(string.punctuation)


def is_isolated(char):
    """True for the characters that always form a word alone: punctuation and Han characters."""
    code = ord(char)
    return (
        char in ASCII_PUNCTUATION
        or unicodedata.category(char).startswith("P")
        or any(first <= code <= last for first, last in CJK)
    )


def pieces_of(word, vocab, longest):
    """Greedy longest-match pieces of one word, or None when some position matches nothing."""
    pieces, start = [], 0
    while start < len(word):
        marker = "##" if start else ""
        for stop in range(min(len(word), start + longest), start, -1):
            piece = marker + word[start:stop]
            if piece in vocab:
                break
        else:
            return None
        pieces.append(piece)
        start = stop
    return pieces


def wordpiece_tokenize(text, vocab, unk_token="[UNK]", max_chars=100):
    """Cut text into words, then each word into its greedy vocabulary pieces; hopeless words give unk_token."""
    if unk_token not in vocab:
        raise ValueError("unk_token is not in the vocabulary")
    spaced = "".join(f" {char} " if is_isolated(char) else char for char in text)
    longest = max(map(len, vocab))
    tokens = []
    for word in spaced.split():
        pieces = None if len(word) > max_chars else pieces_of(word, vocab, longest)
        tokens.extend([unk_token] if pieces is None else pieces)
    return tokens
