"""The compiled bank: what passed validation, as plain data in an SQLite file of the user's cache folder.

Nothing here is needed and everything can be made again: an unreadable, foreign or corrupt file counts as empty, and
a folder that cannot be written, or that others may write, means that nothing is kept.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from llmprep.bank.serialization import layout
from llmprep.build import build
from llmprep.files import IN_CACHE, others_may_write, private_file, private_folder

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

FORMAT = 6
"""Raised when the tables below change, the trees of prose, or what the lint refuses."""
RACE_NS = 50_000_000
"""A file younger than this when it is read may change once more within the same tick of the file system's clock."""

_TABLES = """
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    CREATE TABLE entry (
        topic TEXT, slug TEXT, mtime_ns INTEGER, ctime_ns INTEGER, size INTEGER, digest TEXT, summary TEXT,
        PRIMARY KEY (topic, slug)
    ) WITHOUT ROWID;
    CREATE TABLE body (topic TEXT, slug TEXT, data TEXT, PRIMARY KEY (topic, slug));
"""


class Stamp(NamedTuple):
    """By what a file is known to be the one that was read."""

    mtime_ns: int
    ctime_ns: int
    """Change time: detects a changed file whose modification time was set back, as unpacking an archive does."""
    size: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Return a file's stamp."""
        return cls(status.st_mtime_ns, status.st_ctime_ns, status.st_size)


NEVER = Stamp(0, 0, -1)
"""A stamp that no file has."""


class CacheEntry(NamedTuple):
    """What is kept of one file. `body` is the item as JSON, read only where it is asked for."""

    stamp: Stamp
    digest: str
    summary: list[Any]
    body: str | None = None


def settled(stamp: Stamp, now_ns: int) -> Stamp:
    """Return the stamp to keep for a file read at `now_ns`: one too young to be relied on will be read again."""
    return stamp if now_ns - stamp.mtime_ns > RACE_NS else NEVER


class Cache:
    """The compiled bank of one root folder; `file` is None where nothing is to be kept."""

    def __init__(self, folder: Path | None, root: Path) -> None:
        key = str(root.absolute())
        self.file = folder / f"bank-{crc32(key.encode(errors='surrogateescape')):08x}.sqlite" if folder else None
        self.about = {"format": str(FORMAT), "package": build(), "layout": str(layout()), "root": key}
        self._reader: sqlite3.Connection | None = None

    def entries(self, topic: str, slug: str | None = None) -> dict[str, CacheEntry]:
        """Return what is kept of a topic's files, or of one of them, without bodies."""
        one = " AND slug = ?" if slug is not None else ""
        rows = self._read(
            f"SELECT slug, mtime_ns, ctime_ns, size, digest, summary FROM entry WHERE topic = ?{one}",  # noqa: S608  (no input)
            (topic, slug) if slug is not None else (topic,),
        )
        try:
            return {
                name: CacheEntry(Stamp(mtime, ctime, size), digest, json.loads(summary))
                for name, mtime, ctime, size, digest, summary in rows
            }
        except (ValueError, TypeError):
            return {}

    def body(self, topic: str, slug: str) -> str | None:
        """Return one item's data."""
        rows = self._read("SELECT data FROM body WHERE topic = ? AND slug = ?", (topic, slug))
        return str(rows[0][0]) if rows else None

    def bodies(self, topic: str) -> dict[str, str]:
        """Return the data of all of a topic's items."""
        return dict(self._read("SELECT slug, data FROM body WHERE topic = ?", (topic,)))

    def store(self, topic: str, entries: dict[str, CacheEntry], gone: Iterable[str] = ()) -> None:
        """Keep what was compiled, and forget files that are gone. An entry without a body keeps the one it has."""
        new = [(topic, name, *entry.stamp, entry.digest, _json(entry.summary)) for name, entry in entries.items()]
        bodies = [(topic, name, entry.body) for name, entry in entries.items() if entry.body is not None]
        old = [(topic, name) for name in gone]

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("DELETE FROM entry WHERE topic = ? AND slug = ?", old)
            connection.executemany("DELETE FROM body WHERE topic = ? AND slug = ?", old)
            connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", new)
            connection.executemany("INSERT OR REPLACE INTO body VALUES (?, ?, ?)", bodies)

        self._write(write)

    def close(self) -> None:
        """Let go of the file."""
        if self._reader is not None:
            self._reader.close()
        self._reader = None

    def _read(self, query: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        if self._reader is None:
            self._reader = self._open_reader()
        if self._reader is None:
            return []
        try:
            return self._reader.execute(query, values).fetchall()
        except sqlite3.Error:
            self.close()
            return []

    def _open_reader(self) -> sqlite3.Connection | None:
        if self.file is None or others_may_write(self.file, self.file.parent):
            return None
        try:
            # Read-only: a warm start needs no write access, and creates nothing.
            connection = sqlite3.connect(f"{self.file.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
        except (sqlite3.Error, OSError, ValueError):
            return None
        try:
            if dict(connection.execute("SELECT key, value FROM about")) == self.about:
                return connection
        except (sqlite3.Error, ValueError):
            pass
        connection.close()
        return None

    def _write(self, change: Callable[[sqlite3.Connection], None]) -> None:
        """Make one committed change; where the file is broken, in a new one; where that fails too, not at all."""
        if self.file is None:
            return
        self.close()
        for attempt in (1, 2):
            try:
                private_folder(self.file.parent, IN_CACHE, believed=True)
                exposed = others_may_write(self.file, self.file.parent)
                if exposed == self.file.parent:
                    return
                if exposed:
                    self.file.unlink()
                private_file(self.file)
                with closing(sqlite3.connect(self.file, timeout=5, isolation_level=None)) as connection:
                    connection.execute("BEGIN IMMEDIATE")
                    self._prepare(connection)
                    change(connection)
                    connection.execute("COMMIT")
            except sqlite3.OperationalError:
                return  # locked, read-only, full: the next start compiles again
            except (sqlite3.Error, ValueError):
                if attempt == 1:
                    with suppress(OSError):
                        self.file.unlink()
            except OSError:
                return
            else:
                return

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables; anew where another version, or another bank, made those that are there."""
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "about" in tables and dict(connection.execute("SELECT key, value FROM about")) == self.about:
            return
        for name in tables:
            connection.execute(f'DROP TABLE "{name}"')
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.executemany("INSERT INTO about VALUES (?, ?)", self.about.items())


def now_ns() -> int:
    """Return the file system's clock."""
    return time.time_ns()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
