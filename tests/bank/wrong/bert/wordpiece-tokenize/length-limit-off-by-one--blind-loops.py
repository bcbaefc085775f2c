# llmprep: bert/wordpiece-tokenize
import string
import unicodedata

CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0x2F800, 0x2FA1F))


def split_words(text):
    """Yield words, going through the text once."""
    buffer = []
    for ch in text + " ":
        alone = ch in string.punctuation or unicodedata.category(ch)[0] == "P"
        alone = alone or any(first <= ord(ch) <= last for first, last in CJK)
        if ch.isspace() or alone:
            if buffer:
                yield "".join(buffer)
                buffer = []
            if alone:
                yield ch
        else:
            buffer.append(ch)


def wordpiece_tokenize(text, vocab, unk_token="[UNK]", max_chars=100):
    """Greedy longest-match-first tokens."""
    if unk_token not in vocab:
        raise ValueError("unknown token is itself unknown")
    tokens = []
    for word in split_words(text):
        if len(word) >= max_chars:
            tokens.append(unk_token)
            continue
        found, at = [], 0
        while at < len(word):
            candidates = [("##" if at else "") + word[at:stop] for stop in range(len(word), at, -1)]
            match = next((c for c in candidates if c in vocab), None)
            if match is None:
                found = [unk_token]
                break
            found.append(match)
            at += len(match) - (2 if at else 0)
        tokens += found
    return tokens
