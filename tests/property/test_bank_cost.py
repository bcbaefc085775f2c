"""What a bank's author writes costs its reader time that grows at most as the number of bytes.

Measured in CPU time, since the work is done by regular expressions and libraries, which count nothing: eight times the
text may take sixteen times as long, the shortest of three runs counting. Work that grows as the square takes 64 times.
"""

from __future__ import annotations

import gc
import io
import time
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from rich.console import Console

from llmprep.bank.lint.prose import faults
from llmprep.bank.yaml_loader import read
from llmprep.content.latex import to_unicode
from llmprep.content.markup import from_data, to_data
from llmprep.content.parser import Parsed, parse
from llmprep.export.formula import display
from llmprep.export.prose import markdown
from llmprep.study.marking import find
from llmprep.ui.terminal.highlight import code_lines
from llmprep.ui.terminal.markdown import Markdown

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL, TIMES, MOST = 4_000, 8, 16
FLOOR = 0.004
"""Seconds below which a run is all noise and start: what is over in that time has not grown."""


def seconds(work: Callable[[Any], object], text: Any) -> float:
    gc.disable()  # its rounds grow with all that the test session holds
    try:
        begun = time.process_time()
        work(text)
        return time.process_time() - begun
    finally:
        gc.enable()


def growth(work: Callable[[Any], object], build: Callable[[int], Any]) -> float:
    """How many times as long eight times the text takes; 1 where even that is over in no time.

    Args:
        work: what is measured.
        build: makes what it is given, of a size in characters; this is not measured.
    """
    short, long = build(SMALL), build(SMALL * TIMES)
    work(short)  # tables that are made at first use
    first = seconds(work, long)
    if first <= MOST * FLOOR:
        return 1.0
    longest = min(first, seconds(work, long), seconds(work, long))
    return longest / max(FLOOR, min(seconds(work, short) for _ in range(3)))


def repeated(piece: str, start: str = "", end: str = "") -> Callable[[int], str]:
    return lambda size: start + piece * (size // len(piece)) + end


def growing(mark: str) -> Callable[[int], str]:
    """Runs of a mark, each longer than the one before."""

    def build(size: int) -> str:
        text, width = [], 1
        while size > 0:
            text.append(mark * width)
            size -= width + 1
            width += 1
        return " ".join(text)

    return build


def stair(size: int) -> str:
    """Lists, each within the one before."""
    text, depth = [], 0
    while size > 0:
        text.append("  " * depth + "- a\n")
        size -= 2 * depth + 4
        depth += 1
    return "".join(text)


PIECES = [
    "[", "]", "[]", "](", "[a](", "[a](b)", "[a]()", "[a](b(c)", "(", ")", "()", "![", "<", "<a", "<a ", ">", "\\",
    "\\[",
    "`", "`a", "``a`", "`` ` ", "*", "**", "*a", "* a", "**a ", "a** ", "*a* ", "**a** ", "_a", "_ a", "a_ ", "$", "$$",
    "$a", "$a$ ", "$a $", "\\$", "$\\$", " ", "\t", "a ", "中", "中文。", "a" * 50 + " ", "\n", "\n\na", "$$\n",
    "$$a\n",
    "$$\na\n", "\n$$\n\n", "```\n", "```a\n", "~~~\n\n", "- a\n", "- ", "1. a\n", "1. a\n\n", "- a\n  b\n",
    "|-|\n",
    "| a | b |\n", "-|", "= ", "- - ", "&a", "&#", "&amp;", "[^", "[^a]",
    "[[a](https://b)", "a**b", "**x *x ", "*a_ ", "$[", "[`a", "a|b\n-|-\n",
    "# \n", "a\n-\n", "  \n", "\\\n", "$x$中", "[a]: b\n", "\u3000", "https://a.b/c ", "'", '"', "。 ",
]  # fmt: skip
TEXTS = {piece: repeated(piece) for piece in PIECES} | {
    "growing ticks": growing("`"),
    "growing stars": growing("*"),
    "growing dollars": growing("$"),
    "growing tildes": growing("~"),
    "open then closed": lambda size: "**a " * (size // 8) + "a** " * (size // 8),
    "spaces within a line": repeated(" ", "a", "b"),
    "spaces after a fence": repeated(" ", "```", "b"),
    "spaces before text": repeated(" ", "", "x"),
    "spaces within bold": repeated(" ", "**a", "b** c"),
    "items on lines of an item": repeated("b\n", "- a\n"),
    "code with quotes": repeated('\\"', '```python\n"', "\n```\n"),
    "an address without end": repeated("[a]()", "[a](b"),
    "a formula's spaces": repeated("\\ ", "$x", "y$"),
    "tables of short rows": repeated("|" + "a|" * 12 + "\n|" + "-|" * 12 + "\n" + "a\n" * 40 + "\n"),
    "a table of wide rows": repeated("| a " * 12 + "|\n", "| a " * 12 + "|\n" + "|-" * 12 + "|\n"),
    "lists in lists": stair,
    "brackets around links": lambda size: "[" * (size // 2) + "a" + "](https://b)" * (size // 24),
    "texts in formulas": repeated("$\\text{a}$ "),
    "open groups in formulas": repeated("$\\left($ "),
    "Python": repeated("f('''", "```python\n", "\n```"),
    "pieces of Python": repeated("```python\nx = '1'\n```\n"),
}


@pytest.mark.parametrize("text", TEXTS)
def test_markup_is_parsed(text: str) -> None:
    """Markup is parsed in linear time, whatever it repeats."""
    assert growth(parse, TEXTS[text]) <= MOST


BLOCKS = [
    "| a | b |\n|---|---|\n",
    ">     ",
    "> a\n",
    "- a\n",
    "1. a\n",
    "a\n",
    "\n",
    "```\n",
    "$$\n",
    "    a\n",
    "# a\n",
]


@pytest.mark.parametrize("second", BLOCKS)
@pytest.mark.parametrize("first", BLOCKS)
def test_pairs_of_blocks_are_parsed(first: str, second: str) -> None:
    """So are any two kinds of block in turn."""
    assert growth(parse, repeated(first + second)) <= MOST


@lru_cache(maxsize=2)
def parsed(text: str, size: int) -> Parsed:
    return parse(TEXTS[text](size))


def drawn(tree: Parsed) -> None:
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system="standard")
    console.print(Markdown(tree.blocks))


READERS: dict[str, Callable[[Parsed], object]] = {
    "kept": lambda tree: from_data(to_data(tree.blocks)),
    "linted": lambda tree: [*faults(tree, "en"), *faults(tree, "zh")],
    "drawn": drawn,
    "exported": lambda tree: markdown(tree.blocks),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", TEXTS)
def test_markup_is_read(reader: str, text: str) -> None:
    """Its tree is kept, linted, drawn and exported in linear time."""
    assert growth(READERS[reader], partial(parsed, text)) <= MOST


FORMULAS = {piece: repeated(piece) for piece in [
    "{", "}", "{}", "{a}", "\\frac", "\\frac12", "\\frac{a}{b}", "\\frac{", "_", "^", "x_1 ", "x^2_1", "x^{", "x_{a}",
    "'",
    "\\sqrt", "\\sqrt{", "\\left(", "\\left(x\\right)", "\\text{a}", "\\text{", "\\text", "\\operatorname{a}",
    "\\operatorname{", "\\operatorname{a{b}", "\\mathrm{a}", "\\mathbf{ab}", "\\hat x", "\\,", "\\ ", "\\quad ", " ",
    "a ",
    "+", "a+", "|", "\\|", ",", "(", ")", "](", "&a", "\\\\", "\\", "a\n", "*", "中",
]} | {
    "a chain of fractions": lambda size: "\\frac{1}{" * (size // 10) + "x" + "}" * (size // 10),
    "nested groups": lambda size: "{" * (size // 2) + "x" + "}" * (size // 2),
    "nested roots": lambda size: "\\sqrt{" * (size // 7) + "x" + "}" * (size // 7),
    "towers": lambda size: "x^{" * (size // 4) + "x" + "}" * (size // 4),
    "a long line within groups": lambda size: "{" * 30 + "ab+" * (size // 3) + "}" * 30,
    "an operator without end": repeated("\\operatorname{a}", "\\operatorname{"),
}  # fmt: skip


@pytest.mark.parametrize("writer", [to_unicode, display])
@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas(writer: Callable[[str], object], formula: str) -> None:
    """Formulas are turned into Unicode and into portable TeX in linear time."""
    assert growth(writer, FORMULAS[formula]) <= MOST


@pytest.mark.parametrize("phrase", ["a", "a*", "a b* c", "中 a*文", "a* + b*", "-a-"])
@pytest.mark.parametrize("text", ["a", "ab ", " ", "a ", "-", "中", "中 ", "a" * 50 + " "])
def test_phrases(phrase: str, text: str) -> None:
    """Phrases are looked for in linear time."""
    assert growth(lambda answer: find(phrase, answer), repeated(text)) <= MOST


CODES = {piece: repeated(piece) for piece in ['"', "'", '\\"', '"\\"', '"""', "#", "1", "1e", "def ", "a\n", "("]}


@pytest.mark.parametrize("code", CODES)
def test_colours(code: str) -> None:
    """So is code coloured."""
    assert growth(lambda text: list(code_lines(text, "python", colour=True)), CODES[code]) <= MOST


FILES: dict[str, Callable[[int], str]] = {
    "a long name over many fields": lambda size: f"? {'a' * size}\n:\n" + "  b: 1\n" * (size // 8),
    "a name as long as names may be": lambda size: (
        f"? {'a' * 100}\n:\n" + "".join(f"  k{n}: 1\n" for n in range(size // 10))
    ),
    "long names, nested": lambda size: (
        "".join(f"{' ' * n}{'a' * 99}:\n" for n in range(15))
        + "".join(f"{' ' * 15}k{n}: 1\n" for n in range(size // 30))
    ),
    "digits": repeated("1", "a: "),
    "digits and a letter": repeated("1", "a: ", "x"),
    "digits and an e": repeated("1", "a: ", "ex"),
    "digits, a point and digits": lambda size: f"a: {'1' * (size // 2)}.{'1' * (size // 2)}x",
    "underscores": repeated("_", "a: 1"),
    "colons": repeated("1:", "a: ", "x"),
    "spaces": repeated(" ", "a: x", "y"),
    "one field again": repeated("a: 1\n"),
    "fields": lambda size: "".join(f"a{n}: 1\n" for n in range(size // 7)),
    "anchors": lambda size: "".join(f"a{n}: &b{n} 1\n" for n in range(size // 12)),
    "aliases": lambda size: "a: &b 1\n" + "".join(f"a{n}: *b\n" for n in range(size // 9)),
    "tags": lambda size: "".join(f"a{n}: !b 1\n" for n in range(size // 10)),
    "a long tag on many": lambda size: f"%TAG ! tag:{'t' * size},1:\n---\na: [" + "!b 1, " * (size // 6) + "]",
    "merges": repeated("<<: 1\n"),
    "documents": repeated("--- 1\n"),
    "a block": repeated("  a\n", "a: |-\n"),
    "empty lines of a block": repeated("\n", "a: |-\n  b\n"),
    "a quoted text": repeated("\\n", 'a: "', '"'),
    "a list": repeated("- 1\n"),
    "brackets": repeated("["),
    "names of names": repeated("? "),
    "question marks": repeated("a? ", "a: [", "]"),
    "comments": repeated("# a\n", "a: 1\n"),
    "hidden characters": repeated("# \u202e\n", "a: 1\n"),
    "hidden characters on a line": repeated("\u202e", "a: 1  # "),
}


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("file", FILES)
def test_files(loader: str, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is read in linear time, and what is kept of it is linear too."""
    if loader == "SafeLoader":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)

    def work(text: str) -> None:
        document = read(text.encode(), "x.yaml")
        kept = sum(map(len, document.lines)) + sum(len(str(problem)) for problem in document.all_problems())
        assert kept <= 200_000 + 2_000 * len(document.lines)

    assert growth(work, FILES[file]) <= MOST
