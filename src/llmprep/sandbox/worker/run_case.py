"""Run one case: call an entry with live inputs, and return its output as plain values."""

from __future__ import annotations

import builtins
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.sandbox.codec import LONGEST_MESSAGE, MOST_NAMES, WireError, encode
from llmprep.sandbox.worker.convert import TooLargeError, clip, same_array, share_memory, to_live, to_plain
from llmprep.values import Arguments, Array, Bound, Generator, Raised, Script, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CLOCK = time.thread_time
"""A worker has one thread. The clock of its process, whose time is limited, moves only every few milliseconds."""
BUILTINS = dict(vars(builtins))
NAME = type.__dict__["__name__"].__get__
TRACEBACK = BaseException.__dict__["__traceback__"].__get__


class CaseOutcome(NamedTuple):
    """The outcome of one case."""

    value: Any
    """The plain output, or `Raised`; for a script a list, one for each step."""
    changed: tuple[str, ...]
    """Inputs that were changed in place: their positions and names."""
    shares: bool
    """Whether the output lies in an input's memory."""
    frames: tuple[tuple[int, str, str], ...]
    """The candidate's own lines of the traceback: line, function, and the number of a script's call, or ""."""
    cpu_seconds: float


def run_case(entry: Any, inputs: Any, helpers: Mapping[str, Any], filename: str, room: int) -> CaseOutcome:
    """Run a case.

    Args:
        entry: the function or class.
        inputs: `Arguments` or `Script`, plain.
        helpers: functions that inputs may be bound to.
        filename: the name under which the candidate's code was compiled.
        room: bytes that the output may take.

    Raises:
        TooLargeError: the output takes more.
    """
    frames: list[tuple[int, str, str]] = []
    changed: set[str] = set()
    start = CLOCK()
    if isinstance(inputs, Script):
        value, shares = _drive(_Entry(entry, helpers, filename, room), inputs, frames, changed)
        return CaseOutcome(value, tuple(sorted(changed)), shares, tuple(frames), CLOCK() - start)
    args, kwargs = _live(inputs, helpers)
    start = CLOCK()
    result, raised = _attempt(lambda: entry(*args, **kwargs), filename, frames)
    cpu_seconds = CLOCK() - start
    if raised is not None:
        changed = _changes(inputs, args, kwargs)
        return CaseOutcome(raised, tuple(sorted(changed)), False, tuple(frames), cpu_seconds)
    # Plain first: what is too large, or has no end, is not gone through in other ways.
    value = _plain(result, room)
    shares = share_memory(result, (args, kwargs))
    changed = _changes(inputs, args, kwargs)
    return CaseOutcome(value, tuple(sorted(changed)), shares, (), cpu_seconds)


def _live(arguments: Arguments, helpers: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    args = [to_live(value, helpers) for value in arguments.args]
    return args, {name: to_live(value, helpers) for name, value in arguments.kwargs.items()}


class _Entry(NamedTuple):
    """A class to be driven; the fields are the arguments of `run_case`."""

    entry: Any
    helpers: Mapping[str, Any]
    filename: str
    room: int


def _drive(given: _Entry, script: Script, frames: list[tuple[int, str, str]], changed: set[str]) -> tuple[Any, bool]:
    """Return construct an instance and make the calls; each output is made plain before the next call can change it.

    Args:
        given: the class.
        script: the constructor's arguments, and the calls.
        frames: takes the candidate's own lines of tracebacks.
        changed: takes the inputs that were changed in place.

    Returns:
        The outputs, and whether one of them lies in the memory of its call's inputs or the constructor's.
    """
    entry, helpers, filename, room = given
    shares = False
    init_args, init_kwargs = _live(script.init, helpers)
    driven, raised = _attempt(lambda: entry(*init_args, **init_kwargs), filename, frames)
    if raised is not None:
        changed |= _changes(script.init, init_args, init_kwargs)
        return raised, False
    outputs = []
    for number, call in enumerate(script.calls, 1):
        before = len(frames)
        if call.arguments is None:
            result, raised = _attempt(lambda name=call.name: getattr(driven, name), filename, frames)  # type: ignore[misc]
        else:
            args, kwargs = _live(call.arguments, helpers)
            result, raised = _attempt(
                lambda name=call.name, args=args, kwargs=kwargs: getattr(driven, name)(*args, **kwargs),  # type: ignore[misc]
                filename,
                frames,
            )
            changed |= _changes(call.arguments, args, kwargs)
            shares = shares or (raised is None and share_memory(result, (args, kwargs)))
        frames[before:] = [(line, function, str(number)) for line, function, _ in frames[before:]]
        shares = shares or (raised is None and share_memory(result, (init_args, init_kwargs)))
        outputs.append(raised if raised is not None else _plain(result, room))
    # What the constructor was given stays the caller's, through all the calls.
    changed |= _changes(script.init, init_args, init_kwargs)
    return outputs, shares


def _attempt(action: Callable[[], Any], filename: str, frames: list[tuple[int, str, str]]) -> tuple[Any, Raised | None]:
    """Run an action; whatever is raised, `SystemExit` too, is an outcome."""
    try:
        return action(), None
    except TooLargeError:
        raise
    except BaseException as error:
        frames += own_frames(error, filename)
        return None, plain_error(error)


def _changes(given: Arguments, args: list[Any], kwargs: dict[str, Any]) -> set[str]:
    """Return the inputs that no longer hold what was given; generators are meant to be drawn from."""
    pairs = [(f"#{place + 1}", value, args[place]) for place, value in enumerate(given.args)]
    pairs += [(name, value, kwargs[name]) for name, value in given.kwargs.items()]
    return {name for name, value, live in pairs if not _same(value, live)}


def _same(given: Any, live: Any) -> bool:
    if isinstance(given, (Generator, Bound)):
        return True
    try:
        if type(given) in (list, tuple) and type(live) is type(given):
            return len(given) == len(live) and all(map(_same, given, live))
        if type(given) is dict and type(live) is dict:
            return list(given) == list(live) and all(_same(given[name], live[name]) for name in given)
        if type(given) is Array:
            return same_array(given, live)
        return encode(to_plain(live, 1 << 40)) == encode(given)
    except (WireError, TooLargeError):
        return False


def _plain(result: Any, room: int) -> Any:
    try:
        return to_plain(result, room)
    except WireError:
        return Unsupported("mapping or set whose keys are no plain values")


def plain_error(error: BaseException) -> Raised:
    """Return an exception in plain values; asking it for its message may itself raise."""
    names = tuple(_error_name(kind) for kind in type.mro(type(error)) if kind is not object)
    try:
        message = str(error)
    except BaseException:
        message = ""
    return Raised(names[:MOST_NAMES], message[:LONGEST_MESSAGE] if type(message) is str else "")


def _error_name(kind: type) -> str:
    """Return an exception type's name; one that borrows the name of a built-in type is not that type.

    A subclass may have its base's name, as numpy's MemoryError has, and is caught as its base.
    """
    name = clip(NAME(kind))
    built_in = BUILTINS.get(name, kind)
    # `in` would ask a type of the submission's whether it equals another.
    return name if any(base is built_in for base in type.mro(kind)) else clip(f"another {name}")


def own_frames(error: BaseException, filename: str) -> list[tuple[int, str, str]]:
    """Return the lines of a traceback that are in `filename`, the innermost fifty."""
    found = []
    trace = TRACEBACK(error)
    while trace is not None:
        code = trace.tb_frame.f_code
        if str.__eq__(code.co_filename, filename):
            found.append((trace.tb_lineno or 0, clip(code.co_name), ""))
        trace = trace.tb_next
    return found[-50:]
