"""Files written whole or not at all; folders and files that nobody else may read; what others may have written."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PARTIAL = ".llmprep-*.partial"
"""What a file is called while it is being written; one that is left over comes from a process that was killed."""

IN_DATA = ("llmprep*", "settings.json", "backups", "cache", "cache-private", "crashes", PARTIAL)
IN_CACHE = ("bank-*.sqlite*", "suites")
IN_SUITES = ("*.bin", PARTIAL)
IN_BACKUPS = ("llmprep-*",)
IN_CRASHES = ("llmprep-crash-*",)
"""Patterns of the names that we give in each of the user's folders."""

_POSIX = os.name == "posix"
"""Whether the system has file modes and owners."""


def is_folder(path: Path) -> bool:
    """Return whether it is, or leads to, a folder; what cannot be looked at (too long a name, no access) is none."""
    return os.path.isdir(path)  # noqa: PTH112  (Path.is_dir raises)


def write_whole(path: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Replace the content of `path` atomically; a link stays a link and its target is replaced.

    A pipe or a device is written to as it is: there is nothing to replace.

    Args:
        path: the file; its folder is there.
        content: all that it is to hold.
        mode: the permissions of a new file, less what the umask takes away. A file that is there keeps its own.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    path = path.resolve()
    try:
        status = path.stat()
    except FileNotFoundError:
        with _written(path.parent, content, mode) as (temporary, _):
            temporary.replace(path)
        return
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        path.write_bytes(content)
        return
    with _written(path.parent, content, 0o600) as (temporary, descriptor):
        if _POSIX:
            os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
        temporary.replace(path)


def write_new(path: Path, content: bytes) -> None:
    """Create a file with the content; the name must not exist yet.

    Raises:
        FileExistsError: something has that name; it is as it was.
        OSError: it cannot be written; nothing has that name.
    """
    with _written(path.parent, content, 0o666) as (temporary, _):
        try:
            # Unlike a rename, a link never takes the place of what is there.
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            # A file system without hard links: the name is taken first, so that nobody else takes it.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            temporary.replace(path)


@contextmanager
def _written(folder: Path, content: bytes, mode: int) -> Iterator[tuple[Path, int]]:
    """A file of that content, on the disk, with its descriptor; it is gone at the end unless it was given a name.

    The kernel applies the umask as it makes the file: reading the umask would mean setting it, for all threads.
    """
    temporary = folder / PARTIAL.replace("*", os.urandom(8).hex())
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
            if _POSIX:
                yield temporary, descriptor
        if not _POSIX:
            # Windows renames no open file.
            yield temporary, -1
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Sync a folder's entries to disk, if the system supports it; the file itself is already synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def private_folder(folder: Path, known: Collection[str] = (), *, believed: bool = False) -> None:
    """Create a folder private to this user; make an existing one private if all its content is ours.

    Args:
        folder: the folder; those above it that are missing are made in the same way.
        known: patterns of the names that we give in it. A folder that holds anything else may be somebody's home: it
            stays as it is, and only our files in it are closed. Another user's folder stays as it is, too.
        believed: whether what is in it is believed, as a cache is. Then what others may write stays so, for whoever
            reads it to see: closing it would make what they may have written look like ours.

    Raises:
        OSError: it cannot be made.
    """
    missing = []
    place = folder
    while not place.exists():
        missing.append(place)
        place = place.parent
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)
    if missing:
        return
    if not folder.is_dir():
        raise FileExistsError(17, os.strerror(17), str(folder))
    status = folder.stat()
    if not _POSIX or status.st_uid != os.geteuid() or not status.st_mode & 0o077:
        return
    if believed and status.st_mode & 0o022:
        return
    names = [path.name for path in folder.iterdir()]
    ours = [name for name in names if _matches(name, known)]
    for name in ours:
        bits = (folder / name).lstat().st_mode
        if stat.S_ISREG(bits) and not (believed and bits & 0o022):
            private_file(folder / name, create=False)
    # A sticky folder is one that is meant for many, as /tmp is.
    if len(ours) == len(names) and not status.st_mode & stat.S_ISVTX:
        with suppress(OSError):
            folder.chmod(0o700)


def private_file(path: Path, *, create: bool = True) -> None:
    """Create an empty file private to this user; make an existing one of this user's private.

    Raises:
        OSError: it is not there and cannot be made.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        if create:
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return
    if _POSIX and status.st_uid == os.geteuid() and status.st_mode & 0o077 and stat.S_ISREG(status.st_mode):
        with suppress(OSError):
            path.chmod(status.st_mode & 0o700)


def _matches(name: str, patterns: Collection[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def others_may_write(path: Path, within: Path) -> Path | None:
    """The first of `within` and what leads from it down to `path` that somebody else may have written.

    That is a link, what another user owns, and what its group or everybody may write. What is not there is nobody's.
    `within` itself may be a link of the user's. Where files have no modes nothing is found.
    """
    if not _POSIX:
        return None
    steps = [within, *(within.joinpath(*parts) for parts in _beginnings(path.relative_to(within).parts))]
    for step in steps:
        try:
            status = step.stat() if step == within else step.lstat()
        except FileNotFoundError:
            return None
        except OSError:
            return step
        if stat.S_ISLNK(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o022:
            return step
    return None


def _beginnings(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [parts[: count + 1] for count in range(len(parts))]


def ours_to_make(folder: Path) -> bool:
    """Return whether to create a missing folder; root creates none in another user's folder, as under `sudo`."""
    if not _POSIX or os.geteuid() != 0:
        return True
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        return place.stat().st_uid == 0
    except OSError:
        return False
