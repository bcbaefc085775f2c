# llmprep: bert/wordpiece-tokenize
import string
import unicodedata

import numpy as np

CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0x2F800, 0x2FA1F))


def split_words(text):
    """Words of text; characters flagged below get a blank on either side."""
    codes = np.array([ord(ch) for ch in text], dtype=np.int64)
    low, high = np.array(CJK).T
    alone = ((codes[:, None] >= low) & (codes[:, None] <= high)).any(axis=1)
    alone |= np.array([ch in string.punctuation or unicodedata.category(ch)[0] == "P" for ch in text], dtype=bool)
    return "".join(" " + ch + " " if flag else ch for ch, flag in zip(text, alone)).split()


def tokenize_word(word, vocab, unk_token, max_chars):
    """The pieces of one word, or a single unknown token."""
    if len(word) >= max_chars:
        return [unk_token]
    pieces, begin = [], 0
    while begin < len(word):
        end = len(word)
        lead = "" if begin == 0 else "##"
        while end > begin and lead + word[begin:end] not in vocab:
            end -= 1
        if end == begin:
            return [unk_token]
        pieces.append(lead + word[begin:end])
        begin = end
    return pieces


def wordpiece_tokenize(text, vocab, unk_token="[UNK]", max_chars=100):
    """WordPiece tokens of a text, longest piece first."""
    if unk_token not in vocab:
        raise ValueError("vocab lacks the unknown token")
    return [piece for word in split_words(text) for piece in tokenize_word(word, vocab, unk_token, max_chars)]
