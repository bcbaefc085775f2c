"""Run a submission over an exercise's inputs. It gets those and nothing else: no expected value is here."""

from __future__ import annotations

import inspect
import random
import sys
import types
from typing import TYPE_CHECKING, Any

import numpy as np

from llmprep.sandbox.worker.convert import TooLargeError, clip
from llmprep.sandbox.worker.fingerprint import fingerprint
from llmprep.sandbox.worker.run_case import own_frames, plain_error, run_case
from llmprep.values import Arguments, Script

if TYPE_CHECKING:
    from llmprep.sandbox.worker.frame_writer import FrameWriter

FILENAME = "<submission>"
LONGEST_LINE = 200
"""Characters that are quoted of a line, or of what is wrong with it."""


def run(job: dict[str, Any], answer: FrameWriter) -> None:
    """Load the submission, call its entry once a case of `plans`, and once more for each case in `again`.

    `only` is the index of the one case to run, if the others are not to be.

    Frames: where remarks are asked for first `("code", fingerprint)`, and `("tried", kind)` at any time; `("invalid",
    reason, facts)` or `("raised", error, frames)` if it cannot be loaded; else `("loaded",)`,
    `("case", index, value, changed, shares, frames, printed, cpu_seconds)` in order, `("again", index, value)`.
    """
    # What is drawn from the global generators must be the same every time. (Loading numpy's takes 15 ms.)
    random.seed(0)
    if "random" in job["source"]:
        np.random.seed(0)  # noqa: NPY002
        np.random.default_rng = _seeded(np.random.default_rng)
    helpers = load_helpers(job["helpers"])
    module = _load(job["source"], answer, remark=bool(job.get("remarks")))
    if module is None:
        return
    plans = job["plans"]
    entry = _entry(module, job["entry"], plans, answer)
    if entry is None:
        return
    answer("loaded")
    # One case alone, of inputs that many jobs have in common.
    only, again = job.get("only"), job["again"]
    if only is not None:
        plans, again = [plans[only]], []
    for index, inputs in enumerate(plans):
        try:
            outcome = run_case(entry, inputs, helpers, FILENAME, job["answer_bytes"])
        except TooLargeError:
            answer("too_large", index)
            return
        frames = tuple(outcome.frames)
        answer(
            "case",
            index,
            outcome.value,
            outcome.changed,
            outcome.shares,
            frames,
            answer.printed(),
            outcome.cpu_seconds,
        )
    for index in again:
        try:
            outcome = run_case(entry, plans[index], helpers, FILENAME, job["answer_bytes"])
        except TooLargeError:
            answer("too_large", index)
            return
        answer("again", index, outcome.value)


def _seeded(default_rng: Any) -> Any:
    """Return `default_rng` with a fixed seed in place of none, so that verdicts are reproducible."""

    def fixed(seed: Any = None) -> Any:
        return default_rng(0 if seed is None else seed)

    return fixed


def load_helpers(source: str) -> dict[str, Any]:
    """Return the functions that inputs may be bound to."""
    namespace: dict[str, Any] = {"__name__": "helpers"}
    exec(compile(source, "<helpers>", "exec"), namespace)
    return namespace


def _load(source: str, answer: FrameWriter, *, remark: bool) -> types.ModuleType | None:
    """Return the submission as a module; None if a frame has reported why there is none."""
    try:
        code = compile(source, FILENAME, "exec", dont_inherit=True)
    except SyntaxError as error:
        text = (error.text or "")[:LONGEST_LINE]
        facts = {"line": error.lineno or 0, "column": error.offset or 0, "text": text, "what": error.msg[:LONGEST_LINE]}
        answer("invalid", "syntax", facts)
        return None
    except (RecursionError, MemoryError):  # the parser says the latter when its stack is full
        answer("invalid", "too_deep", {})
        return None
    except (ValueError, OverflowError) as error:
        answer("invalid", "uncompilable", {"what": (str(error) or type(error).__name__)[:LONGEST_LINE]})
        return None
    if remark and (told := fingerprint(source, code)):
        answer("code", told)
    module = types.ModuleType("submission")
    sys.modules["submission"] = module
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        answer("raised", plain_error(error), tuple(own_frames(error, FILENAME)))
        return None
    return module


def _entry(module: types.ModuleType, name: str, plans: list[Any], answer: FrameWriter) -> Any:
    """Return the function or class that the exercise asks for; None if a frame has reported what is wrong with it."""
    entry = module.__dict__.get(name)
    scripted = any(isinstance(inputs, Script) for inputs in plans)
    if entry is None:
        kinds = (types.FunctionType, type)
        # Neither a key nor a value is asked what it is: either may answer by code of its own.
        found = [key for key, value in module.__dict__.items() if type(key) is str and issubclass(type(value), kinds)]
        answer("invalid", "no_entry", {"found": tuple(map(clip, found[:10]))})
        return None
    kind = _kind(entry)
    if (
        kind in ("async", "value")
        or (kind == "class") < scripted
        or (kind == "class" and not scripted and _plain(entry))
    ):
        answer("invalid", "entry_kind", {"wanted": "class" if scripted else "function", "is_a": kind})
        return None
    if type(entry) is types.FunctionType and all(_takes(entry, inputs) for inputs in plans):
        return entry
    try:
        signature = inspect.signature(entry)
    except (ValueError, TypeError):
        return entry
    bound = set()
    for inputs in plans:
        given: Arguments = inputs.init if isinstance(inputs, Script) else inputs
        shape = len(given.args), *given.kwargs
        if shape in bound:
            continue
        bound.add(shape)
        try:
            signature.bind(*given.args, **given.kwargs)
        except TypeError as error:
            answer(
                "invalid",
                "parameters",
                {
                    "signature": f"{name}{signature}"[:LONGEST_LINE],
                    "what": str(error)[:LONGEST_LINE],
                },
            )
            return None
    return entry


def _kind(entry: Any) -> str:
    """Return what an entry is: "class", "function" (whatever can be called), "async" or "value"."""
    if isinstance(entry, type):
        return "class"
    if inspect.iscoroutinefunction(entry) or inspect.isasyncgenfunction(entry):
        return "async"
    return "function" if callable(entry) else "value"


def _plain(entry: type) -> bool:
    """Return whether calling a class can give nothing but an instance: no code of its own makes anything else."""
    return type(entry) is type and all("__new__" not in vars(base) for base in entry.__mro__[:-1])


def _takes(function: types.FunctionType, given: Arguments) -> bool:
    """Return whether a function can obviously be called so; `inspect` takes ten times as long to find out."""
    code = function.__code__
    positional = code.co_varnames[: code.co_argcount]
    by_name = code.co_varnames[len(given.args) : code.co_argcount + code.co_kwonlyargcount]
    optional = {*positional[len(positional) - len(function.__defaults__ or ()) :]}
    optional |= set(function.__kwdefaults__ or ()) - set(positional)
    return (
        not function.__dict__
        and not code.co_posonlyargcount
        and len(given.args) <= len(positional)
        and given.kwargs.keys() <= set(by_name)
        and optional | given.kwargs.keys() >= set(by_name)
    )
