"""GitHub-flavoured Markdown: contents, then each item with its answer folded away."""

from __future__ import annotations

import html
from string import ascii_uppercase
from typing import TYPE_CHECKING

from llmprep.content.examples import examples
from llmprep.export.prose import fenced, indented, link, markdown, phrase
from llmprep.model import Exercise, Language, Question

if TYPE_CHECKING:
    from llmprep.export.document import Document
    from llmprep.model import Choice, Text

_SIGNATURE = "<!-- llmprep export"


def is_ours(head: bytes) -> bool:
    """Whether a file that begins so is an earlier export."""
    return head.startswith(_SIGNATURE.encode())


def render(document: Document) -> dict[str, bytes]:
    """The document as one Markdown file."""
    writer = _Writer(document)
    text = "\n\n".join(part for part in writer.document() if part) + "\n"
    return {f"{document.name}.md": text.encode()}


def anchor(name: str) -> str:
    """The anchor of a topic or an item, by its id. No id holds two hyphens in a row, so none meets another."""
    return name.replace("/", "--")


def _begins_block(text: str) -> bool:
    """Whether Markdown begins with another block than a paragraph, before which no words can stand."""
    return text.startswith(("```", "$$", "- ")) or text.partition(". ")[0].isdigit()


class _Writer:
    """Writes a document in blocks, between which blank lines go."""

    def __init__(self, document: Document) -> None:
        self.topics = document.topics
        self.language = document.language
        self.words = document.words
        self.known = {item.id for _, items in document.topics for item in items}

    def document(self) -> list[str]:
        """The whole document."""
        parts = [f"{_SIGNATURE} md 1 -->", f"# {self.words('export.title')}", f"**{self.words('export.contents')}**"]
        contents = []
        for number, (topic, items) in enumerate(self.topics, 1):
            contents.append(f"- [{number}. {self.title(topic.title)}](#{anchor(topic.id)})")
            for at, item in enumerate(items, 1):
                contents.append(f"  - [{number}.{at} {self.title(item.title)}](#{anchor(item.id)})")
        parts.append("\n".join(contents))
        for number, (topic, items) in enumerate(self.topics, 1):
            parts.append(f'## <a id="{anchor(topic.id)}"></a>{number}. {self.title(topic.title)}')
            for at, item in enumerate(items, 1):
                parts += self.item(item, f"{number}.{at}")
        return parts

    def title(self, text: Text) -> str:
        """A title on one line, safe inside a link."""
        both = self.language is Language.BOTH
        return phrase(f"{text.en} / {text.zh}" if both else text.in_language(self.language)).replace("](", "]\\(")

    def prose(self, text: Text) -> str:
        """A prose field; in both languages one after the other."""
        return markdown(text.in_language(self.language))

    def labelled(self, key: str, text: Text) -> str:
        """A prose field after a bold label: on its line, or over both languages."""
        label, prose = f"**{self.words(key)}**", self.prose(text)
        apart = self.language is Language.BOTH or _begins_block(prose)
        return f"{label}\n\n{prose}" if apart else f"{label} {prose}"

    def details(self, summary: str, *parts: str) -> str:
        """What is folded away until a reader asks for it."""
        inside = "\n\n".join(part for part in parts if part)
        return f"<details>\n<summary>{html.escape(summary, quote=False)}</summary>\n\n{inside}\n\n</details>"

    def item(self, item: Question | Exercise, number: str) -> list[str]:
        """One item."""
        words = self.words
        facts = [f"`{item.id}`", words(f"item.{item.kind}"), words(f"item.{item.difficulty}")]
        facts += [words("item.minutes", minutes=item.minutes), *map(phrase, item.tags)]
        parts = [f'### <a id="{anchor(item.id)}"></a>{number} {self.title(item.title)}', " · ".join(facts)]
        parts.append(self.prose(item.prompt))
        parts += self.question(item) if isinstance(item, Question) else self.exercise(item)
        sources = [f"- {link(source.title, source.address)} ({source.year})" for source in item.sources]
        parts.append(f"**{words('item.sources')}**\n\n" + "\n".join(sources))
        if item.related:
            named = [f"[`{name}`](#{anchor(name)})" if name in self.known else f"`{name}`" for name in item.related]
            parts.append(f"**{words('item.related')}** " + " · ".join(named))
        return parts

    def question(self, question: Question) -> list[str]:
        """A question's answer, then its choices and its code."""
        words = self.words
        points = [
            self.entry("- ", self.prose(point.text), f"**[{words('item.essential')}]** " if point.essential else "")
            for point in question.key_points
        ]
        traps = [
            self.entry(
                f"{at}. ",
                f"{self.labelled('item.claim', trap.claim)}\n\n{self.labelled('item.correction', trap.correction)}",
            )
            for at, trap in enumerate(question.traps, 1)
        ]
        asked = [
            self.entry(f"{at}. ", f"{self.prose(follow_up.prompt)}\n\n{self.prose(follow_up.answer)}")
            for at, follow_up in enumerate(question.follow_ups, 1)
        ]
        answer = self.details(
            words("item.answer"),
            self.prose(question.answer),
            f"**{words('item.key_points')}**",
            "\n".join(points),
            f"**{words('item.traps')}**",
            "\n\n".join(traps),
            f"**{words('item.follow_ups')}**",
            "\n\n".join(asked),
        )
        parts = [answer]
        for number, choice in enumerate(question.choices, 1):
            parts += self.choice(choice, number)
        for code in question.code:
            title = f"{words('item.code')} ({code.framework}) · {self.plain(code.title)}"
            parts.append(
                self.details(
                    title,
                    fenced(code.text, "python"),
                    self.labelled("item.proves", code.proves),
                    words("item.packages", packages=", ".join(f"`{name}`" for name in code.packages)),
                )
            )
        return parts

    def plain(self, text: Text) -> str:
        """A title where no Markdown is read."""
        return f"{text.en} / {text.zh}" if self.language is Language.BOTH else text.in_language(self.language)

    def entry(self, lead: str, text: str, mark: str = "") -> str:
        """An entry of a list, its further lines under its first; `mark` precedes its text."""
        if mark and _begins_block(text):
            mark = f"{mark.rstrip()}\n\n"
        return lead + indented(mark + text, len(lead)).lstrip()

    def choice(self, choice: Choice, number: int) -> list[str]:
        """A choice, and which option is right folded away."""
        options, reasons = [], []
        for letter, option in zip(ascii_uppercase, choice.options, strict=False):
            options.append(self.entry("- ", self.prose(option.text), f"**{letter}.** "))
            verdict = self.words("item.right" if option.correct else "item.wrong")
            reasons.append(self.entry("- ", self.prose(option.why), f"**{letter}. [{verdict}]** "))
        return [
            f"**{self.words('item.choice', number=number)}**",
            self.prose(choice.prompt),
            "\n".join(options),
            self.details(self.words("item.choice_answer", number=number), "\n".join(reasons)),
        ]

    def exercise(self, exercise: Exercise) -> list[str]:
        """What a candidate is given, then hints, reference and explanation, each folded away by itself."""
        words = self.words
        rules = [words(f"item.refuse_{rule}") for rule in ("inputs", "memory", "state")]
        parts = [f"**{words('item.starter')}**", fenced(exercise.starter, "python")]
        if shown := examples(exercise):
            parts += [f"**{words('item.examples')}**", fenced("\n\n".join(shown), "python")]
        parts += [f"**{words('item.always_refused')}**", "\n".join(f"- {rule}" for rule in rules)]
        parts += [
            self.details(words("item.hint", number=at), self.prose(hint)) for at, hint in enumerate(exercise.hints, 1)
        ]
        parts.append(self.details(words("item.reference"), fenced(exercise.reference, "python")))
        parts.append(self.details(words("item.explanation"), self.prose(exercise.explanation)))
        return parts
