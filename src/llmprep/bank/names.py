"""What names look like, and whether they name something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Lower-case words joined by hyphens: topics, items, key points, mistakes."""


def is_there(path: Path, how: Literal["exists", "is_file", "is_dir"]) -> bool:
    """Whether a path names something; no for a name too long, or below a folder that may not be entered.

    `pathlib` raises for these in some versions of Python.
    """
    try:
        return bool(getattr(path, how)())
    except OSError:
        return False
