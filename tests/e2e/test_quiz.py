"""Laws of `llmprep quiz` without a terminal, held by the installed command."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from quizbank import QUESTIONS, RIGHT, Quiz, compiled_bank

from llmprep.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled_bank(tmp_path_factory.mktemp("bank"))


@pytest.fixture
def quiz(tmp_path: Path, bank: Path) -> Quiz:
    return Quiz(tmp_path, bank)


def lines(*answers: object) -> str:
    return "".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)


def kept(quiz: Quiz) -> list[tuple[str, int]]:
    with Store.open(quiz.home, datetime.now(UTC)) as store:
        return [(review.item, review.id) for review in store.reviews()]


def refused(quiz: Quiz, code: int, *more: str, answers: str = "", **environ: str) -> str:
    """What a run that fails says; never a traceback, never a bug."""
    done = quiz.run(*more, answers=answers, **environ)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_whole_session_runs_from_answers(quiz: Quiz) -> None:
    """Question before each answer, review after it, a summary at the end; each object is versioned."""
    told = quiz.told(
        answers=lines({"answer": "fact0 and fact1, fact2"}, {"rating": "good", "key_points": ["p1"]}, {"skip": True})
    )
    assert [line["kind"] for line in told] == [
        "question",
        "review",
        "question",
        "review",
        "question",
        "skip",
        "summary",
    ]
    assert {line["version"] for line in told} == {1}
    first, second = told[1], told[3]
    assert (first["rating"], first["key_points"], first["suggested_rating"]) == ("good", ["p0", "p1", "p2"], "good")
    assert [likely["words"] for likely in first["likely"]] == [["fact0"], ["fact1"], ["fact2"]]
    assert (second["rating"], second["key_points"], second["suggested_rating"]) == ("good", ["p1"], "again")
    assert (told[-1]["answered"], len(told[-1]["skipped"]), told[-1]["finished"]) == (2, 1, True)
    assert told[-1]["next"] == ["alpha/code"]
    assert sorted(line["item"] for line in told if line["kind"] == "question") == QUESTIONS


def test_what_is_answered_comes_last_in_the_next_session(quiz: Quiz) -> None:
    """Never seen first, then the longest due, by the time that --now gives."""
    (question, *_) = quiz.told("--now", "2026-03-01T09:00", "--count", "1", answers=lines({"rating": 4}))
    told = quiz.told("--now", "2026-03-02T09:00", answers=lines(*[{"rating": 3}] * 3))
    assert [line["item"] for line in told if line["kind"] == "review"][-1] == question["item"]
    with Store.open(quiz.home, datetime.now(UTC)) as store:
        assert len({review.at for review in store.reviews()}) == 2


def test_letters_and_numbers_name_the_same_options(quiz: Quiz) -> None:
    """The seed repeats the order shown; the letter and the bank's number of the right option are both marked right."""
    shown = quiz.told("--mode", "choice", "--seed", "5")
    again = quiz.told("--mode", "choice", "--seed", "5")
    assert [{**line, "session": ""} for line in shown] == [{**line, "session": ""} for line in again]
    (question, _) = shown
    letter = {option["option"]: option["letter"] for option in question["options"]}
    right = RIGHT[question["choice"]]
    by_letter = quiz.told(
        "--mode", "choice", "--seed", "5", "--count", "1", answers=lines({"choice": letter[right].upper()})
    )
    assert (by_letter[0]["item"], by_letter[1]["correct"], by_letter[1]["rating"]) == (question["item"], True, "good")
    other = lines({"item": question["item"], "option": 0})
    by_number = quiz.told("--mode", "choice", "--seed", "5", answers=other)
    review = next(line for line in by_number if line["kind"] == "review")
    assert (review["item"], review["letter"], review["correct"], review["rating"]) == (
        question["item"],
        letter[0],
        False,
        "again",
    )
    assert {reason["option"] for reason in review["reasons"] if reason["correct"]} == {right}


def test_an_answer_may_name_its_item(quiz: Quiz) -> None:
    """An item that was not drawn is added and asked at once; no card is dropped for it, and all counts hold."""
    (drawn, *_) = quiz.told("--count", "1", "--seed", "3")
    other = next(item for item in QUESTIONS if item != drawn["item"])
    more = ("--count", "1", "--seed", "3")
    told = quiz.told(*more, answers=lines({"item": other, "rating": "hard"}, {"rating": "good"}))
    asked = [(line["item"], line["position"], line["total"]) for line in told if line["kind"] == "question"]
    assert asked == [(drawn["item"], 1, 1), (other, 1, 2), (drawn["item"], 2, 2)]
    assert [line["item"] for line in told if line["kind"] == "review"] == [other, drawn["item"]]
    assert (told[-1]["answered"], told[-1]["left"], told[-1]["finished"]) == (2, [], True)
    cut = quiz.told(*more, answers=lines({"item": next(i for i in QUESTIONS if i != drawn["item"]), "rating": 1}))
    assert len(cut[-1]["left"]) == 1
    assert not cut[-1]["finished"]
    out = quiz.run("--answers", "-", "--count", "1", answers=lines({"item": "alpha/two", "rating": 1})).stdout
    assert ("Added to the session: alpha/two." in out) == ("1/2" in out)


def test_an_item_that_the_session_is_done_with_is_refused(quiz: Quiz) -> None:
    """Whether it was answered or skipped."""
    for first in ({"item": "alpha/two", "rating": 3}, {"item": "alpha/two", "skip": True}):
        message = refused(quiz, 2, "--answers", "-", answers=lines(first, {"item": "alpha/two", "rating": 3}))
        assert "line 2: this session does not ask alpha/two" in message


def test_answers_in_a_file_are_read_before_any_is_kept(quiz: Quiz) -> None:
    """One line that cannot be read refuses the file with its number, and nothing is recorded."""
    path = quiz.folder / "answers.jsonl"
    path.write_text(lines({"rating": 3}, {"rating": 3}) + "{oops\n", encoding="utf-8")
    assert f"{path}, line 3, column 2" in refused(quiz, 2, "--answers", str(path))
    assert kept(quiz) == []
    path.write_text(lines({"rating": 3}, {"rating": 3}), encoding="utf-8")
    done = quiz.run("--answers", str(path))
    assert done.returncode == 0
    assert "Answered 2 · skipped 0 · left 1" in done.stdout
    assert len(kept(quiz)) == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not JSON"),
        ('{"key_points": ["nope"]}', "has no key point “nope”"),
        ('{"choice": "b"}', "asked in recall"),
        ('{"item": "alpha/code", "rating": 1}', "alpha/code is an exercise"),
        ('{"item": "code", "rating": 1}', "alpha/code is an exercise"),
        ('{"item": "alpha/none", "rating": 1}', "does not ask alpha/none"),
    ],
)
def test_a_bad_line_is_refused_by_its_number(quiz: Quiz, line: str, words: str) -> None:
    """What came before it is recorded and told, what comes after is not read."""
    message = refused(
        quiz, 2, "--answers", "-", answers=lines({"rating": 3}) + "\n" + line + "\n" + lines({"rating": 3})
    )
    assert "Error: standard input, line 3" in message
    assert words in message
    assert len(kept(quiz)) == 1


@pytest.mark.parametrize(
    ("line", "words"), [('{"choice": "e"}', "a–d"), ('{"option": 4}', "0–3"), ('{"answer": "x"}', "asked as a choice")]
)
def test_a_bad_line_for_a_choice_is_refused(quiz: Quiz, line: str, words: str) -> None:
    """With what the choice offers."""
    assert words in refused(quiz, 2, "--answers", "-", "--mode", "choice", answers=line)


def test_bytes_that_are_no_text_are_refused(quiz: Quiz) -> None:
    """By line; a byte-order mark and half a surrogate pair are not the writer's fault and are taken."""
    path = quiz.folder / "answers.jsonl"
    path.write_bytes(b'{"rating": 3}\n{"answer": "\xff"}\n')
    assert "line 2: not text in UTF-8" in refused(quiz, 2, "--answers", str(path))
    path.write_bytes(b'\xef\xbb\xbf{"answer": "\\ud800 fact0"}\r\n')
    assert quiz.run("--answers", str(path)).returncode == 0


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        ((), 2, "no terminal"),
        (("--no-input",), 2, "--no-input needs"),
        (("--json",), 2, "--answers"),
        (("--mode", "exam"), 2, "recall, choice or mixed"),
        (("--count", "0"), 2, "1 or more"),
        (("--count", "many"), 2, "whole number"),
        (("--seed", "x"), 2, "whole number"),
        (("--now", "noon"), 2, "date and time"),
        (("--lang", "fr"), 2, "en, zh or both"),
        (("--topic", "alpah", "--answers", "-"), 2, "Did you mean: alpha"),
        (("--answers", "missing.jsonl"), 2, "no file missing.jsonl"),
        (("--answers", "/"), 2, "is a folder"),
        (("--topic", "beta", "--answers", "-"), 1, "Topics that have some: alpha"),
        (("--colour",), 2, "--colour"),
    ],
)
def test_what_cannot_be_done_is_told(quiz: Quiz, more: tuple[str, ...], code: int, words: str) -> None:
    """Exit code and remedy, without waiting for a key."""
    assert words in refused(quiz, code, *more)


def test_messages_come_in_the_language_asked_for(quiz: Quiz) -> None:
    """Chinese for --lang zh and for a Chinese locale; both for both; content too."""
    assert "没有可供问答的终端" in refused(quiz, 2, "--lang", "zh")
    assert "错误：stdin 第 1 行" in refused(quiz, 2, "--lang", "zh", "--answers", "-", answers="[]")
    assert "没有可供问答的终端" in refused(quiz, 2, LANG="zh_CN.UTF-8")
    both = quiz.run("--lang", "both", "--answers", "-", answers=lines({"answer": "fact0"})).stdout
    assert "Answer one." in both or "Answer two." in both or "Answer three." in both
    assert "中文Answer" in both
    (question, *_) = quiz.told("--lang", "zh")
    assert list(question["prompt"]) == ["zh"]
    (question, *_) = quiz.told("--lang", "both")
    assert list(question["prompt"]) == ["en", "zh"]


def test_a_killed_process_loses_nothing_it_acknowledged(quiz: Quiz) -> None:
    """SIGKILL right after any acknowledged answer: exactly the answers acknowledged are in the log."""
    acknowledged: list[int] = []
    for count in (1, 2, 3):
        with subprocess.Popen(
            quiz.arguments("--answers", "-", "--json"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=quiz.environ,
            text=True,
            encoding="utf-8",
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            done = 0
            while done < count:
                assert json.loads(process.stdout.readline())["kind"] == "question"
                process.stdin.write(lines({"rating": "good"}))
                process.stdin.flush()
                review = json.loads(process.stdout.readline())
                assert review["kind"] == "review"
                acknowledged.append(review["id"])
                done += 1
            os.kill(process.pid, signal.SIGKILL)
        assert [number for _, number in kept(quiz)] == acknowledged
    assert sqlite3.connect(quiz.home / "llmprep.sqlite3").execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_answers_never_take_up_an_unfinished_session(quiz: Quiz) -> None:
    """A script's session is whole, whatever was left before it."""
    first = quiz.told(answers=lines({"rating": 3}))
    second = quiz.told(answers=lines({"rating": 3}))
    assert first[0]["session"] != second[0]["session"]
    assert (second[0]["position"], second[0]["total"]) == (1, 3)


def test_an_unwritable_home_is_told_before_anything_is_asked(quiz: Quiz) -> None:
    """A file in the folder's place: exit 5 with the remedy, and nothing on standard output."""
    quiz.environ["LLMPREP_HOME"] = str(quiz.folder / "file")
    (quiz.folder / "file").write_text("")
    done = quiz.run("--answers", "-", answers=lines({"rating": 3}))
    assert (done.returncode, done.stdout) == (5, "")
    assert "LLMPREP_HOME" in done.stderr


def test_a_newer_store_is_refused(quiz: Quiz) -> None:
    """Exit 5, with both versions."""
    quiz.told()
    connection = sqlite3.connect(quiz.home / "llmprep.sqlite3")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "schema 99" in refused(quiz, 5, "--answers", "-")


def test_a_damaged_store_is_told_with_its_backup(quiz: Quiz) -> None:
    """Exit 5, and the copy to go back to is named."""
    for _ in range(2):
        quiz.told(answers=lines({"rating": 3}))
    (copy,) = (quiz.home / "backups").iterdir()
    (quiz.home / "llmprep.sqlite3").write_bytes(b"gone " * 4000)
    assert str(copy) in refused(quiz, 5, "--answers", "-")


def test_a_full_disk_is_told_and_keeps_what_was_acknowledged(quiz: Quiz) -> None:
    """Exit 5 when a file may not grow further; the reviews told of before are in the log."""
    import resource

    quiz.told()
    room = 4 * (quiz.home / "llmprep.sqlite3").stat().st_size
    done = subprocess.run(
        quiz.arguments("--answers", "-", "--json", "--seed", "1"),
        input=lines({"answer": "fact0"}, {"answer": "x" * 4 * room}, {"rating": 3}),
        capture_output=True,
        text=True,
        env=quiz.environ,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert done.returncode == 5, done.stderr
    assert "Traceback" not in done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in told if line["kind"] == "review"] == [number for _, number in kept(quiz)] == [1]


NEVER = (
    "9999-12-31T23:59",
    "9999-12-31",
    "9999-12-31T23:59-14:00",
    "9999-12-31T23:59+14:00",
    "0001-01-01",
    "0001-01-01T00:00+14:00",
    "0001-01-01T00:00-14:00",
    "1969-12-31T23:59Z",
    "1999-12-31T23:59Z",
    "2200-01-01T00:00Z",
)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_moment_to_schedule_nothing_from_is_refused(quiz: Quiz, zone: str) -> None:
    """With a zone or without, wherever the machine stands: a usage error in either language, and nothing is kept."""
    for moment in NEVER:
        words = refused(quiz, 2, "--answers", "-", "--now", moment, TZ=zone, answers=lines({"rating": 4}))
        assert "from the year 2000 to the year 2199" in words
        assert moment in words
    assert "2000 年到 2199 年" in refused(quiz, 2, "--answers", "-", "--now", NEVER[0], "--lang", "zh", TZ=zone)
    assert not (quiz.home / "llmprep.sqlite3").exists()


def test_a_date_alone_is_its_midnight(quiz: Quiz) -> None:
    """In this machine's zone, as the help says."""
    done = quiz.run(
        "--now", "2026-03-01", "--count", "1", "--answers", "-", answers=lines({"rating": 4}), TZ="Etc/GMT-8"
    )
    assert done.returncode == 0, done.stderr
    with Store.open(quiz.home, datetime.now(UTC)) as store:
        assert [review.at for review in store.reviews()] == [datetime(2026, 2, 28, 16, tzinfo=UTC)]
    assert "its midnight" in " ".join(quiz.run("--help", COLUMNS="200").stdout.split())


def test_copies_are_named_by_the_machines_clock(quiz: Quiz) -> None:
    """Whatever --now says; a day has one."""
    for year in range(2091, 2098):
        quiz.told("--now", f"{year}-01-01", answers=lines({"rating": 3}))
    (copy,) = (quiz.home / "backups").iterdir()
    assert (
        abs(datetime.now(UTC) - datetime.fromisoformat(f"{copy.stem.removeprefix('llmprep-')}T12:00+00:00")).days <= 1
    )


def test_a_log_of_nonsense_opens_a_quiz(quiz: Quiz) -> None:
    """Rows that no llmprep would write, and those that an earlier one wrote in the year 9999, change nothing."""
    (question, *_) = quiz.told("--count", "1", answers=lines({"rating": 3}))
    connection = sqlite3.connect(quiz.home / "llmprep.sqlite3")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for item, at, rating in (
        (question["item"], "9999-12-31T23:59:00.000+00:00", 4),
        (question["item"], "2095-01-01T00:00:00.000+00:00", 4),
        (question["item"], "never", 4),
        ("gone/from-the-bank", "2026-01-01T00:00:00.000+00:00", 3),
        (None, "2026-01-01T00:00:00.000+00:00", 9),
        (question["item"], 5, "good"),
    ):
        connection.execute(
            "INSERT INTO reviews (item, at, rating, mode, key_points, session) VALUES (?, ?, ?, 'recall', '[', 5)",
            (item, at, rating),
        )
    connection.execute("INSERT INTO sessions (id, begun, plan) VALUES ('odd', '9999-12-31T23:59:00+00:00', '[]')")
    connection.commit()
    connection.close()
    told = quiz.told(answers=lines(*[{"rating": 3}] * 3))
    assert (told[-1]["answered"], told[-1]["finished"]) == (3, True)
    assert [line["item"] for line in told if line["kind"] == "review"][-1] == question["item"]


@pytest.mark.parametrize(
    ("more", "environ"), [((), {"NO_COLOR": "1"}), ((), {"TERM": "dumb"}), (("--plain",), {}), ((), {})]
)
def test_no_escapes_reach_a_pipe(quiz: Quiz, more: tuple[str, ...], environ: dict[str, str]) -> None:
    """Text for people is free of control sequences where nobody's terminal reads it."""
    out = quiz.run("--answers", "-", *more, answers=lines({"answer": "fact0"}), **environ).stdout
    assert "\x1b" not in out
    assert "[x]  1 * Point 0." in out
    assert "“fact0”" in out
    # A command is one line, so that it can be pasted.
    assert max(len(line) for line in out.splitlines() if not line.startswith("  llmprep ")) <= 80


def test_help_tells_the_format_of_answers(quiz: Quiz) -> None:
    """In both languages."""
    assert '{"choice": "b"}' in quiz.run("--help").stdout
    assert '{"choice": "b"}' in quiz.run("--help", "--lang", "zh").stdout
