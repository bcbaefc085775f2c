# llmprep: bert/wordpiece-tokenize
import re
import string
import unicodedata

CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0x2F800, 0x2FA1F))
HAN = re.compile("[" + "".join(f"{chr(lo)}-{chr(hi)}" for lo, hi in CJK) + "]")


def basic_words(text):
    """Yield the words: whitespace chunks, with punctuation and Han characters standing alone."""
    for chunk in text.split():
        word = ""
        for ch in chunk:
            if ch in string.punctuation or unicodedata.category(ch)[0] == "P" or HAN.match(ch):
                if word:
                    yield word
                yield ch
                word = ""
            else:
                word += ch
        if word:
            yield word


def wordpiece_tokenize(text, vocab, unk_token="[UNK]", max_chars=100):
    """Greedy longest-prefix pieces of every word of text."""
    if unk_token not in vocab:
        raise ValueError(f"{unk_token!r} is missing from vocab")
    output = []
    for word in basic_words(text):
        if len(word) > max_chars:
            output.append(unk_token)
            continue
        prefix, rest = "", word
        while rest:
            end = next((e for e in range(len(rest), 0, -1) if prefix + rest[:e] in vocab), 0)
            if end == 0:
                output.append(unk_token)
                break
            output.append(prefix + rest[:end])
            prefix, rest = "##", rest[end:]
    return output
