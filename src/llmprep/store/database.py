"""Open the database: durable settings, migrations after a backup, and SQLite's errors as faults."""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from llmprep.errors import EnvironmentFault, cannot_keep
from llmprep.files import IN_BACKUPS, IN_DATA, private_file, private_folder
from llmprep.store import backups
from llmprep.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

NAME = "llmprep.sqlite3"
PATIENCE = 5.0
"""Seconds to wait for another process's write."""

_UNWRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NONSENSE = r"(NULL|TEXT|NUMERIC|non-[A-Z]+) value in |CHECK constraint failed in "
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Translate errors of SQLite and the file system about `path` into faults of the environment.

    Raises:
        EnvironmentFault: the folder cannot be written, the disk is full or failing, the database is broken or busy.
    """
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the kind of error. Errors raised by the sqlite3 module itself have no code.
        kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if kind in _UNWRITABLE:
            raise EnvironmentFault("common.unwritable", path=path.parent, reason=str(error)) from error
        if kind in _BROKEN or (kind == sqlite3.SQLITE_ERROR and str(error).startswith("no such ")):
            # A table or column that the schema version promises is missing: it was removed.
            raise corrupt(path) from error
        if kind in _BUSY:
            raise EnvironmentFault("store.locked", path=path) from error
        if kind == sqlite3.SQLITE_FULL:
            raise EnvironmentFault("store.full", path=path) from error
        if kind == sqlite3.SQLITE_IOERR:
            raise EnvironmentFault("store.failing", path=path, reason=str(error)) from error
        raise
    except OSError as error:
        raise cannot_keep(path.parent, error) from error


def corrupt(path: Path) -> EnvironmentFault:
    """Return the fault of a database that SQLite cannot read, with the newest backup to restore."""
    if newest := backups.newest(path):
        return EnvironmentFault("store.corrupt", path=path, backup=newest)
    return EnvironmentFault("store.corrupt_without_backup", path=path)


def connect(folder: Path, now: datetime, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> sqlite3.Connection:
    """Open the database in `folder`; create or migrate it as needed, and make today's backup.

    Args:
        folder: the user's data folder.
        now: the machine's clock, which names the backup; never the time of `--now`.
        migrations: the steps to the current schema.

    Raises:
        EnvironmentFault: as `faults`; or a newer llmprep has written the database.
    """
    path = folder / NAME
    with faults(path):
        private_folder(folder, IN_DATA)
        if (copies := backups.folder(path)).is_dir():
            private_folder(copies, IN_BACKUPS)
        # SQLite creates the files beside a database with the permissions of the database.
        private_file(path)
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            _prepare(connection, path, now, migrations)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, now: datetime, migrations: Sequence[Sequence[str]]) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < 0:
        raise corrupt(path)
    if version > len(migrations):
        raise EnvironmentFault("store.newer", path=path, found=version, known=len(migrations))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if version and not backups.made_on(path, now):
        # A damaged database must not replace good backups.
        if not _whole(connection):
            raise corrupt(path)
        backups.daily(connection, path, now)
    if version < len(migrations):
        migrate(connection, path, migrations)


def _whole(connection: sqlite3.Connection) -> bool:
    """Return whether the file is sound. Values that violate a column's constraints do not count: readers skip them."""
    found = [str(line) for (line,) in connection.execute("PRAGMA quick_check(10000)")]
    return all(line == "ok" or re.match(_NONSENSE, line) for line in found)


def migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Sequence[str]]) -> None:
    """Apply the missing steps, all or none, after a backup of the old database."""
    # Lock before reading the version: of two processes that start together, the second finds the work done.
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version:
            backups.before_migration(path, version)
        for step in migrations[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
