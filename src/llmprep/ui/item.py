"""An item on a terminal: walks its outline, with the answer or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.content.markup import joined, plain
from llmprep.content.outline import (
    CodeBlock,
    Entries,
    Options,
    Packages,
    Prose,
    Related,
    Role,
    Section,
    Sources,
    outline,
)
from llmprep.messages.say import flat, one_line, say
from llmprep.model import Exercise, Language
from llmprep.ui.terminal.highlight import code_lines
from llmprep.ui.terminal.markdown import PROSE_WIDTH, Capabilities, Markdown, whole
from llmprep.ui.terminal.wrap import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from llmprep.content.outline import ChoiceOption, Outline, Part
    from llmprep.model import Question


class Heading:
    """A title over a part of an item, underlined."""

    def __init__(self, words: str, aside: str = "", *, plain: bool = False) -> None:
        """Show `words` and, at the right, `aside`; `plain` underlines with hyphens."""
        self.words = words
        self.aside = aside
        self.plain = plain

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Yield the heading's lines."""
        from rich.text import Text

        width = min(options.max_width, PROSE_WIDTH)
        gap = width - width_of(self.words) - width_of(self.aside)
        text = Text(self.words, "bold")
        if self.aside:
            text.append(" " * gap if gap >= 2 else "\n").append(self.aside, "dim")  # noqa: PLR2004
        yield text
        yield Text("-" * width_of(self.words)) if self.plain else Text("─" * width, "dim")


class CodeLines:
    """Code as it stands, Python in colours."""

    def __init__(self, code: CodeBlock, *, indent: int = 2) -> None:
        """Show `code`, `indent` columns in."""
        self.code = code
        self.indent = indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        from rich.text import Text

        for line in code_lines(*self.code, colour=Capabilities.of(console).colour):
            drawn = Text(" " * self.indent if line else "").append_text(line)
            yield from whole(drawn, console, options)


_NOT_SHOWN = frozenset({Role.HINT})
"""Roles that `show` leaves to other commands."""


class ItemView:
    """Draws items in one language; each part is a rich renderable."""

    def __init__(self, language: Language, *, plain: bool = False, options: str = "") -> None:
        """Draw in `language`; `plain` does without box characters and bullets; named commands get `options`."""
        self.language = language
        self.plain = plain
        self.options = options
        self.bullet = "-" if plain else "•"

    def item(self, item: Question | Exercise, *, answer: bool) -> Iterator[RenderableType]:
        """Yield a whole item, with the answer or without."""
        drawn = outline(item, self.language)
        yield from self._head(drawn, one_line(item.title, self.language))
        related: tuple[str, ...] = ()
        for section in drawn.sections:
            if section.role is Role.RELATED:
                related = tuple(name for node in section.nodes if isinstance(node, Related) for name in node.ids)
            elif section.role not in _NOT_SHOWN and (answer or not section.secret):
                yield from self._section(section)
        yield ""
        if related:
            yield Markdown(plain(", ".join(related)), label=say("item.related", self.language))
        yield from self._commands(item, answer=answer)

    def _head(self, drawn: Outline, words: str) -> Iterator[RenderableType]:
        """Yield title, id, kind, difficulty, time and tags."""
        yield Heading(words, drawn.id, plain=self.plain)
        yield Markdown(plain(f"{drawn.kind} · {drawn.difficulty} · {drawn.minutes}"))
        if drawn.tags:
            yield Markdown(plain(", ".join(drawn.tags)), label=say("item.tags", self.language), style="dim")
        yield ""

    def _section(self, section: Section) -> Iterator[RenderableType]:
        """Yield a section under its title."""
        if section.title:
            yield ""
            words = f"{say('item.code', self.language)} · {section.title}" if section.aside else section.title
            yield Heading(words, section.aside, plain=self.plain)
        before: Part | None = None
        for node in section.nodes:
            if isinstance(before, CodeBlock) or (before is not None and isinstance(node, (CodeBlock, Options))):
                yield ""
            yield from self._node(node)
            before = node

    def _node(self, node: Part) -> Iterator[RenderableType]:
        match node:
            case Section():
                yield from self._section(node)
            case Prose(versions, label):
                if label:
                    yield from self._entry(node, "")
                else:
                    yield Markdown(joined(versions))
            case CodeBlock():
                yield CodeLines(node)
            case Entries():
                yield from self._entries(node)
            case Options(options, _):
                for option in options:
                    yield from self._option(option)
            case Packages(names):
                yield Markdown(plain(say("item.packages", self.language, packages=", ".join(names))), indent=5)
            case Sources():
                yield from self._sources(node)

    def _entry(self, text: Prose, lead: str, *, style: str = "bold", label: str = "") -> Iterator[RenderableType]:
        """Yield an entry of a list: each language's words, `lead` in the indent and the label before the first."""
        label = label or text.label
        for version in text.versions:
            yield Markdown(version, indent=4 if lead == self.bullet else 5, lead=f"  {lead}", label=label, style=style)
            lead = label = ""

    def _entries(self, node: Entries) -> Iterator[RenderableType]:
        for number, entry in enumerate(node.entries, 1):
            if number > 1 and node.numbered:
                yield ""
            lead = f"{number}." if node.numbered else self.bullet
            for text in entry:
                if text.brief:
                    yield from self._entry(text, lead)
                else:
                    yield Markdown(joined(text.versions), indent=5)
                lead = ""

    def _option(self, option: ChoiceOption) -> Iterator[RenderableType]:
        """Yield an option with its verdict, and the reason below it."""
        style = "bold green" if option.correct else "bold red"
        yield from self._entry(option.text, f"{option.letter}.", style=style, label=f"[{option.verdict}]")
        lead = "     - " if self.plain else "     ↳ "
        for version in option.why.versions:
            yield Markdown(version, indent=7, lead=lead)
            lead = ""

    def _sources(self, node: Sources) -> Iterator[RenderableType]:
        for source in node.lines:
            lead = f"  [{source.number}]" if node.numbered else f"  {self.bullet}"
            indent = len(lead) + 1 if node.numbered else 4
            yield Markdown(plain(f"{source.title} ({source.year})"), indent=indent, lead=lead)
            # An address is never broken, so that any terminal can open it.
            yield CodeLines(CodeBlock(source.address, ""), indent=indent)

    def _commands(self, item: Question | Exercise, *, answer: bool) -> Iterator[RenderableType]:
        """Yield what to call next."""
        from rich.text import Text

        keys = ["show.start_hint", "show.hint_hint"] if isinstance(item, Exercise) else []
        if not answer:
            keys.append("show.reference_hint" if isinstance(item, Exercise) else "show.answer_hint")
        for key in keys:
            # No prose: a command is copied whole, and its marks are the shell's.
            yield Text(say(key, self.language, id=item.id, options=flat(self.options)))
