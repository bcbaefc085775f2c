"""Memory that is left is told by the least of all accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmprep.sandbox.memory import available_bytes, submissions_at_a_time

MEMINFO = "MemTotal:       24105000 kB\nMemFree:  1000 kB\nMemAvailable:    8000000 kB\nSwapTotal: 0 kB\n"
GIB = 1 << 30


def _root(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="ascii")
    return folder


def _group(place: str, **values: str) -> dict[str, str]:
    return {f"sys/fs/cgroup/{place}memory.{name}": value for name, value in values.items()}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, None),
        ({"proc/meminfo": "nothing\n"}, None),
        ({"proc/meminfo": MEMINFO}, 8000000 << 10),
        # A container sees the root of its own hierarchy.
        ({"proc/self/cgroup": "0::/\n", **_group("", max=str(4 * GIB), current=str(GIB))}, 3 * GIB),
        ({"proc/meminfo": MEMINFO, "proc/self/cgroup": "0::/\n", **_group("", max="max", current="5")}, 8000000 << 10),
        ({"proc/self/cgroup": "0::/\n", **_group("", max="max", high=str(2 * GIB), current="0")}, 2 * GIB),
        # Pages of files are let go of when memory is wanted.
        (
            {
                "proc/self/cgroup": "0::/\n",
                **_group("", max=str(2 * GIB), current=str(2 * GIB), stat=f"anon 1\ninactive_file {GIB}\nfile 5\n"),
            },
            GIB,
        ),
        ({"proc/self/cgroup": "0::/\n", **_group("", max=str(GIB), current=str(2 * GIB))}, 0),
        # A limit of any group that holds this one binds it.
        (
            {
                "proc/self/cgroup": "9:cpu:/x\n0::/a/b\n",
                **_group("a/b/", max=str(4 * GIB), current="0"),
                **_group("a/", max=str(GIB), current="0"),
            },
            GIB,
        ),
        ({"proc/self/cgroup": "0::/gone\n"}, None),
        ({"proc/self/cgroup": "4:memory:/old\n"}, None),
    ],
)
def test_what_is_left(files: dict[str, str], told: int | None, tmp_path: Path) -> None:
    """By the machine's own account and those of all control groups, where there are any."""
    assert available_bytes(_root(tmp_path, files)) == told


def test_this_machine_tells_something_sensible() -> None:
    """Where there is an account at all."""
    left = available_bytes(Path("/"))
    assert left is None or left >= 0
    assert submissions_at_a_time(None, 7) == 7
    assert submissions_at_a_time(0, 7) == 1
