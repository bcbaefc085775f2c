"""The input of every format, and the signature of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from llmprep.model import Exercise, Language, Question, Topic

SIGNED = 512
"""A file's signature lies within so many bytes of its beginning or its end, where archives have their comment."""


class ExportDocument(NamedTuple):
    """Items to write."""

    name: str
    """The name of what is written, without a suffix."""
    topics: tuple[tuple[Topic, tuple[Question | Exercise, ...]], ...]
    """Topics in the bank's order, each with the items to write."""
    language: Language


def signature(name: str) -> str:
    """Return what a file of a format says of itself: text that nobody writes by chance."""
    return f"llmprep export {name} 1"
