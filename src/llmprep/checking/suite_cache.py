"""Keep suites in the user's cache folder, one file each: written whole, read no further than needed, pruned.

A file is a header and two sections. What only a failure looks at is the second and by far the larger; it is read, and
checked against its digest, when it is needed.
"""

from __future__ import annotations

import hashlib
import os
import struct
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from llmprep.files import IN_CACHE, IN_SUITES, others_may_write, private_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEPT_BYTES = 200 << 20
"""What all suites together may take up; those not used for longest go first."""
DAY = 86_400.0
_HEADER = struct.Struct("<QQ32s32s")
"""The length of each section, and the SHA-256 of each."""


class NotKeptError(Exception):
    """The suite is not there, not whole, or of others' making."""


class Later:
    """Bytes that are read when they are asked for.

    Args:
        digest: their SHA-256, by which they are known.
        read: gets them.
    """

    def __init__(self, digest: bytes, read: Callable[[], bytes]) -> None:
        self.digest, self._read = digest, read
        self._data: bytes | None = None

    def __call__(self) -> bytes:
        """Return the bytes, read once."""
        if self._data is None:
            self._data = self._read()
        return self._data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)


class SuiteCache:
    """The folder of suites.

    Args:
        cache: the user's cache folder.
        clock: seconds since 1970.
    """

    def __init__(self, cache: Path, clock: Callable[[], float] = time.time) -> None:
        self._cache, self._clock = cache, clock
        self.folder = cache / "suites"

    def file(self, made_for: tuple[object, ...], made_from: tuple[object, ...]) -> Path:
        """Return the file that a suite is kept in.

        Args:
            made_for: what stays the same when the suite has to be made anew: whose it is.
            made_from: what the suite depends on besides.
        """
        owner, version = (hashlib.sha256(repr(parts).encode()).hexdigest() for parts in (made_for, made_from))
        return self.folder / f"{owner[:16]}-{version[:40]}.bin"

    def read(self, file: Path) -> tuple[bytes, Callable[[], bytes], bytes]:
        """Return the first section, what reads the second, and the second's digest.

        Raises:
            NotKeptError: it is not there or not whole, or others may have written it. The reader raises the same.
        """
        first, digest, place = self._first(file)

        def second() -> bytes:
            try:
                with file.open("rb") as opened:
                    opened.seek(place)
                    data = opened.read()
            except OSError as error:
                raise NotKeptError from error
            if hashlib.sha256(data).digest() != digest:
                raise NotKeptError
            return data

        return first, second, digest

    def _first(self, file: Path) -> tuple[bytes, bytes, int]:
        if others_may_write(file, self._cache):
            raise NotKeptError
        try:
            with file.open("rb") as opened:
                size, later, first_digest, later_digest = _HEADER.unpack(opened.read(_HEADER.size))
                status = os.fstat(opened.fileno())
                if status.st_size != _HEADER.size + size + later:
                    raise NotKeptError
                data = opened.read(size)
        except (OSError, struct.error) as error:
            raise NotKeptError from error
        if hashlib.sha256(data).digest() != first_digest:
            raise NotKeptError
        if self._clock() - status.st_mtime > DAY:
            # The time of modification is that of the last use: few file systems keep track of reading.
            with suppress(OSError):
                os.utime(file)
        return data, later_digest, _HEADER.size + size

    def keep(self, file: Path, first: bytes, second: bytes) -> None:
        """Keep both sections, and let go of what they take the place of; a cache that cannot be written is no cache."""
        header = _HEADER.pack(len(first), len(second), *(hashlib.sha256(part).digest() for part in (first, second)))
        with suppress(OSError):
            private_folder(self._cache, IN_CACHE, believed=True)
            private_folder(self.folder, IN_SUITES, believed=True)
            if others_may_write(self.folder, self._cache):
                return
            if others_may_write(file, self._cache):
                file.unlink()
            write_whole(file, header + first + second, mode=0o600)
            self.prune(file)

    def prune(self, newest: Path) -> None:
        """Drop what the newest suite supersedes, what a killed process left half written, and the oldest beyond room.

        Raises:
            OSError: the folder cannot be read.
        """
        now, owner = self._clock(), newest.name.partition("-")[0]
        kept = []
        for entry in os.scandir(self.folder):
            status = entry.stat(follow_symlinks=False)
            if entry.name == newest.name:
                continue
            whole = entry.name.endswith(".bin")
            if (whole and entry.name.startswith(f"{owner}-")) or (not whole and now - status.st_mtime > DAY):
                _drop(self.folder / entry.name)
            elif whole:
                kept.append((status.st_mtime, status.st_size, self.folder / entry.name))
        room = KEPT_BYTES - newest.stat().st_size
        for _, size, path in sorted(kept, reverse=True):
            room -= size
            if room < 0:
                _drop(path)


def _drop(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
