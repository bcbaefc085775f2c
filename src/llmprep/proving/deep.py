"""Run a bank's items: prove suites, run code blocks, look for key points in answers."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from llmprep.bank.compiler import compile_item
from llmprep.bank.files import content
from llmprep.errors import BankError, Problem
from llmprep.model import Exercise, Question
from llmprep.proving.code_blocks import run_blocks, runs_here
from llmprep.proving.prover import prove
from llmprep.sandbox.fork_server import ForkServer
from llmprep.study.marking import missed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from llmprep.bank.tree import Found
    from llmprep.proving.proof import Proof


class NotRun(NamedTuple):
    """A code block that was not run, since it needs more than numpy."""

    question: str
    place: int
    """Which of the question's blocks, from 0."""
    packages: tuple[str, ...]


class Deep(NamedTuple):
    """The outcome of running items."""

    proofs: list[Proof]
    problems: list[Problem]
    blocks: int
    """Code blocks that were run."""
    not_run: list[NotRun]


def run_items(found: Sequence[Found], cache: Path | None, progress: Callable[[int, int], None]) -> Deep:
    """Prove the suites of exercises and run the code blocks of questions.

    Args:
        found: items that are valid by themselves.
        cache: where suites are kept; None keeps none.
        progress: called with how many items are done and how many there are.

    Raises:
        EnvironmentFault: no worker can be started.
    """
    deep = Deep([], [], 0, [])
    blocks = 0
    with contextlib.closing(ForkServer()) as fork_server:
        for done, one in enumerate(found):
            progress(done, len(found))
            item = _read(one, deep.problems)
            if isinstance(item, Exercise):
                try:
                    deep.proofs.append(prove(item, cache))
                except BankError as error:  # its own code fails: the other items are proved all the same
                    deep.problems.extend(error.problems)
                else:
                    deep.problems.extend(deep.proofs[-1].problems)
            elif isinstance(item, Question):
                deep.problems.extend(_missed(item))
                deep.problems.extend(run_blocks(item, fork_server.start_worker))
                left = [place for place, code in enumerate(item.code) if not runs_here(code)]
                deep.not_run.extend(NotRun(item.id, place, item.code[place].packages) for place in left)
                blocks += len(item.code) - len(left)
    progress(len(found), len(found))
    return deep._replace(blocks=blocks)


def _read(found: Found, problems: list[Problem]) -> Question | Exercise | None:
    """Read an item again, and note what has become wrong with it meanwhile."""
    try:
        data = content(found.path, found.path.absolute().parent.parent)
    except OSError as error:
        data = Problem(str(found.path), 1, "", "bank.cannot_read", {"reason": error.strerror or ""})
    if isinstance(data, Problem):
        problems.append(data)
        return None
    item, wrong = compile_item(data, str(found.path), found.id)
    problems.extend(wrong)
    return item


def _missed(question: Question) -> Iterator[Problem]:
    """Yield a problem for each key point that the question's own answer does not make."""
    for one in missed(question):
        field = f"key_points.{one.place}"
        facts: dict[str, object] = {"name": one.key_point, "language": one.language, "phrases": " · ".join(one.phrases)}
        key = "prove.key_point_missed" if one.phrases else "prove.key_point_unmarked"
        yield Problem(str(question.path), question.line_of(f"{field}.id"), f"{field}.match.{one.language}", key, facts)
