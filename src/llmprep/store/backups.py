"""Backups of the database, made with SQLite's backup API, which is consistent while others write."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC
from typing import TYPE_CHECKING

from llmprep.files import IN_BACKUPS, private_file, private_folder

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

KEEP = 5
"""Daily copies that are kept."""


def folder(database: Path) -> Path:
    """Return the folder of a database's copies."""
    return database.parent / "backups"


def of_day(database: Path, now: datetime) -> Path:
    """Return the path of the copy of this day (UTC). `now` is the machine's clock, never the time of `--now`."""
    return folder(database) / f"{database.stem}-{now.astimezone(UTC):%Y-%m-%d}{database.suffix}"


def made_on(database: Path, now: datetime) -> bool:
    """Return whether this day's copy exists."""
    return of_day(database, now).exists()


def dailies(database: Path) -> list[Path]:
    """Return the daily copies by the time they were made, then by name."""
    day = "[0-9]" * 4 + "-[0-9][0-9]" * 2
    every = folder(database).glob(f"{database.stem}-{day}{database.suffix}")
    return sorted(every, key=lambda path: (path.stat().st_mtime_ns, path.name))


def newest(database: Path) -> Path | None:
    """Return the latest copy of any kind, or None."""
    every = folder(database).glob(f"{database.stem}-*{database.suffix}")
    return max(every, key=lambda path: path.stat().st_mtime_ns, default=None)


def daily(connection: sqlite3.Connection, database: Path, now: datetime) -> None:
    """Make this day's copy, and delete the oldest by time of making beyond `KEEP`, whatever their names say."""
    today = of_day(database, now)
    _copy(connection, today)
    made = today.stat().st_mtime_ns
    earlier = [path for path in dailies(database) if path != today]
    for path in earlier:
        # Made while the clock was ahead. Unless this day's copy counts as the newest, it would be deleted first, and
        # made again at every start.
        if path.stat().st_mtime_ns > made:
            os.utime(path, ns=(made, made - 1))
    for old in earlier[: -(KEEP - 1)]:
        old.unlink(missing_ok=True)


def before_migration(database: Path, version: int) -> None:
    """Make the copy that is kept of schema `version`, including the last commit."""
    source = sqlite3.connect(database)
    try:
        _copy(source, folder(database) / f"{database.stem}-schema-{version}{database.suffix}")
    finally:
        source.close()


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    private_folder(target.parent, IN_BACKUPS)
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    try:
        private_file(partial)
        copy = sqlite3.connect(partial)
        try:
            connection.backup(copy)
            # A copy stands alone: no write-ahead log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
