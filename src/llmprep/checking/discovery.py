"""Find the files to grade among the paths given, and the person each belongs to.

The only folder named is a class: each folder in it is a person, and so is each stem of the files that lie in it itself.
Of several folders each is a person. Files named one by one go by `people.owners`. What is no submission is left out and
counted; a person with nothing to grade has an entry that says so.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.people import NamedFile, Owner, labels, owners
from llmprep.checking.submission_file import is_gradable
from llmprep.checking.walk import Work, leads_out, left_out, look_into, plain_stem, scan, why_not
from llmprep.errors import UsageError
from llmprep.files import is_folder

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from llmprep.checking.submission_file import SubmissionFile


class FoundFiles(NamedTuple):
    """What there is to grade, person by person, and how much of each kind was left out."""

    entries: tuple[SubmissionFile, ...]
    skipped: Counter[str]
    others: tuple[Path, ...] = ()
    """Files in the class's own folder that are no submissions."""


def find_submissions(paths: Sequence[Path]) -> FoundFiles:
    """Find the files to grade among and beneath `paths`, each with its person.

    A file that is named and not there, or is nothing that can be graded, has its entry all the same.

    Raises:
        UsageError: the only path is not there, or the class's folder cannot be looked into.
    """
    skipped: Counter[str] = Counter()
    folders, files, is_class = _sorted_out(paths, skipped)
    people: dict[Owner, Work] = {}
    others: list[Path] = []
    for key, folder in folders.items():
        if is_class:
            _look_into_class(folder, key, people, skipped, others)
        else:
            people[Owner(key)] = look_into(folder)
    _add_files(files, folders, people)
    for work in people.values():
        skipped += work.skipped
    named = labels([(_parts(_path_of(work, owner)), owner.is_file) for owner, work in people.items()])
    entries = [entry for work, label in zip(people.values(), named, strict=True) for entry in work.entries(label)]
    if len(paths) == 1 and not folders:
        entries = [entry._replace(is_own_work=True) for entry in entries]
    return FoundFiles(tuple(entries), skipped, tuple(others))


def _path_of(work: Work, owner: Owner) -> Path:
    """Return the path that a person is called by: of their files the first, and never a test's name."""
    if not owner.is_file:
        return work.path
    path = work.files[0] if work.files else work.path
    return path.with_name(f"{owner.stem}{path.suffix}")


def _parts(path: Path) -> tuple[str, ...]:
    """Return an absolute path's parts, below the root."""
    return Path(os.path.abspath(path)).parts[1:]  # noqa: PTH100  (a link keeps its name)


def _sorted_out(paths: Sequence[Path], skipped: Counter[str]) -> tuple[dict[Hashable, Path], list[Path], bool]:
    """Sort the paths: folders by identity, less those beneath another; everything else; whether it is a class.

    It is where there is one folder only, even counting those that are links or left out.
    """
    folders: dict[Hashable, Path] = {}
    files: list[Path] = []
    no_people = 0
    for path in dict.fromkeys(paths):
        if len(paths) == 1:
            _must_be_there(path)
        if not is_folder(path) or (_is_link(path) and len(paths) > 1):
            files.append(path)
            no_people += is_folder(path)
            continue
        why = why_not(path, os.path.basename(os.path.realpath(path)))  # noqa: PTH119  (of `..`, too)
        if len(paths) > 1 and why in ("environments", "caches"):
            skipped[why] += 1
            no_people += 1
            continue
        folders.setdefault(_identity(path), path)
    inner = [key for key, path in folders.items() if not folders.keys().isdisjoint(_above(path / "_")[1:])]
    for key in inner:
        del folders[key]
    return folders, files, len(folders) + no_people == 1


def _must_be_there(path: Path) -> None:
    """Refuse a path at which there is nothing, not even a link, or that cannot be looked at.

    Raises:
        UsageError: it is so.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError("common.no_such_file", path=path) from None
    except OSError as error:
        raise UsageError("common.unreadable", path=path, reason=error.strerror) from None


def _is_link(path: Path) -> bool:
    """Return whether it is a link; what cannot be looked at is none."""
    return os.path.islink(path)  # noqa: PTH114  (Path.is_symlink raises)


def _identity(path: Path) -> Hashable:
    """Return what identifies a folder however it is spelled; for one that is not there, its path."""
    try:
        status = path.stat()
    except OSError:
        return os.path.abspath(path)  # noqa: PTH100
    return status.st_dev, status.st_ino


def _above(path: Path) -> list[Hashable]:
    """Return the identities of the folders that a file lies in, the nearest first."""
    folder = Path(os.path.realpath(path.parent))
    return [_identity(each) for each in (folder, *folder.parents)]


def _look_into_class(
    root: Path, key: Hashable, people: dict[Owner, Work], skipped: Counter[str], others: list[Path]
) -> None:
    """Find the people of a folder.

    Raises:
        UsageError: it cannot be looked into.
    """
    try:
        inside = scan(root)
    except OSError as error:
        raise UsageError("common.unreadable", path=root, reason=error.strerror) from None
    for path, leads_to_folder, is_link in inside:
        real_folder = leads_to_folder and not is_link
        why = why_not(path, path.name) if real_folder else left_out(path.name, is_folder=False)
        if why == "tests":
            # Whose name it bears has a row, which tells of it where there is nothing else.
            people.setdefault(Owner(key, plain_stem(path)), Work(path, None)).skipped[why] += 1
        elif why:
            skipped[why] += 1
        elif real_folder:
            people[Owner(_identity(path))] = look_into(path)
        elif is_gradable(path.name):
            people.setdefault(Owner(key, path.stem), Work(path, None)).files.append(path)
        elif is_link and not _is_file(path):
            # Whose name it bears has a row, and what it leads to is not looked at.
            work = people[Owner(key, f"{path.name}/")] = Work(path, None)
            work.faults.append((path, leads_out(path, root)))
        else:
            others.append(path)


def _add_files(files: Sequence[Path], folders: dict[Hashable, Path], people: dict[Owner, Work]) -> None:
    """Add what was named itself to the people it belongs to."""
    known = {_place(path) for work in people.values() for path in (*work.files, *(path for path, _ in work.faults))}
    loose: list[Path] = []
    for path in files:
        if _place(path) in known:
            continue
        known.add(_place(path))
        owner = _owner_above(_above(path), path, folders, people)
        if owner is None:
            loose.append(path)
        elif _is_submission(path):
            people[owner].files.append(path)
    named = [_named(path) for path in loose]
    is_among_others = len(files) + len(folders) > 1
    for path, owner in zip(loose, owners(named), strict=True):
        work = people.setdefault(owner, Work(path, None) if owner.stem else Work(path.parent, path.parent))
        if owner.stem.endswith("/"):
            work.faults.append((path, leads_out(path, path.parent)))
        elif (why := left_out(path.name, is_folder=False)) and (not owner.stem or (why == "tests" and is_among_others)):
            work.skipped[why] += 1
        elif _is_submission(path) or (len(files) == 1 and not folders):
            work.files.append(path)
        else:
            work.others.append(path.name)


def _named(path: Path) -> NamedFile:
    """Return a named file's path for finding its person; a link to a folder has a slash at its end."""
    stem = f"{path.name}/" if _is_link(path) and is_folder(path) else plain_stem(path)
    return NamedFile(_identity(path.parent), _identity(path.parent / ".."), stem)


def _owner_above(
    above: list[Hashable], path: Path, folders: dict[Hashable, Path], people: dict[Owner, Work]
) -> Owner | None:
    """Return the person in whose folder a file lies, given the folders above it."""
    found = [Owner(each) for each in above if Owner(each) in people]
    if above[0] in folders:
        found.append(Owner(above[0], path.stem))
    return next((owner for owner in found if owner in people), None)


def _is_submission(path: Path) -> bool:
    """Return whether it is to be read; what is no file is, so that the reader reports what it is."""
    return is_gradable(path.name) or not _is_file(path)


def _place(path: Path) -> tuple[Hashable, str]:
    """Return what identifies a file however its folder is spelled."""
    return _identity(path.parent), path.name


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False
