"""Laws of the compiled bank's file: whose it is, and which code made it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from llmprep.bank.cache import NEVER, Cache, CacheEntry

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = CacheEntry(NEVER, "digest", ["summary"], '"body"')


def kept(folder: Path, root: Path) -> str | None:
    cache = Cache(folder, root)
    body = cache.body("topic", "a")
    cache.close()
    return body


def fill(folder: Path, root: Path) -> Path:
    cache = Cache(folder, root)
    cache.store("topic", {"a": ENTRY})
    assert kept(folder, root) == ENTRY.body
    assert cache.file is not None
    return cache.file


def test_items_follow_the_code_that_compiles_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What other code compiled is not read, though its version be the same; it is compiled and kept anew."""
    fill(tmp_path / "cache", tmp_path)
    monkeypatch.setattr("llmprep.bank.cache.build", lambda: "0.1.0+other")
    assert kept(tmp_path / "cache", tmp_path) is None
    fill(tmp_path / "cache", tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
@pytest.mark.parametrize("bits", [0o020, 0o002])
def test_what_others_may_write_is_not_read(tmp_path: Path, bits: int) -> None:
    """A file is made again, for this user alone; a folder is neither read nor written to."""
    folder = tmp_path / "cache"
    file = fill(folder, tmp_path)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, file)] == [0o700, 0o600]
    file.chmod(0o600 | bits)
    assert kept(folder, tmp_path) is None
    assert stat.S_IMODE(fill(folder, tmp_path).stat().st_mode) == 0o600
    folder.chmod(0o700 | bits)
    assert kept(folder, tmp_path) is None
    before = file.read_bytes()
    Cache(folder, tmp_path).store("topic", {"b": ENTRY})
    assert file.read_bytes() == before
