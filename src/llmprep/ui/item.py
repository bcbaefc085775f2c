"""An item on a terminal: what a candidate is asked and, on request, the answer."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from llmprep.messages.say import flat, one_line, say
from llmprep.model import Exercise, Language, Question
from llmprep.ui.terminal.highlight import code_lines
from llmprep.ui.terminal.markdown import PROSE_WIDTH, Look, Markdown, whole
from llmprep.ui.terminal.wrap import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from llmprep.model import Choice, Source, Text


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


class CodeBlock:
    """Code as it stands, with Python's words coloured."""

    def __init__(self, text: str, language: str = "python", *, indent: int = 2) -> None:
        """Show `text`, `indent` columns in."""
        self.text = text
        self.language = language
        self.indent = indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        from rich.text import Text

        for line in code_lines(self.text, self.language, colour=Look.of(console).colour):
            drawn = Text(" " * self.indent if line else "").append_text(line)
            yield from whole(drawn, console, options)


class View:
    """Draws items in one language; each part is a rich renderable, for whoever shows items a part at a time."""

    def __init__(self, language: Language, *, plain: bool = False, options: str = "") -> None:
        """Draw in `language`; `plain` does without box characters and bullets; named commands get `options`."""
        self.language = language
        self.plain = plain
        self.options = options
        self.bullet = "-" if plain else "•"

    def say(self, key: str, **facts: object) -> str:
        """A message in the view's language."""
        return say(key, self.language, **facts)

    def prose(self, text: Text, *, indent: int = 0, lead: str = "") -> Markdown:
        """A prose field; in both languages one after the other."""
        return Markdown(text.in_language(self.language), indent=indent, lead=lead)

    def item(self, item: Question | Exercise, *, answer: bool) -> Iterator[RenderableType]:
        """A whole item, with the answer or without."""
        yield from self.head(item)
        yield self.prose(item.prompt)
        if isinstance(item, Question):
            if answer:
                yield from self.answer(item)
                for number, choice in enumerate(item.choices, 1):
                    yield from self.choice(choice, number, answer=True)
                yield from self.code(item)
        else:
            yield from self.task(item)
            if answer:
                yield from self.solution(item)
        yield from self.sources(item.sources)
        yield from self.foot(item, answer=answer)

    def head(self, item: Question | Exercise) -> Iterator[RenderableType]:
        """Title, id, kind, difficulty, time and tags."""
        facts = [self.say(f"item.{item.kind}"), self.say(f"item.{item.difficulty}")]
        facts.append(self.say("item.minutes", minutes=item.minutes))
        yield Heading(one_line(item.title, self.language), item.id, plain=self.plain)
        yield Markdown(" · ".join(facts))
        if item.tags:
            yield Markdown(", ".join(item.tags), label=self.say("item.tags"), style="dim")
        yield ""

    def part(self, key: str, **facts: object) -> Iterator[RenderableType]:
        """The title of a part, with the space before it."""
        yield ""
        yield Heading(self.say(key, **facts), plain=self.plain)

    def answer(self, question: Question) -> Iterator[RenderableType]:
        """A question's answer, rubric, traps and follow-ups."""
        yield from self.part("item.answer")
        yield self.prose(question.answer)
        yield from self.part("item.key_points")
        for point in question.key_points:
            label = f"[{self.say('item.essential')}]" if point.essential else ""
            yield from self.entry(point.text, self.bullet, label)
        yield from self.part("item.traps")
        for number, trap in enumerate(question.traps, 1):
            yield from [""] if number > 1 else []
            yield from self.entry(trap.claim, f"{number}.", self.say("item.claim"))
            yield from self.entry(trap.correction, "", self.say("item.correction"))
        yield from self.part("item.follow_ups")
        for number, follow_up in enumerate(question.follow_ups, 1):
            yield from [""] if number > 1 else []
            yield from self.entry(follow_up.prompt, f"{number}.")
            yield self.prose(follow_up.answer, indent=5)

    def entry(self, text: Text, lead: str, label: str = "", style: str = "bold") -> Iterator[RenderableType]:
        """An entry of a list: each language's words, `lead` in the indent and `label` before the first."""
        for words in self._each(text):
            yield Markdown(words, indent=4 if lead == self.bullet else 5, lead=f"  {lead}", label=label, style=style)
            lead = label = ""

    def choice(self, choice: Choice, number: int, *, answer: bool) -> Iterator[RenderableType]:
        """A multiple-choice question; with the answer, each option's reason below it."""
        yield from self.part("item.choice", number=number)
        yield self.prose(choice.prompt)
        yield ""
        for letter, option in zip(ascii_uppercase, choice.options, strict=False):
            verdict, style = ("item.right", "bold green") if option.correct else ("item.wrong", "bold red")
            yield from self.entry(option.text, f"{letter}.", f"[{self.say(verdict)}]" if answer else "", style)
            lead = "     - " if self.plain else "     ↳ "
            for words in self._each(option.why) if answer else ():
                yield Markdown(words, indent=7, lead=lead)
                lead = ""

    def code(self, question: Question) -> Iterator[RenderableType]:
        """A question's runnable examples."""
        for code in question.code:
            yield ""
            title = f"{self.say('item.code')} · {one_line(code.title, self.language)}"
            yield Heading(title, code.framework, plain=self.plain)
            yield CodeBlock(code.text)
            yield ""
            yield from self.entry(code.proves, "", self.say("item.proves"))
            yield Markdown(self.say("item.packages", packages=", ".join(code.packages)), indent=5)

    def task(self, exercise: Exercise) -> Iterator[RenderableType]:
        """What an exercise's candidate begins with, sees of the cases, and must not do."""
        from llmprep.content.examples import examples

        yield from self.part("item.starter")
        entry = "item.entry_class" if f"class {exercise.entry}" in exercise.starter else "item.entry_function"
        yield Markdown(self.say(entry, entry=exercise.entry).replace("\n", "\n\n"))
        yield ""
        yield CodeBlock(exercise.starter)
        if shown := examples(exercise):
            yield from self.part("item.examples")
            for number, text in enumerate(shown):
                yield from [""] if number else []
                yield CodeBlock(text)
        yield from self.part("item.always_refused")
        for rule in self.refusals():
            yield Markdown(rule, indent=4, lead=f"  {self.bullet}")

    def refusals(self) -> list[str]:
        """What no submission may do, in the bank's Markdown."""
        return [self.say(f"item.refuse_{rule}") for rule in ("inputs", "memory", "state")]

    def solution(self, exercise: Exercise) -> Iterator[RenderableType]:
        """An exercise's reference and its explanation."""
        yield from self.part("item.reference")
        yield CodeBlock(exercise.reference)
        yield from self.part("item.explanation")
        yield self.prose(exercise.explanation)

    def sources(self, sources: tuple[Source, ...]) -> Iterator[RenderableType]:
        """Where the facts come from."""
        yield from self.part("item.sources")
        for source in sources:
            # A title is no Markdown, and an address is never broken, so that any terminal can open it.
            title = "".join(f"\\{mark}" if mark in "\\`*$[" else mark for mark in source.title)
            yield Markdown(f"{title} ({source.year})", indent=4, lead=f"  {self.bullet}")
            yield CodeBlock(source.address, "", indent=4)

    def foot(self, item: Question | Exercise, *, answer: bool) -> Iterator[RenderableType]:
        """Related items, and what to call next."""
        yield ""
        if item.related:
            yield Markdown(", ".join(item.related), label=self.say("item.related"))
        keys = ["show.start_hint", "show.hint_hint"] if isinstance(item, Exercise) else []
        if not answer:
            keys.append("show.reference_hint" if isinstance(item, Exercise) else "show.answer_hint")
        from rich.text import Text

        for key in keys:
            # No prose: a command is copied whole, and its marks are the shell's.
            yield Text(self.say(key, id=item.id, options=flat(self.options)))

    def _each(self, text: Text) -> list[str]:
        """A short text in each language that is shown."""
        return [text.en, text.zh] if self.language is Language.BOTH else [text.in_language(self.language)]
