"""Read a bank's files: regular files inside its folder, and no others.

A bank may be a stranger's, and what is wrong with a file is told with words from it: a link out of the bank would show
its reader files that are none of the bank's, and a pipe or a device would keep the reader waiting for ever.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from llmprep.errors import Problem

if TYPE_CHECKING:
    from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that nobody writes to does not keep `open` waiting."""


def is_inside(path: Path, bank: Path) -> bool:
    """Return whether a path, with links resolved, is in the bank's folder; False for a broken link."""
    try:
        return path.resolve(strict=True).is_relative_to(bank.resolve(strict=True))
    except (OSError, RuntimeError):  # the latter of links in a circle, in older versions of Python
        return False


def leads_out(path: Path, bank: Path) -> bool:
    """Return whether a path is, or passes through, a link out of the bank's folder."""
    return os.path.lexists(path) and not is_inside(path, bank)


def content(path: Path, bank: Path) -> bytes | Problem:
    """Read a file's bytes; of one that is too large, just enough to detect that.

    Returns:
        The bytes, or the problem of a file that is not to be read.

    Raises:
        OSError: it cannot be read.
    """
    from llmprep.bank.yaml_loader import MAX_BYTES

    if leads_out(path, bank):
        return outside(path)
    descriptor = os.open(path, _FLAGS)
    with open(descriptor, "rb") as file:  # noqa: PTH123  (by its descriptor)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Problem(str(path), 1, "", "bank.not_a_file", {})
        # A link that was put in the file's place meanwhile has opened another file than the one inside.
        if not is_inside(path, bank) or not os.path.samestat(status, path.resolve().stat()):
            return outside(path)
        return file.read(MAX_BYTES + 1)


def outside(path: Path) -> Problem:
    """Return the problem of a link out of the bank."""
    return Problem(str(path), 1, "", "bank.link_out", {})
