"""Laws of the tree: what Markdown becomes, that nothing is lost, and what it costs."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.content.markup import (
    Fence,
    Formula,
    Kind,
    List,
    Paragraph,
    Table,
    Token,
    from_data,
    message,
    title,
    to_data,
    tokens_of,
)
from llmprep.content.parser import parse

ON = {Kind.STRONG_ON: Kind.STRONG_OFF, Kind.EMPHASIS_ON: Kind.EMPHASIS_OFF, Kind.LINK_ON: Kind.LINK_OFF}


def words(text):
    return Token(Kind.TEXT, text)


def blocks(source):
    return parse(source).blocks


def inline(source):
    """The tokens of a text that is one paragraph."""
    (paragraph,) = blocks(source)
    return list(paragraph.tokens)


def test_blocks():
    """Paragraphs, lists, code and formulas are told apart, and a list may interrupt a paragraph."""
    source = "One\ntwo:\n- a\n  b\n- c\n\n$$\nx\n$$\n\n```text\ny\n\nz\n```\n3. d\n4. e"
    assert blocks(source) == (
        Paragraph((words("One\ntwo:"),)),
        List(None, ((Paragraph((words("a\nb"),)),), (Paragraph((words("c"),)),))),
        Formula("x", "x"),
        Fence("text", "y\n\nz"),
        List(3, ((Paragraph((words("d"),)),), (Paragraph((words("e"),)),))),
    )


def test_an_item_holds_blocks():
    """An item of a list may hold several paragraphs, formulas and code."""
    (found,) = blocks("1. one\n\n   $$\n   x\n   $$\n\n   two\n2. ```\n   y\n   ```")
    assert found == List(
        1, ((Paragraph((words("one"),)), Formula("x", "x"), Paragraph((words("two"),))), (Fence("", "y"),))
    )


def test_a_table():
    """A table keeps its alignment, and its cells their marks."""
    (found,) = blocks("| a | **b** |\n|:--|--:|\n| `x\\|y` | $z_1$ |")
    assert found == Table(
        ("left", "right"),
        ((words("a"),), (Token(Kind.STRONG_ON), words("b"), Token(Kind.STRONG_OFF))),
        (((Token(Kind.CODE, "x|y"),), (Token(Kind.MATH, "z_1", "z₁"),)),),
    )


@pytest.mark.parametrize(
    ("source", "tokens"),
    [
        ("$a_1 b_2$", [Token(Kind.MATH, "a_1 b_2", "a₁b₂")]),
        ("$a\n b$", [Token(Kind.MATH, "a b", "ab")]),
        (r"$\begin{x}\end{x}$", [Token(Kind.MATH, r"\begin{x}\end{x}")]),
        ("$n$ is 5", [Token(Kind.MATH, "n", "n"), words(" is 5")]),
        (r"costs \$5 and \$6", [words("costs $5 and $6")]),
        ("5$ and 6$", [words("5$ and 6$")]),
        ("`a*b`", [Token(Kind.CODE, "a*b")]),
        ("`$x$`", [Token(Kind.CODE, "$x$")]),
        ("`` a`b ``", [Token(Kind.CODE, "a`b")]),
        ("2 * 3", [words("2 * 3")]),
        ("as shown[^a].", [words("as shown"), Token(Kind.MARK, "a"), words(".")]),
        ("[a](https://x.org/中)", [Token(Kind.LINK_ON, "https://x.org/中"), words("a"), Token(Kind.LINK_OFF)]),
        (
            "[a `b`](https://x.org/(y))",
            [Token(Kind.LINK_ON, "https://x.org/(y)"), words("a "), Token(Kind.CODE, "b"), Token(Kind.LINK_OFF)],
        ),
    ],
)
def test_inline(source, tokens):
    """Formulas and code hide what is in them; stars that cannot be paired are text."""
    assert inline(source) == tokens


ANY = st.text(alphabet="ab *_`$[](){}\\\n中，。|-^<>!&;:#~1.", max_size=80)


@given(ANY)
def test_marks_nest(source):
    """Whatever the text, what opens closes, in order."""
    for block in blocks(source):
        lines = [block.tokens] if isinstance(block, Paragraph) else [*block.head] if isinstance(block, Table) else []
        for line in lines:
            opened = []
            for token in line:
                if token.kind in ON:
                    opened.append(ON[token.kind])
                elif token.kind in ON.values():
                    assert opened.pop() is token.kind
            assert not opened


@given(st.text(alphabet="ab -1.`$\n#中>_*", max_size=80))
def test_no_word_is_lost(source):
    """Every letter of a text without faults is in some block."""
    parsed = parse(source)
    if parsed.faults:
        return
    found = json.dumps(to_data(parsed.blocks), ensure_ascii=False)
    for mark in "ab中":
        assert found.count(mark) >= source.count(mark)


@given(ANY)
def test_the_cache_keeps_a_tree(source):
    """A tree comes back from its plain data as it was."""
    tree = blocks(source)
    assert from_data(json.loads(json.dumps(to_data(tree)))) == tree


def test_colours_are_kept():
    """Fenced Python has its colours in the tree."""
    (fence,) = blocks("```python\ndef f(): return 1\n```")
    assert fence.spans == ((0, 3, "k"), (4, 5, "d"), (9, 15, "k"), (16, 17, "n"))
    assert from_data(json.loads(json.dumps(to_data([fence])))) == (fence,)


def test_messages_and_titles():
    """A message of the catalogue knows backticks only; a title is the text of its paragraph."""
    assert message("Use `a*b` *now*.\n\nDo.") == (
        Paragraph((words("Use "), Token(Kind.CODE, "a*b"), words(" *now*."))),
        Paragraph((words("Do."),)),
    )
    assert title(blocks("a `b`")) == (words("a "), Token(Kind.CODE, "b"))


@given(ANY)
def test_tokens_of_a_tree_are_its_running_text(source):
    """What is neither code nor a formula block is found by `tokens_of`."""
    parsed = parse(source)
    texts = [token.text for block in parsed.blocks for token in tokens_of(block) if token.kind is Kind.TEXT]
    assert "".join("".join(texts).split()) == "".join("".join(line.text for line in parsed.words).split())


def seconds(source):
    """CPU time of parsing; the best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        parse(source)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize("unit", ["[", "`", "*", "_", "$", "<", "|", ">", "- ", "{"])
def test_the_longest_field_is_parsed_at_once(unit):
    """200 kB of one mark, far more than a field may hold, cost what their length says; `test_bank_cost` has more."""
    assert seconds(unit * (200_000 // len(unit))) <= 16 * max(seconds(unit * (25_000 // len(unit))), 0.003)


@pytest.mark.parametrize(
    "text",
    [">" * 500, "- " * 500, "[" * 500, "*" * 501 + "a", "$" + "{" * 490 + "}" * 490 + "$", "$" + "\\hat" * 240 + "x$"],
)
def test_depth_is_capped(text):
    """No depth of nesting overflows the stack."""
    assert parse(text).blocks or parse(text).faults
