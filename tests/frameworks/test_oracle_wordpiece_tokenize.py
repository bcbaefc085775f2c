"""Laws: the pieces are those of both of transformers' BERT tokenizers, the one in Python, which follows the original,
and the one in Rust, each where its cleaning of the text changes nothing.
"""

import string
import sys
import unicodedata

import numpy as np
import pytest

legacy = pytest.importorskip("transformers.models.bert.tokenization_bert_legacy")
bert = pytest.importorskip("transformers.models.bert.tokenization_bert")

EXERCISE = "bert/wordpiece-tokenize"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = "abAéñ爱我的\U00020000ひカ한€😀1"
MARKS = " \t\n\u00a0\u3000.,$^-—，。“、"


def python_tokenize(text, vocab, unk_token="[UNK]", max_chars=100):
    """Tokenize by the Python classes, which remove control characters and normalize to NFC."""
    words = legacy.BasicTokenizer(do_lower_case=False, strip_accents=False).tokenize(text)
    pieces = legacy.WordpieceTokenizer(vocab, unk_token, max_input_chars_per_word=max_chars)
    return pieces.tokenize(" ".join(words))


def rust_tokenize(text, vocab):
    """Tokenize by the Rust classes, which remove control characters; a word may have 100 characters."""
    return bert.BertTokenizer(vocab=vocab, do_lower_case=False, strip_accents=False).tokenize(text)


def vocabulary(rng, share):
    """The special tokens and a share of all pieces of one to three of a few letters, with and without `##`."""
    few = LETTERS[:9]
    pieces = [a + b + c for a in few for b in ("", *few) for c in ("", *(few if b else ""))]
    pieces += list(LETTERS + string.punctuation + "—，。“、")
    pieces = [mark + piece for mark in ("", "##") for piece in dict.fromkeys(pieces)]
    kept = [piece for piece in pieces if rng.random() < share]
    return {token: number for number, token in enumerate(SPECIAL + kept)}


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
@pytest.mark.parametrize("seed", range(8))
def test_transformers_agrees(reference, share, seed):
    """Random texts of several scripts, white space and marks, all in NFC and without control characters."""
    rng = np.random.default_rng(seed)
    vocab = vocabulary(rng, share)
    weights = np.array([8.0] * 6 + [2.0] * (len(LETTERS) - 6) + [1.0] * len(MARKS))
    for _ in range(20):
        text = "".join(rng.choice(list(LETTERS + MARKS), size=rng.integers(0, 120), p=weights / weights.sum()))
        got = reference(text, vocab)
        assert got == python_tokenize(text, vocab)
        assert got == rust_tokenize(text, vocab)


@pytest.mark.parametrize("length", [1, 99, 100, 101, 250])
def test_long_words_agree(reference, length):
    """A word of 100 characters is cut, one of 101 is unknown, even if it is in the vocabulary."""
    word = "é" * length
    for known in (["é", "##é"], [word]):
        vocab = {token: number for number, token in enumerate(SPECIAL + known)}
        want = python_tokenize(f"{word} é", vocab)
        assert reference(f"{word} é", vocab) == want == rust_tokenize(f"{word} é", vocab)
        for most in (5, 250, 300):
            assert reference(word, vocab, max_chars=most) == python_tokenize(word, vocab, max_chars=most)


def test_words_are_cut_at_the_same_characters(reference):
    """Every character that is assigned, is no control, format, private or surrogate one, and is its own NFC form,
    between two letters: the Python tokenizer reads the same Unicode tables. The control characters that both count as
    white space are among them.
    """
    vocab = {token: number for number, token in enumerate([*SPECIAL, "a", "b", "##b"])}
    basic = legacy.BasicTokenizer(do_lower_case=False, strip_accents=False)
    pieces = legacy.WordpieceTokenizer(vocab, "[UNK]")
    seen = 0
    for char in ["\t", "\n", "\r", *map(chr, range(sys.maxunicode + 1))]:
        text = f"a{char}b"
        if unicodedata.category(char)[0] == "C" and char not in "\t\n\r":
            continue
        if char == "\ufffd" or unicodedata.normalize("NFC", text) != text:
            continue
        seen += 1
        assert reference(text, vocab) == pieces.tokenize(" ".join(basic.tokenize(text))), hex(ord(char))
    assert seen > 100_000
