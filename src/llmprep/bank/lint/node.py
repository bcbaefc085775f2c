"""A place in a document, for rules that look at data which may have any shape.

Rules look at plain data rather than at the validated item, so that one wrong type does not hide what else is wrong. A
rule that finds another shape than it wants is silent: the types have spoken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from llmprep.bank.names import SLUG

if TYPE_CHECKING:
    from llmprep.bank.document import Document


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document, with its dotted path."""

    document: Document
    path: str
    value: Any

    def at(self, name: str) -> Node:
        """Return a field of this mapping; its value is None where there is none."""
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return Node(self.document, f"{self.path}.{name}" if self.path else name, value)

    def fields(self) -> list[Node]:
        """Return the fields of this mapping, or nothing if the value is not a mapping."""
        return [self.at(name) for name in self.value] if isinstance(self.value, dict) else []

    def each(self) -> list[Node]:
        """Return the elements of this list, or nothing if the value is not a list."""
        values = self.value if isinstance(self.value, list) else []
        return [
            Node(self.document, f"{self.path}.{index}" if self.path else str(index), v)
            for index, v in enumerate(values)
        ]

    @property
    def given(self) -> bool:
        """Return whether the file gives a value here."""
        return self.value is not None

    @property
    def text(self) -> str:
        """Return the text, or an empty string if the value is not text."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def number(self) -> float | None:
        """Return the number, or None if the value is not a number."""
        return self.value if isinstance(self.value, (int, float)) and not isinstance(self.value, bool) else None

    def refuse(self, key: str, *, offset: int | None = None, **facts: object) -> None:
        """Record a problem here; with `offset`, on that line of the text, from 0."""
        line = None
        if offset is not None and self.path in self.document.begins:
            line = self.document.begins[self.path] + (offset if self.path in self.document.blocks else 0)
        self.document.refuse(self.path, key, line=line, **facts)

    def want_count(self, least: int, most: int, key: str) -> None:
        """Record a problem if the list's length is not allowed."""
        if isinstance(self.value, list) and not least <= len(self.value) <= most:
            self.refuse(key, count=len(self.value), least=least, most=most)

    def want_unique(self) -> None:
        """Record a problem for each duplicate text of a list."""
        _differ(self.each())

    def want_ids(self) -> None:
        """Record a problem for each `id` that is a duplicate or not lower-case words joined by hyphens."""
        names = [element.at("id") for element in self.each()]
        _differ(names)
        for name in names:
            if name.text and not SLUG.fullmatch(name.text):
                name.refuse("bank.bad_id", name=name.text)


def _differ(texts: list[Node]) -> None:
    seen: set[str] = set()
    for field in texts:
        if field.text and field.text in seen:
            field.refuse("bank.not_unique", name=field.text)
        seen.add(field.text)
