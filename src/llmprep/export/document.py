"""What every format is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from llmprep.model import Exercise, Language, Question, Topic


class Words(Protocol):
    """The catalogue's words in the document's language: floor 3 holds no sentence of its own."""

    def __call__(self, key: str, /, **facts: object) -> str:
        """The message of that key."""


class Document(NamedTuple):
    """Items to write down."""

    name: str
    """The name of what is written, without a suffix."""
    topics: tuple[tuple[Topic, tuple[Question | Exercise, ...]], ...]
    """Topics in the bank's order, each with the items to write."""
    language: Language
    words: Words
