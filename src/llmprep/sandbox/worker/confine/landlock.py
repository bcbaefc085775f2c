"""The Landlock layer: the process may read the standard library, numpy and what they link to, and nothing else.

The structures are those of `linux/landlock.h`. What a kernel's version does not know is left out of what is asked of
it.
"""

from __future__ import annotations

import ctypes
import os
import platform
import stat
import struct

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
READ_FILE, READ_DIR = 1 << 2, 1 << 3
FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All rights over files that each version knows; later ones know those of 5."""
NET_RIGHTS_SINCE, NET_RIGHTS = 4, 0b11
SCOPES_SINCE, SCOPES = 6, 0b11
"""Abstract unix sockets and signals stay inside."""


def version(libc: ctypes.CDLL) -> int:
    """Return the kernel's version of Landlock; 0 where there is none."""
    if platform.system() != "Linux":
        return 0
    known: int = libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    return max(0, known)


def make_ruleset(libc: ctypes.CDLL, readable: tuple[str, ...]) -> int:
    """Return a ruleset that lets a process read beneath `readable` and do nothing else with files.

    Returns:
        Its descriptor; processes forked from this one may use it too.

    Raises:
        OSError: the kernel has no Landlock, or refused it.
    """
    known = version(libc)
    if not known:
        raise OSError("no Landlock")
    attributes = struct.pack(
        "<QQQ",
        FILE_RIGHTS[min(known, max(FILE_RIGHTS))],
        NET_RIGHTS if known >= NET_RIGHTS_SINCE else 0,
        SCOPES if known >= SCOPES_SINCE else 0,
    )
    size = 24 if known >= SCOPES_SINCE else 16 if known >= NET_RIGHTS_SINCE else 8
    ruleset: int = libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), ctypes.c_uint32(0))
    _check(ruleset)
    for path in readable:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        rights = READ_FILE | READ_DIR if is_folder else READ_FILE
        rule = struct.pack("<Qi", rights, descriptor)
        added = libc.syscall(ADD_RULE, ruleset, 1, rule, ctypes.c_uint32(0))
        os.close(descriptor)
        _check(added)
    return ruleset


def restrict(libc: ctypes.CDLL, ruleset: int) -> None:
    """Put a ruleset in force for this process, for good. `PR_SET_NO_NEW_PRIVS` must be set.

    Raises:
        OSError: there is none, or the kernel refused it.
    """
    if ruleset < 0:
        raise OSError("no Landlock")
    _check(libc.syscall(RESTRICT_SELF, ruleset, ctypes.c_uint32(0)))
    os.close(ruleset)


def _check(result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
