"""The form of names, and whether a path exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Lower-case words joined by hyphens: topics, items, key points, mistakes."""


def is_there(path: Path, how: Literal["exists", "is_file", "is_dir"]) -> bool:
    """Return whether a path exists; False for a name that is too long or below an inaccessible folder.

    `pathlib` raises for these in some versions of Python.
    """
    try:
        return bool(getattr(path, how)())
    except OSError:
        return False
