"""The seccomp filter, run by an interpreter of its own: it needs no kernel, and both processors are tried on either."""

import errno
import os
import re
import struct
from itertools import pairwise
from pathlib import Path

import pytest

from llmprep.sandbox.worker.confine import seccomp

PID = 4242
KILL, ALLOW, REFUSE, MISSING = (
    seccomp.KILL,
    seccomp.ALLOW,
    seccomp.ERRNO | errno.EPERM,
    seccomp.ERRNO | errno.ENOSYS,
)
MACHINES = ["x86_64", "aarch64"]
OPEN_ARGUMENT = {"openat": 2, "open": 1}
CONDITIONAL = {"openat", "open", "fcntl", "prlimit64", "tgkill", "clone3"}


def verdict(machine, number, arguments=(), architecture=None):
    """What the filter answers to a call."""
    program = seccomp.program(machine, PID)
    words = [argument & (2**64 - 1) for argument in (*arguments, 0, 0, 0, 0, 0, 0)[:6]]
    data = struct.pack(
        "<IIQ6Q", number, seccomp.ARCHITECTURES[machine] if architecture is None else architecture, 0, *words
    )
    steps = list(struct.iter_unpack("<HBBI", program))
    accumulator, at = 0, 0
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == 0x20:  # BPF_LD | BPF_W | BPF_ABS
            (accumulator,) = struct.unpack_from("<I", data, value)
        elif code == 0x06:  # BPF_RET | BPF_K
            return value
        else:
            holds = {0x15: accumulator == value, 0x35: accumulator >= value, 0x45: bool(accumulator & value)}[code]
            at += yes if holds else no


def call(machine, name, *arguments):
    """What the filter answers to a call by name."""
    return verdict(machine, seccomp.NUMBERS[machine][name], arguments)


@pytest.mark.parametrize("machine", MACHINES)
def test_every_listed_call_passes_whatever_its_arguments(machine):
    """Calls that are allowed are allowed."""
    for name in set(seccomp.ALLOWED) & set(seccomp.NUMBERS[machine]):
        for arguments in ((), (2**64 - 1,) * 6):
            assert call(machine, name, *arguments) == ALLOW, name


@pytest.mark.parametrize("machine", MACHINES)
def test_every_other_call_is_refused(machine):
    """Any number that is not in the table, also one that no kernel has yet, is refused."""
    known = set(seccomp.NUMBERS[machine].values())
    for number in set(range(1024)) - known:
        assert verdict(machine, number, (1, 2, 3)) == REFUSE, number


@pytest.mark.parametrize("machine", MACHINES)
def test_every_name_in_the_table_is_there_for_a_reason(machine):
    """Each is listed as allowed or has a condition of its own."""
    assert set(seccomp.NUMBERS[machine]) <= set(seccomp.ALLOWED) | CONDITIONAL
    assert not set(seccomp.ALLOWED) & CONDITIONAL


@pytest.mark.parametrize("machine", MACHINES)
def test_another_architecture_is_killed(machine):
    """A call by another processor's table, such as the 32-bit one, ends the process, whatever its number."""
    for architecture in (0x40000003, 0x40000028, 0, 0xFFFFFFFF, *seccomp.ARCHITECTURES.values()):
        if architecture != seccomp.ARCHITECTURES[machine]:
            for number in (0, 1, 20, 60, 39, 0xFFFFFFFF):
                assert verdict(machine, number, architecture=architecture) == KILL


def test_a_call_of_the_x32_table_is_killed():
    """So does one whose number has the bit of the x32 table, or any above it."""
    for number in (0, 1, 39, 512, 547):
        assert verdict("x86_64", 0x40000000 + number) == KILL
    for number in (0x40000000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF):
        assert verdict("x86_64", number) == KILL


@pytest.mark.parametrize(
    ("machine", "name"), [(m, n) for m in MACHINES for n in OPEN_ARGUMENT if n in seccomp.NUMBERS[m]]
)
def test_files_are_opened_for_reading_only(machine, name):
    """Any flag that could make or change a file is refused, alone or with others, also in the high half."""
    before = [0] * OPEN_ARGUMENT[name]
    harmless = os.O_CLOEXEC | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_PATH
    assert call(machine, name, *before, os.O_RDONLY) == ALLOW
    assert call(machine, name, *before, harmless) == ALLOW
    for flag in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND, os.O_TMPFILE, 3):
        assert call(machine, name, *before, flag) == REFUSE
        assert call(machine, name, *before, flag | harmless) == REFUSE
        assert call(machine, name, *before, flag | 1 << 40) == REFUSE


@pytest.mark.parametrize("machine", MACHINES)
def test_fcntl_reads_flags_and_nothing_else(machine):
    """No locks, leases, duplicates, owners or pipe sizes."""
    import fcntl

    reading = {fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL}
    for command in {*range(64), *range(1024, 1050)}:
        assert call(machine, "fcntl", 3, command) == (ALLOW if command in reading else REFUSE), command


@pytest.mark.parametrize("machine", MACHINES)
def test_limits_are_read_and_never_set(machine):
    """A call of prlimit passes only with a null pointer for the new limit, in both halves of it."""
    assert call(machine, "prlimit64", 0, 7, 0, 0x7FFF12345678) == ALLOW
    for pointer in (1, 0x7FFF12345678, 1 << 32, 1 << 63):
        assert call(machine, "prlimit64", 0, 7, pointer) == REFUSE


@pytest.mark.parametrize("machine", MACHINES)
def test_only_the_process_itself_is_signalled(machine):
    """A call of tgkill reaches this process and no other; the kernel reads the low half of the number."""
    assert call(machine, "tgkill", PID, PID, 6) == ALLOW
    for other in (1, 0, PID + 1, PID - 1, -1):
        assert call(machine, "tgkill", other, other, 9) == REFUSE


@pytest.mark.parametrize("machine", MACHINES)
def test_clone3_is_not_there(machine):
    """The C library then falls back to clone, which is refused."""
    assert call(machine, "clone3", 0, 88) == MISSING


@pytest.mark.parametrize("machine", MACHINES)
def test_the_program_is_one_that_a_kernel_takes(machine):
    """Every jump lands inside, every path returns, and it is shorter than the kernel's limit."""
    steps = list(struct.iter_unpack("<HBBI", seccomp.program(machine, PID)))
    assert len(steps) < 4096
    assert steps[-1][0] == seccomp.RETURN
    for at, (code, yes, no, _) in enumerate(steps[:-1]):
        if code not in (seccomp.LOAD, seccomp.RETURN):
            assert at + 1 + max(yes, no) < len(steps)


HEADERS = {
    "x86_64": [Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), Path("/usr/include/asm/unistd_64.h")],
    "aarch64": [Path("/usr/include/asm-generic/unistd.h")],
}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_the_kernels(machine):
    """Where the kernel's headers are installed, every number agrees with them."""
    header = next((path for path in HEADERS[machine] if path.exists()), None)
    if header is None:
        pytest.skip("the kernel's headers are not installed")
    pattern = r"^#define __NR(?:3264)?_(\w+)\s+(\d+)" if machine == "aarch64" else r"^#define __NR_(\w+)\s+(\d+)"
    told = dict(re.findall(pattern, header.read_text(), re.MULTILINE))
    renamed = {"newfstatat": "fstatat"} if machine == "aarch64" else {}
    checked = 0
    for name, number in seccomp.NUMBERS[machine].items():
        given = told.get(name, told.get(renamed.get(name, "")))
        if given is not None:
            assert int(given) == number, name
            checked += 1
    assert checked > 0.9 * len(seccomp.NUMBERS[machine])


@pytest.mark.parametrize("machine", MACHINES)
def test_no_two_calls_share_a_number(machine):
    """The table names each number once."""
    numbers = sorted(seccomp.NUMBERS[machine].values())
    assert all(one < other for one, other in pairwise(numbers))
