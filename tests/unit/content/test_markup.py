"""Laws of taking Markdown apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.content.markup import Fence, Formula, Kind, List, Paragraph, Token, blocks, inline

ON = {Kind.STRONG_ON: Kind.STRONG_OFF, Kind.EMPHASIS_ON: Kind.EMPHASIS_OFF, Kind.LINK_ON: Kind.LINK_OFF}


def words(text):
    return Token(Kind.TEXT, text)


def test_blocks():
    """Paragraphs, lists, code and formulas are told apart, and a list may interrupt a paragraph."""
    source = "One\ntwo:\n- a\n  b\n- c\n\n$$\nx\n$$\n\n```python\ny\n\nz\n```\n3. d\n4. e"
    assert blocks(source) == (
        Paragraph((words("One\ntwo:"),)),
        List(None, ((words("a\nb"),), (words("c"),))),
        Formula("x"),
        Fence("python", "y\n\nz"),
        List(3, ((words("d"),), (words("e"),))),
    )


@pytest.mark.parametrize(
    ("source", "tokens"),
    [
        ("$a_1 b_2$", [Token(Kind.MATH, "a_1 b_2")]),
        ("$a*b*c$", [Token(Kind.MATH, "a*b*c")]),
        (r"costs \$5 and \$6", [words("costs $5 and $6")]),
        ("5$ and 6$", [words("5$ and 6$")]),
        ("`a*b`", [Token(Kind.CODE, "a*b")]),
        ("`$x$`", [Token(Kind.CODE, "$x$")]),
        ("`` a`b ``", [Token(Kind.CODE, "a`b")]),
        ("2 * 3", [words("2 * 3")]),
        ("a *b", [words("a *b")]),
        ("**重点。**后文", [Token(Kind.STRONG_ON), words("重点。"), Token(Kind.STRONG_OFF), words("后文")]),
        (
            "[a `b`](https://x.org/(y))",
            [Token(Kind.LINK_ON, "https://x.org/(y)"), words("a "), Token(Kind.CODE, "b"), Token(Kind.LINK_OFF)],
        ),
        (
            "***a***",
            [
                Token(Kind.STRONG_ON),
                Token(Kind.EMPHASIS_ON),
                words("a"),
                Token(Kind.EMPHASIS_OFF),
                Token(Kind.STRONG_OFF),
            ],
        ),
    ],
)
def test_inline(source, tokens):
    """Formulas and code hide what is in them; stars that cannot be paired are text."""
    assert list(inline(source)) == tokens


@given(st.text(alphabet="ab *_`$[](){}\\\n中，。", max_size=60))
def test_marks_nest(source):
    """Whatever the text, what opens closes, in order."""
    opened = []
    for token in inline(source):
        if token.kind in ON:
            opened.append(ON[token.kind])
        elif token.kind in ON.values():
            assert opened.pop() is token.kind
    assert not opened


@given(st.text(alphabet="ab -1.`$\n#中", max_size=80))
def test_no_word_is_lost(source):
    """Every letter of a text is in some block."""

    def letters(text):
        return sorted(mark for mark in text if mark in "ab中")

    found = ""
    for block in blocks(source):
        match block:
            case Paragraph(tokens):
                found += "".join(token.text for token in tokens)
            case List(_, items):
                found += "".join(token.text for item in items for token in item)
            case Fence(language, text):
                found += language + text
            case Formula(latex):
                found += latex
    if "```" not in source:  # the words after a fence's language are dropped, as in CommonMark's output
        assert letters(found) == letters(source)
