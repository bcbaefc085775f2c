"""Prose in a terminal: draws the blocks of `llmprep.content.markup` as lines of styled text.

rich has a Markdown of its own; importing it costs as much as all the rest of a command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from llmprep.content.markup import Fence, Formula, Kind, List, Paragraph, Table
from llmprep.ui.terminal import wrap
from llmprep.ui.terminal.highlight import code_lines
from llmprep.ui.terminal.table import table_lines
from llmprep.ui.terminal.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

    from llmprep.content.markup import Block, Token

PROSE_WIDTH = 88
"""The columns that prose takes at most: longer lines are hard to read."""
LEAST_WIDTH = 20
"""The columns that prose takes at least, however narrow the terminal."""


class Capabilities(NamedTuple):
    """What a terminal can show. What it cannot is written in Markdown's own marks, so that nothing is lost."""

    attributes: bool
    """Bold and italic."""
    colour: bool
    """Colours."""

    @classmethod
    def of(cls, console: Console) -> Capabilities:
        """Return what this console can show."""
        attributes = console.color_system is not None
        return cls(attributes, attributes and not console.no_color)


class Markdown:
    """Blocks of prose as a rich renderable.

    Lines are broken at the console's width, and at `PROSE_WIDTH` at the latest. Code is folded only where the console
    wraps: `console.print(..., soft_wrap=True)` leaves its lines whole.
    """

    def __init__(
        self, blocks: Sequence[Block], *, indent: int = 0, lead: str = "", label: str = "", style: str = "bold"
    ) -> None:
        """Draw blocks.

        Args:
            blocks: the tree of a text.
            indent: how many columns in.
            lead: what stands in the indent of the first line, as a bullet does.
            label: words, no Markdown, that begin the first paragraph.
            style: the label's rich style.
        """
        self.blocks = blocks
        self.indent = indent
        self.lead = lead
        self.label = label
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        from rich.text import Text

        width = max(min(options.max_width, PROSE_WIDTH + self.indent) - self.indent, LEAST_WIDTH)
        lead = self.lead.ljust(self.indent)
        gap = "" if self.label.endswith("：") else " "
        label = Text(self.label + gap, self.style) if self.label else None
        for line in lines(self.blocks, width, Capabilities.of(console), label):
            drawn = Text(lead if line else "")
            lead = " " * self.indent if line else lead
            drawn.append_text(line)
            yield from whole(drawn, console, options)


def whole(line: Text, console: Console, options: ConsoleOptions) -> RenderResult:
    """Yield a line as it is, or folded where the console wraps; rich need not measure what is not to be wrapped."""
    if options.no_wrap:
        yield from line.render(console, end="\n")
    else:
        line.overflow = "fold"
        yield line


def lines(parts: Sequence[Block], width: int, look: Capabilities, label: Text | None = None) -> Iterator[Text]:
    """Yield the lines of blocks, a blank one between two blocks; `label` begins the first paragraph."""
    from rich.text import Text

    if label is not None and not (parts and isinstance(parts[0], Paragraph)):
        parts = [Paragraph(()), *parts]
    for index, block in enumerate(parts):
        if index and not (isinstance(block, List) and _introduces_list(parts[index - 1])):
            yield Text()
        if index == 0 and label is not None and isinstance(block, Paragraph):
            yield from wrapped(label.append_text(paragraph(block.tokens, look)), width)
        else:
            yield from _block(block, width, look)


def _introduces_list(block: Block) -> bool:
    """Whether a paragraph introduces the list after it, which then follows without a blank line."""
    return isinstance(block, Paragraph) and bool(block.tokens) and block.tokens[-1].text.endswith((":", "："))


def _block(block: Block, width: int, look: Capabilities) -> Iterator[Text]:
    from rich.text import Text

    match block:
        case Paragraph(tokens):
            yield from wrapped(paragraph(tokens, look), width)
        case List():
            yield from _list(block, width, look)
        case Fence(language, text, colours):
            for line in code_lines(text, language, colours, colour=look.colour):
                yield Text("    ").append_text(line) if line else line
        case Formula(latex, shown):
            for row in [shown] if shown else latex.split("\n"):
                for line in wrapped(Text(row), width - 4):
                    yield Text("    ").append_text(line)
        case Table(align, head, rows):
            drawn = [[paragraph(cell, look) for cell in row] for row in (head, *rows)]
            yield from table_lines(drawn, align, width, bold=look.attributes)


def _list(block: List, width: int, look: Capabilities) -> Iterator[Text]:
    """Yield a list's lines; the further lines of an item begin under its first word."""
    from rich.text import Text

    start, items = block
    last = (start or 0) + len(items) - 1
    hang = 2 if start is None else len(str(last)) + 2
    for number, item in enumerate(items, start or 0):
        lead = ("• " if look.attributes else "- ") if start is None else f"{number}. ".rjust(hang)
        for line in lines(item, width - hang, look) if item else [Text()]:
            yield Text(lead).append_text(line) if line or lead.strip() else Text()
            lead = " " * hang


_TIED = 20
"""Formulas and code of up to so many columns are kept on one line."""


def _tied(words: str) -> str:
    return words.replace(" ", wrap.TIE) if wrap.width_of(words) <= _TIED else words


_STYLES = {Kind.STRONG_ON: "bold", Kind.EMPHASIS_ON: "italic"}
_MARKS = {Kind.STRONG_ON: "**", Kind.STRONG_OFF: "**", Kind.EMPHASIS_ON: "*", Kind.EMPHASIS_OFF: "*"}
_OPENING = {Kind.STRONG_OFF: Kind.STRONG_ON, Kind.EMPHASIS_OFF: Kind.EMPHASIS_ON}
_WIDE_STOP = "，。、；：？！（）【】《》"
_SPACE_AFTER_STOP = re.compile(rf"(?<=[{_WIDE_STOP}]) +$")
_SPACE_BEFORE_STOP = re.compile(rf"^ +(?=[{_WIDE_STOP}])")
_NEWLINE = re.compile(r"(.)\n(.)")


def paragraph(tokens: Sequence[Token], look: Capabilities) -> Text:
    """Draw a paragraph with its styles, on one line."""
    from rich.text import Text

    text = Text()
    styles = _Styles()
    addresses: list[str] = []
    label: list[str] = []  # what was drawn since the link began
    for index, (kind, words, shown) in enumerate(tokens):
        match kind:
            case Kind.TEXT:
                label.append(_spaced(words, first=index == 0, last=index == len(tokens) - 1))
                text.append(label[-1], styles.now())
            case Kind.CODE:
                label.append(_tied(words if look.colour else f"`{words}`"))
                text.append(label[-1], styles.now("cyan") if look.colour else styles.now())
            case Kind.MATH:
                label.append(_tied(shown or f"${words}$"))
                text.append(label[-1], styles.now())
            case Kind.MARK:
                label.append(f"[{shown or words}]")
                text.append(label[-1], styles.now("dim") if look.attributes else "")
            case Kind.LINK_ON:
                addresses.append(words)
                label = []
                styles.add("underline")
            case Kind.LINK_OFF:
                styles.remove("underline")
                address = addresses.pop()
                if "".join(label) != address:
                    text.append(f" ({address})", styles.now())
            case _:
                if not look.attributes:
                    label.append(_MARKS[kind])
                    text.append(_MARKS[kind])
                if kind in _STYLES:
                    styles.add(_STYLES[kind])
                else:
                    styles.remove(_STYLES[_OPENING[kind]])
    return text


class _Styles:
    """The styles in force, each as often as it was opened: marks may nest without end, and a style's name is short."""

    def __init__(self) -> None:
        self.opened: dict[str, int] = {}

    def add(self, style: str) -> None:
        """Open a style."""
        self.opened[style] = self.opened.get(style, 0) + 1

    def remove(self, style: str) -> None:
        """Close it once."""
        self.opened[style] -= 1

    def now(self, *others: str) -> str:
        """Return all styles in force, and others, as rich names them."""
        return " ".join([*(style for style, times in self.opened.items() if times), *others])


def _spaced(words: str, *, first: bool, last: bool) -> str:
    """Make spaces of a text's newlines, or nothing between Chinese characters.

    The space that the source needs between a formula and Chinese punctuation is not one that readers want.
    """
    words = _NEWLINE.sub(
        lambda ends: ends[1] + ends[2] if wrap.is_wide(ends[1]) and wrap.is_wide(ends[2]) else f"{ends[1]} {ends[2]}",
        words,
    ).replace("\n", " ")
    words = words if last else _SPACE_AFTER_STOP.sub("", words)
    return words if first else _SPACE_BEFORE_STOP.sub("", words)
