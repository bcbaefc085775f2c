"""Laws of the lines, the table and the documents in which a class is told."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from llmprep.checking.batch import Graded
from llmprep.checking.gradebook import rows_of, summary_of
from llmprep.checking.submission_file import SubmissionFile
from llmprep.messages.say import json_text
from llmprep.model import Language
from llmprep.ui.report.batch import ClassResults, FileOutcome, print_foot, print_line, skipped_words
from llmprep.ui.report.class_table import print_table
from llmprep.ui.report.feedback import MARK, feedback, file_names
from llmprep.ui.report.gradebook import COLUMNS, as_csv, as_json, as_junit, row_data
from llmprep.values import Arguments
from llmprep.verdict import CaseResult, Finding, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

SLUGS = [f"{first}-{second}" for first in ("two", "sparse", "dynamic") for second in ("prune", "of-a-tensor", "loss")]
NOT_TEXT = Finding("check.invalid_not_text", {"line": 1})


def outcome(
    person: str,
    exercise: str = "",
    verdict: Verdict = Verdict.ACCEPTED,
    *,
    finding: Finding = NOT_TEXT,
    code: str = "",
    tried: tuple[str, ...] = (),
) -> FileOutcome:
    """A file's outcome; without an exercise, one that cannot be graded."""
    cases = (CaseResult(0, "general", verdict, Arguments((), {})), CaseResult(1, "general", Verdict.ACCEPTED))
    report = Report(exercise, "", verdict, cases, 2, code=code, tried=tried)
    if not exercise:
        report = Report("", "", Verdict.INVALID_SUBMISSION, (), 0, (finding,))
    return FileOutcome(Graded(SubmissionFile(Path(f"{person}.py"), person), None, report), Language.EN, whole=True)


def screen(width: int = 80) -> Console:
    return Console(file=io.StringIO(), width=width)


def table(outcomes: list[FileOutcome], width: int = 80, unlisted: tuple[str, ...] = ()) -> list[str]:
    console = screen(width)
    rows = rows_of([one.mark for one in outcomes], (), unlisted)
    print_table(console, rows, outcomes, Language.EN)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]


WRONG = Verdict.WRONG_ANSWER


def test_what_cannot_be_graded_has_its_reason_in_its_row() -> None:
    """Beside the mark of nothing, in the notes; exercises keep the order in which they came."""
    lines = table([outcome("ann"), outcome("ben", "t/two"), outcome("cy", "t/one", WRONG)], 200)
    assert lines[1].split() == ["person", "two", "one", "notes"]
    assert lines[2].split()[:3] == ["ann", "·", "·"]
    assert "It is not UTF-8 text" in lines[2]
    assert lines[3].split() == ["ben", "✓", "·"]
    assert [line.split() for line in lines if line.startswith("cy")] == [["cy", "·", "✗", "50", "%"]]


@pytest.mark.parametrize(("language", "reason"), [(Language.EN, "more memory"), (Language.ZH, "内存超过限制")])
def test_the_reason_is_that_of_the_verdict(language: Language, reason: str) -> None:
    """A case that failed before the submission was stopped gives verdict and reason; else what stopped it does."""
    memory, stop, general = Verdict.MEMORY_LIMIT_EXCEEDED, Finding("check.stop_cpu", {"limit": 4.0}), "general"
    failed = CaseResult(0, general, memory, findings=(Finding("check.memory"),))
    running = CaseResult(1, general, Verdict.TIME_LIMIT_EXCEEDED, findings=(Finding("check.under_way"),))
    file = SubmissionFile(Path("ann.py"), "ann")
    for cases, verdict in (((failed, running), memory), ((running,), running.verdict), ((), running.verdict)):
        report = Report("t/a", "", verdict, cases, 3, (stop,))
        told = FileOutcome(Graded(file, None, report), language).reason
        assert (reason in told, "4" in told) == (verdict is memory, verdict is not memory)


def test_the_best_of_several_is_told() -> None:
    """The mark of the best, and of how many."""
    lines = table([outcome("ann", "t/a", WRONG), outcome("ann", "t/a"), outcome("ben", "t/a")])
    assert [" ".join(line.split()) for line in lines[2:]] == ["ann ✓ best of 2", "ben ✓"]


def test_notes_say_whom_they_concern() -> None:
    """The same code, what was tried, who is not on the roster; of several exercises, which."""
    outcomes = [
        outcome("ann", "t/a", code="c" * 32),
        outcome("ann", "t/b"),
        outcome("ben", "t/a", code="c" * 32, tried=("process", "write")),
    ]
    lines = table(outcomes, 200, ("ben",))
    assert lines[2].endswith("a: same code as ben")
    assert lines[3].endswith("same code as ann; tried to start a process, write files; not on the roster")


def test_a_crowd_is_not_listed() -> None:
    """Of many with the same code three are named, in data too, and how many there are."""
    outcomes = [outcome(person, "t/a", code="c" * 32) for person in "abcde"]
    assert table(outcomes, 200)[2].endswith("same code as b, c, d and 1 more")
    rows = rows_of([one.mark for one in outcomes])
    for language, words in ((Language.EN, "same code as b, c, d and 1 more"), (Language.ZH, "另有 1 人")):
        data = row_data(rows[0], outcomes[0], language)
        assert (data["same_code_as"], data["same_code_count"]) == (["b", "c", "d"], 4)
        assert words in data["note"]
        line = as_csv(rows, outcomes, language).splitlines()[1]
        assert "b; c; d" in line
        assert line.endswith(",4")


@pytest.mark.parametrize(
    "write",
    [as_csv, as_junit, lambda *given: json.dumps([row_data(*one, given[2]) for one in zip(*given[:2], strict=True)])],
)
def test_what_is_told_of_a_crowd_grows_with_it(write: Callable[..., str]) -> None:
    """Eight times as many people with one code make eight times as long a gradebook."""
    sizes = []
    for size in (50, 400):
        outcomes = [outcome(f"p{number:03}", "t/a", code="c" * 32) for number in range(size)]
        sizes.append(len(write(rows_of([one.mark for one in outcomes]), outcomes, Language.EN)))
    assert sizes[1] <= 9 * sizes[0]


def test_a_line_leaves_no_gap() -> None:
    """It names the exercise and the share of cases passed, or does without."""
    for exercise, told in (("", "ann.py"), ("t/one", "ann.py  t/one  100 % of cases passed")):
        console = screen()
        print_line(console, outcome("ann", exercise), Language.EN)
        assert console.file.getvalue().splitlines()[0].endswith(f"  {told}")  # type: ignore[attr-defined]


def test_headings_are_broken_at_hyphens() -> None:
    """Where a table is too wide, a heading goes on below at a hyphen, and no word of it is cut in two."""
    slugs = ["minhash-dedup", "inverted-dropout", "two-four-sparsity", "sparse-autoencoder-loss"]
    lines = table([outcome("ann", f"t/{slug}") for slug in slugs], 60)
    heading = " ".join(lines[1 : next(place for place, line in enumerate(lines) if line.startswith("ann"))])
    words = {part + "-" * (place < slug.count("-")) for slug in slugs for place, part in enumerate(slug.split("-"))}
    pieces = heading.replace("person", "").replace("-", "- ").split()
    assert set(pieces) == words
    assert max(map(len, lines)) <= 60


@given(
    st.lists(st.sampled_from(SLUGS), min_size=1, max_size=30),
    st.lists(st.sampled_from(["ann", "0123_magnitude-prune_reference", "王小明"]), min_size=1, max_size=4, unique=True),
    st.integers(40, 200),
    st.booleans(),
)
@example(["two-prune", "two-loss", "dynamic-prune", "two-of-a-tensor"], ["ann"], 40, False)
def test_a_table_goes_on_below(slugs: list[str], people: list[str], width: int, noted: bool) -> None:
    """However many exercises there are, no line is too long, and no name, score or heading's word is cut in two."""
    outcomes = [outcome(person, f"t/{slug}") for person in people for slug in dict.fromkeys(slugs)]
    if noted:
        outcomes.append(outcome("zoe"))
    lines = table(outcomes, width)
    assert all(cell_len(line) <= width for line in lines)
    assert sum(line.count("✓") for line in lines) == len(set(slugs)) * len(people)
    fitting = [person for person in people if cell_len(person) <= width // 2]
    assert all(any(line.startswith(f"{person} ") for line in lines) for person in fitting)
    whole = "".join(lines)
    assert all(part in whole for slug in slugs for part in slug.split("-"))
    assert noted == any(line.startswith("zoe ") for line in lines)


def foot(outcomes: list[FileOutcome], language: Language = Language.EN) -> str:
    console = screen(200)
    marks = [one.mark for one in outcomes]
    rows = rows_of(marks)
    skipped = skipped_words(Counter({"tests": 2, "helpers": 1}), [Path("s/README.md")], language)
    print_foot(console, ClassResults(rows, outcomes, summary_of(rows, marks)), skipped, language)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def test_the_foot_counts_people_and_says_the_rules() -> None:
    """Rates, attempts, the rules that were applied, what was left out; at the end how many people."""
    told = foot([outcome("ann", "t/a", WRONG), outcome("ann", "t/a"), outcome("ben", "t/a", WRONG, tried=("network",))])
    assert "t/a: 1 of 2 people accepted" in told
    assert "✗ ben.py  tried to use the network" in told
    assert "best of 2" in told
    assert "not a grade" in told
    assert "Left out: 1 helper file, 2 test files, 1 other file (README.md)." in told
    assert told.rstrip().endswith("1 of 2 people accepted.")
    quiet = foot([outcome("ann", "t/a")])
    assert "best of" not in quiet
    assert "not a grade" not in quiet
    assert "1 人中有 1 人全部通过" in foot([outcome("ann", "t/a")], Language.ZH)


CLASS = [
    outcome("ann", "t/a", code="c" * 32),
    outcome("ann", "t/b", WRONG),
    outcome("=cmd|'/c calc'!A0", "t/a", WRONG, code="c" * 32, tried=("process",)),
    outcome("@b\nx", finding=Finding("check.nothing_there")),
    outcome("zoe", finding=Finding("check.absent")),
    outcome("ann", "t/a", WRONG),
]


def test_all_forms_hold_the_same_rows() -> None:
    """A row of text, JSON, JUnit and CSV for each person and exercise, in the same words."""
    marks = [one.mark for one in CLASS]
    rows = rows_of(marks)
    data = json.loads(
        json_text(as_json(ClassResults(rows, CLASS, summary_of(rows, marks)), (Counter(tests=1), []), 3, Language.EN))
    )
    assert [tuple(row) for row in data["rows"]] == [COLUMNS] * 5
    expected = [(row["person"], row["exercise"] or "", row["status"]) for row in data["rows"]]
    assert expected == [
        ("ann", "t/a", "accepted"),
        ("ann", "t/b", "wrong_answer"),
        ("=cmd|'/c calc'!A0", "t/a", "wrong_answer"),
        ("@b\\nx", "", "nothing_to_grade"),
        ("zoe", "", "absent"),
    ]
    assert (data["accepted"], data["total"], data["people"]) == (1, 5, {"accepted": 0, "total": 4})
    assert data["skipped"] == {"tests": 1}
    assert len(data["reports"]) == 5  # of each file; of the absent there is none
    table_of = list(csv.DictReader(io.StringIO(as_csv(rows, CLASS, Language.EN))))
    assert [(row["person"].removeprefix("'"), row["exercise"], row["status"]) for row in table_of] == expected
    junit = ET.fromstring(as_junit(rows, CLASS, Language.EN))
    cases = [(case.get("classname"), suite.get("name")) for suite in junit for case in suite]
    assert sorted(cases) == sorted((person, exercise or "?") for person, exercise, _ in expected)
    assert (junit.get("tests"), junit.get("failures"), junit.get("errors")) == ("5", "4", "0")
    for whole in (as_csv(rows, CLASS, Language.EN), as_junit(rows, CLASS, Language.EN)):
        assert "same code as ann" in whole
        assert "tried to start a process" in whole
    assert data["rows"][2]["same_code_as"] == ["ann"]
    assert data["rows"][0]["files"] == 2


@given(st.text(max_size=12))
def test_no_cell_is_a_formula(person: str) -> None:
    """Whatever somebody is called: nothing that a spreadsheet would compute, and no line of its own."""
    outcomes = [outcome(person or "x", finding=Finding("check.absent"))]
    text = as_csv(rows_of([one.mark for one in outcomes]), outcomes, Language.EN)
    (row,) = csv.DictReader(io.StringIO(text))
    assert not row["person"].lstrip().startswith(("=", "+", "-", "@"))
    assert len(text.splitlines()) == 2


def test_feedback_is_a_persons_own() -> None:
    """What counts, then each report; nothing of anybody else's, and no report can end its own fence."""
    marks = [one.mark for one in CLASS]
    rows = [row for row in rows_of(marks) if row.person == "ann"]
    reports = ["one ```", "two ````", "three", "four", "five", "six"]
    told = feedback("ann", rows, CLASS, reports, Language.EN)
    assert told.startswith(MARK)
    assert "- ✓ **t/a**: Accepted, 100 % of cases passed (best of 2)" in told
    assert all(report in told for report in ("one ```", "two ````", "six"))
    assert not any(report in told for report in ("three", "four", "five"))
    assert "cmd" not in told
    assert "`````text\ntwo ````\n`````" in told


@given(st.lists(st.text(max_size=80), unique=True, max_size=12))
def test_names_of_files_are_safe_and_unique(people: list[str]) -> None:
    """On any system: no folders, no reserved names, no two that differ by case only."""
    names = file_names(people)
    assert len({name.casefold() for name in names}) == len(people)
    for name in names:
        assert name.endswith(".md")
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert not name.startswith((".", " "))
        assert name.removesuffix(".md").upper() not in ("CON", "NUL", "PRN", "AUX", "COM1", "LPT1")
        assert len(name.encode(errors="replace")) <= 250


@pytest.mark.parametrize(
    ("people", "names"),
    [
        (["ann", "Ann"], ["ann.md", "Ann-2.md"]),
        (["../../etc/passwd"], ["_.._etc_passwd.md"]),
        (["con", "a/b", "a\\b"], ["_con.md", "a_b.md", "a_b-2.md"]),
        (["王小明"], ["王小明.md"]),
        (["", "."], ["_.md", "_-2.md"]),
    ],
)
def test_files_are_named_after_people(people: list[str], names: list[str]) -> None:
    """As near to the name as can be."""
    assert file_names(people) == names
