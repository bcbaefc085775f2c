"""What is shown of an item's code: made once, when the item is compiled, and kept with it as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmprep.content import highlight
from llmprep.content.fields import DAMAGED
from llmprep.model import Exercise, Question

if TYPE_CHECKING:
    from llmprep.content.highlight import Spans

Shown = tuple[str, str, "Spans"]
"""Code, its language and its colours."""


def compile_code(item: Question | Exercise) -> dict[str, Any]:
    """Make the plain data: the examples as text, and the colours of all code by its field's path."""
    from llmprep.content.examples import examples

    code = _fields(item)
    shown = examples(item) if isinstance(item, Exercise) else ()
    code |= {f"examples.{number}": text for number, text in enumerate(shown)}
    return {"examples": list(shown), "colours": {path: highlight.spans(text) for path, text in code.items()}}


def _fields(item: Question | Exercise) -> dict[str, str]:
    """Return the fields of code that are shown, by their paths."""
    if isinstance(item, Exercise):
        return {"starter": item.starter, "reference": item.reference}
    return {f"code.{number}.text": code.text for number, code in enumerate(item.code)}


def code_of(item: Question | Exercise, path: str) -> Shown:
    """Return a field of code, with its colours where the item was compiled."""
    return _fields(item)[path], "python", _colours(item, path)


def examples_of(exercise: Exercise) -> tuple[Shown, ...]:
    """Return the exercise's examples, with their colours where the exercise was compiled."""
    try:
        shown = [str(text) for text in exercise.compiled["examples"]]
    except DAMAGED:
        from llmprep.content.examples import examples

        shown = list(examples(exercise))
    return tuple((text, "python", _colours(exercise, f"examples.{number}")) for number, text in enumerate(shown))


def _colours(item: Question | Exercise, path: str) -> Spans:
    """Return the colours that the compiler found; none for an item that was made without, or lost them."""
    try:
        return highlight.from_data(item.compiled["colours"][path])
    except DAMAGED:
        return ()
