"""Run the jobs of a judge worker: make an exercise's cases with their outcomes; judge outputs by properties.

This is bank code. It runs under the same confinement as a submission, since somebody else's bank is a stranger's code
too.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import numpy as np

from llmprep.sandbox.codec import decode
from llmprep.sandbox.worker.convert import to_live, to_plain
from llmprep.sandbox.worker.run_case import own_frames, plain_error, run_case
from llmprep.sandbox.worker.submission import load_helpers
from llmprep.values import Arguments, Bound, Call, Generator, Raised, Script

if TYPE_CHECKING:
    from llmprep.sandbox.worker.frame_writer import FrameWriter
    from llmprep.sandbox.worker.step_watch import StepWatch

OUTPUT_BYTES = 256 << 20


class _LivePlan:
    """What authors write: the entry's arguments, still live."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.args, self.kwargs = args, kwargs

    def plain(self) -> Arguments:
        return Arguments(
            tuple(_plain(value) for value in self.args),
            {name: _plain(value) for name, value in self.kwargs.items()},
        )


class _LiveScript:
    """What authors write for a class: construction, then steps."""

    def __init__(self, init: _LivePlan, *calls: Any) -> None:
        self.init, self.calls = init, calls
        self.args, self.kwargs = init.args, init.kwargs

    def plain(self) -> Script:
        steps = tuple(Call(name, plan.plain() if plan else None) for name, plan in self.calls)
        return Script(self.init.plain(), steps)


def _plain(value: Any) -> Any:
    """Return plain values, with the records that authors put among live objects left as they are."""
    if isinstance(value, Generator):
        return value
    if isinstance(value, Bound):
        return Bound(value.name, tuple(map(_plain, value.args)), {k: _plain(v) for k, v in value.kwargs.items()})
    if type(value) in (list, tuple):
        return type(value)(_plain(element) for element in value)
    if type(value) is dict:
        return {_plain(key): _plain(element) for key, element in value.items()}
    return value if isinstance(value, Raised) else to_plain(value, OUTPUT_BYTES)


def _raises(name: str) -> Raised:
    kinds = getattr(builtins, name).__mro__
    return Raised(tuple(kind.__name__ for kind in kinds if kind is not object), "")


def author_names(helpers: dict[str, Any]) -> dict[str, Any]:
    """Return what `inputs`, `expect`, `generate` and `check` may use."""
    return {
        **{name: value for name, value in helpers.items() if not name.startswith("__")},
        "np": np,
        "args": _LivePlan,
        "script": _LiveScript,
        "call": lambda name, /, *args, **kwargs: (name, _LivePlan(*args, **kwargs)),
        "get": lambda name: (name, None),
        "generator": lambda seed: Generator(int(seed)),
        "bind": lambda name, /, *args, **kwargs: Bound(name, args, kwargs),
        "raises": _raises,
        "problem": lambda index, en, zh, mistake="": (int(index), str(en), str(zh), str(mistake)),
    }


class _BrokenError(Exception):
    """Bank code failed: in which field, on which line, and with what."""

    def __init__(self, field: str, error: BaseException, filename: str) -> None:
        frames = own_frames(error, filename)
        line = error.lineno if isinstance(error, SyntaxError) else frames[-1][0] if frames else 1
        raised = plain_error(error)
        super().__init__(field, line or 1, f"{raised.names[0]}: {raised.message}")


def _run(field: str, source: str, namespace: dict[str, Any], mode: str = "exec") -> Any:
    """Execute or evaluate bank code under a name by which its lines are reported."""
    filename = f"<{field}>"
    try:
        code = compile(source.strip() if mode == "eval" else source, filename, mode)
        return eval(code, namespace) if mode == "eval" else exec(code, namespace)  # noqa: S307
    except BaseException as error:
        raise _BrokenError(field, error, filename) from error


def run(job: dict[str, Any], answer: FrameWriter) -> None:
    """Make the cases of `job["cases"]` and run the reference, and each mistake, over them.

    Frames: `("inputs", source, inputs, literal)` for each case, `literal` being its expected outcome or None, and with
    `draw_twice` all of them once more; then for the reference and each mistake in turn
    `("outcomes", field, [(value, changed, shares), ...])`, the reference's after `("seconds", cpu_seconds)`; or
    `("broken", field, line, message)`. Between them are those of the `watch`.
    """
    watch: StepWatch = job["watch"]
    watch.step("helpers")
    try:
        helpers = load_helpers(job["helpers"])
    except BaseException as error:
        answer("broken", "helpers", *_BrokenError("helpers", error, "<helpers>").args[1:])
        return
    names = author_names(helpers)
    try:
        made = [
            made for place, case in enumerate(job["cases"]) for made in _make(place, case, names, job["seed"], watch)
        ]
        if job.get("draw_twice"):
            for place, case in enumerate(job["cases"]):
                made += _make(place, case, names, job["seed"], watch)
        watch.rest()
        for place, inputs, literal in made:
            answer("inputs", place, inputs, literal)
        for field, source in job["solutions"].items():
            namespace: dict[str, Any] = {"__name__": "submission"}
            watch.step(field)
            _run(field, source, namespace)
            entry = namespace.get(job["entry"])
            if entry is None:
                raise _BrokenError(field, NameError(f"{job['entry']} is not defined"), "")
            outcomes = []
            for number, (_, inputs, _) in enumerate(made, 1):
                watch.step(field, number)
                outcomes.append(run_case(entry, inputs, helpers, f"<{field}>", OUTPUT_BYTES))
            watch.rest()
            if field == "reference":
                _refuse_crash(made, outcomes)
                # The first time, as a candidate's is: the second is half as long, now that numpy has settled.
                answer("seconds", sum(outcome.cpu_seconds for outcome in outcomes))
            answer("outcomes", field, [tuple(outcome[:3]) for outcome in outcomes])
    except _BrokenError as broken:
        answer("broken", *broken.args)
    except Exception as error:
        # Such as an input that no plain value stands for.
        answer("broken", *_BrokenError("cases", error, "").args)


def _refuse_crash(made: list[tuple[int, Any, Any]], outcomes: list[Any]) -> None:
    """Raise if the reference crashes on a generated case: what must be refused is written as a literal case."""
    for (place, _, literal), outcome in zip(made, outcomes, strict=True):
        if literal is None and isinstance(outcome.value, Raised):
            crash = f"the reference raises {outcome.value.names[0]}: {outcome.value.message}"
            raise _BrokenError(f"cases.{place}.generate", ValueError(crash), "")


def _make(
    place: int, case: dict[str, Any], names: dict[str, Any], seed: int, watch: StepWatch
) -> list[tuple[int, Any, Any]]:
    """Return the cases of one entry of `cases`: its place, plain inputs, and a literal's outcome."""
    field = f"cases.{place}"
    if not case["generate"]:
        watch.step(f"{field}.inputs")
        plan = _run(f"{field}.inputs", case["inputs"], dict(names), "eval")
        if not isinstance(plan, (_LivePlan, _LiveScript)):
            raise _BrokenError(f"{field}.inputs", TypeError("this is no args(...) and no script(...)"), "")
        inputs = plan.plain()
        if case["raises"]:
            return [(place, inputs, _raises(case["raises"]))]
        watch.step(f"{field}.expect")
        return [(place, inputs, _plain(_run(f"{field}.expect", case["expect"], dict(names), "eval")))]
    namespace = dict(names)
    watch.step(f"{field}.generate")
    _run(f"{field}.generate", case["generate"], namespace)
    try:
        plans = namespace["generate"](np.random.default_rng([seed, place]))
        made = [(place, plan.plain(), None) for plan in plans]
    except BaseException as error:
        raise _BrokenError(f"{field}.generate", error, f"<{field}.generate>") from error
    if not made:
        raise _BrokenError(f"{field}.generate", ValueError("generate() yields no case"), "")
    return made


class _Case:
    """What `check` sees of a case: the live arguments, and for a script its calls."""

    def __init__(self, inputs: Any, helpers: dict[str, Any]) -> None:
        init = inputs.init if isinstance(inputs, Script) else inputs
        self.args = [to_live(value, helpers) for value in init.args]
        self.kwargs = {name: to_live(value, helpers) for name, value in init.kwargs.items()}
        self.calls = inputs.calls if isinstance(inputs, Script) else ()


def _live_outputs(outputs: list[bytes], helpers: dict[str, Any]) -> list[Any]:
    """Return a submission's outputs as live objects.

    Raises:
        _BrokenError: it chose them so that no live object can be made of them.
    """
    try:
        return [to_live(decode(output), helpers) for output in outputs]
    except Exception as error:
        raise _BrokenError("check", error, "<check>") from error


def judge_properties(job: dict[str, Any], answer: FrameWriter) -> None:
    """Judge the outputs of whole groups by their `check` functions.

    Frames: `("problem", group, index, en, zh, mistake)` for each thing wrong, or `("broken", field, line, message)`.
    """
    helpers = load_helpers(job["helpers"])
    namespace = author_names(helpers)
    try:
        _run("check", job["check"], namespace)
        for group, (inputs, outputs, expected) in job["groups"].items():
            live = [_live_outputs(outputs, helpers), [to_live(value, helpers) for value in expected]]
            cases = [_Case(decode(given), helpers) for given in inputs]
            try:
                problems = list(namespace[group](cases, *live) or ())
            except BaseException as error:
                raise _BrokenError("check", error, "<check>") from error
            for problem in problems:
                if type(problem) is not tuple or [type(part) for part in problem] != [int, str, str, str]:
                    raise _BrokenError("check", TypeError("check yields something else than problem(...)"), "")
                answer("problem", group, *problem)
    except _BrokenError as broken:
        answer("broken", *broken.args)
