"""Laws of `llmprep quiz` in a real terminal."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pexpect
import pytest
from quizbank import RIGHT, Quiz, compiled_bank, until_idle

from llmprep.store import Mode, Rating, Store
from llmprep.study.deck import Deck, present

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from llmprep.store import Review, Session

ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[=>])")


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled_bank(tmp_path_factory.mktemp("bank"))


@pytest.fixture
def quiz(tmp_path: Path, bank: Path) -> Quiz:
    return Quiz(tmp_path, bank)


class Terminal:
    """The command in a terminal of 80 columns."""

    def __init__(self, quiz: Quiz, *more: str, **environ: str) -> None:
        command, *arguments = quiz.arguments(*more)
        self.child = pexpect.spawn(
            command,
            arguments,
            env=quiz.environ | environ,
            encoding="utf-8",
            dimensions=(50, 80),
            timeout=120,
        )
        # No pause before keys: what a test sends follows a prompt that it has seen.
        self.child.delaybeforesend = None
        self.seen = ""

    def until(self, words: str) -> str:
        """What is shown up to some words, free of escapes."""
        self.child.expect_exact(words)
        self.seen += self.child.before + self.child.after
        return ESCAPES.sub("", self.child.before)

    def interrupt(self, line: str = "") -> None:
        """Press Ctrl-C, perhaps with a line begun."""
        self.child.send(line)
        if line:
            self.until(line)
        # CPython's input() notices a signal while it waits for a key, not while it shows its prompt or reads a key.
        until_idle(self.child.pid)
        self.child.sendcontrol("c")

    def type(self, line: str = "") -> None:
        """Type a line."""
        self.child.send(line + "\r")

    def ended(self) -> int:
        """The exit code, once all is shown."""
        self.child.expect(pexpect.EOF)
        self.seen += self.child.before
        self.child.close()
        assert self.child.exitstatus is not None
        return self.child.exitstatus

    @property
    def text(self) -> str:
        """All that was shown, free of escapes."""
        return ESCAPES.sub("", self.seen)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.child.close(force=True)


def kept(quiz: Quiz) -> tuple[list[Review], Session]:
    with Store.open(quiz.home, datetime.now(UTC)) as store:
        session = store.last_session()
        assert session is not None
        return store.reviews(), session


def test_a_session_in_english(quiz: Quiz, terminals: list[Terminal]) -> None:
    """Type, reveal, correct the ticks, look at more, rate: each is kept as given."""
    terminals.append(shell := Terminal(quiz, "--count", "1"))
    shell.until("? for help")
    shell.until("Think, then press Enter.")
    shell.until("> ")
    shell.type("?")
    shell.until("At every prompt")
    shell.until("> ")
    shell.type("It is fact0,")
    shell.until("> ")
    shell.type("and also FACT1")
    shell.until("> ")
    shell.type()
    shell.until("Answer")
    shown = shell.until("ticks> ")
    assert "[x]  1 * Point 0." in shown
    assert "your words: “fact0”" in shown
    assert "[x]  2   Point 1." in shown
    assert "[ ]  3   Point 2." in shown
    shell.type("2 3, 4")
    shell.until("Ticked: 1 3 4 (3 of 5)")
    shell.until("ticks> ")
    shell.type("9 1 x")
    shell.until("There is no key point 9 x. Type numbers from 1 to 5, or t,")
    shell.until("ticks> ")
    shell.type("t")
    assert "Correction." in shell.until("ticks> ")
    shell.type("f")
    assert "Follow 1?" in shell.until("ticks> ")
    shell.type()
    shell.until("rating [3]> ")
    shell.type("5")
    shell.until("Type 1, 2, 3 or 4.")
    shell.until("> ")
    shell.type("2")
    shell.until("Saved: hard.")
    assert shell.ended() == 0
    assert "Answered 1 · skipped 0 · left 0" in shell.text
    assert "llmprep start alpha/code" in shell.text
    ((review,), session) = kept(quiz)
    assert (review.rating, review.key_points, review.answer) == (
        Rating.HARD,
        ("p0", "p2", "p3"),
        "It is fact0,\nand also FACT1",
    )
    assert session.ended is not None
    # A command is one line, so that it can be pasted.
    assert max(len(line) for line in shell.text.splitlines() if not line.startswith("  llmprep ")) <= 80


def test_planned_keys_are_refused_but_never_taken_from_an_answer(quiz: Quiz, terminals: list[Terminal]) -> None:
    """Each says that this version lacks it; while an answer is typed all of them are text."""
    terminals.append(shell := Terminal(quiz, "--count", "1"))
    for line in ("- h", "h", "-", "!", "*", "l", ""):
        shell.until("> ")
        shell.type(line)
    for key, name in (("h", "hint"), ("-", "bury until tomorrow"), ("！", "suspend"), ("*", "flag"), ("l", "language")):
        shell.until("ticks> ")
        shell.type(key)
        shell.until(f"({name}) is not available in this version.")
    shell.until("ticks> ")
    shell.type()
    shell.until("> ")
    shell.type("3")
    assert shell.ended() == 0
    assert kept(quiz)[0][0].answer == "- h\nh\n-\n!\n*\nl"


def test_a_session_in_chinese_broken_off_in_the_middle_of_an_answer(quiz: Quiz, terminals: list[Terminal]) -> None:
    """Ctrl-C: exit 130, what was answered and what was typed are kept, and the next run goes on from there."""
    terminals.append(shell := Terminal(quiz, "--lang", "zh"))
    shell.until("以空行结束")
    shell.until("> ")
    shell.type("事实0 与事实1，还有 fact2")
    shell.until("> ")
    shell.type()
    shown = shell.until("勾选> ")
    assert "匹配的词语：“事实0”" in shown
    shell.type("３，４")
    shell.until("已勾选：1 2 4")
    shell.until("勾选> ")
    shell.type("4")
    shell.until("已勾选：1 2（")
    shell.until("勾选> ")
    shell.type()
    shell.until("自评 [2]> ")
    shell.type("良好")
    shell.until("已保存：良好。")
    shell.until("2/3")
    shell.until("> ")
    shell.type("答到一半")
    shell.until("> ")
    shell.interrupt("还没写完")
    assert shell.ended() == 130
    assert "已答 1 · 跳过 0 · 剩余 2" in shell.text
    assert "Traceback" not in shell.text
    ((review,), session) = kept(quiz)
    assert (review.rating, review.key_points, review.language) == (Rating.GOOD, ("p0", "p1"), "zh")
    ((item, draft),) = session.drafts
    assert draft == "答到一半"

    terminals.append(shell := Terminal(quiz, "--lang", "zh"))
    shell.until("继续")
    shell.until("还剩 2 题")
    shell.until("2/3")
    shell.until("> 答到一半")
    shell.until("> ")
    shell.type("事实3")
    shell.until("> ")
    shell.type()
    shell.until("勾选> ")
    shell.type()
    shell.until("自评 [1]> ")
    shell.type()
    shell.until("3/3")
    shell.until("> ")
    shell.type("s")
    shell.until("已跳过")
    assert shell.ended() == 0
    (reviews, session) = kept(quiz)
    assert [entry.session for entry in reviews] == [session.id] * 2
    assert (reviews[1].item, reviews[1].answer, reviews[1].rating) == (item, "答到一半\n事实3", Rating.AGAIN)
    assert len(session.skipped) == 1
    assert session.ended is not None


def test_choices_are_marked_with_reasons(quiz: Quiz, terminals: list[Terminal]) -> None:
    """The letter shown is marked by what stands behind it; the reason of each option is told."""
    terminals.append(shell := Terminal(quiz, "--mode", "choice", "--seed", "4"))
    shell.until("a–d> ")
    _, session = kept(quiz)
    deck = Deck.from_json(session.plan)
    from llmprep.bank import Bank

    opened = Bank.open(quiz.bank, quiz.home / "cache")
    for number, card in enumerate(deck.cards):
        assert card.mode is Mode.CHOICE
        asked = present(card, opened.question(card.item), position=1, total=3, seed=deck.seed)
        right = "abcd"[asked.order.index(RIGHT[asked.choice or 0])]
        wrong = next(letter for letter in "abcd" if letter != right)
        if number:
            shell.until("a–d> ")
        shell.type("e")
        shell.until("from a to d")
        shell.until("a–d> ")
        shell.type((wrong if number == 0 else right).upper())
        shown = shell.until("Enter goes on")
        assert f"{wrong} is wrong; {right} is right." in shown if number == 0 else f"{right} is right." in shown
        for option in range(4):
            assert f"reason {asked.choice}.{option}" in shown
        shell.type()
    assert shell.ended() == 0
    (reviews, _) = kept(quiz)
    assert [review.rating for review in reviews] == [Rating.AGAIN, Rating.GOOD, Rating.GOOD]


def test_a_rating_can_be_undone_even_after_leaving(quiz: Quiz, terminals: list[Terminal]) -> None:
    """Undo cancels and asks again, in this run and in the next; q leaves with exit 0 and the way back in."""
    terminals.append(shell := Terminal(quiz))
    shell.until("1/3")
    shell.until("> ")
    shell.type()
    shell.until("ticks> ")
    shell.type()
    # Nothing typed and nothing ticked suggests nothing.
    shell.until("rating> ")
    shell.type()
    shell.until("Type 1, 2, 3 or 4.")
    shell.until("rating> ")
    shell.type("easy")
    shell.until("2/3")
    shell.until("> ")
    shell.type("u")
    shell.until("Undone: easy")
    shell.until("1/3")
    shell.until("> ")
    shell.type()
    shell.until("ticks> ")
    shell.type()
    shell.until("rating> ")
    shell.type("1")
    shell.until("2/3")
    shell.until("> ")
    shell.type("q")
    assert shell.ended() == 0
    assert "llmprep quiz with the same options goes on from here." in shell.text
    terminals.append(shell := Terminal(quiz))
    shell.until("2/3")
    shell.until("> ")
    shell.type("u")
    shell.until("Undone: again")
    shell.until("1/3")
    shell.until("> ")
    shell.type("u")
    shell.until("no rating to undo")
    shell.until("> ")
    shell.child.sendcontrol("d")
    assert shell.ended() == 0
    assert kept(quiz)[0] == []


def test_two_terminals_in_one_session(quiz: Quiz, terminals: list[Terminal]) -> None:
    """Who answers a card second is told, and asked the next; `u` takes back one's own."""
    for _ in range(2):
        terminals.append(shell := Terminal(quiz, "--mode", "recall"))
        shell.until("1/3")
        shell.until("> ")
    one, other = terminals
    for shell, rating in ((one, "4"), (other, "1")):
        shell.type()
        shell.until("ticks> ")
        shell.type()
        shell.until("rating> ")
        shell.type(rating)
    one.until("2/3")
    assert "was answered meanwhile in this same session" in other.until("2/3").replace("\r\n", " ")
    other.type("u")
    other.until("no rating to undo")
    one.until("> ")
    one.type("u")
    one.until("Undone: easy")
    for shell in (one, other):
        shell.until("> ")
        shell.type("q")
        assert shell.ended() == 0
    assert kept(quiz)[0] == []


def test_new_begins_another_session(quiz: Quiz, terminals: list[Terminal]) -> None:
    """--new puts an end to the unfinished one; neither asking for something else nor answers given ahead do."""
    sessions = []
    for more in ((), ("--new",), ("--mode", "choice"), ("--mode", "recall"), ()):
        assert quiz.run("--answers", "missing").returncode == 2
        assert quiz.run("--answers", "-", answers='{"rating": 1}').returncode == 0
        terminals.append(shell := Terminal(quiz, *more))
        shell.until("/3")
        shell.until("> ")
        shell.child.sendcontrol("d")
        assert shell.ended() == 0
        with Store.open(quiz.home, datetime.now(UTC)) as store:
            sessions.append([session.id for session in store.unfinished_sessions()])
    ((first,), (second,), (third, _), *_) = sessions
    assert first != second
    assert sessions[2:] == [[third, second]] * 3


def test_chinese_is_edited_by_characters_where_its_locale_is_not_installed(
    quiz: Quiz, terminals: list[Terminal]
) -> None:
    """A locale that the system lacks mangles nothing: a key deletes or passes a character, not a byte."""
    terminals.append(shell := Terminal(quiz, "--count", "1", LC_ALL="zh_XX.UTF-8"))
    shell.until("> ")
    shell.type("稀疏\x7f矩阵\x1b[D\x1b[D稠")
    shell.until("> ")
    shell.type("q")
    assert shell.ended() == 0
    assert [text for _, text in kept(quiz)[1].drafts] == ["稀稠矩阵"]


@pytest.mark.parametrize(
    ("more", "environ", "escapes"),
    [
        (("--plain",), {}, set()),
        ((), {"TERM": "dumb"}, set()),
        ((), {"NO_COLOR": "1"}, {"bold", "dim"}),
        ((), {}, {"bold", "dim"}),
    ],
)
def test_plain_terminals_get_plain_text(
    quiz: Quiz, terminals: list[Terminal], more: tuple[str, ...], environ: dict[str, str], escapes: set[str]
) -> None:
    """--plain and TERM=dumb: no control sequence at all; NO_COLOR: no colour. Ctrl-C at the ticks is as anywhere."""
    terminals.append(shell := Terminal(quiz, *more, **environ))
    shell.until("1/3")
    shell.until("> ")
    shell.type("fact0")
    shell.until("> ")
    shell.type()
    shell.until("ticks> ")
    shell.interrupt()
    assert shell.ended() == 130
    assert not re.search(r"\x1b\[(3[0-7]|9[0-7])m", shell.seen)
    assert ("\x1b" in shell.seen) == bool(escapes)
    assert "[x]  1 * Point 0." in shell.text
    assert kept(quiz)[1].drafts[0][1] == "fact0"


def test_a_paste_is_one_answer(quiz: Quiz, terminals: list[Terminal]) -> None:
    """A pasted text's own empty lines do not end it."""
    terminals.append(shell := Terminal(quiz, "--count", "1"))
    shell.until("1/1")
    shell.until("> ")
    shell.child.send("\x1b[200~fact0\r\rfact1\x1b[201~")
    shell.type()
    shell.until("> ")
    shell.type()
    shown = shell.until("ticks> ")
    assert shown.count("[x]") == 2
    shell.type()
    shell.until("> ")
    shell.type()
    assert shell.ended() == 0
    assert kept(quiz)[0][0].answer == "fact0\n\nfact1"


def test_a_write_that_fails_is_tried_again(quiz: Quiz, terminals: list[Terminal]) -> None:
    """What was typed is not dropped: the reader removes the cause and goes on."""
    import sqlite3

    terminals.append(shell := Terminal(quiz, "--count", "1"))
    shell.until("1/1")
    shell.until("> ")
    other = sqlite3.connect(quiz.home / "llmprep.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    shell.type("fact0")
    shell.until("Another program holds")
    shell.until("Enter tries again")
    other.execute("ROLLBACK")
    other.close()
    shell.type()
    shell.until("> ")
    shell.type()
    shell.until("ticks> ")
    shell.type()
    shell.until("> ")
    shell.type("3")
    assert shell.ended() == 0
    assert kept(quiz)[0][0].answer == "fact0"
