"""Laws of the Markdown document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commonmark import parse
from llmprep.bank import Bank
from llmprep.content.markup import Formula, Kind, tokens_of
from llmprep.content.parser import parse as parse_prose
from llmprep.export import FORMATS, ExportDocument, signature
from llmprep.export.formula import display, portable
from llmprep.model import Language

BANK = Path(__file__).parents[2] / "golden" / "bank"


def exported(language, topics=("alpha", "beta")):
    bank = Bank.open(BANK, None)
    grouped = tuple((topic, bank.items([topic.id])) for topic in bank.topics() if topic.id in topics)
    document = ExportDocument("x", grouped, language)
    return FORMATS["md"](document)["x.md"].decode(), grouped


def texts(value, language):
    """Every piece of prose in an item that the document shows."""
    if hasattr(value, "en") and isinstance(value.en, str):
        return [value.en, value.zh] if language is Language.BOTH else [value.in_language(language)]
    if isinstance(value, (tuple, list)):
        return [text for part in value for text in texts(part, language)]
    fields = getattr(value, "__dataclass_fields__", ())
    return [
        text
        for name in fields
        if name not in {"mistakes", "survivors"}
        for text in texts(getattr(value, name), language)
    ]


@pytest.fixture(params=list(Language))
def document(request):
    text, grouped = exported(request.param)
    return text, [item for _, items in grouped for item in items], request.param


def test_every_formula_is_intact(document):
    """Each formula stands in what a CommonMark parser makes of the document, character for character."""
    text, items, language = document
    shown = "\n".join(
        "".join(
            child.content if child.type == "text" else "\n"
            for child in token.children or ()
            if child.type in {"text", "softbreak"}
        )
        for token in parse(text)
        if token.type == "inline"
    )
    count = 0
    for prose in texts(items, language):
        for block in parse_prose(prose).blocks:
            if isinstance(block, Formula):
                assert f"$$\n{display(block.latex)}\n$$" in shown
                count += 1
            for token in tokens_of(block):
                if token.kind is Kind.MATH:
                    assert f"${portable(token.text)}$" in shown
                    count += 1
    assert count > 10


def test_every_item_has_a_heading(document):
    """Each item is a heading of its own, numbered within its topic, and each topic one above."""
    text, items, _ = document
    tokens = parse(text)
    headings = [(token.tag, tokens[at + 1].content) for at, token in enumerate(tokens) if token.type == "heading_open"]
    assert [tag for tag, _ in headings] == ["h1", "h2", "h3", "h3", "h2", "h3"]
    numbers = [re.search(r"</a>([\d.]+) ", words)[1] for tag, words in headings if tag != "h1"]
    assert numbers == ["1.", "1.1", "1.2", "2.", "2.1"]
    assert len(items) == 3


def test_every_link_inside_leads_somewhere(document):
    """Anchors are unique, and every link into the document has one; an item that is not in it is no link."""
    text, _, _ = document
    anchors = re.findall(r'<a id="([^"]+)"></a>', text)
    assert len(anchors) == len(set(anchors)) == 5
    targets = [
        str(child.attrGet("href"))
        for token in parse(text)
        for child in token.children or ()
        if child.type == "link_open" and str(child.attrGet("href")).startswith("#")
    ]
    assert len(targets) == 5 + 2
    assert {target.removeprefix("#") for target in targets} <= set(anchors)
    assert "`beta/later`" in text
    assert "(#beta--later)" not in text


def test_answers_are_folded_away(document):
    """Nothing of an answer stands outside of a `<details>`, each of which closes and is set off by blank lines."""
    text, items, _ = document
    assert text.count("<details>") == text.count("</details>") > 10
    for line, before, after in _around(text):
        if line == "<details>":
            assert before == ""
        if line.startswith("<summary>"):
            assert after == ""
        if line == "</details>":
            assert before == after == ""
    outside = re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)
    question, exercise, _ = items
    assert question.key_points[0].text.en not in outside
    assert exercise.reference not in outside
    assert exercise.hints[0].en not in outside
    assert exercise.starter in outside
    assert exercise.reference in text


def _around(text):
    lines = text.split("\n")
    return zip(lines[1:], lines, [*lines[2:], ""], strict=False)


def test_no_emphasis_is_left_literal(document):
    """No two asterisks are left in what a reader sees, outside of code."""
    text, _, _ = document
    for token in parse(text):
        for child in token.children or ():
            if child.type == "text" and "with *stars*" not in child.content:
                assert "**" not in child.content


def test_code_is_fenced_with_its_language(document):
    """Every piece of code is a fence that says its language."""
    text, items, _ = document
    fences = [token for token in parse(text) if token.type == "fence"]
    assert {token.info for token in fences} == {"python"}
    contents = [token.content for token in fences]
    for exercise in items[1:]:
        assert exercise.starter + "\n" in contents
        assert exercise.reference + "\n" in contents
    assert items[0].code[0].text + "\n" in contents


def test_it_is_pure():
    """The same items give the same bytes."""
    assert exported(Language.BOTH) == exported(Language.BOTH)


def test_the_first_line_says_whose_it_is():
    """A document says in its first line which format of ours it is."""
    text, _ = exported(Language.EN)
    assert text.splitlines()[0] == f"<!-- {signature('md')} -->"
