"""An outline holds all that an item says, once, in every language; renderers draw what it holds."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console, Group

from llmprep.bank import Bank
from llmprep.bank.compiler import compile_item
from llmprep.content.fields import prose
from llmprep.content.markup import Kind, tokens_of
from llmprep.content.outline import CodeBlock, Entries, Options, Prose, Role, Section, Sources, outline
from llmprep.export import FORMATS, ExportDocument
from llmprep.model import Language, Text, Topic
from llmprep.ui.item import ItemView

BANK = Path(__file__).parents[2] / "golden" / "bank"
SAMPLE = Path(__file__).parents[1] / "bank/sample/compression/halving.yaml"


@pytest.fixture(params=["alpha/levels", "alpha/round-half", "beta/counter"])
def item(request):
    return Bank.open(BANK, None).item(request.param)


def walk(nodes):
    """All nodes, those inside of sections too."""
    for node in nodes:
        yield node
        if isinstance(node, Section):
            yield from walk(node.nodes)


def texts(value, hidden=("mistakes", "survivors", "title")):
    """Every prose field that is shown."""
    if isinstance(value, Text):
        return [value]
    if isinstance(value, (tuple, list)):
        return [text for part in value for text in texts(part)]
    names = getattr(value, "__dataclass_fields__", ())
    return [text for name in names if name not in hidden for text in texts(getattr(value, name))]


def versions(drawn):
    """The trees that an outline holds, in its order."""
    for node in walk(drawn.sections):
        match node:
            case Prose(held):
                yield held
            case Entries(entries):
                yield from (text.versions for entry in entries for text in entry)
            case Options(options):
                yield from (held.versions for option in options for held in (option.text, option.why))


@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_left_out(item, language):
    """Every prose field of an item and all its code that is shown are in its outline, in the languages asked for."""
    drawn = outline(item, language)
    held = list(versions(drawn))
    for text in texts(item):
        assert held.count(prose(text, language)) >= 1
    code = [node.text for node in walk(drawn.sections) if isinstance(node, CodeBlock)]
    for text in (
        getattr(item, "starter", ""),
        getattr(item, "reference", ""),
        *(c.text for c in getattr(item, "code", ())),
    ):
        assert not text or code.count(text) == 1
    assert drawn.title == prose(item.title, language)


def test_what_is_secret(item):
    """What gives the answer away is marked: a renderer may keep it back."""
    secret = {section.role for section in outline(item, Language.EN).sections if section.secret}
    shown = {section.role for section in outline(item, Language.EN).sections if not section.secret}
    assert secret <= {Role.ANSWER, Role.CHOICE, Role.CODE, Role.HINT, Role.REFERENCE, Role.EXPLANATION}
    assert shown <= {Role.PROMPT, Role.STARTER, Role.EXAMPLES, Role.ALWAYS_REFUSED, Role.SOURCES, Role.RELATED}


def test_compiled_or_not(item):
    """The outline of a compiled item is that of the same item made by hand, but for colours."""
    from dataclasses import replace

    bare = replace(item, compiled=None)

    def plain(drawn):
        return [node._replace(spans=()) if isinstance(node, CodeBlock) else node for node in walk(drawn.sections)]

    def flat(drawn):
        return [node for node in plain(drawn) if not isinstance(node, Section)]

    assert flat(outline(bare, Language.BOTH)) == flat(outline(item, Language.BOTH))


@pytest.fixture
def marked():
    """The sample question with ids on its sources, marks in its prompt, and a table."""
    source = SAMPLE.read_text("utf-8")
    head, rest = source.split("\nsources:\n")
    first, second, *more = rest.split("\n  - ")
    sources = "\n  - ".join([first.replace("{", "{id: first, ", 1), second.replace("{", "{id: second, ", 1), *more])
    start = head.index("prompt:")
    end = head.index("\nanswer:", start)
    prompt = (
        "prompt:\n  en: |-\n    As shown[^second], and before[^first].\n\n    | bits | levels |\n    |---|--:|\n"
        "    | `a\\|b` | $2^4$ |\n"
        "  zh: |-\n    如文献[^second]所示。\n\n    | 位 | 级数 |\n    |---|--:|\n    | `a\\|b` | $2^4$ |"
    )
    text = head[:start] + prompt + head[end:] + "\nsources:\n" + sources
    found, problems = compile_item(text.encode(), "x.yaml", "compression/halving")
    assert problems == []
    return found


def test_marks_are_numbered(marked):
    """A mark has the number of the source that it names, and the sources are numbered."""
    drawn = outline(marked, Language.EN)
    (held,) = drawn.sections[0].nodes[0].versions
    marks = [token for block in held for token in tokens_of(block) if token.kind is Kind.MARK]
    assert [(mark.text, mark.shown) for mark in marks] == [("second", "2"), ("first", "1")]
    (sources,) = next(section.nodes for section in drawn.sections if section.role is Role.SOURCES)
    assert isinstance(sources, Sources)
    assert sources.numbered
    assert [line.number for line in sources.lines][:2] == [1, 2]


def test_a_terminal_shows_marks_and_tables(marked):
    """Marks are numbers in brackets, as the sources' own are; a table lines up, on a narrow terminal too."""
    for width in (80, 24):
        console = Console(file=io.StringIO(), width=width, color_system=None, highlight=False, markup=False)
        console.print(Group(*ItemView(Language.EN, plain=True).item(marked, answer=False)), soft_wrap=True)
        text = console.file.getvalue()
        assert "As shown[2], and" in text
        assert "bits   levels\n-----  ------\n`a|b`      2⁴\n" in text
        assert "\n  [1] " in text
        assert "\n  [2] " in text


def test_an_export_links_marks(marked):
    """In a document marks are links, each to the source's own anchor; a bar in a cell is no border."""
    text = FORMATS["md"](ExportDocument("x", ((Topic("compression", Text("C", "压")), (marked,)),), Language.EN))[
        "x.md"
    ].decode()
    assert (
        "As shown[\\[2\\]](#compression--halving--source-2), and before[\\[1\\]](#compression--halving--source-1)."
        in text
    )
    assert '- <a id="compression--halving--source-2"></a>[2] [' in text
    assert "| bits | levels |\n| --- | ---: |\n| `a\\|b` | $2^4$ |" in text
