import string
import unicodedata

RANGES = [
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xF900, 0xFB00),
    range(0x20000, 0x2A6E0),
    range(0x2A700, 0x2CEB0),
    range(0x2F800, 0x2FA20),
]


def wordpiece_tokenize(text, vocab, unk_token="[UNK]", max_chars=100):
    if unk_token not in vocab:
        raise ValueError
    chars = []
    for c in text:
        special = c in string.punctuation or unicodedata.category(c).startswith("P") or any(ord(c) in r for r in RANGES)
        chars.append(f" {c} " if special else c)
    out = []
    for word in "".join(chars).split():
        tokens, i, j = [], 0, 1
        while len(word) <= max_chars and j <= len(word):
            piece = word[i:j] if i == 0 else "##" + word[i:j]
            if piece in vocab:
                tokens.append(piece)
                i = j
            j += 1
        out += tokens if i == len(word) else [unk_token]
    return out
