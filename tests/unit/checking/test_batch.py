"""Whatever one file of many brings about, the others have their reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from test_road import EXERCISE, FILE, REFERENCE

from llmprep.checking import batch
from llmprep.checking.batch import grade_many
from llmprep.checking.discovery import find_submissions
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
            find_submissions([tmp_path]).entries,
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


def test_what_is_done_is_told_before_the_next_is_looked_at(tmp_path: Path) -> None:
    """A later file's exercise, which takes long to make ready, keeps nobody waiting."""
    (tmp_path / "a.py").symlink_to("nowhere")
    (tmp_path / "b.py").write_text(REFERENCE, encoding="utf-8")
    told: list[str] = []

    def exercise_of(_: str, path: Path) -> Any:
        told.append(f"looked at {path.stem}")
        return EXERCISE

    grading = grade_many(
        find_submissions([tmp_path]).entries, exercise_of, lambda _: FILE, cache=None, jobs=1, seed=1, allow_weaker=True
    )
    for graded in grading:
        told += [f"graded {graded.entry.path.stem}"]
    assert told == ["graded a", "looked at b", "graded b"]
