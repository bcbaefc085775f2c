"""Findings of a report in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from llmprep.messages.say import flat, say
from llmprep.model import Language
from llmprep.ui.report.values import apart, number, show, show_both

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from llmprep.model import Exercise
    from llmprep.verdict import Finding

SHORT_TEXT, BEFORE, AFTER = 60, 20, 30
"""Characters up to which a text is shown whole; of a longer one, those before and from the place where it differs."""
PYTHON_NAMES = {"np.float64": "float", "np.int64": "int", "np.bool": "bool", "np.complex128": "complex"}
"""What to ask for in place of a number of numpy's, where Python's own counts as well."""
SHOWN_KEYS = 5
"""Missing or superfluous keys that are named."""
LONGEST_FACT, LONGEST_MESSAGE = 2_000, 300
"""Characters of a text that a sentence quotes, and of an exception's message."""
SHOWN_AS_VALUES = ("got", "expected")
"""Facts of `check.value` that are values, and shown as such, even if they are texts."""


def words(finding: Finding, exercise: Exercise | None, language: Language) -> str:
    """A finding as a sentence in the reader's language; in both, as two lines."""
    if language is Language.BOTH:
        return "\n".join(words(finding, exercise, one) for one in (Language.EN, Language.ZH))
    # A submission's words, such as an exception's message, stay on the line of the sentence that quotes them.
    key = finding.key
    values = SHOWN_AS_VALUES if key == "check.value" else ()
    facts = {
        name: _quoted(fact, LONGEST_MESSAGE if name == "message" else LONGEST_FACT)
        if isinstance(fact, str) and name not in values
        else fact
        for name, fact in finding.facts.items()
    }
    path = facts.get("path", "")
    facts["at"] = say("check.at", language, path=path) if path else ""
    if "call" in facts:
        call = call_words(str(facts["call"]), int(facts["number"]), language)
        facts["at"] = say("check.at_call_path" if path else "check.at_call", language, call=call, path=path)
    if key in ("check.kind", "check.unsupported", "check.raised"):
        facts["expected"] = PYTHON_NAMES.get(str(facts.get("expected")), facts.get("expected"))
    if key == "check.value":
        key, facts = _value(facts, language)
    else:
        key, facts = _key_of(key, facts), _facts_of(key, facts, language)
    if key.startswith("diagnose.") and "case" in facts:
        facts["since"] = say("check.since", language, case=facts["case"]) if facts["case"] != 1 else ""
    for name in ("missing", "extra"):
        if name in facts:
            facts[name] = ", ".join(map(show, facts[name][:SHOWN_KEYS])) or say("check.nothing", language)
    if exercise is not None:
        facts.setdefault("entry", exercise.entry)
        if key == "check.invalid_parameters":
            from llmprep.checking.signature import signature

            facts["wanted"] = signature(exercise.starter, exercise.entry)
    sentence = say(key, language, **facts)
    advice = ADVICE.get(str(facts.get("got"))) if finding.key in RAISED else None
    return _followed(sentence.rstrip(), say(advice, language), language) if advice else sentence


def _quoted(text: str, longest: int) -> str:
    """A text on one line, or its beginning with the mark of what is left out, escapes counted as they are written."""
    line = flat(text[: longest + 1])
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _key_of(key: str, facts: dict[str, Any]) -> str:
    """The key of a finding's sentence, which may depend on the finding's facts."""
    if key == "check.invalid_entry_kind":
        return f"{key}_{facts['wanted']}"
    if key in RAISED and not facts["message"].strip():
        return f"{key}_wordless"
    return {"check.nothing_to_grade": "check.nothing_to_grade_in", "check.absent": "check.absent_person"}.get(key, key)


def _facts_of(key: str, facts: dict[str, Any], language: Language) -> dict[str, Any]:
    """A finding's facts in words, where a sentence does not take them as they are."""
    if key == "check.length":
        return _parted(facts, language)
    changed: dict[str, Any] = {}
    if key.startswith("check.efficiency_"):
        changed["figure"] = apart(float(facts["figure"]), float(facts["limit"]))
    elif key == "diagnose.constant":
        changed["value"] = number(facts["value"])
    elif key == "check.property":
        changed["text"] = {"en": facts["en"], "zh": facts["zh"]}.get(language.value, f"{facts['en']} / {facts['zh']}")
    elif key == "check.changed_input":
        changed["names"] = [_argument(name, language) for name in facts["names"]]
    elif key == "check.nothing_but":
        changed["kinds"] = kinds_words(facts["kinds"], language)
    elif key == "check.nothing_to_grade":
        changed["names"] = [flat(name) for name in facts["names"]]
    elif key == "check.stop_printed":
        limit = facts["limit"]
        changed["size"] = f"{limit} KiB" if limit % 1024 else f"{limit >> 10} MiB"
    elif key == "check.invalid_entry_kind":
        changed["is_a"] = say(f"check.entry_is_{facts['is_a']}", language)
    elif key == "check.invalid_no_entry":
        changed["found"] = list(facts["found"]) or say("check.nothing", language)
    return facts | changed


def call_words(name: str, number: int, language: Language) -> str:
    """A call of a class's script by its name and its number."""
    return say("check.call", language, name=flat(name), number=number)


def _followed(sentence: str, advice: str, language: Language) -> str:
    """A sentence and the advice after it; an exception's own words often end without a full stop."""
    if sentence.endswith(("。", "！", "？")):
        return sentence + advice
    if sentence.endswith((".", "!", "?", "…")):
        return f"{sentence} {advice}"
    return say("check.and_then", language, said=sentence, advice=advice)


RAISED = ("check.raised", "check.raised_at_import")
ADVICE = {
    "ModuleNotFoundError": "check.only_numpy",
    "ImportError": "check.only_numpy",
    "PermissionError": "check.confined",
    "NotImplementedError": "check.not_written",
}
"""What to say of an exception that the checker's own rules bring about."""


def _value(facts: dict[str, Any], language: Language) -> tuple[str, dict[str, Any]]:
    """How far off: for numbers with absolute and relative error, for anything else just the two."""
    got, expected, index = facts["got"], facts["expected"], facts.get("index", ())
    if type(got) is type(expected) is str and not index:
        return _texts(facts)
    wanted, came = show_both(expected, got)
    facts = {**facts, "got": came, "expected": wanted, "error": _error(got, expected, language)}
    if facts["total"] == 1 and not index:
        return "check.value_one", facts
    return "check.value", {**facts, "index": f"[{', '.join(map(str, index))}]" if index else index}


def _texts(facts: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Two texts: short ones whole, long ones from a little before the place where they part."""
    got, expected = facts["got"], facts["expected"]
    place = next((at for at, (one, other) in enumerate(zip(got, expected, strict=False)) if one != other), None)
    place = min(len(got), len(expected)) if place is None else place
    facts = {**facts, "got": show(got), "expected": show(expected), "error": "", "place": place}
    if max(len(got), len(expected)) <= SHORT_TEXT:
        return "check.value_one", facts
    start = max(0, place - BEFORE)
    for name, text in (("got", got), ("expected", expected)):
        part = text[start : place + AFTER]
        facts[name] = f"{'…' if start else ''}{show(part)}{'…' if start + len(part) < len(text) else ''}"
    return "check.value_text", facts


def _parted(facts: dict[str, Any], language: Language) -> dict[str, Any]:
    """Where two sequences of different length first part, if that is known."""
    if "shared" in facts:
        return {**facts, "parted": say("check.parted_at_end", language, place=facts["shared"])}
    place = facts.get("place")
    if place is None:
        return {**facts, "parted": ""}
    if "got_there" not in facts:
        return {**facts, "parted": say("check.parted_place", language, place=place)}
    wanted, came = show_both(facts["expected_there"], facts["got_there"])
    return {**facts, "parted": say("check.parted", language, place=place, got=came, expected=wanted)}


def _error(got: object, expected: object, language: Language) -> str:
    """The absolute and the relative error in brackets, each if it is a number that tells anything."""
    if isinstance(got, bool) or not isinstance(got, (int, float, complex)):
        return ""
    if isinstance(expected, bool) or not isinstance(expected, (int, float, complex)):
        return ""
    try:
        absolute = abs(got - expected)
        relative = absolute / abs(expected) if expected else math.inf
    except OverflowError:
        return ""
    if isinstance(absolute, float) and not math.isfinite(absolute):
        return ""
    size = f"{absolute:.3g}" if isinstance(absolute, float) else number(absolute)
    if not math.isfinite(relative):
        return say("check.error_absolute", language, absolute=size)
    return say("check.error_both", language, absolute=size, relative=f"{relative:.3g}")


def _argument(name: str, language: Language) -> str:
    return say("check.argument_number", language, number=name[1:]) if name.startswith("#") else name


def tried_words(kinds: Sequence[str], language: Language, key: str = "check.tried") -> str:
    """What was tried that no submission may, in words."""
    each = (Language.EN, Language.ZH) if language is Language.BOTH else (language,)
    told = [say(key, one, kinds=[say(f"check.tried_{kind}", one) for kind in kinds]) for one in each]
    return " / ".join(told)


def kinds_words(kinds: Mapping[str, int], language: Language) -> list[str]:
    """Numbers of things that are no submissions, each with its word."""
    return [say(f"check.skipped_{kind}", language, count=count) for kind, count in sorted(kinds.items()) if count]
