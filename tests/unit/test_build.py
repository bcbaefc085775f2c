"""Laws of telling one state of the code from another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import llmprep
from llmprep import __version__
from llmprep.build import NO_PART, build, stamp

PARTS = ("model.py", "bank/lint/prose.py", "sandbox/worker/main.py", "checking/compare.py")


def package(folder: Path) -> Path:
    """A package of a few files, all of one time."""
    for name in (*PARTS, "ui/view.py", "bank/a.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n", encoding="utf-8")
        os.utime(path, ns=(10**18, 10**18))
    return folder


@pytest.mark.parametrize("name", PARTS)
def test_a_change_of_what_compiles_or_runs_is_seen(tmp_path: Path, name: str) -> None:
    """Of size or time, in any depth; a new file and one that is gone, too."""
    before = stamp(package(tmp_path))
    assert stamp(tmp_path) == before
    path = tmp_path / name
    seen = {before}
    path.write_text("x = 2\n", encoding="utf-8")
    seen.add(stamp(tmp_path))
    os.utime(path, ns=(10**18, 10**18))
    path.write_text("x = 10\n", encoding="utf-8")
    os.utime(path, ns=(10**18, 10**18))
    seen.add(stamp(tmp_path))
    path.with_name("new.py").touch()
    seen.add(stamp(tmp_path))
    path.unlink()
    seen.add(stamp(tmp_path))
    assert len(seen) == 5


@pytest.mark.parametrize("name", ["ui/view.py", "bank/a.txt"])
def test_what_has_no_part_in_it_changes_nothing(tmp_path: Path, name: str) -> None:
    """How things are shown, and what is no source."""
    before = stamp(package(tmp_path))
    (tmp_path / name).write_text("something else", encoding="utf-8")
    assert stamp(tmp_path) == before


def test_no_files_are_no_failure(tmp_path: Path) -> None:
    """As in an archive; the version has to do."""
    assert stamp(tmp_path / "archive.zip" / "llmprep") == 0
    assert build().startswith(f"{__version__}+")


def test_the_packages_left_out_are_there_or_generated() -> None:
    """A package that is renamed must not take part or drop out unnoticed."""
    there = {path.name for path in Path(llmprep.__file__).parent.iterdir() if path.is_dir()}
    assert NO_PART - {"_bank", "__pycache__"} <= there
