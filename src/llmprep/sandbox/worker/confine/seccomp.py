"""The seccomp layer: a filter that allows the system calls numerical Python needs, and refuses all others.

The filter is classic BPF over `struct seccomp_data` (see `man 2 seccomp`): the call's number, the architecture and
the low and high words of its six arguments. A refused call fails with EPERM, so that it shows as Python's own
PermissionError.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import platform
import struct

ALLOWED = [
    "read",
    "write",
    "close",
    "fstat",
    "newfstatat",
    "statx",
    "lseek",
    "pread64",
    "readv",
    "writev",
    "access",
    "faccessat",
    "faccessat2",
    "readlink",
    "readlinkat",
    "getcwd",
    "getdents64",
    "poll",
    "ppoll",
    "select",
    "pselect6",
    "mmap",
    "mprotect",
    "munmap",
    "mremap",
    "brk",
    "madvise",
    "membarrier",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sigaltstack",
    "restart_syscall",
    "sched_yield",
    "sched_getaffinity",
    "nanosleep",
    "clock_nanosleep",
    "clock_gettime",
    "clock_getres",
    "gettimeofday",
    "time",
    "times",
    "getrusage",
    "sysinfo",
    "uname",
    "getpid",
    "gettid",
    "getppid",
    "getuid",
    "geteuid",
    "getgid",
    "getegid",
    "arch_prctl",
    "set_tid_address",
    "set_robust_list",
    "rseq",
    "futex",
    "getrandom",
    "exit",
    "exit_group",
    "stat",
    "lstat",
]
"""Calls that pass whatever their arguments."""

# Numbers from the kernel's tables: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
NUMBERS: dict[str, dict[str, int]] = {
    "x86_64": {
        "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7, "lseek": 8,
        "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
        "rt_sigreturn": 15, "pread64": 17, "readv": 19, "writev": 20, "access": 21, "select": 23, "sched_yield": 24,
        "mremap": 25, "madvise": 28, "nanosleep": 35, "getpid": 39, "exit": 60, "uname": 63, "fcntl": 72, "getcwd": 79,
        "readlink": 89, "gettimeofday": 96, "getrusage": 98, "sysinfo": 99, "times": 100, "getuid": 102, "getgid": 104,
        "geteuid": 107, "getegid": 108, "getppid": 110, "sigaltstack": 131, "arch_prctl": 158, "gettid": 186,
        "time": 201, "futex": 202, "sched_getaffinity": 204, "getdents64": 217, "set_tid_address": 218,
        "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231,
        "tgkill": 234, "openat": 257, "newfstatat": 262, "readlinkat": 267, "faccessat": 269, "pselect6": 270,
        "ppoll": 271, "set_robust_list": 273, "prlimit64": 302, "getrandom": 318, "membarrier": 324, "statx": 332,
        "rseq": 334, "clone3": 435, "faccessat2": 439,
    },
    "aarch64": {
        "getcwd": 17, "fcntl": 25, "faccessat": 48, "openat": 56, "close": 57, "getdents64": 61, "lseek": 62,
        "read": 63, "write": 64, "readv": 65, "writev": 66, "pread64": 67, "pselect6": 72, "ppoll": 73,
        "readlinkat": 78, "newfstatat": 79, "fstat": 80, "exit": 93, "exit_group": 94, "set_tid_address": 96,
        "futex": 98, "set_robust_list": 99, "nanosleep": 101, "clock_gettime": 113, "clock_getres": 114,
        "clock_nanosleep": 115, "sched_getaffinity": 123, "sched_yield": 124, "restart_syscall": 128, "tgkill": 131,
        "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153,
        "uname": 160, "getrusage": 165, "gettimeofday": 169, "getpid": 172, "getppid": 173, "getuid": 174,
        "geteuid": 175, "getgid": 176, "getegid": 177, "gettid": 178, "sysinfo": 179, "brk": 214, "munmap": 215,
        "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233, "prlimit64": 261, "getrandom": 278,
        "membarrier": 283, "statx": 291, "rseq": 293, "clone3": 435, "faccessat2": 439,
    },
}  # fmt: skip
SECCOMP = {"x86_64": 317, "aarch64": 277}
"""The number of seccomp(2) itself."""
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE = 0, 4
"""Offsets in `struct seccomp_data`; argument n is at 16 + 8 n, low word first."""
X32 = 0x40000000
"""The bit that marks a call of the x32 table, which would slip past the numbers above."""

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | 0o20000000
"""Flags of `open` that let a file be made or changed (the last is O_TMPFILE's own bit)."""
READ_FLAGS = (1, 2, 3)
"""fcntl's F_GETFD, F_SETFD and F_GETFL; locks, leases and duplicates stay out."""


def program(machine: str, pid: int) -> bytes:
    """Return the filter for a processor and the process that will carry it, as an array of `struct sock_filter`."""
    whole, place = _for_anybody(machine)
    return whole[:place] + struct.pack("<I", pid) + whole[place + 4 :]


@functools.cache
def _for_anybody(machine: str) -> tuple[bytes, int]:
    """Return the filter for a processor, and where in it the process is to be named."""
    numbers = NUMBERS[machine]
    steps: list[tuple[int, int, int, int]] = []

    def step(code: int, value: int, yes: int = 0, no: int = 0) -> None:
        steps.append((code, yes, no, value & 0xFFFFFFFF))

    def when(name: str, *body: tuple[int, int, int, int]) -> None:
        """Run `body`, whose last step returns, if the call is `name`."""
        if name in numbers:
            step(EQUAL, numbers[name], 0, len(body))
            steps.extend(body)

    allow, refuse = (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ERRNO | errno.EPERM)
    step(LOAD, ARCHITECTURE)
    step(EQUAL, ARCHITECTURES[machine], 1, 0)
    step(RETURN, KILL)
    step(LOAD, NUMBER)
    step(AT_LEAST, X32, 0, 1)
    step(RETURN, KILL)
    for name in ALLOWED:
        when(name, allow)

    def argument(index: int) -> int:
        return 16 + 8 * index

    when("openat", (LOAD, 0, 0, argument(2)), (ANY_BIT, 1, 0, WRITING), allow, refuse)
    when("open", (LOAD, 0, 0, argument(1)), (ANY_BIT, 1, 0, WRITING), allow, refuse)
    queries = [(EQUAL, len(READ_FLAGS) - place, 0, flag) for place, flag in enumerate(READ_FLAGS)]
    when("fcntl", (LOAD, 0, 0, argument(1)), *queries, refuse, allow)
    # A limit may be read, never set: the new limit must be a null pointer, in both of its words.
    low, high = argument(2), argument(2) + 4
    when("prlimit64", (LOAD, 0, 0, low), (EQUAL, 0, 3, 0), (LOAD, 0, 0, high), (EQUAL, 0, 1, 0), allow, refuse)
    # abort() signals its own process; nothing else may be signalled.
    when("tgkill", (LOAD, 0, 0, argument(0)), (EQUAL, 0, 1, 0), allow, refuse)
    named = len(steps) - 3
    # The C library falls back to clone, which is refused, only if clone3 is "not there".
    when("clone3", (RETURN, 0, 0, ERRNO | errno.ENOSYS))
    step(RETURN, ERRNO | errno.EPERM)
    whole = b"".join(struct.pack("<HBBI", code, yes, no, value) for code, yes, no, value in steps)
    return whole, 8 * named + 4


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def available() -> bool:
    """Return whether there is a filter for this machine."""
    return platform.system() == "Linux" and platform.machine() in NUMBERS


def apply(libc: ctypes.CDLL) -> None:
    """Put the filter in force for all threads of this process, for good. `PR_SET_NO_NEW_PRIVS` must be set.

    Raises:
        OSError: the kernel refused it.
        KeyError: there is no filter for this machine.
    """
    machine = platform.machine()
    code = program(machine, os.getpid())
    buffer = ctypes.create_string_buffer(code, len(code))
    filled = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    set_mode_filter, for_all_threads = 1, ctypes.c_ulong(1)
    if libc.syscall(SECCOMP[machine], set_mode_filter, for_all_threads, ctypes.byref(filled)) == 0:
        return
    # A kernel older than the call, or a thread that has another filter: then for this thread alone.
    set_seccomp, filter_mode = 22, 2
    if libc.prctl(set_seccomp, filter_mode, ctypes.byref(filled), 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
