"""Holds what a judge worker says against what it says when the bank's code in it leaves it alone.

Bank code shares the worker's process, so that it may forge frames, or end it early: that is the bank's fault, told with
its file, and never a bug of ours.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from llmprep.errors import BankError, Problem
from llmprep.model import Group
from llmprep.values import Arguments, Call, Script

if TYPE_CHECKING:
    from pathlib import Path

    from llmprep.model import Exercise
    from llmprep.sandbox.job import Transcript


def raise_if_broken(transcript: Transcript, exercise: Exercise, source: Path) -> None:
    """Raise what a judge worker's transcript says of the bank's own code.

    Raises:
        BankError: the code failed, or went over a limit.
    """
    for frame in transcript.frames:
        if frame[0] == "broken":
            if [type(part) for part in frame] != [str, str, int, str]:
                raise interfered(source)
            _, field, line, message = frame
            at = exercise.where.get(field, 1) + line - 1
            raise BankError([Problem(str(source), at, field, "bank.code_failed", {"message": message})])
    if transcript.stop != "finished":
        facts: dict[str, object] = {"message": f"{transcript.stop}, signal {transcript.signal}"}
        raise BankError([Problem(str(source), 1, "cases", "bank.code_failed", facts)])


def interfered(source: Path) -> BankError:
    """What to raise when a judge worker said what it would not have said, left alone."""
    return BankError([Problem(str(source), 1, "", "bank.interfered", {})])


def raise_if_forged(transcript: Transcript, exercise: Exercise, source: Path, solutions: tuple[str, ...]) -> None:
    """Hold the frames of a `cases` job against what the worker, left alone, sends: all inputs, then outcomes in order.

    Raises:
        BankError: there are others.
    """
    frames = transcript.frames
    made = sum(frame[0] == "inputs" for frame in frames)
    answered = frames[made:]
    if (
        not made
        or not all(_are_inputs(frame, exercise) for frame in frames[:made])
        or [frame[0] for frame in answered] != ["pace", *("outcomes" for _ in solutions)]
        or not _is_pace(answered[0])
        or not all(are_outcomes(*pair, made) for pair in zip(answered[1:], solutions, strict=True))
    ):
        raise interfered(source)


def _are_inputs(frame: tuple[Any, ...], exercise: Exercise) -> bool:
    return (
        len(frame) == 4  # noqa: PLR2004  (as `worker.cases` sends them)
        and frame[0] == "inputs"
        and type(frame[1]) is int
        and 0 <= frame[1] < len(exercise.cases)
        and _is_call(frame[2])
    )


def _is_call(inputs: Any) -> bool:
    """Whether these are a call's arguments or a script, with names that are texts."""
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


def _is_pace(frame: tuple[Any, ...]) -> bool:
    return len(frame) == 2 and type(frame[1]) is float and 0 <= frame[1] < math.inf  # noqa: PLR2004


def are_outcomes(frame: tuple[Any, ...], name: str, made: int) -> bool:
    """Whether a frame holds what the source of this name answered to as many cases."""
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


def raise_if_unsized(transcript: Transcript, exercise: Exercise, source: Path) -> None:
    """Growth is told from one case a size.

    Raises:
        BankError: there are more or fewer.
    """
    places = {place for place, case in enumerate(exercise.cases) if case.group is Group.EFFICIENCY}
    made = sum(frame[0] == "inputs" and frame[1] in places for frame in transcript.frames)
    if exercise.efficiency is not None and exercise.efficiency.sizes and len(exercise.efficiency.sizes) != made:
        line = exercise.where.get("efficiency.sizes", 1)
        facts: dict[str, object] = {"sizes": len(exercise.efficiency.sizes), "cases": made}
        raise BankError([Problem(str(source), line, "efficiency.sizes", "bank.efficiency_cases_sizes", facts)])
