"""Only what has changed is read again, and whatever befalls the cache, the bank is right."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import textwrap
import time

import pytest

from llmprep.bank import Bank, cache
from llmprep.bank import loader as library
from llmprep.content.outline import outline
from llmprep.errors import BankError
from llmprep.model import Language


@pytest.fixture
def compiled(monkeypatch):
    """The ids of the items compiled so far."""
    from llmprep.bank import compiler as compiling

    seen = []
    real = compiling.compile_item

    def compile_item(content, file, item_id):
        seen.append(item_id)
        return real(content, file, item_id)

    monkeypatch.setattr(compiling, "compile_item", compile_item)
    return seen


@pytest.fixture(autouse=True)
def _settled(bank_root):
    """The sample's files are old enough to be relied on."""
    for path in bank_root.rglob("*.yaml"):
        age(path)


def age(path, seconds=10):
    moment = time.time_ns() - seconds * 10**9
    os.utime(path, ns=(moment, moment))


def rewrite(path, old, new):
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_warm_compiles_nothing(bank_root, tmp_path, compiled):
    """A second start compiles nothing and says the same."""
    cold = Bank.open(bank_root, tmp_path / "cache")
    first = cold.summaries(), cold.items()
    assert sorted(compiled) == ["compression/halving", "compression/scale-rows"]
    warm = Bank.open(bank_root, tmp_path / "cache")
    assert (warm.summaries(), warm.items()) == first
    assert warm.item("halving") == first[1][0]
    assert len(compiled) == 2


def test_only_changed_files_are_compiled(bank_root, tmp_path, compiled):
    """A changed file is compiled alone, and its new contents served; a touched one is not compiled at all."""
    Bank.open(bank_root, tmp_path / "cache").summaries()
    compiled.clear()
    rewrite(bank_root / "compression/halving.yaml", "minutes: 5", "minutes: 7")
    (bank_root / "compression/scale-rows.yaml").touch()
    bank = Bank.open(bank_root, tmp_path / "cache")
    assert [entry.minutes for entry in bank.summaries()] == [7, 10]
    assert bank.item("halving").minutes == 7
    assert compiled == ["compression/halving"]


def test_same_bank_object_sees_changes(bank_root, tmp_path):
    """A bank that stays open, as `check --watch` keeps one, sees what changes; with a cache and without."""
    for folder in (tmp_path / "cache", None):
        bank = Bank.open(bank_root, folder)
        before = bank.item("halving").minutes
        rewrite(bank_root / "compression/halving.yaml", f"minutes: {before}", f"minutes: {before + 1}")
        assert bank.item("halving").minutes == before + 1
        assert bank.summaries()[0].minutes == before + 1


def test_a_change_within_a_tick_of_the_clock(bank_root, tmp_path):
    """A file that changes right after it was read, without its size or time changing, is still read again."""
    path = bank_root / "compression/halving.yaml"
    path.touch()
    moment = path.stat().st_mtime_ns
    assert Bank.open(bank_root, tmp_path / "cache").item("halving").minutes == 5
    rewrite(path, "minutes: 5", "minutes: 6")
    os.utime(path, ns=(moment, moment))
    assert Bank.open(bank_root, tmp_path / "cache").item("halving").minutes == 6


def test_deleted_and_new_files(bank_root, tmp_path):
    """Items come and go with their files."""
    Bank.open(bank_root, tmp_path / "cache").summaries()
    (bank_root / "compression/halving.yaml").rename(bank_root / "compression/new-name.yaml")
    bank = Bank.open(bank_root, tmp_path / "cache")
    assert [entry.id for entry in bank.summaries()] == ["compression/new-name", "compression/scale-rows"]
    assert bank.item("new-name").id == "compression/new-name"
    (bank_root / "compression/new-name.yaml").unlink()
    assert [entry.id for entry in Bank.open(bank_root, tmp_path / "cache").summaries()] == ["compression/scale-rows"]


def test_an_invalid_file_is_not_kept(bank_root, tmp_path):
    """What is invalid is told at every start, and served once it is mended."""
    path = bank_root / "compression/halving.yaml"
    rewrite(path, "difficulty: easy", "difficulty: esy")
    age(path)
    for _ in range(2):
        with pytest.raises(BankError):
            Bank.open(bank_root, tmp_path / "cache").summaries()
    rewrite(path, "difficulty: esy", "difficulty: easy")
    assert len(Bank.open(bank_root, tmp_path / "cache").summaries()) == 2


def test_a_changed_topics_file(bank_root, tmp_path):
    """`topics.yaml` is read again when it changes."""
    Bank.open(bank_root, tmp_path / "cache").topics()
    rewrite(bank_root / "topics.yaml", "en: Inference", "en: Serving")
    assert Bank.open(bank_root, tmp_path / "cache").topic("inference").title.en == "Serving"


def test_two_banks_share_a_folder(bank_root, tmp_path):
    """Banks at different roots do not take each other's items."""
    import shutil

    other = tmp_path / "other"
    shutil.copytree(bank_root, other)
    rewrite(other / "compression/halving.yaml", "minutes: 5", "minutes: 9")
    for _ in range(2):
        assert Bank.open(bank_root, tmp_path / "cache").item("halving").minutes == 5
        assert Bank.open(other, tmp_path / "cache").item("halving").minutes == 9


def spoil_bytes(file):
    file.write_bytes(b"not a database" * 1000)


def spoil_middle(file):
    content = bytearray(file.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    file.write_bytes(bytes(content))


def spoil_empty(file):
    file.write_bytes(b"")


def spoil_folder(file):
    file.unlink()
    file.mkdir()


def change(statement):
    def spoil(file):
        with sqlite3.connect(file) as connection:
            connection.execute(statement)

    return spoil


@pytest.mark.parametrize("spoil", [
    spoil_bytes, spoil_middle, spoil_empty, spoil_folder,
    change("UPDATE about SET value = '0.0.0' WHERE key = 'package'"),
    change("UPDATE about SET value = '0' WHERE key = 'layout'"),
    change("DROP TABLE about"),
    change("DROP TABLE entry"),
    change("DELETE FROM body"),
    change("UPDATE body SET data = '{}'"),
    change("UPDATE body SET data = 'no json'"),
    change("UPDATE body SET data = CAST(x'ff' AS TEXT)"),
    change("UPDATE entry SET summary = 'no json'"),
    change("UPDATE entry SET summary = '[1]' WHERE topic = ''"),
])  # fmt: skip
def test_a_spoiled_cache(bank_root, tmp_path, spoil):
    """Whatever is in the cache's file, the bank is right, and says the same at the next start."""
    right = Bank.open(bank_root, tmp_path / "cache").items()
    (file,) = (tmp_path / "cache").glob("*.sqlite")
    spoil(file)
    for _ in range(2):
        bank = Bank.open(bank_root, tmp_path / "cache")
        assert bank.items() == right
        assert [entry.minutes for entry in bank.summaries()] == [5, 10]
        assert bank.item("halving") == right[0]
        assert [topic.id for topic in bank.topics()] == ["compression", "inference"]


@pytest.mark.parametrize(("old", "new"), [
    ('["p"', '["x"'), ('"parsed":[[', '"parsed":[7,7,[['), ('"compiled":{', '"compiled":{"colours":7},"x":{'),
    ('"examples":', '"exam":'), ('"colours":{', '"colours":{"x":'),
])  # fmt: skip
def test_a_spoiled_tree(bank_root, tmp_path, old, new):
    """What is kept of an item's prose and code is made anew where it is damaged: the item is shown all the same."""
    cold = Bank.open(bank_root, None).items()
    Bank.open(bank_root, tmp_path / "cache").items()
    (file,) = (tmp_path / "cache").glob("*.sqlite")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE body SET data = replace(data, ?, ?)", (old, new))
    for right, item in zip(cold, Bank.open(bank_root, tmp_path / "cache").items(), strict=True):
        drawn, wanted = (outline(each, Language.BOTH) for each in (item, right))
        assert _bare(drawn) == _bare(wanted)


def _bare(drawn):
    """An outline without colours."""
    return re.sub(r"spans=\(.*?\)\)", "", re.sub(r"\(\d+, \d+, '[scknd]'\),? ?", "", repr(drawn)))


def test_a_spoiled_cache_is_mended(bank_root, tmp_path, compiled):
    """A broken file is made anew, so that the start after it is warm again."""
    Bank.open(bank_root, tmp_path / "cache").items()
    (file,) = (tmp_path / "cache").glob("*.sqlite")
    spoil_bytes(file)
    Bank.open(bank_root, tmp_path / "cache").items()
    compiled.clear()
    Bank.open(bank_root, tmp_path / "cache").items()
    assert compiled == []


@pytest.mark.parametrize("where", ["none", "a file", "below a file", "read-only"])
def test_nowhere_to_keep_anything(bank_root, tmp_path, where):
    """A cache folder that cannot be written only makes the next start slower."""
    (tmp_path / "file").write_text("x", "utf-8")
    folder = {"none": None, "a file": tmp_path / "file", "below a file": tmp_path / "file/x"}.get(
        where, tmp_path / "ro"
    )
    if where == "read-only":
        folder.mkdir(mode=0o500)
    for _ in range(2):
        bank = Bank.open(bank_root, folder)
        assert len(bank.summaries()) == 2
        assert bank.item("halving").minutes == 5


def test_a_locked_cache(bank_root, tmp_path, monkeypatch):
    """While another process writes, this one goes on without."""
    Bank.open(bank_root, tmp_path / "cache").topics()
    (file,) = (tmp_path / "cache").glob("*.sqlite")
    real = sqlite3.connect
    monkeypatch.setattr(cache.sqlite3, "connect", lambda *args, **kwargs: real(*args, **{**kwargs, "timeout": 0.05}))
    with real(file, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert len(Bank.open(bank_root, tmp_path / "cache").summaries()) == 2
        other.execute("ROLLBACK")


def test_two_processes_at_once(bank_root, tmp_path):
    """Processes that compile the same bank at the same time all succeed, and leave a good cache."""
    program = textwrap.dedent("""
        import sys
        from pathlib import Path
        from llmprep.bank import Bank
        print([item.id for item in Bank.open(Path(sys.argv[1]), Path(sys.argv[2])).items()])
    """)
    command = [sys.executable, "-c", program, str(bank_root), str(tmp_path / "cache")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for process in started:
        out, err = process.communicate(timeout=60)
        assert (out, err) == ("['compression/halving', 'compression/scale-rows']\n", "")
    assert len(Bank.open(bank_root, tmp_path / "cache").items()) == 2


def test_a_warm_start_imports_neither_pydantic_nor_yaml(bank_root, tmp_path):
    """Topics, summaries and items of a warm bank come without the libraries that validate and parse.

    Neither do showing an item on a terminal with colours, a quiz's view of it, and exporting it need any of them.
    """
    program = textwrap.dedent("""
        import io, sys
        from pathlib import Path
        from rich.console import Console, Group
        from llmprep.bank import Bank
        from llmprep.export import FORMATS, ExportDocument
        from llmprep.model import Language, Question
        from llmprep.ui.item import ItemView
        from llmprep.messages.say import CommandLine
        from llmprep.ui.quiz.view import View as QuizView
        bank = Bank.open(Path(sys.argv[1]), Path(sys.argv[2]))
        bank.summaries(), bank.item("halving"), bank.summaries(["compression"])
        items = tuple(bank.without_plans(item) for item in bank.items())
        screen = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=80)
        for item in items:
            screen.print(Group(*ItemView(Language.BOTH).item(item, answer=True)), soft_wrap=True)
            if isinstance(item, Question):
                view = QuizView(screen, Language.BOTH, CommandLine())
                view.answer(item), view.key_points(item, (), {}), view.traps(item), view.code(item)
        for render in FORMATS.values():
            render(ExportDocument("x", tuple((topic, items) for topic in bank.topics()), Language.BOTH))
        assert "\\x1b[35m" in screen.file.getvalue()
        heavy = {"pydantic", "yaml", "markdown_it", "mdit_py_plugins", "pygments", "difflib", "hashlib"}
        print(sorted(heavy & set(sys.modules)))
    """)
    Bank.open(bank_root, tmp_path / "cache").items()
    command = [sys.executable, "-c", program, str(bank_root), str(tmp_path / "cache")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_progress(bank_root, tmp_path):
    """Progress counts the files that are compiled, and only these."""
    calls = []
    bank = Bank.open(bank_root, tmp_path / "cache", lambda done, total: calls.append((done, total)))
    bank.summaries()
    assert calls == [(1, 2), (2, 2)]
    bank.summaries()
    assert len(calls) == 2


def test_a_killed_compile_keeps_whole_batches(bank_root, tmp_path, monkeypatch, compiled):
    """Every batch is committed as soon as it is compiled: SIGKILL loses at most the last one."""
    counts = []

    def count(done, total):
        (file,) = (tmp_path / "cache").glob("*.sqlite")
        with sqlite3.connect(file) as connection:
            counts.append(connection.execute("SELECT count(*) FROM body").fetchone()[0])

    monkeypatch.setattr(library, "BATCH", 1)
    Bank.open(bank_root, tmp_path / "cache", count).summaries()
    assert counts == [1, 2]


def test_an_interrupted_compile_keeps_what_is_done(bank_root, tmp_path, compiled):
    """Ctrl-C in the middle of a long compile does not lose what was compiled."""

    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Bank.open(bank_root, tmp_path / "cache", interrupt).summaries()
    assert len(compiled) == 1
    Bank.open(bank_root, tmp_path / "cache").summaries()
    assert len(compiled) == 2
