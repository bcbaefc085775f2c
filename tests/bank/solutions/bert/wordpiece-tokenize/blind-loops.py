# llmprep: bert/wordpiece-tokenize
import string
import unicodedata

CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0x2F800, 0x2FA1F))


def stands_alone(char):
    """Is this character always a word by itself (punctuation or Chinese)?"""
    if char in string.punctuation or unicodedata.category(char)[0] == "P":
        return True
    code = ord(char)
    for low, high in CJK:
        if low <= code <= high:
            return True
    return False


def words_of(text):
    """Cut the text into words."""
    words = []
    for run in text.split():
        current = ""
        for char in run:
            if stands_alone(char):
                if current:
                    words.append(current)
                words.append(char)
                current = ""
            else:
                current += char
        if current:
            words.append(current)
    return words


def pieces_of(word, vocab, longest):
    """Greedy pieces of one word, or None where a position has no match."""
    pieces = []
    start = 0
    while start < len(word):
        prefix = "##" if start > 0 else ""
        end = min(len(word), start + longest)
        while end > start and prefix + word[start:end] not in vocab:
            end -= 1
        if end == start:
            return None
        pieces.append(prefix + word[start:end])
        start = end
    return pieces


def wordpiece_tokenize(text, vocab, unk_token="[UNK]", max_chars=100):
    """Tokenize as BERT does: words first, then longest-prefix pieces; hopeless words turn into unk_token."""
    if unk_token not in vocab:
        raise ValueError("unk_token must be in the vocabulary")
    longest = 0
    for token in vocab:
        longest = max(longest, len(token))
    out = []
    for word in words_of(text):
        pieces = None
        if len(word) <= max_chars:
            pieces = pieces_of(word, vocab, longest)
        if pieces is None:
            out.append(unk_token)
        else:
            out.extend(pieces)
    return out
