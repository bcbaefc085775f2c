"""One file's bytes to an item or to all that is wrong with it: read, shape, lint."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from llmprep.bank.lint.item import lint_item, lint_topics
from llmprep.bank.validation import shape_item, shape_topics
from llmprep.bank.yaml_loader import read
from llmprep.errors import MORE_PROBLEMS

if TYPE_CHECKING:
    from llmprep.errors import Problem
    from llmprep.model import Exercise, Question, Topic


class Compiled(NamedTuple):
    """An item, or the problems that keep the file from being one; never both."""

    item: Question | Exercise | None
    problems: list[Problem]


def digest_of(content: bytes) -> str:
    """The version of a file: a hash of its bytes."""
    return blake2b(content, digest_size=16).hexdigest()


def compile_item(content: bytes, file: str, item_id: str) -> Compiled:
    """Make an item of a file's bytes.

    Args:
        content: the file's bytes.
        file: the file's name, for problems.
        item_id: `<topic>/<slug>`.
    """
    document = read(content, file)
    item = None
    if document.data is not None:
        item = shape_item(document, item_id, digest_of(content))
        lint_item(document, item_id)
    return Compiled(None if document.problems else item, in_order(document.all_problems()))


def compile_topics(content: bytes, file: str) -> tuple[tuple[Topic, ...], list[Problem]]:
    """Make the topics of the bytes of `topics.yaml`; none where there are problems."""
    document = read(content, file)
    topics = None
    if document.data is not None:
        topics = shape_topics(document)
        lint_topics(document)
    return (topics or ()) if not document.problems else (), in_order(document.all_problems())


def in_order(problems: list[Problem]) -> list[Problem]:
    """Problems as a reader goes through the files, each told once."""
    once = {
        (problem.file, problem.line, problem.field, problem.key, str(problem.facts)): problem for problem in problems
    }
    return sorted(once.values(), key=lambda one: (one.file, one.key == MORE_PROBLEMS, one.line, one.field))
