"""Puts every layer that this machine has in force, and says which."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import resource
import struct
import sys
import sysconfig
import time
from typing import TYPE_CHECKING

from llmprep.sandbox.worker.confine import landlock, seccomp

if TYPE_CHECKING:
    from collections.abc import Callable

CAP_DAC_READ_SEARCH = 2
"""The one capability that root keeps: to read a standard library in another user's folder, as Landlock allows."""


def readable_paths(numpy_folder: str) -> tuple[str, ...]:
    """What a submission may read: the standard library less its site-packages, numpy, and shared libraries."""
    paths = sysconfig.get_paths()
    found = []
    for folder in {paths["stdlib"], paths["platstdlib"]}:
        with os.scandir(folder) as entries:
            found += [entry.path for entry in entries if entry.name not in ("site-packages", "dist-packages")]
    found.append(numpy_folder)
    found.append(f"{numpy_folder}.libs")
    multiarch = sysconfig.get_config_var("MULTIARCH") or f"{os.uname().machine}-linux-gnu"
    found += [f"/lib/{multiarch}", f"/usr/lib/{multiarch}", "/etc/ld.so.cache"]
    for folder in ("/lib64", "/usr/lib64"):
        # Where distributions keep shared libraries; some keep Python packages there too, and then only the libraries.
        packages = any(name.startswith("python3") for name in _names(folder))
        found += _libraries(folder, "lib") if packages else [folder]
    found += _libraries(f"{sys.base_prefix}/lib", "libpython")
    return tuple(found)


def _names(folder: str) -> list[str]:
    """What is in a folder; nothing, where there is none."""
    # No pathlib here: a worker would start five milliseconds later.
    with contextlib.suppress(OSError):
        return os.listdir(folder)  # noqa: PTH208
    return []


def _libraries(folder: str, prefix: str) -> list[str]:
    """The shared libraries of a folder whose names begin so."""
    return [f"{folder}/{name}" for name in _names(folder) if name.startswith(prefix) and ".so" in name]


@functools.cache
def c_library() -> ctypes.CDLL:
    """The C library, loaded once for a process and its children."""
    return ctypes.CDLL(None, use_errno=True)


def prepare(numpy_folder: str) -> int:
    """Make the Landlock ruleset ahead of time; -1 where there is no Landlock."""
    try:
        return landlock.make_ruleset(c_library(), readable_paths(numpy_folder))
    except (OSError, AttributeError):
        return -1


def confine(ruleset: int, *, cpu_seconds: float, memory_bytes: int) -> tuple[str, ...]:
    """Confine this process, for good.

    Args:
        ruleset: what it may still read, as `prepare` made it.
        cpu_seconds: CPU time it may use from now on.
        memory_bytes: address space it may take from now on.

    Returns:
        The layers in force. A layer that this machine lacks is missing from them; what that means, the parent decides.
    """
    libc = c_library()
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("rlimits", lambda: _limit(cpu_seconds, memory_bytes)),
        ("no_new_privileges", lambda: _no_new_privileges(libc)),
        ("capabilities", lambda: _drop_capabilities(libc)),
        ("landlock", lambda: landlock.restrict(libc, ruleset)),
        ("seccomp", lambda: seccomp.apply(libc)),
    )
    in_force = []
    for layer, put in steps:
        try:
            put()
        except (OSError, AttributeError, KeyError, ValueError):
            continue
        in_force.append(layer)
    return tuple(in_force)


def _limit(cpu_seconds: float, memory_bytes: int) -> None:
    """Set limits, soft and hard alike: what may not be raised need not be trusted."""
    limits = {
        "RLIMIT_CPU": int(time.process_time() + cpu_seconds) + 1,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_NOFILE": 64,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    if sys.platform == "linux":
        limits["RLIMIT_AS"] = _address_space() + memory_bytes
    for name, value in limits.items():
        number = getattr(resource, name, None)
        if number is not None:
            hard = resource.getrlimit(number)[1]
            lowered = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(number, (lowered, lowered))
    if "RLIMIT_AS" not in limits:
        raise OSError("memory is not limited here")


def _address_space() -> int:
    """Bytes of address space that this process has taken."""
    # No text file: loading its codec would cost each forked child a millisecond.
    descriptor = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    try:
        return int(os.read(descriptor, 100).split()[0]) * resource.getpagesize()
    finally:
        os.close(descriptor)


def _no_new_privileges(libc: ctypes.CDLL) -> None:
    """Die with the parent, and never gain by exec what this process lacks."""
    if sys.platform != "linux":
        raise OSError("not Linux")
    die_with_parent, no_new_privileges, kill = 1, 38, 9
    if libc.prctl(die_with_parent, kill, 0, 0, 0) or libc.prctl(no_new_privileges, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """Leave root with nothing that an ordinary user lacks, but for reading."""
    if sys.platform != "linux":
        raise OSError("not Linux")
    header = struct.pack("<Ii", 0x20080522, 0)
    kept = 1 << CAP_DAC_READ_SEARCH if os.geteuid() == 0 else 0
    data = struct.pack("<6I", kept, kept, 0, 0, 0, 0)
    if libc.capset(header, data):
        raise OSError(ctypes.get_errno(), "capset")
