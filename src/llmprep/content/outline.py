"""An item as a tree of sections: what every renderer walks, so that no format leaves out what another shows.

A section has a role, by which a renderer may pass over it or place it elsewhere, and nodes: prose, code, lists, a
choice, sources, and further sections. The words around an item's own come from the catalogue.
"""

from __future__ import annotations

from enum import StrEnum
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

from llmprep.content.compiled import code_of, examples_of
from llmprep.content.fields import prose
from llmprep.content.markup import Blocks, message
from llmprep.messages.say import say
from llmprep.model import Exercise, Language, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from llmprep.content.highlight import Spans
    from llmprep.model import Choice, Code, FollowUp, Source, Text, Trap


class Role(StrEnum):
    """What a section is."""

    PROMPT = "prompt"
    ANSWER = "answer"
    KEY_POINTS = "key_points"
    TRAPS = "traps"
    FOLLOW_UPS = "follow_ups"
    CHOICE = "choice"
    CODE = "code"
    STARTER = "starter"
    EXAMPLES = "examples"
    ALWAYS_REFUSED = "always_refused"
    HINT = "hint"
    REFERENCE = "reference"
    EXPLANATION = "explanation"
    SOURCES = "sources"
    RELATED = "related"


class Prose(NamedTuple):
    """A text, in each of the reader's languages."""

    versions: tuple[Blocks, ...]
    label: str = ""
    """Words before it, no Markdown."""
    brief: bool = False
    """Whether it is a sentence or two: its versions then stand on successive lines."""


class CodeBlock(NamedTuple):
    """Code, which no renderer breaks."""

    text: str
    language: str = "python"
    spans: Spans = ()
    """Its colours; found when it is drawn where the item was not compiled."""


class Entries(NamedTuple):
    """A list of which each entry holds one text or more."""

    entries: tuple[tuple[Prose, ...], ...]
    numbered: bool


class ChoiceOption(NamedTuple):
    """An option of a choice."""

    letter: str
    text: Prose
    correct: bool
    verdict: str
    """`right` or `wrong`, in the reader's language."""
    why: Prose


class Options(NamedTuple):
    """The options of a choice. The text is for everyone, verdict and reason for those who have answered."""

    options: tuple[ChoiceOption, ...]
    answer: str
    """The title over the verdicts, where they stand apart."""


class SourceLine(NamedTuple):
    """A source."""

    number: int
    """By which marks in the prose point to it, from 1."""
    title: str
    """No Markdown."""
    year: int
    address: str


class Sources(NamedTuple):
    """The item's sources."""

    lines: tuple[SourceLine, ...]
    numbered: bool
    """Whether marks in the prose point to them."""


class Related(NamedTuple):
    """The ids of items worth doing next."""

    ids: tuple[str, ...]


class Packages(NamedTuple):
    """The packages that code imports, by the names pip knows."""

    names: tuple[str, ...]


class Section(NamedTuple):
    """A part of an item."""

    role: Role
    title: str
    """Empty for what needs none, as the prompt."""
    nodes: tuple[Part, ...]
    secret: bool = False
    """Whether it is part of the answer."""
    aside: str = ""
    """What stands beside the title."""


Part = Prose | CodeBlock | Entries | Options | Packages | Sources | Related | Section


class Outline(NamedTuple):
    """An item, ready to be drawn."""

    id: str
    title: tuple[Blocks, ...]
    kind: str
    """The word for it in the reader's language, as are the two that follow."""
    difficulty: str
    minutes: str
    tags: tuple[str, ...]
    sections: tuple[Section, ...]


def outline(item: Question | Exercise, language: Language) -> Outline:
    """Turn an item into its outline.

    Args:
        item: the item, related to items that exist.
        language: of the prose and of the words around it.
    """
    writer = _Outliner(language)
    own = writer.question(item) if isinstance(item, Question) else writer.exercise(item)
    sections = [Section(Role.PROMPT, "", (writer.prose(item.prompt),)), *own, writer.sources(item.sources)]
    if item.related:
        sections.append(Section(Role.RELATED, writer.say("item.related"), (Related(item.related),)))
    return Outline(
        item.id,
        prose(item.title, language),
        writer.say(f"item.{item.kind}"),
        writer.say(f"item.{item.difficulty}"),
        writer.say("item.minutes", minutes=item.minutes),
        item.tags,
        tuple(sections),
    )


class _Outliner:
    """Makes sections in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, key: str, **facts: object) -> str:
        """Return a message of the catalogue."""
        return say(key, self.language, **facts)

    def prose(self, text: Text, label: str = "", *, brief: bool = False) -> Prose:
        """Take a field's trees."""
        return Prose(prose(text, self.language), label, brief)

    def question(self, question: Question) -> Iterator[Section]:
        """Yield the sections of a question."""
        essential = f"[{self.say('item.essential')}]"
        points = tuple(
            (self.prose(point.text, essential if point.essential else "", brief=True),) for point in question.key_points
        )
        inner = [
            Section(Role.KEY_POINTS, self.say("item.key_points"), (Entries(points, numbered=False),), secret=True),
            Section(Role.TRAPS, self.say("item.traps"), (self.traps(question.traps),), secret=True),
            Section(Role.FOLLOW_UPS, self.say("item.follow_ups"), (self.follow_ups(question.follow_ups),), secret=True),
        ]
        yield Section(Role.ANSWER, self.say("item.answer"), (self.prose(question.answer), *inner), secret=True)
        for number, choice in enumerate(question.choices, 1):
            yield self.choice(choice, number)
        for number, code in enumerate(question.code):
            yield self.code(code, CodeBlock(*code_of(question, f"code.{number}.text")))

    def traps(self, traps: Sequence[Trap]) -> Entries:
        """Outline wrong claims, each with its correction."""
        claim, correction = self.say("item.claim"), self.say("item.correction")
        pairs = [
            (self.prose(trap.claim, claim, brief=True), self.prose(trap.correction, correction, brief=True))
            for trap in traps
        ]
        return Entries(tuple(pairs), numbered=True)

    def follow_ups(self, follow_ups: Sequence[FollowUp]) -> Entries:
        """Outline questions asked next, each with its answer."""
        pairs = [(self.prose(each.prompt, brief=True), self.prose(each.answer)) for each in follow_ups]
        return Entries(tuple(pairs), numbered=True)

    def choice(self, choice: Choice, number: int) -> Section:
        """Outline a multiple-choice question."""
        options = [
            ChoiceOption(
                letter,
                self.prose(option.text, brief=True),
                option.correct,
                self.say("item.right" if option.correct else "item.wrong"),
                self.prose(option.why, brief=True),
            )
            for letter, option in zip(ascii_uppercase, choice.options, strict=False)
        ]
        answers = Options(tuple(options), self.say("item.choice_answer", number=number))
        title = self.say("item.choice", number=number)
        return Section(Role.CHOICE, title, (self.prose(choice.prompt), answers), secret=True)

    def code(self, code: Code, block: CodeBlock) -> Section:
        """Outline a runnable example."""
        both = self.language is Language.BOTH
        name = f"{code.title.en} / {code.title.zh}" if both else code.title.in_language(self.language)
        proves = self.prose(code.proves, self.say("item.proves"), brief=True)
        nodes = (block, proves, Packages(code.packages))
        return Section(Role.CODE, name, nodes, secret=True, aside=code.framework)

    def exercise(self, exercise: Exercise) -> Iterator[Section]:
        """Yield the sections of an exercise: what a candidate is given, hints, and the solution."""
        entry = "item.entry_class" if f"class {exercise.entry}" in exercise.starter else "item.entry_function"
        asked = Prose((message(self.say(entry, entry=exercise.entry).replace("\n", "\n\n")),), brief=True)
        yield Section(Role.STARTER, self.say("item.starter"), (asked, CodeBlock(*code_of(exercise, "starter"))))
        if shown := examples_of(exercise):
            yield Section(Role.EXAMPLES, self.say("item.examples"), tuple(CodeBlock(*each) for each in shown))
        rules = [self.say(f"item.refuse_{rule}") for rule in ("inputs", "memory", "state")]
        refused = Entries(tuple((Prose((message(rule),), brief=True),) for rule in rules), numbered=False)
        yield Section(Role.ALWAYS_REFUSED, self.say("item.always_refused"), (refused,))
        for number, hint in enumerate(exercise.hints, 1):
            yield Section(Role.HINT, self.say("item.hint", number=number), (self.prose(hint),), secret=True)
        code = CodeBlock(*code_of(exercise, "reference"))
        yield Section(Role.REFERENCE, self.say("item.reference"), (code,), secret=True)
        explanation = self.prose(exercise.explanation)
        yield Section(Role.EXPLANATION, self.say("item.explanation"), (explanation,), secret=True)

    def sources(self, sources: Sequence[Source]) -> Section:
        """Outline where the facts come from."""
        lines = [
            SourceLine(number, source.title, source.year, source.address) for number, source in enumerate(sources, 1)
        ]
        numbered = any(source.id for source in sources)
        return Section(Role.SOURCES, self.say("item.sources"), (Sources(tuple(lines), numbered),))
