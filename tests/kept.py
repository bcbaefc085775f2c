"""What the repository keeps for the bank's exercises: right and wrong submissions, and the ledger of proofs."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING

import llmprep
from llmprep.proving.ledger import Basis, judge_digest, parse, programs_digest, stale
from llmprep.sandbox.process import numpy_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from llmprep.model import Exercise
    from llmprep.proving.ledger import Line

HERE = Path(__file__).parent / "bank"
LEDGER = HERE / "proofs.jsonl"


def right_programs(exercise: Exercise) -> dict[str, str]:
    """Read the right submissions kept beside the reference, by name."""
    return _programs("solutions", exercise)


def wrong_programs(exercise: Exercise) -> dict[str, str]:
    """Read the wrong submissions, by name; `llmprep.proving.proof.mistake_of` says what each makes."""
    return _programs("wrong", exercise)


def _programs(folder: str, exercise: Exercise) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / folder / exercise.id).glob("*.py"))}


def bases(exercises: Iterable[Exercise]) -> dict[str, Basis]:
    """Compute what a proof of each exercise rests on, here and now."""
    judge = judge_digest(Path(llmprep.__file__).parent)
    python = ".".join(platform.python_version_tuple()[:2])
    found = {}
    for exercise in exercises:
        kept = {f"right/{name}": source for name, source in right_programs(exercise).items()}
        kept |= {f"wrong/{name}": source for name, source in wrong_programs(exercise).items()}
        found[exercise.id] = Basis(exercise.digest, programs_digest(kept), judge, python, numpy_version())
    return found


def read_ledger() -> dict[str, Line]:
    """Read the ledger; empty if there is none."""
    return parse(LEDGER.read_text(encoding="utf-8")) if LEDGER.is_file() else {}


def unproved(exercises: Iterable[Exercise]) -> list[str]:
    """List the exercises whose line in the ledger is missing or stale, as far as this Python and numpy can tell.

    Elsewhere than on the Python and numpy that the ledger was made with, only a change of the items or their programs
    is seen: what proofs rest on is then another installation.
    """
    lines = read_ledger()
    wanted = bases(exercises)
    for item, basis in wanted.items():
        if item in lines and (lines[item].basis.python, lines[item].basis.numpy) != (basis.python, basis.numpy):
            theirs = lines[item].basis
            wanted[item] = basis._replace(judge=theirs.judge, python=theirs.python, numpy=theirs.numpy)
    return stale(lines, wanted)
