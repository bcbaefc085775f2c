"""Whatever one file of many brings about, the others have their reports."""

from __future__ import annotations

from threading import Semaphore
from typing import TYPE_CHECKING, Any

import pytest
from test_road import EXERCISE, KEPT, REFERENCE

from llmprep.checking import batch
from llmprep.checking.batch import grade_many
from llmprep.checking.discovery import find_submissions
from llmprep.checking.options import JudgeOptions
from llmprep.sandbox import retry
from llmprep.sandbox.job_result import JobResult
from llmprep.sandbox.limits import Limits
from llmprep.verdict import Verdict

if TYPE_CHECKING:
    from pathlib import Path


def test_a_bug_of_ours_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as ours, of the file that brought it about, and the files after it are graded all the same."""
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.py").write_text(f"# {name}\n{REFERENCE}", encoding="utf-8")
    real = batch.grade

    def failing(judge: Any, source: str) -> Any:
        if source.startswith("# b"):
            raise ZeroDivisionError("by design")
        return real(judge, source)

    monkeypatch.setattr(batch, "grade", failing)
    graded = list(grade_many(find_submissions([tmp_path]).entries, lambda *_: EXERCISE, JudgeOptions(seed=1), 1))
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

    grading = grade_many(find_submissions([tmp_path]).entries, exercise_of, JudgeOptions(seed=1), 1)
    for graded in grading:
        told += [f"graded {graded.entry.path.stem}"]
    assert told == ["graded a", "looked at b", "graded b"]


def test_kept_state_is_told_in_a_batch_too(tmp_path: Path) -> None:
    """Each file's first failure is run alone, whatever cases the seed draws."""
    for name, source in (("a", KEPT["a cache by shape"]), ("b", "def double(x):\n    return 2 * x + (x.size > 2)\n")):
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    grading = grade_many(find_submissions([tmp_path]).entries, lambda *_: EXERCISE, JudgeOptions(seed=1), 2)
    failures = [graded.report.first_failure for graded in grading]
    assert [failure is not None and failure.findings[0].key for failure in failures] == [
        "check.kept_state",
        "check.value",
    ]


def test_who_sleeps_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are graded while one sleeps through its limit, undisturbed; it is not run again, alone, for that."""
    for name in ("a", "b", "c", "d"):
        (tmp_path / f"{name}.py").write_text(f"# {name}\n{REFERENCE}", encoding="utf-8")
    real, others = retry.run_job, Semaphore(0)
    runs: list[str] = []

    def run_job(worker: Any, job: dict[str, Any], *rest: Any) -> JobResult:
        source = job.get("source", "")
        runs.append(source[:3])
        if source.startswith("# a"):
            for _ in "bcd":
                assert others.acquire(timeout=100)
            return JobResult(stop="wall", layers=("rlimits",), was_disturbed=False)
        job_result: JobResult = real(worker, job, *rest)
        if source.startswith(("# b", "# c", "# d")):
            others.release()
        return job_result

    monkeypatch.setattr(retry, "run_job", run_job)
    graded = grade_many(find_submissions([tmp_path]).entries, lambda *_: EXERCISE, JudgeOptions(seed=1), 2)
    verdicts = [one.report.verdict for one in graded]
    assert verdicts == [Verdict.TIME_LIMIT_EXCEEDED, *[Verdict.ACCEPTED] * 3]
    assert runs.count("# a") == 1


DAWDLES = "import time\n\n\ndef double(x):\n    while time.process_time() < 0.4:\n        pass\n    time.sleep(100)\n"
"""Computes a little, then sleeps through its limit: as a right submission on a busy machine may seem to."""


@pytest.mark.parametrize("is_disturbed", [False, True])
def test_who_computes_a_little_and_sleeps_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_disturbed: bool
) -> None:
    """Six of them and one right one: it waits for one run of each at most. Run again they are only if disturbed."""
    for name in "abcdef":
        (tmp_path / f"{name}.py").write_text(f"# {name}\n{DAWDLES}", encoding="utf-8")
    (tmp_path / "g.py").write_text(f"# g\n{REFERENCE}", encoding="utf-8")
    real = retry.run_job
    runs: list[str] = []

    def run_job(worker: Any, job: dict[str, Any], *rest: Any) -> JobResult:
        job_result: JobResult = real(worker, job, *rest)
        job_result.was_disturbed = is_disturbed
        if job["kind"] == "submission":
            runs.append(job["source"][2:3])
        return job_result

    monkeypatch.setattr(retry, "run_job", run_job)
    options = JudgeOptions(seed=1, limits=Limits(cpu_seconds=1.5, wall_seconds=1.0))
    graded = list(grade_many(find_submissions([tmp_path]).entries, lambda *_: EXERCISE, options, 2))
    assert [one.entry.path.stem for one in graded] == list("abcdefg")
    assert [one.report.verdict for one in graded] == [*[Verdict.TIME_LIMIT_EXCEEDED] * 6, Verdict.ACCEPTED]
    assert sorted(runs[:7]) == list("abcdefg")
    assert runs[7:] == (list("abcdef") if is_disturbed else [])


def test_who_is_disturbed_is_accepted_in_the_last_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody fails for a neighbour: the second run, alone, counts; results come in the order of the files."""
    for name in "abc":
        (tmp_path / f"{name}.py").write_text(f"# {name}\n{REFERENCE}", encoding="utf-8")
    real = retry.run_job
    spoilt = {"# a": JobResult(stop="wall", layers=("rlimits",)), "# b": JobResult(stop="died", signal=9)}

    def run_job(worker: Any, job: dict[str, Any], *rest: Any) -> JobResult:
        job_result: JobResult = real(worker, job, *rest)
        return spoilt.pop(job.get("source", "")[:3], job_result)

    monkeypatch.setattr(retry, "run_job", run_job)
    graded = list(grade_many(find_submissions([tmp_path]).entries, lambda *_: EXERCISE, JudgeOptions(seed=1), 2))
    assert spoilt == {}
    assert [(one.entry.path.stem, one.report.accepted) for one in graded] == [(name, True) for name in "abc"]
