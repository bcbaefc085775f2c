"""A failing case as plain Python that runs beside the submission: exact inputs, no reference, no llmprep."""

from __future__ import annotations

import builtins
import re
import textwrap
from typing import TYPE_CHECKING, Any

from llmprep.messages.say import flat, say
from llmprep.ui.report.literal import WIDTH, bracketed, is_plain, keyword_name, literal, named, passed, quoted
from llmprep.ui.report.values import show
from llmprep.ui.terminal import wrap
from llmprep.values import Arguments, Bound, Raised, Script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from llmprep.model import Exercise, Language
    from llmprep.verdict import CaseResult

MARK = "# llmprep snippet:"
"""How the first line begins, so that a snippet is known from a file of somebody's own."""
NUMPY = "import numpy as np\n"
UNPACK = """def _unpack(dtype, shape, data):
    raw = zlib.decompress(base64.b64decode(data))
    return np.frombuffer(raw, dtype=dtype).reshape(shape).copy()
"""


def snippet(exercise: Exercise, case: CaseResult, file: str, language: Language) -> str:
    """Python source that gives one case to a submission and prints what it got.

    Args:
        exercise: what the submission is for; of its code, only `helpers` may be told.
        case: a case that was not accepted, with its inputs.
        file: the submission's path, from the folder that the snippet will be in.
        language: of its labels and comments.
    """
    inputs = case.inputs
    bound = any(isinstance(value, Bound) for given in (inputs, *case.before) for value in _walk(given))
    body = _driven(exercise.entry, case, language) if isinstance(inputs, Script) else _called(exercise, case, language)
    if refusal := _refusal(case.expected):
        failure = f"except {refusal} as error:\n    print({quoted(say('check.got', language) + ':')}, repr(error))\n"
        body = f"try:\n{textwrap.indent(body, '    ')}{failure}"
    body = _replayed(exercise.entry, case, language) + body
    loaded = f"submission = runpy.run_path(str(Path(__file__).parent / {quoted(file)}))\n"
    packed = "_unpack(" in body
    modules = ["base64"] * packed + ["contextlib"] * bool(case.before) + ["functools"] * bound
    modules += ["runpy"] + ["zlib"] * packed
    imports = [*(f"import {name}\n" for name in modules), "from pathlib import Path\n", NUMPY]
    future, helpers = _helpers(exercise.helpers, imports) if bound else ("", "")
    parts = [
        f"{MARK} {exercise.id}, case {case.index + 1} ({case.group})\n{future}{''.join(imports[:-1])}",
        NUMPY,
        # What a helper may be called by too, such as Path, has done its work before the helpers come.
        f"{loaded}\n{_comment_lines(say('check.snippet_helpers', language))}{helpers}" if bound else "",
        UNPACK if packed else "",
        ("" if bound else loaded) + body + _expectation(case, language),
    ]
    return "\n".join(filter(None, parts))


def _replayed(entry: str, case: CaseResult, language: Language) -> str:
    """The calls that come before a case in one process, where it is they that spoil it."""
    if not any(finding.key in ("check.state", "check.kept_state") for finding in case.findings):
        return ""
    if not case.before:
        return _comment_lines(say("check.snippet_alone", language))
    lines = []
    for given in case.before:
        # Each on its own: one that raises, as some must, is not to keep the next from being made.
        if isinstance(given, Script):
            lines.append(bracketed(f"subject = submission[{quoted(entry)}](", passed(given.init), ")"))
            for call in given.calls:
                target = _target(call.name)
                lines.append(target if call.arguments is None else bracketed(f"{target}(", passed(call.arguments), ")"))
        else:
            lines.append(bracketed(f"submission[{quoted(entry)}](", passed(given), ")"))
    calls = "".join(f"with contextlib.suppress(Exception):\n{textwrap.indent(line, '    ')}\n" for line in lines)
    return _comment_lines(say("check.snippet_before", language)) + calls + "\n"


def _target(name: str) -> str:
    return f"subject.{name}" if is_plain(name) else f"getattr(subject, {quoted(name)})"


def _helpers(source: str, imported: Sequence[str]) -> tuple[str, str]:
    """The helpers' source without what is `imported` already, and before it what must stand at the top of a file."""
    future = "".join(re.findall(r"^from __future__ import .*\n", source, re.MULTILINE))
    rest = re.sub(r"^from __future__ import .*\n", "", source, flags=re.MULTILINE)
    for line in imported:
        rest = re.sub(f"^{re.escape(line)}", "", rest, flags=re.MULTILINE)
    return future, rest.strip("\n") + "\n"


def _called(exercise: Exercise, case: CaseResult, language: Language) -> str:
    """A function's call; inputs that it changed in place have names, and are printed afterwards."""
    given: Arguments = case.inputs
    told = [finding.facts["names"] for finding in case.findings if finding.key == "check.changed_input"]
    names = {name: f"input_{name.removeprefix('#')}" for changed in told for name in changed}
    parts, before, after = [], "", ""
    values = [(f"#{place}", "", value) for place, value in enumerate(given.args, 1)]
    values += [(name, keyword_name(name), value) for name, value in given.kwargs.items()]
    for name, lead, value in values:
        text = literal(value)
        variable = names.get(name, "")
        if variable.isidentifier():
            before += f"{variable} = {text}\n"
            after += f"print({quoted(say('check.snippet_after', language, name=variable))}, repr({variable}))\n"
            text = variable
        parts.append(named(lead, text))
    call = bracketed(f"got = submission[{quoted(exercise.entry)}](", parts, ")")
    return f"{before}{call}\nprint({quoted(say('check.got', language) + ':')}, repr(got))\n{after}"


def _driven(entry: str, case: CaseResult, language: Language) -> str:
    """A class's script: a line for each call, numbered as the report's findings number outputs."""
    script: Script = case.inputs
    expected = case.expected if type(case.expected) is list and len(case.expected) == len(script.calls) else None
    lines = bracketed(f"subject = submission[{quoted(entry)}](", passed(script.init), ")") + "\n"
    for place, call in enumerate(script.calls, 1):
        target = _target(call.name)
        mark = quoted(f"{call.name} ({place})")
        label = f"print({mark}, repr("
        if call.arguments is None:
            line = f"{label}{target}))"
        else:
            line = bracketed(f"{label}{target}(", passed(call.arguments), ")))")
        outcome = expected[place - 1] if expected else None
        refusal = _refusal(outcome)
        if refusal:
            caught = f"except {refusal} as error:\n    print({mark}, repr(error))"
            line = f"try:\n{textwrap.indent(line, '    ')}\n{caught}"
        lines += line + "\n"
        if expected:
            lines += _comment(outcome, language)
    return lines


def _refusal(expected: Any) -> str:
    """The exception to catch where one is expected."""
    if not isinstance(expected, Raised):
        return ""
    kind = getattr(builtins, expected.names[0], None)
    return expected.names[0] if isinstance(kind, type) and issubclass(kind, Exception) else "Exception"


def _expectation(case: CaseResult, language: Language) -> str:
    """What was expected, as comments."""
    judged = [finding.facts for finding in case.findings if finding.key == "check.property"]
    if judged:
        english, chinese = judged[0]["en"], judged[0]["zh"]
        words = {"en": english, "zh": chinese}.get(language.value, f"{english} / {chinese}")
        return _comment_lines(words)
    if isinstance(case.inputs, Script) and type(case.expected) is list and len(case.expected) == len(case.inputs.calls):
        return ""
    return _comment(case.expected, language)


def _comment(expected: Any, language: Language) -> str:
    return _comment_lines(f"{say('check.expected', language)}: {show(expected)}")


def _comment_lines(words: str) -> str:
    words = flat(words)
    return "".join(f"# {words[start:end]}\n" for start, end in wrap.lines(words, WIDTH - 2))


def _walk(value: Any) -> Iterator[Any]:
    """A plain value and all values in it."""
    yield value
    inside: Sequence[Any] = ()
    if isinstance(value, Script):
        inside = (value.init, *(call.arguments for call in value.calls))
    elif isinstance(value, (Arguments, Bound)):
        inside = (*value.args, *value.kwargs.values())
    elif type(value) in (list, tuple, set):
        inside = tuple(value)
    elif type(value) is dict:
        inside = (*value.keys(), *value.values())
    for one in inside:
        yield from _walk(one)
