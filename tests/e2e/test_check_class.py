"""Laws of grading a class, held by the installed command on forty people with every oddity that is known."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import classroom
import pytest
from submitted import HEADER, RIGHT, WRONG, Checker

PEOPLE = sorted({*classroom.STATUS, "bea"})


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    """The command in a folder that holds the class."""
    folder = tmp_path_factory.mktemp("class")
    classroom.build(folder / "subs")
    return Checker(folder)


def run(checker: Checker, *more: object) -> tuple[int, str, str]:
    return checker.run("subs", "--seed", "7", "--lang", "en", "--plain", *more)


@pytest.fixture(scope="module")
def data(checker: Checker) -> Any:
    """The class as JSON."""
    code, out, _ = run(checker, "--json")
    assert code == 1
    return json.loads(out)


@pytest.fixture(scope="module")
def out(checker: Checker) -> str:
    """The class as text."""
    code, out, _ = run(checker)
    assert code == 1
    return out


def test_forty_people_have_forty_rows(checker: Checker, data: Any, out: str) -> None:
    """In every form, each person is there, with what came of them."""
    assert len(PEOPLE) == 40
    assert list(dict.fromkeys(row["person"] for row in data["rows"])) == PEOPLE
    found = {row["person"]: row["status"] for row in reversed(data["rows"])}
    assert {person: found[person] for person in classroom.STATUS} == classroom.STATUS
    rows = [(row["person"], row["exercise"] or "", row["status"]) for row in data["rows"]]
    code, gradebook, _ = run(checker, "--format", "csv")
    assert code == 1
    assert [(row["person"], row["exercise"], row["status"]) for row in csv.DictReader(io.StringIO(gradebook))] == rows
    code, junit, _ = run(checker, "--format", "junit")
    assert code == 1
    cases = [(case.get("classname"), suite.get("name")) for suite in ET.fromstring(junit) for case in suite]
    assert sorted(cases) == sorted((person, exercise or "?") for person, exercise, _ in rows)
    table = out[out.index("\nperson") :]
    assert [name for name in PEOPLE if re.search(rf"^{name} ", table, re.MULTILINE)] == PEOPLE
    accepted = list(classroom.STATUS.values()).count("accepted")
    assert out.rstrip().endswith(f"{accepted} of 40 people accepted.")


def test_the_reason_stands_in_the_row(data: Any) -> None:
    """What cannot be graded is named, with what to do about it."""
    notes: dict[str, str] = {}
    for row in data["rows"]:
        notes[row["person"]] = notes.get(row["person"], "") + row["note"]
    assert {person: words for person, words in classroom.REASONS.items() if words not in notes[person]} == {}


def test_the_same_twice_with_one_job_and_with_four(checker: Checker, out: str) -> None:
    """To the byte, in text and as a gradebook."""
    assert run(checker, "--jobs", "1")[1] == run(checker, "--jobs", "4")[1] == out
    told = [run(checker, "--format", "csv", "--jobs", jobs)[1] for jobs in ("1", "4")]
    assert told[0] == told[1]


@pytest.mark.parametrize("spelling", ["folders", "files", "alias"])
def test_the_rows_are_the_same_however_the_class_is_named(checker: Checker, data: Any, spelling: str) -> None:
    """As `subs/*/` and `subs/*/*` they are; by files, for those who have any at the top of their folders."""
    subs = checker.folder / "subs"
    paths: list[object] = [path for path in sorted(subs.iterdir()) if path.is_dir()]
    expected = {(row["person"], row["exercise"], row["status"]) for row in data["rows"]}
    if spelling == "files":
        paths = [file for folder in paths for file in sorted(Path(str(folder)).iterdir()) if not file.is_dir()]
        paths = [file for file in paths if not str(file).startswith(f"{subs}/wes")]
        with_files = {Path(str(file)).parent.name for file in paths}
        expected = {row for row in expected if row[0] in with_files and row[0] != "bea"}
    if spelling == "alias":
        alias = checker.folder / "alias"
        alias.symlink_to("subs")
        paths = [alias]
    out = checker.run(*paths, "--seed", "7", "--json")[1]
    found = {(row["person"], row["exercise"], row["status"]) for row in json.loads(out)["rows"]}
    assert {row for row in found if row[0] != "bea" or spelling != "files"} == expected


def test_nobodys_work_is_counted_once(data: Any, out: str) -> None:
    """Environments, caches, tests, helpers: in one line, none of them graded."""
    assert data["skipped"] == {"caches": 2, "environments": 2, "helpers": 1, "hidden": 1, "tests": 2}
    assert [Path(path).name for path in data["other_files"]] == ["README.md"]
    assert [Path(report["file"]).name for report in data["reports"] if report["person"] == "jan"] == ["power.py"]
    (line,) = [line for line in out.splitlines() if line.startswith("Left out:")]
    assert "2 environments" in line
    assert "1 helper file" in line


def test_the_best_of_several_counts(data: Any, out: str) -> None:
    """Which it was, of how many, and by what rule."""
    (ida,) = [row for row in data["rows"] if row["person"] == "ida"]
    assert (ida["status"], ida["files"], Path(ida["file"]).name) == ("accepted", 2, "power (1).py")
    assert re.search(r"^ida +✓ best of 2", out, re.MULTILINE)
    assert "the best one counts" in out


def test_the_same_code_is_marked_and_not_refused(data: Any) -> None:
    """Renamed and commented it is the same; the starter is nobody's."""
    same = {row["person"]: row["same_code_as"] for row in data["rows"] if row["same_code_as"]}
    assert same == {"ann": ["ned"], "ned": ["ann"], "ida": ["ole"], "ole": ["ida"]}
    assert [row["person"] for row in data["rows"] if row["starter"]] == ["nia", "noa"]


def test_what_was_tried_is_told_though_accepted(checker: Checker, data: Any, out: str) -> None:
    """A process, a socket, a file: refused, and said, in the rows and in the reports."""
    tried = {row["person"]: row["tried"] for row in data["rows"] if row["tried"]}
    assert tried == {"max": ["process"], "mia": ["network"], "moe": ["write"]}
    assert {report["person"] for report in data["reports"] if report["tried"]} == {"max", "mia", "moe"}
    assert re.search(r"^  ✓ subs/max/power.py  tried to start a process$", out, re.MULTILINE)
    code, alone, _ = checker.run("subs/max/power.py", "--lang", "en")
    assert code == 0
    assert "It tried to start a process" in alone


def test_lines_name_the_known_mistake(data: Any, out: str) -> None:
    """Not the first difference of numbers; the commonest are counted below."""
    line = out.splitlines().index(next(line for line in out.splitlines() if "subs/ole/power.py" in line))
    assert out.splitlines()[line + 1].strip().startswith("Known mistake: ")
    assert data["mistakes"] == [{"exercise": "mini/power", "mistake": "product", "people": 2}]
    assert re.search(r"^  2 × mini/power: ", out, re.MULTILINE)
    assert re.search(r"\d+ % of cases passed", out)


@pytest.mark.parametrize(("lang", "words"), [("en", "Known mistake: "), ("zh", "常见错误："), ("both", " / ")])
def test_both_languages(checker: Checker, lang: str, words: str) -> None:
    """All that is told of a class is told in either."""
    code, out, err = checker.run("subs", "--seed", "7", "--lang", lang, "--plain")
    assert code == 1
    assert words in out
    assert "Traceback" not in out + err


def test_a_roster_has_rows_for_the_absent(checker: Checker) -> None:
    """In its order; those who are not on it follow, and that is said. Absence is not acceptance."""
    roster = checker.folder / "class.csv"
    roster.write_bytes(b"\xef\xbb\xbf" + "学号,姓名\n1,Zed\n2,HUA\n3,ann\n".encode())
    code, out, _ = run(checker, "--roster", roster, "--json")
    rows = json.loads(out)["rows"]
    assert code == 1
    assert [(row["person"], row["status"], row["on_roster"]) for row in rows[:3]] == [
        ("Zed", "absent", True), ("hua", "accepted", True), ("ann", "accepted", True),
    ]  # fmt: skip
    assert not any(row["on_roster"] for row in rows[3:])
    assert len({row["person"] for row in rows}) == 41
    right = checker.folder / "right"
    (right / "ann").mkdir(parents=True)
    (right / "ann/x.py").write_text(HEADER + RIGHT, encoding="utf-8")
    for names, expected in (("ann\n", 0), ("ann\nzed\n", 1)):
        roster.write_text(names, encoding="utf-8")
        assert checker.run(right, "--roster", roster)[0] == expected
    roster.write_bytes("王".encode("gbk"))
    code, out, err = checker.run(right, "--roster", roster, "--lang", "en")
    assert (code, out) == (2, "")
    assert "Save the roster as UTF-8" in err


def test_feedback_is_what_the_single_check_shows(checker: Checker) -> None:
    """A page for each of the forty; ole's holds the lines of ole's own report, and nobody's holds another's name."""
    pages = checker.folder / "feedback"
    for _ in range(2):  # its own pages are written anew
        code, _, err = run(checker, "--feedback", pages)
        assert code == 1
        assert "40" in err
    assert sorted(path.stem for path in pages.iterdir()) == PEOPLE
    told = (pages / "ole.md").read_text(encoding="utf-8")
    alone = checker.run("subs/ole/power.py", "--seed", "7", "--lang", "en", "--plain")[1]
    for line in ("Wrong answer", "First failing case", "expected", "got"):
        assert line in alone
        assert line in told
    assert "same code" not in (pages / "ned.md").read_text(encoding="utf-8")
    assert "cell 3, line 3" in (pages / "raj.md").read_text(encoding="utf-8")
    assert "cell 3, line 3, in power: return nowhere(base)" in (pages / "quy.md").read_text(encoding="utf-8")


def test_feedback_spoils_nothing(checker: Checker) -> None:
    """A folder that holds anything else, or lies among the submissions, is refused before anything is graded."""
    foreign = checker.folder / "foreign"
    foreign.mkdir()
    (foreign / "ann.md").write_text("mine", encoding="utf-8")
    linked = checker.folder / "linked"
    linked.mkdir()
    (linked / "ann.md").symlink_to(foreign / "ann.md")
    for folder, code in (
        (foreign, 2),
        (linked, 2),
        (checker.folder / "subs/feedback", 2),
        (checker.folder / "no/where", 5),
    ):
        assert run(checker, "--feedback", folder)[:2] == (code, "")
    assert (foreign / "ann.md").read_text(encoding="utf-8") == "mine"
    assert not (checker.folder / "subs/feedback").exists()


# Public complaints about such tools, replayed.


def told(tmp_path: Path, *paths: str, **files: str | bytes) -> tuple[int, list[tuple[str, str]], Any]:
    """The exit code, each row's person and status, and all data, for files given by their names' parts."""
    own = Checker(tmp_path)
    for name, content in files.items():
        path = tmp_path / "s" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, out, _ = own.run(*(tmp_path / path for path in paths or ("s",)), "--json", "--lang", "en")
    data = json.loads(out)
    return code, [(row["person"], row["status"]) for row in data["rows"]], data


GOOD, BAD = HEADER + RIGHT, HEADER + WRONG


def test_f1_nobody_drops_out(tmp_path: Path) -> None:
    """What is no lower-case `.py` has a row all the same."""
    files = {
        "ann/code.py": GOOD,
        "carl/CODE.PY": GOOD,
        "dora/code.ipynb": classroom.notebook(GOOD),
        "eve/code.txt": GOOD,
    }
    code, rows, data = told(tmp_path, **files)
    assert (code, rows) == (
        1, [("ann", "accepted"), ("carl", "accepted"), ("dora", "accepted"), ("eve", "nothing_to_grade")],
    )  # fmt: skip
    assert (data["people"]["accepted"], data["people"]["total"]) == (3, 4)


def test_f6_a_coding_line_is_honoured(tmp_path: Path) -> None:
    """GBK and Latin-1 by their line; without one the remedy is told, and a NUL is called a NUL."""
    files = {
        "a/code.py": b"# -*- coding: gbk -*-\n# \xc4\xe3\n" + GOOD.encode(),
        "b/code.py": b"# -*- coding: latin-1 -*-\n# \xe9\n" + GOOD.encode(),
        "c/code.py": b"# \xe9\n" + GOOD.encode(),
        "d/code.py": GOOD.encode() + b"\0",
    }
    code, rows, data = told(tmp_path, **files)
    assert code == 1
    assert [status for _, status in rows] == ["accepted", "accepted", "invalid_submission", "invalid_submission"]
    assert "# -*- coding: gbk -*-" in data["rows"][2]["note"]
    assert "NUL" in data["rows"][3]["note"]


def test_f7_the_rule_of_the_best_is_told(tmp_path: Path) -> None:
    """The better of two files counts, and that there were two is said."""
    code, rows, data = told(tmp_path, **{"bob/code.py": BAD, "bob/code (1).py": GOOD})
    assert (code, rows, data["rows"][0]["files"]) == (0, [("bob", "accepted")], 2)


def test_f8_helpers_and_environments_are_not_graded(tmp_path: Path) -> None:
    """Whoever hands them in with a right file is accepted, and all is well."""
    files = {
        "eve/code.py": GOOD,
        "eve/venv/lib/python3/m1.py": "x",
        "eve/helpers.py": "def f(): ...",
        "eve/test_code.py": "x",
    }
    code, rows, data = told(tmp_path, **files)
    assert (code, rows) == (0, [("eve", "accepted")])
    assert data["skipped"] == {"environments": 1, "helpers": 1, "tests": 1}


@pytest.mark.parametrize(
    "paths", [["s"], ["s/ann", "s/bob"], ["s/ann/x.py", "s/bob/x.py"], ["s/./ann/", "s/ann/../bob"]]
)
def test_f11_students_are_not_merged(tmp_path: Path, paths: list[str]) -> None:
    """A row each, whichever way the paths were typed."""
    code, rows, _ = told(tmp_path, *paths, **{"ann/x.py": GOOD, "bob/x.py": BAD})
    assert (code, rows) == (1, [("ann", "accepted"), ("bob", "wrong_answer")])


@pytest.mark.parametrize("paths", [["s"], ["s/ann", "s/bob"], ["s/ann/x.py", "s/bob/x.py", "s/bob/copy.py"]])
def test_f12_anothers_work_by_a_link_is_nobodys(tmp_path: Path, paths: list[str]) -> None:
    """Bob's own file counts; the link to Ann's is told and not followed, however it is named."""
    (tmp_path / "s/bob").mkdir(parents=True)
    (tmp_path / "s/bob/copy.py").symlink_to("../ann/x.py")
    code, rows, data = told(tmp_path, *paths, **{"ann/x.py": GOOD, "bob/x.py": BAD})
    assert (code, rows) == (1, [("ann", "accepted"), ("bob", "wrong_answer"), ("bob", "invalid_submission")])
    assert "is a link out of" in data["rows"][2]["note"]


def test_a_notebook_is_checked_alone(tmp_path: Path) -> None:
    """With its cells in messages; a snippet of it there is none, and that is said."""
    own = Checker(tmp_path)
    path = tmp_path / "power.ipynb"
    path.write_text(classroom.notebook("%time\n", GOOD.replace("base**exponent", "nowhere(base)")), encoding="utf-8")
    code, out, err = own.run(path, "--lang", "en")
    assert code == 1, err
    assert "cell 3, line 5, in power: return nowhere(base)" in out
    assert "--snippet" not in out
    assert json.loads(own.run(path, "--json")[1])["first_failure"]["traceback"][0]["cell"] == 3
    code, out, err = own.run(path, "--snippet", tmp_path / "case.py", "--lang", "en")
    assert (code, out) == (2, "")
    assert "notebook" in err
    path.write_text(classroom.notebook(GOOD), encoding="utf-8")
    assert own.run(path)[0] == 0


def test_one_file_as_csv(tmp_path: Path) -> None:
    """A single file may be told as a gradebook's row, and is one's own work, a link too."""
    own = Checker(tmp_path)
    own.write(power=RIGHT)
    (tmp_path / "link.py").symlink_to("submissions/power.py")
    for name in ("submissions/power.py", "link.py"):
        code, out, _ = own.run(tmp_path / name, "--format", "csv")
        assert code == 0
        assert len(list(csv.DictReader(io.StringIO(out)))) == 1
