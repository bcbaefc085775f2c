"""Put every layer of confinement that this machine has in force, and report which."""

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
"""The one capability that root keeps, where Landlock says what may be read: for a standard library in another user's
folder."""
ORDER = ("rlimits", "no_new_privileges", "capabilities", "landlock", "seccomp")
"""The layers as `llmprep.sandbox.layers` names them, which is out of a worker's reach once it is confined."""
PER_THREAD = ("no_new_privileges", "landlock", "capabilities", "seccomp")
"""Layers that the kernel puts on a thread, not on its process."""


def readable_paths(numpy_folder: str) -> tuple[str, ...]:
    """Return what a submission may read: the standard library less its site-packages, numpy, libraries, time zones."""
    paths = sysconfig.get_paths()
    found = []
    for folder in {paths["stdlib"], paths["platstdlib"]}:
        with os.scandir(folder) as entries:
            found += [entry.path for entry in entries if entry.name not in ("site-packages", "dist-packages")]
    found += time_zone_folders()
    found.append(numpy_folder)
    found.append(f"{numpy_folder}.libs")
    multiarch = sysconfig.get_config_var("MULTIARCH") or f"{os.uname().machine}-linux-gnu"
    found += [f"/lib/{multiarch}", f"/usr/lib/{multiarch}", "/etc/ld.so.cache"]
    for folder in ("/lib64", "/usr/lib64"):
        # Where distributions keep shared libraries; some keep Python packages there too, and then only the libraries.
        packages = any(name.startswith("python3") for name in _names(folder))
        found += _libraries(folder, "lib") if packages else [folder]
    # Other distributions (musl, conda, Nix) have them beside those that are loaded already, or beside Python's own.
    for folder in sorted({f"{sys.base_prefix}/lib", *_loaded_from()}):
        if not any(f"{folder}/".startswith(f"{path}/") for path in found):
            found += _libraries(folder, "lib")
    return tuple(found)


def time_zone_folders() -> tuple[str, ...]:
    """Return where the standard library's `zoneinfo` finds its data, as this Python was built."""
    folders = (sysconfig.get_config_var("TZPATH") or "").split(os.pathsep)
    return tuple(folder for folder in folders if os.path.isabs(folder))  # noqa: PTH117


def _loaded_from() -> set[str]:
    """Return the folders of the shared libraries that this process has loaded; none where the system does not tell."""
    paths = (line.split(maxsplit=5)[5].decode("utf-8", "surrogateescape") for line in _maps() if b".so" in line)
    return {os.path.dirname(path) for path in paths if path.startswith("/")}  # noqa: PTH120


def _maps() -> list[bytes]:
    """Return the lines of `/proc/self/maps` that name a file."""
    with contextlib.suppress(OSError):
        descriptor = os.open("/proc/self/maps", os.O_RDONLY | os.O_CLOEXEC)
        try:
            text = b"".join(iter(lambda: os.read(descriptor, 1 << 16), b""))
        finally:
            os.close(descriptor)
        return [line for line in text.split(b"\n") if b"/" in line]
    return []


def _names(folder: str) -> list[str]:
    """Return what is in a folder; nothing, where there is none."""
    # No pathlib here: a worker would start five milliseconds later.
    with contextlib.suppress(OSError):
        return os.listdir(folder)  # noqa: PTH208
    return []


def _libraries(folder: str, prefix: str) -> list[str]:
    """Return the shared libraries of a folder whose names begin so."""
    return [f"{folder}/{name}" for name in _names(folder) if name.startswith(prefix) and ".so" in name]


@functools.cache
def c_library() -> ctypes.CDLL:
    """Return the C library, loaded once for a process and its children."""
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
    is_alone = _threads() == 1
    put = {
        "rlimits": _succeeds(lambda: _limit(cpu_seconds, memory_bytes)),
        "no_new_privileges": _succeeds(lambda: _no_new_privileges(libc)),
        "landlock": _succeeds(lambda: landlock.restrict(libc, ruleset)),
    }
    kept = 1 << CAP_DAC_READ_SEARCH if put["landlock"] and os.geteuid() == 0 else 0
    put["capabilities"] = _succeeds(lambda: _keep_capabilities(libc, kept))
    put["seccomp"] = _succeeds(lambda: seccomp.apply(libc))
    # A thread that was there before may do what this one may not, and foreign code can reach it through the memory that
    # they share: then these layers hold nothing.
    return tuple(layer for layer in ORDER if put[layer] and (is_alone or layer not in PER_THREAD))


def _succeeds(step: Callable[[], None]) -> bool:
    """Take a step; whether this machine lets it be taken."""
    try:
        step()
    except (OSError, AttributeError, KeyError, ValueError):
        return False
    return True


def _threads() -> int:
    """Return how many threads this process has; 0 where the system does not tell."""
    return len(_names("/proc/self/task"))


def _limit(cpu_seconds: float, memory_bytes: int) -> None:
    """Set limits, soft and hard alike: what may not be raised need not be trusted.

    Raises:
        OSError: memory cannot be limited here, or another limit cannot; those that can be set are set all the same.
    """
    limits = {
        "RLIMIT_CPU": int(time.process_time() + cpu_seconds) + 1,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_NOFILE": 64,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    set_well = [_succeeds(lambda name=name, value=value: _limit_one(name, value)) for name, value in limits.items()]  # type: ignore[misc]
    # Last: how much is taken already is not told where there is no /proc.
    if sys.platform != "linux":
        raise OSError("memory is not limited here")
    _limit_one("RLIMIT_AS", _address_space() + memory_bytes)
    if not all(set_well):
        raise OSError("a limit cannot be set here")


def _limit_one(name: str, value: int) -> None:
    """Set one limit, where the system has it."""
    number = getattr(resource, name, None)
    if number is not None:
        hard = resource.getrlimit(number)[1]
        lowered = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(number, (lowered, lowered))


def _address_space() -> int:
    """Return bytes of address space that this process has taken."""
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


def _keep_capabilities(libc: ctypes.CDLL, kept: int) -> None:
    """Drop every capability that is not in the mask `kept`."""
    if sys.platform != "linux":
        raise OSError("not Linux")
    header = struct.pack("<Ii", 0x20080522, 0)
    data = struct.pack("<6I", kept, kept, 0, 0, 0, 0)
    if libc.capset(header, data):
        raise OSError(ctypes.get_errno(), "capset")
