"""Walk a person's folder, at any depth: what may be graded, what is left out, what cannot be read."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from llmprep.checking.submission_file import SubmissionFile, is_gradable
from llmprep.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

ENVIRONMENTS = frozenset({"venv", ".venv", "site-packages", "dist-packages", "node_modules", "conda-meta"})
CACHES = frozenset({"__pycache__", "__macosx", ".ipynb_checkpoints"})
MOST_NAMED = 5
"""Names of other files that are told where there is nothing else."""


def left_out(name: str, *, is_folder: bool, holds_environment: bool = False) -> str:
    """Return why a file or folder is nobody's work: `environments`, `caches`, `tests`, `hidden`; else "".

    Args:
        name: its name.
        is_folder: whether it is a folder.
        holds_environment: whether it is a folder in which `pyvenv.cfg` lies.
    """
    plain = name.lower()
    if is_folder and (plain in ENVIRONMENTS or holds_environment):
        return "environments"
    if is_folder and plain in CACHES:
        return "caches"
    if plain.startswith("."):
        return "hidden"
    stem, dot, suffix = plain.rpartition(".")
    if not is_folder and dot and is_gradable(plain) and suffix and (stem.startswith("test_") or stem.endswith("_test")):
        return "tests"
    return ""


def plain_stem(path: Path) -> str:
    """Return a file's stem, of a test less what marks it as one: `bob_test.py` is bob's."""
    stem = path.stem
    if left_out(path.name, is_folder=False) != "tests":
        return stem
    plain = stem[len("test_") :] if stem.lower().startswith("test_") else stem[: -len("_test")]
    return plain or stem


class Work:
    """What one person handed in."""

    def __init__(self, path: Path, own: Path | None) -> None:
        self.path, self.own = path, own
        self.files: list[Path] = []
        self.faults: list[tuple[Path, Finding]] = []
        self.others: list[str] = []
        self.skipped: Counter[str] = Counter()

    def entries(self, label: str) -> Iterator[SubmissionFile]:
        """Yield the files, then what could not be read; or why there is nothing."""
        for path in self.files:
            yield SubmissionFile(path, label, self.own)
        for path, fault in self.faults:
            yield SubmissionFile(path, label, self.own, fault)
        if not self.files and not self.faults:
            yield SubmissionFile(self.path, label, self.own, self._nothing())

    def _nothing(self) -> Finding:
        if self.others:
            shown = [*self.others[:MOST_NAMED], *(["…"] if len(self.others) > MOST_NAMED else [])]
            return Finding("check.nothing_to_grade", {"names": shown})
        if self.skipped:
            return Finding("check.nothing_but", {"kinds": dict(sorted(self.skipped.items()))})
        return Finding("check.nothing_there")


def why_not(folder: Path, name: str) -> str:
    """Return why a folder is nobody's work, as `left_out` does."""
    return left_out(name, is_folder=True, holds_environment=os.path.lexists(folder / "pyvenv.cfg"))


def look_into(own: Path) -> Work:
    """Walk a person's own folder, at any depth."""
    work = Work(own, own)
    root = Path(os.path.realpath(own))
    to_come = [own]
    while to_come:
        folder = to_come.pop()
        try:
            inside = scan(folder)
        except OSError as error:
            work.faults.append((folder, Finding("common.unreadable", {"path": folder, "reason": error.strerror})))
            continue
        below = []
        for path, is_folder, is_link in inside:
            real_folder = is_folder and not is_link
            why = why_not(path, path.name) if real_folder else left_out(path.name, is_folder=False)
            if why:
                work.skipped[why] += 1
            elif real_folder:
                below.append(path)
            elif is_gradable(path.name) and not is_folder:
                work.files.append(path)
            elif is_folder:
                # What a link within the person's own folder leads to is found there.
                if not Path(os.path.realpath(path)).is_relative_to(root):
                    work.faults.append((path, leads_out(path, own)))
            else:
                work.others.append(str(path.relative_to(own)))
        to_come += reversed(below)
    work.files.sort()
    return work


def leads_out(path: Path, folder: Path) -> Finding:
    """Return what is wrong with a link that leads out of a person's folder."""
    return Finding("check.link_leads_out", {"path": path, "folder": folder})


def scan(folder: Path) -> list[tuple[Path, bool, bool]]:
    """Return a folder's entries by name: path, whether it is or leads to a folder, whether it is a link."""
    with os.scandir(folder) as entries:
        found = [(folder / entry.name, _is_folder(entry), entry.is_symlink()) for entry in entries]
    return sorted(found)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
