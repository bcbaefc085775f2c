# llmprep: bert/wordpiece-tokenize
import string
import unicodedata

CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0x2F800, 0x2FA1F))


def wordpiece_tokenize(text, vocab, unk_token="[UNK]", max_chars=100):
    """Pad the single-character words with blanks, split, then match greedily."""
    if unk_token not in vocab:
        raise ValueError(unk_token)
    spaced = []
    for ch in text:
        chinese = any(lo <= ord(ch) <= hi for lo, hi in CJK)
        mark = ch in string.punctuation or unicodedata.category(ch).startswith("P")
        spaced.append(f" {ch} " if chinese or mark else ch)
    result = []
    for word in "".join(spaced).split():
        if len(word) > max_chars:
            result.append(unk_token)
            continue
        rest, lead = word, ""
        while rest:
            for size in range(len(rest), 0, -1):
                if lead + rest[:size] in vocab:
                    result.append(lead + rest[:size])
                    rest, lead = rest[size:], "##"
                    break
            else:
                result.append(unk_token)
                break
    return result
