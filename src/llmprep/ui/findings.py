"""Findings of a report in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from llmprep.ui.text import flat, say
from llmprep.ui.values import number, show

if TYPE_CHECKING:
    from llmprep.model import Exercise, Language
    from llmprep.verdict import Finding

SHOWN_KEYS = 5
"""Missing or superfluous keys that are named."""


def words(finding: Finding, exercise: Exercise | None, language: Language) -> str:
    """A finding as a sentence in the reader's language."""
    # A submission's words, such as an exception's message, stay on the line of the sentence that quotes them.
    facts = {name: flat(fact) if isinstance(fact, str) else fact for name, fact in finding.facts.items()}
    path = facts.get("path", "")
    facts["at"] = say("check.at", language, path=path) if path else ""
    key = finding.key
    if key == "check.value":
        key, facts = _value(facts)
    elif key == "check.property":
        facts["text"] = {"en": facts["en"], "zh": facts["zh"]}.get(language.value, f"{facts['en']} / {facts['zh']}")
    elif key == "check.changed_input":
        facts["names"] = ", ".join(_argument(name, language) for name in facts["names"])
    elif key == "check.invalid_no_entry":
        facts["found"] = ", ".join(facts["found"]) or say("check.nothing", language)
    elif key == "check.invalid_entry_kind":
        key = f"{key}_{facts['wanted']}"
    elif key == "check.raised":
        facts["message"] = facts["message"] or "—"
    for name in ("missing", "extra"):
        if name in facts:
            facts[name] = ", ".join(map(show, facts[name][:SHOWN_KEYS])) or say("check.nothing", language)
    if exercise is not None:
        facts.setdefault("entry", exercise.entry)
        facts.setdefault("wanted", signature(exercise))
    return say(key, language, **facts)


def signature(exercise: Exercise) -> str:
    """The entry's signature as its starter gives it."""
    lines = exercise.starter.splitlines()
    for place, line in enumerate(lines):
        if line.startswith((f"def {exercise.entry}(", f"class {exercise.entry}")):
            found = line
            for following in lines[place + 1 :]:
                if found.rstrip().endswith(":"):
                    break
                found += " " + following.strip()
            return found.rstrip().removesuffix(":").removeprefix("def ")
    return exercise.entry


def _value(facts: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """How far off: for numbers with absolute and relative error, for anything else just the two."""
    got, expected = facts["got"], facts["expected"]
    facts = {**facts, "got": show(got), "expected": show(expected), "index": facts.get("index", ())}
    if isinstance(got, bool) or not isinstance(got, (int, float, complex)):
        numeric = False
    else:
        numeric = isinstance(expected, (int, float, complex)) and not isinstance(expected, bool)
    if numeric:
        try:
            absolute = abs(got - expected)
            relative = absolute / abs(expected) if expected else math.inf
        except OverflowError:
            absolute = relative = math.inf
        facts["absolute"] = f"{absolute:.3g}" if isinstance(absolute, float) else number(absolute)
        facts["relative"] = f"{relative:.3g}"
    if facts["index"]:
        facts["index"] = f"[{', '.join(map(str, facts['index']))}]"
    if facts["total"] == 1 and not facts["index"]:
        return ("check.value_one" if numeric else "check.value_other"), facts
    if not numeric:
        facts["absolute"] = facts["relative"] = "—"
    return "check.value", facts


def _argument(name: str, language: Language) -> str:
    return say("check.argument_number", language, number=name[1:]) if name.startswith("#") else name
