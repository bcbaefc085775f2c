"""Check that a judge worker sent exactly the expected frames.

Bank code shares the worker's process and could forge frames or end it early. Both are faults of the bank, reported with
the item's file, and never bugs of ours.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from llmprep.errors import BankError, Problem
from llmprep.model import Group
from llmprep.values import Arguments, Call, Script

if TYPE_CHECKING:
    from llmprep.model import Exercise
    from llmprep.sandbox.job_result import JobResult
    from llmprep.sandbox.limits import Limits


def raise_if_broken(
    job_result: JobResult, exercise: Exercise, limits: Limits, step_seconds: float = 0.0, field: str = "cases"
) -> None:
    """Raise the fault of the bank's own code that a judge worker reported or died of.

    Args:
        job_result: how the worker's job went.
        exercise: whose code it ran.
        limits: what the job might take.
        step_seconds: the CPU time that one of its steps might take.
        field: whose code ran, where no frame tells.

    Raises:
        BankError: the code failed, or went over a limit.
    """
    for frame in job_result.frames:
        if frame[0] == "broken":
            if [type(part) for part in frame] != [str, str, int, str]:
                raise forged_frames(exercise)
            _, broken, line, message = frame
            raise fault_of(exercise, broken, "bank.code_failed", line, message=message)
        if frame[0] == "endless":
            if [type(part) for part in frame] != [str, str, int, int]:
                raise forged_frames(exercise)
            raise _endless(exercise, frame[1], frame[3], line=frame[2], seconds=step_seconds)
    if job_result.stop != "finished":
        at = [frame for frame in job_result.frames if [type(part) for part in frame] == [str, str, int]]
        _, field, case = at[-1] if at and at[-1][0] == "at" else ("at", field, 0)
        if job_result.stop == "cpu":
            raise _endless(exercise, field, case, seconds=limits.cpu_seconds)
        if job_result.stop == "wall":
            raise fault_of(exercise, field, "bank.code_late", seconds=limits.wall_seconds)
        message = f"{job_result.stop}, signal {job_result.signal}"
        raise fault_of(exercise, field, "bank.code_failed", message=message)


def _endless(exercise: Exercise, field: str, case: int, *, line: int = 1, seconds: float) -> BankError:
    """Return the error of a field whose code does not end, on a case counted from 1, or 0 on none."""
    key = "bank.code_endless_on_case" if case else "bank.code_endless"
    return fault_of(exercise, field, key, line, seconds=seconds, **({"case": case} if case else {}))


def fault_of(exercise: Exercise, field: str, key: str, line: int = 1, **facts: object) -> BankError:
    """Return the error of an exercise whose field is at fault.

    Args:
        exercise: the exercise.
        field: the field's path, such as `cases.0.generate`.
        key: the message.
        line: the line within the field's text.
        facts: what the message names.
    """
    return BankError([Problem(str(exercise.path), exercise.line_of(field, line), field, key, facts)])


def forged_frames(exercise: Exercise) -> BankError:
    """Return the error of a judge worker whose frames are not those that it sends, left alone."""
    return BankError([Problem(str(exercise.path), 1, "", "bank.interfered", {})])


def raise_if_forged(job_result: JobResult, exercise: Exercise, solutions: tuple[str, ...]) -> None:
    """Raise unless the frames of a `cases` job are those that the worker sends: all inputs, then outcomes in order.

    Raises:
        BankError: they are not.
    """
    frames = job_result.frames
    made = sum(frame[0] == "inputs" for frame in frames)
    answered = frames[made:]
    if (
        not made
        or not all(are_inputs(frame, exercise) for frame in frames[:made])
        or [frame[0] for frame in answered] != ["seconds", *("outcomes" for _ in solutions)]
        or not _is_seconds(answered[0])
        or not all(are_outcomes(*pair, made) for pair in zip(answered[1:], solutions, strict=True))
    ):
        raise forged_frames(exercise)


def are_inputs(frame: tuple[Any, ...], exercise: Exercise) -> bool:
    """Return whether a frame holds the inputs of one of an exercise's cases."""
    return (
        len(frame) == 4  # noqa: PLR2004  (as `worker.cases` sends them)
        and frame[0] == "inputs"
        and type(frame[1]) is int
        and 0 <= frame[1] < len(exercise.cases)
        and _is_call(frame[2])
    )


def _is_call(inputs: Any) -> bool:
    """Return whether these are a call's arguments or a script, with names that are strings."""
    if isinstance(inputs, Script):
        return (
            _are_arguments(inputs.init)
            and type(inputs.calls) is tuple
            and all(
                isinstance(call, Call)
                and type(call.name) is str
                and (call.arguments is None or _are_arguments(call.arguments))
                for call in inputs.calls
            )
        )
    return _are_arguments(inputs)


def _are_arguments(inputs: Any) -> bool:
    return (
        isinstance(inputs, Arguments)
        and type(inputs.args) is tuple
        and type(inputs.kwargs) is dict
        and all(type(name) is str for name in inputs.kwargs)
    )


def _is_seconds(frame: tuple[Any, ...]) -> bool:
    return len(frame) == 2 and type(frame[1]) is float and 0 <= frame[1] < math.inf  # noqa: PLR2004


def are_outcomes(frame: tuple[Any, ...], name: str, made: int) -> bool:
    """Return whether a frame holds the outcomes of the named source for all cases."""
    return (
        len(frame) == 3  # noqa: PLR2004
        and frame[1] == name
        and type(frame[2]) is list
        and len(frame[2]) == made
        and all(
            type(one) is tuple
            and len(one) == 3  # noqa: PLR2004
            and type(one[1]) is tuple
            and all(type(changed) is str for changed in one[1])
            and type(one[2]) is bool
            for one in frame[2]
        )
    )


def raise_if_unsized(job_result: JobResult, exercise: Exercise) -> None:
    """Raise unless there is one case for each size that growth is fitted over.

    Raises:
        BankError: there are more or fewer.
    """
    places = {place for place, case in enumerate(exercise.cases) if case.group is Group.EFFICIENCY}
    made = sum(frame[0] == "inputs" and frame[1] in places for frame in job_result.frames)
    if exercise.efficiency is not None and exercise.efficiency.sizes and len(exercise.efficiency.sizes) != made:
        sizes = len(exercise.efficiency.sizes)
        raise fault_of(exercise, "efficiency.sizes", "bank.efficiency_cases_sizes", sizes=sizes, cases=made)
