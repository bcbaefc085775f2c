"""Laws of `llmprep check --watch` in a real terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pexpect
import pytest
from submitted import HEADER, RIGHT, WRONG, Checker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Watch:
    """The command in a terminal, watching one file."""

    def __init__(self, checker: Checker, lang: str = "en") -> None:
        self.path = checker.folder / "mine.py"
        self.path.write_text(HEADER + WRONG)
        command, *arguments = checker.arguments("mine.py", "--watch", "--lang", lang)
        self.child = pexpect.spawn(
            command,
            arguments,
            env=checker.environ,
            cwd=str(checker.folder),
            encoding="utf-8",
            dimensions=(50, 100),
            timeout=120,
        )
        self.child.delaybeforesend = None

    def sees(self, *words: str) -> None:
        """These words appear, one after another, and then it waits."""
        for each in (*words, "Watching mine.py"):
            self.child.expect_exact(each)

    def replace(self, source: str) -> None:
        """Save as many editors do: a new file takes the old one's name."""
        new = self.path.with_suffix(".new")
        new.write_text(source)
        new.rename(self.path)

    def ends(self, code: int) -> None:
        """It ends, with this exit code and no traceback."""
        self.child.expect(pexpect.EOF)
        assert "Traceback" not in (self.child.before or "")
        self.child.close()
        assert self.child.exitstatus == code


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    watch = Watch(Checker(tmp_path))
    yield watch
    watch.child.close(force=True)


def test_checks_again_on_save_and_on_replacement(watch: Watch) -> None:
    """A file is checked at once, when it is written to, when another takes its place, on r; q ends with 0."""
    watch.sees("Wrong answer")
    watch.path.write_text(HEADER + RIGHT)
    watch.sees("Accepted")
    watch.replace(HEADER + WRONG)
    watch.sees("Wrong answer")
    watch.child.send("r")
    watch.sees("Wrong answer")
    watch.child.send("q")
    watch.ends(0)


def test_each_report_has_its_number_and_time(watch: Watch) -> None:
    """Reports that follow one another are told apart by a line above each."""
    for number in (1, 2):
        watch.child.expect(rf"\d\d:\d\d:\d\d · check {number}\r\n")
        watch.sees("Wrong answer")
        watch.child.send("r" if number == 1 else "q")
    watch.ends(0)


def test_outlives_saves_in_the_middle_of_an_edit(watch: Watch) -> None:
    """A file that is empty, no longer names its exercise or is away for a while is told of; the next save counts."""
    watch.sees("Wrong answer")
    watch.replace("")
    watch.sees("Cannot determine which exercise")
    watch.replace("# llmprep: mini/powers\n")
    watch.sees("mini/powers")
    watch.path.unlink()
    watch.child.send("r")
    watch.sees("There is no file")
    watch.path.write_text(HEADER + "def power(\n")
    watch.sees("Syntax error")
    watch.path.write_text(HEADER + RIGHT)
    watch.sees("Accepted")
    watch.child.send("q")
    watch.ends(0)


def test_a_file_that_goes_away_is_told_of_once(watch: Watch) -> None:
    """It is waited for; its return counts as a save, even of the very same file."""
    watch.sees("Wrong answer")
    away = watch.path.rename(watch.path.with_suffix(".away"))
    watch.child.expect_exact("mine.py has disappeared.")
    away.rename(watch.path)
    watch.child.expect_exact("check 2")
    assert "disappeared" not in watch.child.before
    watch.sees("Wrong answer")
    watch.child.send("q")
    watch.ends(0)


def test_outlives_an_invalid_exercise(tmp_path: Path) -> None:
    """What is wrong with the bank is told with its file; the watch goes on."""
    checker = Checker(tmp_path)
    (checker.own_bank() / "mini" / "shuffle.yaml").write_text("kind: exercise\n")
    watch = Watch(checker)
    watch.sees("Wrong answer")
    watch.replace("# llmprep: mini/shuffle\n")
    watch.sees("shuffle.yaml:")
    watch.replace(HEADER + RIGHT)
    watch.sees("Accepted")
    watch.child.send("q")
    watch.ends(0)


def test_keys_pressed_together_all_count(watch: Watch) -> None:
    """Of two keys that arrive at once, the second is not lost."""
    watch.sees("Wrong answer")
    watch.child.send("rq")
    watch.sees("Wrong answer")
    watch.ends(0)


def test_an_interrupt_ends_it(watch: Watch) -> None:
    """Ctrl-C ends with 130."""
    watch.sees("Wrong answer")
    watch.child.sendintr()
    watch.ends(130)


def test_there_must_be_a_file_at_the_start(tmp_path: Path) -> None:
    """What is not there, or is a folder, cannot be watched: exit 2."""
    checker = Checker(tmp_path)
    assert checker.run("nothing.py", "--watch")[0] == 2
    assert checker.run(".", "--watch")[0] == 2


@pytest.mark.parametrize(("lang", "words"), [("en", "--watch needs a terminal"), ("zh", "--watch 需要终端")])
def test_without_a_terminal_it_says_so(tmp_path: Path, lang: str, words: str) -> None:
    """Where no key can ever come, nothing is checked and nothing waits: exit 2."""
    checker = Checker(tmp_path)
    folder = checker.write(a=RIGHT)
    code, out, err = checker.run(folder / "a.py", "--watch", "--lang", lang)
    assert (code, out) == (2, "")
    assert words in err
