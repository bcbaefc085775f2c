"""Copies of the database, made with SQLite's own backup, which is whole whatever else is being written."""

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
"""How many daily copies are kept."""


def folder(database: Path) -> Path:
    """Where the copies of a database are."""
    return database.parent / "backups"


def of_day(database: Path, now: datetime) -> Path:
    """The copy that is made on this day (UTC), `now` being the machine's own clock, never a time that was asked for."""
    return folder(database) / f"{database.stem}-{now.astimezone(UTC):%Y-%m-%d}{database.suffix}"


def made_on(database: Path, now: datetime) -> bool:
    """Whether this day's copy is there."""
    return of_day(database, now).exists()


def dailies(database: Path) -> list[Path]:
    """The daily copies, in the order in which they were made; their names tell which came first where times do not."""
    day = "[0-9]" * 4 + "-[0-9][0-9]" * 2
    every = folder(database).glob(f"{database.stem}-{day}{database.suffix}")
    return sorted(every, key=lambda path: (path.stat().st_mtime_ns, path.name))


def newest(database: Path) -> Path | None:
    """The latest copy of any kind."""
    every = folder(database).glob(f"{database.stem}-*{database.suffix}")
    return max(every, key=lambda path: path.stat().st_mtime_ns, default=None)


def daily(connection: sqlite3.Connection, database: Path, now: datetime) -> None:
    """Make this day's copy, and let those made first go, beyond `KEEP`, whatever days they are named after."""
    today = of_day(database, now)
    _copy(connection, today)
    made = today.stat().st_mtime_ns
    earlier = [path for path in dailies(database) if path != today]
    for path in earlier:
        # A clock that was ahead made it. This day's is the newest; otherwise it would go first, and be made at every
        # start from then on.
        if path.stat().st_mtime_ns > made:
            os.utime(path, ns=(made, made - 1))
    for old in earlier[: -(KEEP - 1)]:
        old.unlink(missing_ok=True)


def before_migration(database: Path, version: int) -> None:
    """Make the copy that is kept of schema `version`; it sees what was committed last."""
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
