"""`validate`: everything wrong with a bank, a topic's folder or one file, at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmprep.bank import validate
from llmprep.bank.tree import survey
from llmprep.errors import UsageError


def told(path, root):
    return [(str(Path(p.file).relative_to(root)), p.line, p.field, p.key) for p in validate(path)]


def test_a_good_bank(bank_root):
    """A good bank, its topics' folders and its files have no problems."""
    for path in (
        bank_root,
        bank_root / "compression",
        bank_root / "compression/halving.yaml",
        bank_root / "topics.yaml",
    ):
        assert validate(path) == []
    assert survey(bank_root).files == 3


def test_everything_at_once(bank_root):
    """Every problem of every file is told, in the files' order; a broken file hides no other."""
    one, two = bank_root / "compression/halving.yaml", bank_root / "compression/scale-rows.yaml"
    one.write_text(one.read_text("utf-8").replace("minutes: 5", "minutes: '5'\nminute: 5"), "utf-8")
    two.write_text("kind: [\n", "utf-8")
    (bank_root / "topics.yaml").write_text("- {id: compression, title: {en: Compression}}\n", "utf-8")
    assert told(bank_root, bank_root) == [
        ("compression/halving.yaml", 5, "minutes", "bank.wants_whole_number"),
        ("compression/halving.yaml", 6, "minute", "bank.unknown_field"),
        ("compression/scale-rows.yaml", 2, "", "bank.syntax"),
        ("topics.yaml", 1, "0.title", "bank.missing_zh"),
    ]


def test_stray_files(bank_root):
    """A bank holds its files and nothing else; what editors hide is let be."""
    (bank_root / "notes.md").touch()
    (bank_root / "README.md").touch()
    (bank_root / "item.schema.json").touch()
    (bank_root / ".git").mkdir()
    (bank_root / "compression/.halving.yaml.swp").touch()
    (bank_root / "compression/picture.png").touch()
    (bank_root / "compression/deeper").mkdir()
    (bank_root / "compression/old.yml").touch()
    assert told(bank_root, bank_root) == [
        (name, 1, "", "bank.stray_file")
        for name in ("compression/deeper", "compression/old.yml", "compression/picture.png", "notes.md")
    ]


def test_a_folder_that_is_no_topic(bank_root):
    """Items stand in folders that `topics.yaml` lists."""
    (bank_root / "compression").rename(bank_root / "compresion")
    problems = validate(bank_root)
    assert {problem.key for problem in problems} == {"bank.topic_not_listed"}
    assert len(problems) == 2
    assert problems[0].facts["nearest"] == ["compression"]
    assert [problem.key for problem in validate(bank_root / "compresion/halving.yaml")] == ["bank.topic_not_listed"]


def test_one_file_by_itself(bank_root, tmp_path, monkeypatch):
    """A file outside of any bank is held to all rules but those of its place; relative names are kept as written."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "My item.yaml").write_bytes((bank_root / "compression/halving.yaml").read_bytes())
    monkeypatch.chdir(folder)
    assert [(p.file, p.key) for p in validate(Path("My item.yaml"))] == [("My item.yaml", "bank.bad_slug")]
    (folder / "item.txt").write_bytes((bank_root / "compression/halving.yaml").read_bytes())
    assert [problem.key for problem in validate(Path("item.txt"))] == ["bank.not_yaml"]


def test_a_topic_s_folder(bank_root, monkeypatch):
    """A topic's folder is recognized from inside of it, too."""
    (bank_root / "compression/Bad.yaml").write_bytes((bank_root / "compression/halving.yaml").read_bytes())
    monkeypatch.chdir(bank_root / "compression")
    assert [(problem.file, problem.key) for problem in validate(Path())] == [("Bad.yaml", "bank.bad_slug")]


def test_no_topics_file(bank_root):
    """A bank without `topics.yaml` is told so, and its items are checked all the same."""
    (bank_root / "topics.yaml").unlink()
    (bank_root / "compression/halving.yaml").write_text("", "utf-8")
    assert told(bank_root, bank_root) == [
        (".", 1, "", "bank.no_topics_file"),
        ("compression/halving.yaml", 1, "", "bank.empty_file"),
    ]


def test_binary_and_unreadable(bank_root):
    """A binary file, a broken link and a huge file are problems of theirs alone."""
    (bank_root / "compression/binary.yaml").write_bytes(bytes(range(256)))
    (bank_root / "compression/link.yaml").symlink_to("nowhere")
    (bank_root / "compression/huge.yaml").write_bytes(b"a: 1\n" * 1_000_000)
    assert {(name, key) for name, _, _, key in told(bank_root, bank_root)} == {
        ("compression/binary.yaml", "bank.not_utf8"),
        ("compression/link.yaml", "bank.stray_file"),
        ("compression/huge.yaml", "bank.too_big"),
    }


def test_nothing_there(tmp_path):
    """A path that does not exist is a mistake of who asked."""
    for name in ("nothing", "x" * 5000):
        with pytest.raises(UsageError, match="no_such_path"):
            validate(tmp_path / name)


def test_progress(bank_root):
    """Progress counts files."""
    calls = []
    survey(bank_root, lambda done, total: calls.append((done, total)))
    assert calls == [(1, 3), (2, 3), (3, 3)]
