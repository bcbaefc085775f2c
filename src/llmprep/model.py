"""What a bank holds: frozen types, free of any library, so that a warm start pays for none.

`llmprep.bank` validates YAML into them with a pydantic `TypeAdapter`; the docstring under each field is what the JSON
Schema shows in an author's editor. A field that a YAML file does not write (`id`, `where`, `path`) is filled in by the
loader.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Literal

from llmprep.record import Record, record

STRICT = {"extra": "forbid", "strict": True, "use_attribute_docstrings": True}
"""pydantic's settings for every type here: an unknown field is an error, and so is a string where a number belongs."""


class Language(StrEnum):
    """What a reader wants to see."""

    EN = "en"
    ZH = "zh"
    BOTH = "both"


class Group(StrEnum):
    """What a case is there to show."""

    EXAMPLE = "example"
    GENERAL = "general"
    EDGE = "edge"
    NUMERICS = "numerics"
    STATISTICS = "statistics"
    EFFICIENCY = "efficiency"


@record()
class Text(Record):
    """The same words in both languages."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    en: str
    """English, in the bank's Markdown."""
    zh: str
    """Simplified Chinese, in the bank's Markdown."""
    parsed: Any = field(default=None, init=False, compare=False)
    """The trees of both, which the compiler fills in and `llmprep.content.fields.prose` reads."""

    def in_language(self, language: Language) -> str:
        """The words in one language; for both, English and then Chinese as paragraphs of their own."""
        if language is Language.BOTH:
            return f"{self.en}\n\n{self.zh}"
        return self.zh if language is Language.ZH else self.en


@record()
class Topic(Record):
    """One of the bank's subjects: a folder of items."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    id: str
    """The folder's name."""
    title: Text
    """What readers see."""


@record()
class Match(Record):
    """Phrases that suggest, in a typed answer, that a key point was made.

    A phrase is words in a row; ` + ` between phrases asks for all of them anywhere; a trailing `*` matches any ending.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    en: tuple[str, ...] = ()
    """Phrases to look for in an English answer."""
    zh: tuple[str, ...] = ()
    """Phrases to look for in a Chinese answer."""


@record()
class KeyPoint(Record):
    """One fact that a good answer holds."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    id: str
    """A short name, unique in the question, that a review log keeps."""
    text: Text
    """One checkable sentence."""
    essential: bool = False
    """Whether an answer without it fails."""
    match: Match = field(default_factory=Match)
    """Phrases by which a typed answer is likely to say it."""


@record()
class Trap(Record):
    """A wrong claim or broken code that circulates, with its correction."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    claim: Text
    """The claim, as people state it."""
    correction: Text
    """Why it is wrong, with the number or the line of code that shows it."""


@record()
class FollowUp(Record):
    """What an interviewer asks next."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    prompt: Text
    """The question."""
    answer: Text
    """Two to five sentences."""


@record()
class Option(Record):
    """One option of a choice."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    text: Text
    """What is offered."""
    why: Text
    """Why it is right, or what makes people take it and why it is wrong."""
    correct: bool = False
    """True for exactly one option of a choice."""


@record()
class Choice(Record):
    """A multiple-choice form of a question."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    prompt: Text
    """The question."""
    options: tuple[Option, ...]
    """Four options, one of them right."""


@record()
class Code(Record):
    """A runnable example: one process, on a CPU, in seconds."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    framework: Literal["numpy", "torch", "tensorflow", "sklearn", "transformers"]
    """What it is written in."""
    title: Text
    """What it does."""
    text: str
    """The code, which asserts what the answer claims."""
    packages: tuple[str, ...]
    """The packages it imports, by the names pip knows."""
    proves: Text
    """What its assertions show."""


@record()
class Source(Record):
    """Where a fact comes from; exactly one of `url` and `arxiv` is given."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    title: str
    """The title as published."""
    year: int
    """The year of publication."""
    url: str = ""
    """An https address."""
    arxiv: str = ""
    """An arXiv number such as "1712.05877"."""
    id: str = ""
    """The name by which marks (`[^id]`) in the item's prose point to it."""

    @property
    def address(self) -> str:
        """Where to read it."""
        return self.url or f"https://arxiv.org/abs/{self.arxiv}"


@record()
class Tolerance(Record):
    """How far an output may be from the expected one: `|got - expected| <= rtol * |expected| + atol * scale`.

    `scale` is the largest finite magnitude in the expected array (1 if that is 0), so that `atol` follows the data.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    rtol: float
    """Relative to each element."""
    atol: float
    """Relative to the largest element of the array."""


@record()
class CaseSource(Record):
    """One literal case (`inputs` with `expect` or `raises`) or a generator of many (`generate`)."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    group: Group
    """What the case is there to show."""
    inputs: str = ""
    """A Python expression such as `args(np.array([1.0, 2.0]), axis=0)` or `script(args(4.0), call("step", True))`."""
    expect: str = ""
    """A Python expression: the output worked out by hand, without calling the reference."""
    raises: str = ""
    """The built-in exception that the inputs must be refused with."""
    generate: str = ""
    """Python code that defines `generate(rng)`, which yields `args(...)` or `script(...)`; the reference answers."""
    tolerance: Tolerance | None = None
    """In place of the exercise's tolerance."""
    form: Literal["strict", "free"] = "strict"
    """For a group that `check` judges: `free` leaves shapes and lengths to `check` too."""


@record()
class Mistake(Record):
    """A known-wrong submission, with the hint shown when a submission makes it."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    id: str
    """A short name, unique in the exercise."""
    code: str
    """A whole submission that differs from the reference in this one way."""
    hint: Text
    """What was mixed up and how to see it, without handing over the line."""


@record()
class Efficiency(Record):
    """What the `efficiency` group of cases is held to, in CPU time."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    ratio: float | None = None
    """At most this many times the reference's CPU time on the same case."""
    growth: float | None = None
    """At most this exponent of CPU time over `size`, fitted across the cases in order; never without `ratio`."""
    sizes: tuple[int, ...] = ()
    """For `growth`: the size of each case, in order."""


@record()
class Survivor(Record):
    """A mutant of the reference that no case can kill, since it is equivalent."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    mutant: str
    """As `validate --deep` prints it."""
    why: str
    """The reason it computes the same."""


@record(kw_only=True)
class Item(Record):
    """What questions and exercises share."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    id: str
    """`<topic>/<slug>`, from the file's path."""
    title: Text
    """A short noun phrase."""
    difficulty: Literal["easy", "medium", "hard"]
    """For a candidate who knows the topic."""
    minutes: int
    """Honest time to answer or to solve."""
    tags: tuple[str, ...] = ()
    """Words to search by."""
    prompt: Text
    """What the reader is asked."""
    sources: tuple[Source, ...]
    """Primary sources."""
    related: tuple[str, ...] = ()
    """Ids of items worth doing next."""
    where: dict[str, int] = field(default_factory=dict, compare=False)
    """The line of the file on which each field's text begins: `{"reference": 40, "cases.0.generate": 55}`."""
    digest: str = field(default="", compare=False)
    """A hash of the file's bytes: the version of this item."""
    path: Path = field(default=Path(), compare=False)
    """The YAML file that the item is written in."""
    compiled: Any = field(default=None, compare=False)
    """What is shown of its code, which the compiler fills in and `llmprep.content.compiled` reads."""

    @property
    def topic(self) -> str:
        """The folder the item is in."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """The item's name within its topic."""
        return self.id.partition("/")[2]

    def line_of(self, name: str, line: int = 1) -> int:
        """Return the line of the file that holds the given line of a field's text; the first where it is unknown."""
        return self.where.get(name, 1) + line - 1


@record(kw_only=True)
class Question(Item):
    """An item answered in prose."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    kind: Literal["question"]
    """Which of the two kinds of item this is."""
    answer: Text
    """What a strong candidate says in three to five minutes."""
    key_points: tuple[KeyPoint, ...]
    """The rubric: five to twelve facts, at least one of them essential."""
    traps: tuple[Trap, ...]
    """Wrong claims in circulation."""
    follow_ups: tuple[FollowUp, ...]
    """Two or more."""
    choices: tuple[Choice, ...]
    """Two or more."""
    code: tuple[Code, ...] = ()
    """Runnable examples that go with the answer."""


@record(kw_only=True)
class Exercise(Item):
    """An item answered in code."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT
    kind: Literal["exercise"]
    """Which of the two kinds of item this is."""
    entry: str
    """The function or class that a submission defines."""
    starter: str
    """What a candidate begins with; it must fail."""
    reference: str
    """The exercise's own correct submission."""
    helpers: str = ""
    """Public functions that cases pass in as inputs with `bind`; they run beside the submission."""
    cases: tuple[CaseSource, ...]
    """The test suite."""
    tolerance: Tolerance
    """For floating-point outputs; anything else is compared exactly."""
    check: str = ""
    """Python code: a function named after each group whose outputs it judges by their properties."""
    mistakes: tuple[Mistake, ...]
    """Three or more."""
    hints: tuple[Text, Text, Text]
    """The idea, the structure, the steps; none gives the code."""
    explanation: Text
    """Why the reference is right, what it costs, what an interviewer asks about it."""
    efficiency: Efficiency | None = None
    """Set where the exercise is about speed."""
    survivors: tuple[Survivor, ...] = ()
    """Mutants of the reference that are equivalent to it."""
