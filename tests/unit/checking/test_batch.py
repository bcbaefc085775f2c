"""Whatever one file of many brings about, the others have their reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from test_road import EXERCISE, FILE, REFERENCE

from llmprep.checking import batch
from llmprep.checking.batch import find_submissions, grade_many
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_bug_of_ours_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as ours, of the file that brought it about, and the files after it are graded all the same."""
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.py").write_text(f"# {name}\n{REFERENCE}", encoding="utf-8")
    real = batch.grade

    def failing(exercise: Any, suite: Any, source: str, **options: Any) -> Any:
        if source.startswith("# b"):
            raise ZeroDivisionError("by design")
        return real(exercise, suite, source, **options)

    monkeypatch.setattr(batch, "grade", failing)
    graded = list(
        grade_many(
            find_submissions([tmp_path]),
            lambda *_: EXERCISE,
            lambda _: FILE,
            cache=None,
            jobs=1,
            seed=1,
            allow_weaker=True,
        )
    )
    assert [one.report.verdict for one in graded] == [Verdict.ACCEPTED, Verdict.JUDGE_ERROR, Verdict.ACCEPTED]
    assert graded[1].report.findings[0].key == "check.judge_bug"
    assert graded[1].report.findings[0].facts == {"what": "ZeroDivisionError: by design"}
