"""A bank's problems in words: `file:line: field: message`, which editors and terminals can follow."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from llmprep.errors import how_many
from llmprep.messages.say import flat, say
from llmprep.model import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.errors import Problem
    from llmprep.values import Raised

BY_RUNNING = (
    "bank.code_failed",
    "bank.code_endless",
    "bank.code_endless_on_case",
    "bank.code_late",
    "bank.efficiency_cases_sizes",
    "bank.interfered",
)
"""Problems that nothing but running an exercise's code finds."""
MOST = 50
"""The number of problems shown by a command that needed the bank for something else."""
LONGEST_VALUE = 100
"""Characters shown of an answer."""


def message(problem: Problem, language: Language) -> str:
    """Format a problem and its remedy on one line; a fact `nearest` is appended as a suggestion."""
    if language is Language.BOTH:
        return " / ".join(dict.fromkeys(message(problem, one) for one in (Language.EN, Language.ZH)))
    facts: dict[str, Any] = dict(problem.facts)
    nearest = facts.pop("nearest", ())
    if "findings" in facts:
        from llmprep.ui.report.findings import words as finding_words
        from llmprep.ui.report.values import show
        from llmprep.values import Raised

        facts["findings"] = " ".join(_ended(finding_words(one, None, language), language) for one in facts["findings"])
        for name in ("got", "expected"):
            if name in facts:
                value = facts[name]
                facts[name] = _short(_exception(value) if isinstance(value, Raised) else show(value))
    words = say(problem.key, language, **facts)
    if isinstance(nearest, (tuple, list)) and nearest:
        words += " " * (language is Language.EN) + say("common.nearest", language, names=list(nearest))
    return " ".join(words.split())


def _exception(raised: Raised) -> str:
    """Return an exception as Python writes it."""
    return f"{raised.names[0]}({raised.message!r})" if raised.message else raised.names[0]


def _ended(sentence: str, language: Language) -> str:
    """Return a sentence with its full stop, which one that ends in a stranger's words may lack."""
    stop = "。" if language is Language.ZH else "."
    return sentence if sentence.rstrip().endswith((".", "。", "?", "？", "!", "！", "…")) else sentence.rstrip() + stop


def _short(shown: str) -> str:
    """Format a value on one line, shortened."""
    shown = " ".join(shown.split())
    return shown if len(shown) <= LONGEST_VALUE else f"{shown[:LONGEST_VALUE]}…"


def problem_line(problem: Problem, language: Language) -> str:
    """Format one problem as a line."""
    place = f"{problem.file}:{problem.line}: "
    return flat(place + (f"{problem.field}: " if problem.field else "") + message(problem, language))


def print_problems(problems: Sequence[Problem], language: Language) -> None:
    """Print to standard error the problems that keep a command from using the bank."""
    for problem in problems[:MOST]:
        print(problem_line(problem, language), file=sys.stderr)  # noqa: T201
    count = how_many(problems)
    key = "bank.invalid_more" if len(problems) > MOST else "bank.invalid"
    facts = {"count": count, "shown": MOST, "validate": _validate(problems)}
    print(say(key, language, **facts), file=sys.stderr)  # noqa: T201


def _validate(problems: Sequence[Problem]) -> str:
    """Return the command that lists all problems: of the bank, or, for failing code, of the exercise with `--deep`."""
    file = Path(problems[0].file)
    if any(problem.key in BY_RUNNING for problem in problems):
        return f"llmprep validate {flat(shlex.quote(str(file)))} --deep"
    above = file.parent if file.name == "topics.yaml" else file
    bank = next((folder for folder in file.parents if (folder / "topics.yaml").is_file()), above)
    return f"llmprep validate {flat(shlex.quote(str(bank)))}"
