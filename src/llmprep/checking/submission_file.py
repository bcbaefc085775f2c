"""One file to grade: its person, and its text, read without leaving that person's folder."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from llmprep.checking.source import decode
from llmprep.checking.submission import LARGEST_SOURCE, Submission, UnreadableSubmissionError, unreadable
from llmprep.errors import UsageError

if TYPE_CHECKING:
    from llmprep.verdict import Finding

LARGEST_NOTEBOOK = 5 << 20
SOURCES, NOTEBOOKS = (".py",), (".ipynb",)
"""Suffixes, in lower case, of what can be graded."""
_HEAD = 2000


class SubmissionFile(NamedTuple):
    """One file to grade, or what is the matter with a person who has none."""

    path: Path
    person: str
    own: Path | None = None
    """The person's own folder, which no link leads out of; None where the file alone is theirs."""
    fault: Finding | None = None
    """Why there is nothing to read."""
    is_own_work: bool = False
    """Whether it belongs to the person who runs the command: then links are followed."""
    text: str | None = None
    """The text of one that is in no file."""

    def read(self) -> Submission:
        """Read the file's text.

        Raises:
            UsageError: as `read_submission`.
            UnreadableSubmissionError: as `read_submission`, or there is a fault.
        """
        if self.fault is not None:
            raise UnreadableSubmissionError(self.fault)
        if self.text is not None:
            return Submission(self.text)
        return read_submission(self.path, None if self.is_own_work else self.own or self.path)


def is_notebook(name: str) -> bool:
    """Return whether a file of that name is a notebook."""
    return Path(name).suffix.lower() in NOTEBOOKS


def is_gradable(name: str) -> bool:
    """Return whether a file of that name may be a submission."""
    return Path(name).suffix.lower() in SOURCES + NOTEBOOKS


def read_submission(path: Path, own: Path | None = None) -> Submission:
    """Read a Python file or a notebook.

    Args:
        path: the file.
        own: the folder, or the file itself, that no link may lead out of; None follows links wherever they lead.

    Raises:
        UsageError: there is no such file, it is no regular file, cannot be read, or is a link out of `own`.
        UnreadableSubmissionError: it holds no source code, or more than any solution.
    """
    limit = LARGEST_NOTEBOOK if is_notebook(path.name) else LARGEST_SOURCE
    data = _bytes(path, own, limit)
    head = data[:_HEAD].decode("utf-8", "replace")
    try:
        if len(data) > limit:
            raise unreadable("too_large", limit=limit >> 20)
        if is_notebook(path.name):
            from llmprep.checking.notebook import read_notebook

            submission = read_notebook(data)
            head = submission.text[:_HEAD]
            if len(submission.text.encode()) > LARGEST_SOURCE:
                raise unreadable("too_large", limit=LARGEST_SOURCE >> 20)
            return submission
        return Submission(decode(data))
    except UnreadableSubmissionError as error:
        raise UnreadableSubmissionError(error.finding, head) from None


def _bytes(path: Path, own: Path | None, limit: int) -> bytes:
    """Return the file's bytes, up to one more than the limit."""
    try:
        descriptor = _open(path) if own is None else _open_within(path, own)
        try:
            mode = os.fstat(descriptor).st_mode
            if stat.S_ISDIR(mode):
                raise UsageError("check.folder_for_file", path=path)
            if not stat.S_ISREG(mode):
                raise UsageError("check.not_a_file", path=path)
            return _read(descriptor, limit + 1)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise UsageError("common.no_such_file", path=path) from None
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket
            raise UsageError("check.not_a_file", path=path) from None
        raise UsageError("common.unreadable", path=path, reason=error.strerror) from None


def _read(descriptor: int, size: int) -> bytes:
    """Return so many bytes, or fewer where the file ends."""
    found = bytearray()
    while len(found) < size and (more := os.read(descriptor, size - len(found))):
        found += more
    return bytes(found)


def _open(path: Path | str, folder: int | None = None, more: int = 0) -> int:
    """Open for reading. A pipe does not block, and is found out by what was opened, not by what was there before."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    return os.open(path, flags | more, dir_fd=folder)


def _open_within(path: Path, own: Path) -> int:
    """Open a file in a folder that is one person's; where `own` is the file itself, it may not be a link at all.

    Raises:
        UsageError: it is a link out of `own`.
        OSError: it cannot be opened.
    """
    folder = path.parent if own == path else own
    parts = path.relative_to(folder).parts
    try:
        return _open_below(folder, parts)
    except OSError as error:
        # Which of the two it is where a link stands in a folder's place depends on the system.
        if error.errno not in (errno.ELOOP, errno.EMLINK, errno.ENOTDIR):
            raise
    # Not Path.resolve, which some Pythons let fail on a link to itself.
    root, end = Path(os.path.realpath(folder)), Path(os.path.realpath(path))
    if own == path or not end.is_relative_to(root) or end == root:
        raise UsageError("check.link_leads_out", path=path, folder=folder)
    return _open_below(root, end.relative_to(root).parts)


def _open_below(folder: Path, parts: tuple[str, ...]) -> int:
    """Open a file by a road on which no link is followed below `folder`, whatever changes there meanwhile."""
    follow_none = getattr(os, "O_NOFOLLOW", 0)
    if os.open not in os.supports_dir_fd:
        path = folder.joinpath(*parts)
        if path.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        return _open(path, more=follow_none)
    at = _open(folder, more=os.O_DIRECTORY)
    try:
        for name in parts[:-1]:
            below = _open(name, at, os.O_DIRECTORY | follow_none)
            os.close(at)
            at = below
        return _open(parts[-1], at, follow_none)
    finally:
        os.close(at)
