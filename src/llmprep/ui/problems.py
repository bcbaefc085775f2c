"""A bank's problems in words: `file:line: field: message`, which editors and terminals can follow."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from llmprep.ui.text import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.errors import Problem
    from llmprep.model import Language

MOST = 50
"""How many problems a command that wanted something else tells of."""


def message(problem: Problem, language: Language) -> str:
    """What is wrong and what to do, on one line. A fact `nearest` (names) becomes an offer at its end."""
    facts = dict(problem.facts)
    nearest = facts.pop("nearest", ())
    words = say(problem.key, language, **facts)
    if isinstance(nearest, (tuple, list)) and nearest:
        words += " " + say("common.nearest", language, names=", ".join(map(str, nearest)))
    return " ".join(words.split())


def problem_line(problem: Problem, language: Language) -> str:
    """One problem as a line."""
    place = f"{problem.file}:{problem.line}: "
    return place + (f"{problem.field}: " if problem.field else "") + message(problem, language)


def print_problems(problems: Sequence[Problem], language: Language) -> None:
    """Tell on standard error what keeps a command from using the bank."""
    for problem in problems[:MOST]:
        print(problem_line(problem, language), file=sys.stderr)  # noqa: T201
    key = "bank.invalid_more" if len(problems) > MOST else "bank.invalid"
    print(say(key, language, count=len(problems), shown=MOST), file=sys.stderr)  # noqa: T201
