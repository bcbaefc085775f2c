"""Identify the running code: caches are valid only for the code that wrote them."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from zlib import crc32

from llmprep import __version__

NO_PART = frozenset({"cli", "ui", "export", "study", "store", "_bank", "__pycache__"})
"""Packages that have no part in what is kept: the others compile items, or make suites and run them."""


@cache
def build() -> str:
    """Return the version, and a number that changes when a source file of the package does."""
    return f"{__version__}+{stamp(Path(__file__).parent):08x}"


def stamp(package: Path) -> int:
    """Hash the names, sizes and times of a package's source files, without reading them.

    It is of use in a clone, where the version stays the same while the code changes. An installed package's files
    change together with its version, or when it is installed again. Where there are no files, as in an archive, the
    version has to do.
    """
    found: list[str] = []
    folders = [str(package)]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.name.endswith(".py"):
                        status = entry.stat()
                        found.append(f"{entry.path[len(str(package)) :]} {status.st_size} {status.st_mtime_ns}")
                    elif "." not in entry.name and entry.name not in NO_PART and entry.is_dir():
                        folders.append(entry.path)
        except OSError:
            continue
    return crc32("\n".join(sorted(found)).encode(errors="surrogateescape"))
