"""Measure the memory that this machine, or this process's control group, has left for submissions."""

from __future__ import annotations

import contextlib
from pathlib import Path

SUBMISSION_BYTES = 3 << 29
"""What a submission under way may take: 1 GiB of its own, its share of a fork server, and copies of its answer here."""
CONTROL_GROUPS = Path("sys/fs/cgroup")


def available_bytes(root: Path) -> int | None:
    """Return the bytes that are free by the strictest of all accounts; None if no account is kept.

    Args:
        root: the root of the file system.
    """
    found = [each for each in (_machine_bytes(root), *map(_group_bytes, _control_groups(root))) if each is not None]
    return min(found, default=None)


def submissions_at_a_time(available: int | None, wanted: int) -> int:
    """Return how many of the wanted submissions memory allows to run at a time; at least one."""
    return wanted if available is None else max(1, min(wanted, available // SUBMISSION_BYTES))


def _machine_bytes(root: Path) -> int | None:
    """Return `MemAvailable` of the whole machine."""
    for line in _text(root / "proc/meminfo").splitlines():
        name, _, rest = line.partition(":")
        if name == "MemAvailable":
            return int(rest.split()[0]) << 10
    return None


def _control_groups(root: Path) -> list[Path]:
    """Return the folders of this process's control group (version 2) and all that hold it."""
    for line in _text(root / "proc/self/cgroup").splitlines():
        number, _, rest = line.partition(":")
        if number == "0":
            inside = rest.partition(":")[2].lstrip("/")
            top = root / CONTROL_GROUPS
            group = top / inside
            return [group, *(parent for parent in group.parents if parent.is_relative_to(top))] if inside else [top]
    return []


def _group_bytes(group: Path) -> int | None:
    """Return what a control group's limits leave; None if it has none. File pages that it can drop count as left."""
    limits = [_number(group / name) for name in ("memory.max", "memory.high")]
    used = _number(group / "memory.current")
    if used is None or not any(limit is not None for limit in limits):
        return None
    cached = 0
    for line in _text(group / "memory.stat").splitlines():
        name, _, count = line.partition(" ")
        if name == "inactive_file":
            cached = int(count)
    return max(0, min(limit for limit in limits if limit is not None) - used + cached)


def _number(path: Path) -> int | None:
    """Return the number in a file; None where there is none, as for "max"."""
    with contextlib.suppress(ValueError):
        return int(_text(path))
    return None


def _text(path: Path) -> str:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return path.read_text(encoding="ascii")
    return ""
