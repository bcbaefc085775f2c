"""A bank's problems in words: `file:line: field: message`, which editors and terminals can follow."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from llmprep.messages.say import flat, say
from llmprep.model import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.errors import Problem

BY_RUNNING = ("bank.code_failed", "bank.efficiency_cases_sizes", "bank.interfered")
"""Problems that nothing but running an exercise's code finds."""
MOST = 50
"""How many problems a command that wanted something else tells of."""


def message(problem: Problem, language: Language) -> str:
    """What is wrong and what to do, on one line. A fact `nearest` (names) becomes an offer at its end."""
    if language is Language.BOTH:
        return " / ".join(dict.fromkeys(message(problem, one) for one in (Language.EN, Language.ZH)))
    facts = dict(problem.facts)
    nearest = facts.pop("nearest", ())
    words = say(problem.key, language, **facts)
    if isinstance(nearest, (tuple, list)) and nearest:
        words += " " * (language is Language.EN) + say("common.nearest", language, names=list(nearest))
    return " ".join(words.split())


def problem_line(problem: Problem, language: Language) -> str:
    """One problem as a line."""
    place = f"{problem.file}:{problem.line}: "
    return flat(place + (f"{problem.field}: " if problem.field else "") + message(problem, language))


def print_problems(problems: Sequence[Problem], language: Language) -> None:
    """Tell on standard error what keeps a command from using the bank."""
    for problem in problems[:MOST]:
        print(problem_line(problem, language), file=sys.stderr)  # noqa: T201
    key = "bank.invalid_more" if len(problems) > MOST else "bank.invalid"
    facts = {"count": len(problems), "shown": MOST, "validate": _validate(problems)}
    print(say(key, language, **facts), file=sys.stderr)  # noqa: T201


def _validate(problems: Sequence[Problem]) -> str:
    """The command that finds all there is to find: of the bank, or by running it of one exercise's code."""
    file = Path(problems[0].file)
    if any(problem.key in BY_RUNNING for problem in problems):
        return f"llmprep validate {flat(shlex.quote(str(file)))} --deep"
    above = file.parent if file.name == "topics.yaml" else file
    bank = next((folder for folder in file.parents if (folder / "topics.yaml").is_file()), above)
    return f"llmprep validate {flat(shlex.quote(str(bank)))}"
