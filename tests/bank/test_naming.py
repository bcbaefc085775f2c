"""How well mistakes are named in submissions written quite differently from the stored ones.

`wrong/<topic>/<slug>/<mistake>--<n>.py` makes that mistake, in code of its own that may lack checks and slip elsewhere
(those called `blind` by people who saw the prompt and the hint, and neither reference nor stored mistake);
`solutions/<topic>/<slug>/*.py` are right.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from llmprep.checking.pipeline import check

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from llmprep.bank import Bank
    from llmprep.sandbox.process import Nursery
    from llmprep.verdict import Report

HERE = Path(__file__).parent
LEAST_NAMED = 0.7


def checked(bank: Bank, suites: Path, nursery: Nursery, paths: Sequence[Path]) -> list[Report]:
    reports = []
    for path in paths:
        exercise = bank.exercise(f"{path.parent.parent.name}/{path.parent.name}")
        source, file = path.read_text(encoding="utf-8"), bank.source_path(exercise.id)
        reports.append(check(exercise, source, bank_file=file, cache=suites, worker=nursery.worker))
    return reports


def test_fresh_wrong_submissions_are_named(
    bank: Bank, suites: Path, nursery: Nursery, record_property: Callable[[str, object], None]
) -> None:
    """At least seven in ten are told the mistake that they make; all are refused."""
    paths = sorted(HERE.glob("wrong/*/*/*.py"))
    reports = checked(bank, suites, nursery, paths)
    assert not [path.name for path, report in zip(paths, reports, strict=True) if report.accepted]
    wanted = [path.stem.partition("--")[0] for path in paths]
    named = [report.mistake == mistake for report, mistake in zip(reports, wanted, strict=True)]
    misled = [
        (path.name, r.mistake) for path, r, good in zip(paths, reports, named, strict=True) if r.mistake and not good
    ]
    record_property(
        "figure", f"{sum(named)} of {len(named)} fresh wrong submissions named rightly, {len(misled)} wrongly"
    )
    assert sum(named) >= LEAST_NAMED * len(named), [
        path.name for path, good in zip(paths, named, strict=True) if not good
    ]
    assert misled == []


def test_right_submissions_are_accepted_and_told_of_no_mistake(
    bank: Bank, suites: Path, nursery: Nursery, record_property: Callable[[str, object], None]
) -> None:
    """Loops, einsum, other orders of summation: what is right passes, and is never told that it made a mistake."""
    paths = sorted(HERE.glob("solutions/*/*/*.py"))
    reports = checked(bank, suites, nursery, paths)
    assert [
        path.name for path, report in zip(paths, reports, strict=True) if not report.accepted or report.mistake
    ] == []
    assert len(paths) > 10
    record_property("figure", f"{len(paths)} other right submissions accepted, none named")
