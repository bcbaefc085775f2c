import re
import string
import unicodedata


def alone(c):
    if c in string.punctuation or unicodedata.category(c).startswith("P"):
        return True
    return bool(
        re.match(
            "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f]",
            c,
        )
    )


def pieces(word, vocab):
    if word == "":
        return []
    for n in range(len(word), 0, -1):
        if word[:n] in vocab:
            rest = pieces(word[n:], vocab)
            return None if rest is None else [word[:n]] + rest
    return None


def wordpiece_tokenize(text, vocab, unk_token="[UNK]", max_chars=100):
    if unk_token not in vocab:
        raise ValueError(unk_token)
    result = []
    for word in "".join(" " + c + " " if alone(c) else c for c in text).split():
        start, found = 0, []
        while start < len(word) and len(word) <= max_chars:
            end = len(word)
            while end > start and word[start:end] not in vocab:
                end -= 1
            if end == start:
                break
            found.append(word[start:end])
            start = end
        result.extend(found if start == len(word) else [unk_token])
    return result
