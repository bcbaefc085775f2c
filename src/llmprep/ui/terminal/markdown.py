"""Draws the bank's Markdown in a terminal; rich's own Markdown costs as much to import as all the rest of a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from llmprep.content.latex import to_unicode
from llmprep.content.markup import Fence, Formula, Kind, List, Paragraph, blocks
from llmprep.ui.terminal import wrap
from llmprep.ui.terminal.highlight import code_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

    from llmprep.content.markup import Block, Token

PROSE_WIDTH = 88
"""The columns that prose takes at most: longer lines are hard to read."""


class Look(NamedTuple):
    """What a terminal can show. What it cannot is written in Markdown's own marks, so that nothing is lost."""

    attributes: bool
    """Bold and italic."""
    colour: bool
    """Colours."""

    @classmethod
    def of(cls, console: Console) -> Look:
        """What this console can show."""
        attributes = console.color_system is not None
        return cls(attributes, attributes and not console.no_color)


class Markdown:
    """The bank's Markdown as a rich renderable.

    Lines are broken at the console's width, and at `PROSE_WIDTH` at the latest. Code is folded only where the console
    wraps: `console.print(..., soft_wrap=True)` leaves its lines whole.
    """

    def __init__(self, source: str, *, indent: int = 0, lead: str = "", label: str = "", style: str = "bold") -> None:
        """Draw a text.

        Args:
            source: the text, in the bank's Markdown.
            indent: how many columns in.
            lead: what stands in the indent of the first line, as a bullet does.
            label: words, no Markdown, that begin the first paragraph.
            style: the label's rich style.
        """
        self.source = source
        self.indent = indent
        self.lead = lead
        self.label = label
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        from rich.text import Text

        width = max(min(options.max_width, PROSE_WIDTH + self.indent) - self.indent, 20)
        lead = self.lead.ljust(self.indent)
        gap = "" if self.label.endswith("：") else " "
        label = Text(self.label + gap, self.style) if self.label else None
        for line in lines(blocks(self.source), width, Look.of(console), label):
            drawn = Text(lead if line else "")
            lead = " " * self.indent if line else lead
            drawn.append_text(line)
            yield from whole(drawn, console, options)


def whole(line: Text, console: Console, options: ConsoleOptions) -> RenderResult:
    """A line as it is, or folded where the console wraps; rich need not measure what is not to be wrapped."""
    if options.no_wrap:
        yield from line.render(console, end="\n")
    else:
        line.overflow = "fold"
        yield line


def lines(parts: Sequence[Block], width: int, look: Look, label: Text | None = None) -> Iterator[Text]:
    """The lines that blocks are drawn on, a blank one between two blocks; `label` begins the first paragraph."""
    from rich.text import Text

    if label is not None and not (parts and isinstance(parts[0], Paragraph)):
        parts = [Paragraph(()), *parts]
    for index, block in enumerate(parts):
        if index and not (isinstance(block, List) and _leads(parts[index - 1])):
            yield Text()
        if index == 0 and label is not None and isinstance(block, Paragraph):
            yield from wrapped(label.append_text(paragraph(block.tokens, look)), width)
        else:
            yield from _block(block, width, look)


def _leads(block: Block) -> bool:
    """Whether a paragraph introduces the list after it, which then follows without a blank line."""
    return isinstance(block, Paragraph) and bool(block.tokens) and block.tokens[-1].text.endswith((":", "："))


def _block(block: Block, width: int, look: Look) -> Iterator[Text]:
    from rich.text import Text

    match block:
        case Paragraph(tokens):
            yield from wrapped(paragraph(tokens, look), width)
        case List(start, items):
            last = (start or 0) + len(items) - 1
            hang = 2 if start is None else len(str(last)) + 2
            for number, item in enumerate(items, start or 0):
                lead = ("• " if look.attributes else "- ") if start is None else f"{number}. ".rjust(hang)
                for line in wrapped(paragraph(item, look), width - hang):
                    yield Text(lead).append_text(line)
                    lead = " " * hang
        case Fence(language, text):
            for line in code_lines(text, language, colour=look.colour):
                yield Text("    ").append_text(line) if line else line
        case Formula(latex):
            drawn = to_unicode(latex)
            for row in [drawn] if drawn else latex.split("\n"):
                for line in wrapped(Text(row), width - 4):
                    yield Text("    ").append_text(line)


def wrapped(text: Text, width: int) -> Iterator[Text]:
    """A paragraph's lines."""
    ends = [at for line in wrap.lines(text.plain, width) for at in line]
    # Divided once: to cut out each line by itself would go through the whole paragraph for it.
    for line in list(text.divide(ends))[1::2]:
        line.plain = line.plain.replace(_TIE, " ")
        yield line


_TIE = "\xa0"
_TIED = 20
"""Formulas and code of up to so many columns are kept on one line."""


def _tied(words: str) -> str:
    return words.replace(" ", _TIE) if wrap.width_of(words) <= _TIED else words


_STYLES = {Kind.STRONG_ON: "bold", Kind.EMPHASIS_ON: "italic"}
_MARKS = {Kind.STRONG_ON: "**", Kind.STRONG_OFF: "**", Kind.EMPHASIS_ON: "*", Kind.EMPHASIS_OFF: "*"}
_OPENING = {Kind.STRONG_OFF: Kind.STRONG_ON, Kind.EMPHASIS_OFF: Kind.EMPHASIS_ON}
_WIDE_STOP = "，。、；：？！（）【】《》"
_SPACE_AFTER_STOP = re.compile(rf"(?<=[{_WIDE_STOP}]) +$")
_SPACE_BEFORE_STOP = re.compile(rf"^ +(?=[{_WIDE_STOP}])")
_NEWLINE = re.compile(r"(.)\n(.)")


def paragraph(tokens: Sequence[Token], look: Look) -> Text:
    """A paragraph's text with its styles, on one line."""
    from rich.text import Text

    text = Text()
    styles = _Styles()
    addresses: list[str] = []
    label: list[str] = []  # what was drawn since the link began
    for index, (kind, words) in enumerate(tokens):
        match kind:
            case Kind.TEXT:
                label.append(_spaced(words, first=index == 0, last=index == len(tokens) - 1))
                text.append(label[-1], styles.now())
            case Kind.CODE:
                shown = _tied(words if look.colour else f"`{words}`")
                label.append(shown)
                text.append(shown, styles.now("cyan") if look.colour else styles.now())
            case Kind.MATH:
                label.append(_tied(to_unicode(words) or f"${words}$"))
                text.append(label[-1], styles.now())
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
        """All styles in force, and others, as rich names them."""
        return " ".join([*(style for style, times in self.opened.items() if times), *others])


def _spaced(words: str, *, first: bool, last: bool) -> str:
    """Text with its newlines made spaces, or nothing between Chinese characters.

    The space that the source needs between a formula and Chinese punctuation is not one that readers want.
    """
    words = _NEWLINE.sub(
        lambda ends: ends[1] + ends[2] if wrap.is_wide(ends[1]) and wrap.is_wide(ends[2]) else f"{ends[1]} {ends[2]}",
        words,
    ).replace("\n", " ")
    words = words if last else _SPACE_AFTER_STOP.sub("", words)
    return words if first else _SPACE_BEFORE_STOP.sub("", words)
