"""Compile one file: read, validate and lint it; the result is an item with the trees of its prose, or its problems."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.bank.lint.item import lint_item, lint_topics
from llmprep.bank.serialization import deserialize_item, deserialize_topics, serialize
from llmprep.bank.validation import shape_item, shape_topics
from llmprep.bank.yaml_loader import read
from llmprep.content.compiled import compile_code
from llmprep.content.markup import to_data
from llmprep.errors import MORE_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from llmprep.content.markup import Blocks
    from llmprep.errors import Problem
    from llmprep.model import Exercise, Question, Topic


class Compiled(NamedTuple):
    """An item, or the problems that keep the file from being one; never both."""

    item: Question | Exercise | None
    problems: list[Problem]


def digest_of(content: bytes) -> str:
    """Hash a file's bytes: the version of the file."""
    return blake2b(content, digest_size=16).hexdigest()


def compile_item(content: bytes, file: str, item_id: str) -> Compiled:
    """Compile an item.

    Args:
        content: the file's bytes.
        file: the file's name, for problems.
        item_id: `<topic>/<slug>`.
    """
    document = read(content, file)
    if document.data is None:
        return Compiled(None, in_order(document.all_problems()))
    item = shape_item(document, item_id, digest_of(content))
    trees = lint_item(document, item_id)
    if item is None or document.problems:
        return Compiled(None, in_order(document.all_problems()))
    data = serialize(item)
    _attach(data, trees)
    data["compiled"] = compile_code(item)
    return Compiled(deserialize_item(data, item.path), [])


def compile_topics(content: bytes, file: str) -> tuple[tuple[Topic, ...], list[Problem]]:
    """Compile `topics.yaml`; return no topics if it has problems."""
    document = read(content, file)
    topics, trees = None, {}
    if document.data is not None:
        topics = shape_topics(document)
        trees = lint_topics(document)
    if topics is None or document.problems:
        return (), in_order(document.all_problems())
    data = serialize(topics)
    _attach(data, trees)
    return deserialize_topics(data), []


def _attach(data: Any, trees: Mapping[str, Blocks], path: str = "") -> None:
    """Put the trees of the texts into the plain data of the item that holds them."""
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, below in steps:
        _attach(below, trees, f"{path}.{step}" if path else str(step))
    if isinstance(data, dict) and f"{path}.en" in trees and f"{path}.zh" in trees:
        data["parsed"] = [to_data(trees[f"{path}.{language}"]) for language in ("en", "zh")]


def in_order(problems: list[Problem]) -> list[Problem]:
    """Sort problems by file and line, without duplicates."""
    once = {
        (problem.file, problem.line, problem.field, problem.key, str(problem.facts)): problem for problem in problems
    }
    return sorted(once.values(), key=lambda one: (one.file, one.key == MORE_PROBLEMS, one.line, one.field))
