"""A bank's files are ordinary files inside it: links out of it, pipes and devices are refused and never read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from llmprep.bank import Bank, validate
from llmprep.errors import BankError, LlmprepError, UsageError

SECRET = "kind: token-that-nobody-may-see\n"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file beside the bank, whose text no message may hold."""
    file = tmp_path / "private" / "secret.yaml"
    file.parent.mkdir()
    file.write_text(SECRET, "utf-8")
    return file


def keys(path: Path) -> list[str]:
    problems = validate(path)
    assert "token-that" not in str(problems)
    return [problem.key for problem in problems]


def test_a_link_out_of_the_bank(bank_root: Path, secret: Path) -> None:
    """An item that is a link out of the bank is refused, however it is named, and nothing of the file is told."""
    item = bank_root / "compression/link.yaml"
    item.symlink_to(secret)
    for path in (bank_root, bank_root / "compression", item):
        assert keys(path) == ["bank.link_out"]
    with pytest.raises(BankError) as raised:
        Bank.open(bank_root, None).item("compression/link")
    assert [problem.key for problem in raised.value.problems] == ["bank.link_out"]
    with pytest.raises(BankError):
        Bank.open(bank_root, None).items()


def test_topics_that_are_a_link_out(bank_root: Path, secret: Path) -> None:
    """So is `topics.yaml`."""
    (bank_root / "topics.yaml").unlink()
    (bank_root / "topics.yaml").symlink_to(secret)
    assert "bank.link_out" in keys(bank_root)
    with pytest.raises(BankError):
        Bank.open(bank_root, None).topics()


def test_a_topic_that_is_a_link_out(bank_root: Path, secret: Path) -> None:
    """Not even the names in a folder outside are told."""
    (bank_root / "topics.yaml").write_text(
        "- {id: compression, title: {en: Compression, zh: 压缩}}\n- {id: other, title: {en: Other, zh: 其他}}\n",
        "utf-8",
    )
    (bank_root / "other").symlink_to(secret.parent)
    for path in (bank_root, bank_root / "other"):
        assert keys(path) == ["bank.link_out"]
        assert "secret" not in str(validate(path))
    for name in ("other/secret", "secreto"):
        with pytest.raises(LlmprepError) as raised:
            Bank.open(bank_root, None).item(name)
        assert raised.type in (BankError, UsageError)
        assert "token-that" not in str(raised.value.facts)
        assert "other/secret" not in str(raised.value.facts.get("nearest", ""))


def test_links_inside_a_bank(bank_root: Path, tmp_path: Path) -> None:
    """A link to another place of the bank is followed, and a bank may itself be reached by a link."""
    shutil.copy(bank_root / "compression/halving.yaml", bank_root / "compression/.kept.yaml")
    (bank_root / "compression/again.yaml").symlink_to(".kept.yaml")
    assert validate(bank_root) == []
    (tmp_path / "linked").symlink_to(bank_root)
    for path in ("linked", "linked/compression", "linked/compression/again.yaml"):
        assert validate(tmp_path / path) == []
    assert Bank.open(tmp_path / "linked", None).item("again").id == "compression/again"


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: Path(path).symlink_to("/dev/zero"), os.mkdir])
def test_what_is_no_file(bank_root: Path, make) -> None:
    """A pipe, a device or a folder in a file's place is told of at once; nothing waits for it."""
    item = bank_root / "compression/strange.yaml"
    make(item)
    assert keys(bank_root) == ["bank.stray_file"]
    if not item.is_dir():
        assert keys(item) == ["bank.link_out" if item.is_symlink() else "bank.not_a_file"]
    with pytest.raises(UsageError):
        Bank.open(bank_root, None).item("strange")
    assert len(Bank.open(bank_root, None).items()) == 2
    (bank_root / "topics.yaml").unlink()
    make(bank_root / "topics.yaml")
    assert "bank.no_topics_file" in keys(bank_root)
    with pytest.raises(BankError):
        Bank.open(bank_root, None).topics()


def test_a_link_put_in_place_of_a_topic_file_is_seen(bank_root: Path, secret: Path, tmp_path: Path) -> None:
    """An item that was compiled and kept is not taken for the link that has its place now."""
    item = bank_root / "compression/halving.yaml"
    assert Bank.open(bank_root, tmp_path / "cache").item("halving")
    item.unlink()
    item.symlink_to(secret)
    with pytest.raises(BankError):
        Bank.open(bank_root, tmp_path / "cache").item("halving")
