import string
import unicodedata


def is_cjk(c):
    o = ord(c)
    ranges = [
        (0x4E00, 0x9FFF),
        (0x3400, 0x4DBF),
        (0xF900, 0xFAFF),
        (0x20000, 0x2A6DF),
        (0x2A700, 0x2CEAF),
        (0x2F800, 0x2FA1F),
    ]
    for a, b in ranges:
        if a <= o <= b:
            return True
    return False


def wordpiece_tokenize(text, vocab, unk_token="[UNK]", max_chars=100):
    if unk_token not in vocab:
        raise ValueError
    words, current = [], ""
    for c in text:
        if c.isspace():
            words.append(current)
            current = ""
        elif is_cjk(c) or c in string.punctuation or unicodedata.category(c)[0] == "P":
            words += [current, c]
            current = ""
        else:
            current += c
    words.append(current)
    out = []
    for word in words:
        if not word:
            continue
        if len(word) > max_chars:
            out.append(unk_token)
            continue
        rest, prefix = word, ""
        while rest:
            n = len(rest)
            while n and prefix + rest[:n] not in vocab:
                n -= 1
            if n == 0:
                out.append(unk_token)
                break
            out.append(prefix + rest[:n])
            rest, prefix = rest[n:], "##"
    return out
