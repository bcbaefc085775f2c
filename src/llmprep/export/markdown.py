"""GitHub-flavoured Markdown: contents, then each item with its answer folded away."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from llmprep.content.fields import prose
from llmprep.content.markup import joined, title
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
from llmprep.export.document import signature
from llmprep.export.prose import escaped, fenced, indented, link, markdown, phrase, source_anchor
from llmprep.messages.say import say
from llmprep.model import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.content.markup import Blocks
    from llmprep.content.outline import Outline, Part
    from llmprep.export.document import ExportDocument


def render(document: ExportDocument) -> dict[str, bytes]:
    """Write the document as one Markdown file."""
    text = "\n\n".join(part for part in _Writer(document).document() if part) + "\n"
    return {f"{document.name}.md": text.encode()}


def anchor(name: str) -> str:
    """Return the anchor of a topic or an item, by its id. No id holds two hyphens in a row, so none meets another."""
    return name.replace("/", "--")


def _begins_block(text: str) -> bool:
    """Return whether Markdown begins with a block other than a paragraph, which cannot follow a label on its line."""
    return text.startswith(("```", "$$", "- ", "| ")) or text.partition(". ")[0].isdigit()


_SPOILERS = frozenset({Role.ANSWER, Role.CODE, Role.HINT, Role.REFERENCE, Role.EXPLANATION})
"""Sections that are folded away."""


class _Writer:
    """Writes a document in blocks, between which blank lines go."""

    def __init__(self, document: ExportDocument) -> None:
        self.topics = document.topics
        self.language = document.language
        self.known = {item.id for _, items in document.topics for item in items}
        self.anchor = ""

    def say(self, key: str, **facts: object) -> str:
        """Return a message in the document's language."""
        return say(key, self.language, **facts)

    def document(self) -> list[str]:
        """Write the whole document."""
        parts = [f"<!-- {signature('md')} -->", f"# {self.say('export.title')}", f"**{self.say('export.contents')}**"]
        contents, written = [], []
        for number, (topic, items) in enumerate(self.topics, 1):
            name = self.title(prose(topic.title, self.language))
            contents.append(f"- [{number}. {name}](#{anchor(topic.id)})")
            written.append(f'## <a id="{anchor(topic.id)}"></a>{number}. {name}')
            for at, item in enumerate(items, 1):
                drawn = outline(item, self.language)
                contents.append(f"  - [{number}.{at} {self.title(drawn.title)}](#{anchor(item.id)})")
                written += self.item(drawn, f"{number}.{at}")
        return [*parts, "\n".join(contents), *written]

    def title(self, versions: Sequence[Blocks]) -> str:
        """Write a title on one line, safe inside a link."""
        return " / ".join(phrase(title(version)) for version in versions).replace("](", "]\\(")

    def item(self, item: Outline, number: str) -> list[str]:
        """Write one item."""
        self.anchor = anchor(item.id)
        facts = [f"`{item.id}`", item.kind, item.difficulty, item.minutes, *map(escaped, item.tags)]
        parts = [f'### <a id="{self.anchor}"></a>{number} {self.title(item.title)}', " · ".join(facts)]
        for section in item.sections:
            parts += self.section(section)
        return parts

    def section(self, section: Section) -> list[str]:
        """Write a section under its title, or folded away."""
        role, words = section.role, section.title
        if role is Role.RELATED:
            return [f"**{words}** {self.nodes(section)[0]}"]
        if role is Role.SOURCES:
            return [f"**{words}**\n\n{self.nodes(section)[0]}"]
        if role is Role.CODE:
            words = f"{self.say('item.code')} ({section.aside}) · {words}"
        if role in _SPOILERS:
            return [self.details(words, *self.nodes(section))]
        return [*([f"**{words}**"] if words else []), *self.nodes(section)]

    def nodes(self, section: Section) -> list[str]:
        """Write the blocks of a section."""
        nodes = section.nodes
        if section.role is Role.STARTER:  # the prompt above says what to write
            nodes = nodes[1:]
        if section.role is Role.EXAMPLES:  # one block to read and to copy
            return [fenced("\n\n".join(node.text for node in nodes if isinstance(node, CodeBlock)), "python")]
        return [part for node in nodes for part in self.node(node)]

    def node(self, node: Part) -> list[str]:
        """Write the blocks of one part."""
        match node:
            case Section():
                return self.section(node)
            case Prose():
                return [self.labelled(node)]
            case CodeBlock(text, language, _):
                return [fenced(text, language)]
            case Entries():
                return [self.entries(node)]
            case Options():
                return self.options(node)
            case Packages(names):
                return [self.say("item.packages", packages=", ".join(f"`{name}`" for name in names))]
            case Sources():
                return ["\n".join(self.sources(node))]
            case Related(ids):
                return [
                    " · ".join(f"[`{name}`](#{anchor(name)})" if name in self.known else f"`{name}`" for name in ids)
                ]

    def prose(self, node: Prose) -> str:
        """Write a prose field; in both languages one after the other."""
        return markdown(joined(node.versions), self.anchor)

    def labelled(self, node: Prose) -> str:
        """Write a prose field after its label, if any: in bold on its line, or over both languages."""
        if not node.label:
            return self.prose(node)
        label, text = f"**{node.label}**", self.prose(node)
        apart = self.language is Language.BOTH or _begins_block(text)
        return f"{label}\n\n{text}" if apart else f"{label} {text}"

    def details(self, summary: str, *parts: str) -> str:
        """Fold away what is shown when a reader asks for it."""
        inside = "\n\n".join(part for part in parts if part)
        return f"<details>\n<summary>{html.escape(summary, quote=False)}</summary>\n\n{inside}\n\n</details>"

    def entry(self, lead: str, text: str, mark: str = "") -> str:
        """Write an entry of a list, its further lines under its first; `mark` precedes its text."""
        if mark and _begins_block(text):
            mark = f"{mark.rstrip()}\n\n"
        return lead + indented(mark + text, len(lead)).lstrip()

    def entries(self, node: Entries) -> str:
        """Write a list; a label goes before the text of an entry that holds no more than that."""
        written = []
        for number, entry in enumerate(node.entries, 1):
            lead = f"{number}. " if node.numbered else "- "
            if len(entry) == 1:
                mark = f"**{entry[0].label}** " if entry[0].label else ""
                written.append(self.entry(lead, self.prose(entry[0]), mark))
            else:
                written.append(self.entry(lead, "\n\n".join(map(self.labelled, entry))))
        return ("\n\n" if node.numbered else "\n").join(written)

    def options(self, node: Options) -> list[str]:
        """Write the options of a choice, and which of them is right folded away."""
        options = [self.entry("- ", self.prose(one.text), f"**{one.letter}.** ") for one in node.options]
        reasons = [self.entry("- ", self.prose(one.why), f"**{one.letter}. [{one.verdict}]** ") for one in node.options]
        return ["\n".join(options), self.details(node.answer, "\n".join(reasons))]

    def sources(self, node: Sources) -> list[str]:
        """Write a line for each source; one that marks point to has its number and an anchor."""
        lines = []
        for source in node.lines:
            number = str(source.number)
            mark = f'<a id="{source_anchor(self.anchor, number)}"></a>[{number}] ' if node.numbered else ""
            lines.append(f"- {mark}{link(source.title, source.address)} ({source.year})")
        return lines
