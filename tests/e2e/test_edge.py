"""Laws of what surrounds every command: interrupts, missing folders, closed pipes, narrow encodings, bugs."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from quizbank import LLMPREP, Quiz, compiled_bank, until_idle

from llmprep.store import Store

RIGHT = "# llmprep: alpha/code\ndef double(x):\n    return 2 * x\n"
WRONG = "# llmprep: alpha/code\ndef double(x):\n    return 9 * x\n"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled_bank(tmp_path_factory.mktemp("bank"))


class Edge(Quiz):
    """The installed command, any of its subcommands, on the small bank and in a home of its own."""

    def __call__(self, *arguments: object, shell: str = "", **environ: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error; `shell` follows the command, as a pipe or a redirection."""
        command = [LLMPREP, *map(str, arguments)]
        if shell:
            # The exit code is the command's own, whatever it is piped into.
            command = ["bash", "-c", f'"$@" {shell}; exit ${{PIPESTATUS[0]}}', "bash", *command]
        done = subprocess.run(
            command, capture_output=True, cwd=self.folder, env=self.environ | environ, timeout=60, check=False
        )
        out, err = done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="surrogateescape")
        assert "Traceback" not in err
        return done.returncode, out, err

    def attempts(self) -> list[tuple[str, int | None]]:
        """Verdicts and seeds of what was recorded."""
        if not self.home.is_dir():
            return []
        with Store.open(self.home, datetime.now(UTC)) as store:
            return [(attempt.verdict, attempt.seed) for attempt in store.attempts()]


@pytest.fixture
def llmprep(tmp_path: Path, bank: Path) -> Edge:
    (tmp_path / "right.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    return Edge(tmp_path, bank)


def breaking(folder: Path, module: str, code: str) -> str:
    """A folder for `PYTHONPATH` whose module stands in for the real one, so that something happens while it loads."""
    place = folder / f"in-place-of-{module}"
    place.mkdir()
    (place / f"{module}.py").write_text(code, encoding="utf-8")
    return str(place)


def inherited(*first: str) -> str:
    """A `PYTHONPATH` that begins so."""
    return os.pathsep.join([*first, *filter(None, [os.environ.get("PYTHONPATH")])])


@pytest.fixture(autouse=True)
def _same_package(llmprep: Edge) -> None:
    """The command imports the package that the tests import."""
    if path := inherited():
        llmprep.environ["PYTHONPATH"] = path


@pytest.mark.parametrize("command", ["list", "check"])
def test_an_interrupt_while_starting_says_nothing_but_its_code(llmprep: Edge, command: str) -> None:
    """Ctrl-C before the commands are loaded ends with a new line and 130."""
    place = breaking(llmprep.folder, "typer", "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\n")
    assert llmprep(command, PYTHONPATH=inherited(place)) == (130, "", "\n")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", [["list"], ["check", "right.py"], ["quiz", "--answers", "-"], ["doctor"]])
def test_a_home_of_nobody_is_named(llmprep: Edge, command: list[str], lang: str) -> None:
    """A home that leads nowhere is the environment's fault, in the language of the locale, with the remedy."""
    locale = {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}[lang]
    code, out, err = llmprep(*command, LLMPREP_HOME="~nosuch/x", LANG=locale)
    assert (code, out) == (5, "")
    assert "LLMPREP_HOME" in err
    assert "~nosuch/x" in err
    assert ("absolute path" if lang == "en" else "绝对路径") in err


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", [["--set-lang", "en"], ["quiz", "--answers", "answers"], ["doctor"]])
@pytest.mark.parametrize("below", [False, True])
def test_a_home_that_is_a_file_is_called_one(llmprep: Edge, command: list[str], lang: str, below: bool) -> None:
    """It cannot be made writable: that it is no folder is told, in the reader's language."""
    (llmprep.folder / "answers").write_text('{"rating": "good"}\n', encoding="utf-8")
    home = llmprep.folder / "file" / "deeper" if below else llmprep.folder / "file"
    (llmprep.folder / "file").touch()
    code, _, err = llmprep(*command, LLMPREP_HOME=str(home), LANG={"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}[lang])
    assert code == 5
    assert f"{home} {'is not a folder' if lang == 'en' else '不是文件夹'}" in err
    assert "LLMPREP_HOME" in err


def test_a_relative_home_in_a_deleted_folder_is_named(llmprep: Edge) -> None:
    """A home relative to a working folder that is gone is the environment's fault; the language follows the locale."""
    gone = llmprep.folder / "gone"
    gone.mkdir()
    done = subprocess.run(
        ["bash", "-c", f'rmdir "{gone}"; "{LLMPREP}" list'],
        cwd=gone,
        env=llmprep.environ | {"LLMPREP_HOME": "home", "LANG": "zh_CN.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (5, "")
    assert "绝对路径" in done.stderr
    assert "Traceback" not in done.stderr


def buggy(llmprep: Edge, *places: str, **environ: str) -> str:
    """What is said of a bug; the bug is a library that fails while it loads, with what UTF-8 cannot hold."""
    place = breaking(llmprep.folder, "secrets", "raise ZeroDivisionError('bug \\udc80')\n")
    command = ("check", "right.py", "--fresh", "--bank", llmprep.bank)
    code, out, err = llmprep(*command, PYTHONPATH=inherited(place, *places), **environ)
    assert (code, out) == (3, "")
    return err


def block_crashes(llmprep: Edge) -> None:
    """Make `crashes` a folder in which nobody, not even root, can make a file."""
    (llmprep.home / "crashes").symlink_to("/proc")


def test_a_bugs_details_are_kept(llmprep: Edge) -> None:
    """They go to the user's folder, whatever characters are in them, and the message names the file."""
    path = re.search(r"\S+llmprep-crash-\S+\.log", buggy(llmprep))
    assert path is not None
    assert path[0].startswith(str(llmprep.home / "crashes"))
    assert "ZeroDivisionError" in Path(path[0]).read_text(encoding="utf-8")


def test_a_bugs_details_go_to_the_temporary_folder_else(llmprep: Edge) -> None:
    """A `crashes` that takes no file makes them go elsewhere."""
    block_crashes(llmprep)
    temporary = llmprep.folder / "temporary"
    temporary.mkdir()
    assert str(temporary / "llmprep-crash-") in buggy(llmprep, TMPDIR=str(temporary))


def test_a_bug_is_told_even_if_its_details_cannot_be_kept(llmprep: Edge) -> None:
    """With no folder that takes them, the message says so and the code is that of a bug."""
    block_crashes(llmprep)
    failing = "def gettempdir(): raise FileNotFoundError\ndef NamedTemporaryFile(*_, **__): raise PermissionError\n"
    err = buggy(llmprep, breaking(llmprep.folder, "tempfile", failing))
    assert "could not write" in err
    assert "crash-" not in err


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize(("file", "code", "verdict"), [("right.py", 0, "accepted"), ("wrong.py", 1, "wrong_answer")])
def test_a_check_that_nobody_reads_keeps_its_verdict(
    llmprep: Edge, file: str, code: int, verdict: str, form: list[str]
) -> None:
    """A closed pipe changes neither the exit code nor the record, and nothing is said of it."""
    assert llmprep("check", file, "--bank", llmprep.bank, *form, shell="| true") == (code, "", "")
    assert llmprep.attempts() == [(verdict, None)]


@pytest.mark.parametrize(
    "command", [["list"], ["list", "--json"], ["show", "alpha/one"], ["export", "-o", "-"], ["--help"]]
)
def test_a_closed_pipe_is_no_failure(llmprep: Edge, command: list[str]) -> None:
    """Who has read enough leaves: the command ends well and in silence."""
    bank = [] if command == ["--help"] else ["--bank", llmprep.bank]
    assert llmprep(*command, *bank, shell="| true") == (0, "", "")
    assert llmprep(*command, *bank, shell="2>&1 | true") == (0, "", "")


@pytest.mark.parametrize(("lang", "words"), [("en", "Cannot write standard output"), ("zh", "无法写入标准输出")])
@pytest.mark.parametrize(
    "command", [["list"], ["show", "alpha/one"], ["check", "right.py"], ["check", "right.py", "--json"], ["--help"]]
)
def test_a_full_disk_under_standard_output_is_named(llmprep: Edge, command: list[str], lang: str, words: str) -> None:
    """It is the environment's fault, told once, and no bug."""
    on = ["--lang", lang] + ([] if command == ["--help"] else ["--bank", str(llmprep.bank)])
    code, _, err = llmprep(*command, *on, shell=">/dev/full")
    assert code == 5
    assert err.count(words) == 1
    assert "No space left on device" in err
    assert "Exception ignored" not in err
    assert not (llmprep.home / "crashes").exists()


@pytest.mark.parametrize(
    "command", [["export", "-o", "/proc/x.md"], ["list", "--topic", "qqq"], ["list", "--nope"], ["show"]]
)
def test_an_error_in_both_languages_says_each_once(llmprep: Edge, command: list[str]) -> None:
    """Each language's message stands on lines of its own, the same as with that language alone."""
    told = {lang: llmprep(*command, "--bank", llmprep.bank, "--lang", lang)[2] for lang in ("en", "zh", "both")}
    hint = {lang: [line for line in told[lang].splitlines() if "llmprep " in line] for lang in told}
    english, chinese, both = ([line for line in told[lang].splitlines() if line not in hint[lang]] for lang in told)
    assert both == english + chinese


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["list", "--topic", "qqq"], "Topics: alpha"),
        (["export", "--format", "qqq"], "Formats: md"),
        (["quiz", "--topic", "qqq"], "no topic “qqq”"),
        (["quiz", "--no-input"], "--no-input needs"),
    ],
)
def test_what_is_wrong_first_is_said(llmprep: Edge, command: list[str], words: str) -> None:
    """A name that is near to nothing brings all there are; an unknown topic comes before the lack of a terminal."""
    code, out, err = llmprep(*command, "--bank", llmprep.bank, shell="</dev/null")
    assert (code, out) == (2, "")
    assert words in err
    assert "Did you mean" not in err


@pytest.mark.parametrize(
    "command", [["list"], ["show", "alpha/one", "--answer"], ["check", "wrong.py"], ["check", "right.py", "wrong.py"]]
)
def test_what_is_piped_has_no_trailing_blanks(llmprep: Edge, command: list[str]) -> None:
    """No line is filled up with blanks where no terminal shows it."""
    _, out, _ = llmprep(*command, "--bank", llmprep.bank)
    assert out
    assert [line for line in out.splitlines() if line != line.rstrip(" ")] == []


@pytest.mark.parametrize("command", ["", "quiz", "check", "list", "validate"])
def test_help_in_chinese_begins_in_chinese(llmprep: Edge, command: str) -> None:
    """Its first line tells the usage under a Chinese word."""
    _, out, _ = llmprep(*command.split(), "--help", "--lang", "zh")
    assert out.split()[0] == "用法：llmprep"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "must be a whole number from 1 to 3."), ("zh", "--step 的值无效：应为 1 到 3 的整数。")],
)
def test_a_range_is_told_in_the_readers_language(llmprep: Edge, lang: str, words: str) -> None:
    """A number out of its range, and a word for a number, are refused with the range."""
    for value in ("9", "x"):
        code, _, err = llmprep("hint", "alpha/code", "--step", value, "--bank", llmprep.bank, "--lang", lang)
        assert code == 2
        assert words in err


def test_closed_streams_are_no_failure(llmprep: Edge) -> None:
    """A process that is started without standard streams does its work all the same."""
    assert llmprep("check", "right.py", "--bank", llmprep.bank, shell="<&- >&- 2>&-") == (0, "", "")
    assert llmprep.attempts() == [("accepted", None)]


NARROW = ({"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"})


@pytest.mark.parametrize("environ", NARROW, ids=["latin-1", "C", "ascii"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_encoding_takes_every_text(llmprep: Edge, environ: dict[str, str], lang: str) -> None:
    """Text that an encoding lacks is escaped: the command works, and its JSON says the same as in UTF-8."""
    environ = {"PYTHONUTF8": "0"} | environ
    on = ("--bank", llmprep.bank, "--lang", lang)
    for command, code in (
        (["list", *on], 0),
        (["show", "alpha/one", "--answer", *on], 0),
        (["check", "right.py", *on], 0),
        (["check", "wrong.py", *on], 1),
        (["list", "--topic", "“", *on], 2),
        (["--help", "--lang", lang], 0),
    ):
        assert llmprep(*command, **environ)[0] == code, command
    assert json.loads(llmprep("list", "--json", *on, **environ)[1]) == json.loads(llmprep("list", "--json", *on)[1])


def test_an_answered_question_may_leave_the_bank(llmprep: Edge) -> None:
    """A session that is resumed ends with its summary, even if what was answered in it is gone."""
    llmprep.bank = compiled_bank(llmprep.folder / "own")
    plan = ("--count", "3", "--seed", "1")
    question = llmprep.told(*plan, answers='{"rating": "good"}\n')[0]
    with sqlite3.connect(next(llmprep.home.glob("*.sqlite*"))) as base:
        base.execute("UPDATE sessions SET ended = NULL")
    (llmprep.bank / f"{question['item']}.yaml").unlink()
    import pexpect

    child = pexpect.spawn(
        LLMPREP, llmprep.arguments(*plan, "--plain")[1:], env=llmprep.environ, encoding="utf-8", timeout=120
    )
    child.expect_exact("What is")
    child.expect_exact("> ")
    until_idle(child.pid)
    child.sendintr()
    child.expect_exact("Interrupted.")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130


def test_a_fresh_seed_is_told_and_repeats(llmprep: Edge) -> None:
    """In text it stands on standard error, in JSON in the report; the fixed cases have none."""
    on = ("--bank", llmprep.bank)
    code, out, err = llmprep("check", "right.py", "--fresh", *on)
    told = re.search(r"--seed (\d+)", err)
    assert code == 0
    assert "--seed" not in out
    assert told is not None
    again = llmprep("check", "right.py", "--json", "--seed", told[1], *on)
    assert (json.loads(again[1])["seed"], again[2]) == (int(told[1]), "")
    fixed = llmprep("check", "right.py", "--json", *on)
    assert json.loads(fixed[1])["seed"] is None
    assert llmprep("check", "right.py", *on)[2] == ""
    assert sorted(llmprep.attempts(), key=str) == [("accepted", int(told[1]))] * 2 + [("accepted", None)] * 2
    many = llmprep("check", "right.py", "wrong.py", "--no-fresh", "--allow-weaker", "--json", *on)
    assert json.loads(many[1])["seed"] is None


@pytest.mark.parametrize("option", ["--lang", "--set-lang"])
def test_an_unknown_language_is_put_down_to_its_option(llmprep: Edge, option: str) -> None:
    """The message names the option that was given, not its sister."""
    code, _, err = llmprep(option, "xx", *([] if option == "--set-lang" else ["list"]))
    assert code == 2
    assert f" {option} takes en" in err


LONG = "x" * 300
"""A name that no file system takes."""


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["check", f"{LONG}.py"], 2),
        (["check", f"{LONG}/x.py"], 2),
        (["check", f"{LONG}.py", "--format", "csv"], 2),
        (["check", f"{LONG}.py", "--roster", "class.csv"], 2),
        (["check", "right.py", "--snippet", f"{LONG}.py"], 5),
        (["check", "right.py", "--feedback", LONG], 5),
        (["check", "right.py", "--feedback", f"{LONG}/pages"], 5),
        (["check", "right.py", "--roster", LONG], 2),
        (["start", "alpha/code", "--output", f"{LONG}.py"], 5),
        (["start", "alpha/code", "--output", f"{LONG}/x.py"], 5),
        (["export", "--format", "md", "--output", LONG], 5),
        (["export", "--format", "md", "--output", f"{LONG}/x.md"], 5),
        (["validate", LONG], 2),
        (["validate", f"{LONG}/x.yaml"], 2),
        (["quiz", "--answers", LONG], 2),
    ],
    ids=lambda part: "-".join(part).replace(LONG, "LONG") if isinstance(part, list) else None,
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_name_that_is_too_long_is_no_bug(llmprep: Edge, command: list[str], code: int, lang: str) -> None:
    """Wherever a path is named, one that cannot be looked at is told, with the exit code of its kind."""
    (llmprep.folder / "class.csv").write_text("ann\n", encoding="utf-8")
    bank = [] if command[0] == "validate" else ["--bank", llmprep.bank]
    done, _, err = llmprep(*command, *bank, "--lang", lang)
    assert done == code
    assert LONG[:200] in err.replace("\n", "")
    assert not list(llmprep.home.glob("crashes/*"))


def test_one_path_that_is_too_long_does_not_cost_the_class(llmprep: Edge) -> None:
    """It is a row of its own, with the reason, and the others are graded."""
    files = ["right.py", f"{LONG}.py", f"{LONG}/x.py"]
    code, out, _ = llmprep("check", *files, "--json", "--allow-weaker", "--bank", llmprep.bank)
    rows = json.loads(out)["rows"]
    assert code == 1
    assert [(row["person"], row["status"]) for row in rows] == [
        ("right", "accepted"), (LONG, "invalid_submission"), ("x", "invalid_submission"),
    ]  # fmt: skip
    assert all(row["note"] for row in rows[1:])
