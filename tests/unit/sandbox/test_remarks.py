"""Laws of the remarks on what a submission tries: which speak, on what, and which are silent."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
import numpy as np
from llmprep.sandbox.worker.confine.apply import time_zone_folders
from llmprep.sandbox.worker.remarks import remark_on
told = []
remark_on(lambda *frame: told.append(frame), (sys.prefix, sys.base_prefix, *time_zone_folders()))
try:
    exec(compile(sys.argv[1], "<submission>", "exec"))
except Exception:
    pass
sys.stdout.flush(); print(*(kind for _, kind in told))
"""


def remarks(source: str) -> list[str]:
    """What is remarked on a source, run without confinement, so that nothing here may do harm."""
    command = [sys.executable, "-c", PROGRAM, source]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.split()


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("import os; os.system('true')", ["process"]),
        ("import subprocess; subprocess.run(['true'])", ["process"]),
        ("import os; os.fork() or os._exit(0)", ["process"]),
        ("import os; os.posix_spawn('/bin/true', ['true'], {})", ["process"]),
        ("import socket; socket.socket()", ["network"]),
        ("import socket; socket.getaddrinfo('localhost', 1)", ["network"]),
        ("open('/nowhere/at/all', 'w')", ["write"]),
        ("open('/nowhere/at/all', 'r+')", ["write"]),
        ("import os; os.open('/nowhere/x', os.O_WRONLY | os.O_CREAT)", ["write"]),
        ("import os; os.remove('/nowhere/x')", ["write"]),
        ("from pathlib import Path; Path('/nowhere/x').mkdir()", ["write"]),
        ("open('/etc/passwd')", ["read"]),
        ("open('data.csv')", ["read"]),
        ("from pathlib import Path; Path('/etc/passwd').read_text()", ["read"]),
        ("np.loadtxt('/etc/passwd')", ["read"]),
        ("import fileinput; list(fileinput.input('/etc/passwd'))", ["read"]),
        ("import linecache; linecache.getlines('/etc/passwd')", ["read"]),
        ("import doctest; doctest.testfile('/etc/passwd', module_relative=False)", ["read"]),
        ("import os; os.kill(0, 0)", ["signal"]),
        # Python tells of threads from 3.12 on.
        ("import threading; threading.Thread(target=int).start()", ["thread"] if sys.version_info >= (3, 12) else []),
        ("for _ in range(9): open('/etc/passwd')", ["read"]),
        ("open('/etc/passwd'); import os; os.system('true')", ["read", "process"]),
    ],
)
def test_an_attempt_is_remarked_once(source: str, kinds: list[str]) -> None:
    """By its kind, whether or not it comes to anything."""
    assert remarks(source) == kinds


@pytest.mark.parametrize(
    "source",
    [
        "x = np.linalg.svd(np.ones((3, 3)))",
        "import random, json, decimal, statistics, fractions, heapq, itertools, unicodedata, zlib, xml.dom.minidom",
        "import colorsys, sndhdr" if sys.version_info < (3, 13) else "import colorsys",
        "np.random.default_rng(0).normal(size=3)",
        "import warnings; warnings.warn('careful')",
        "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()",
        "np.log(np.zeros(3))",
        "compile('def f(', '<submission>', 'exec')",
        "import torch",
        "import types; sys.modules['__main__'] = types.ModuleType('__main__'); import doctest; doctest.testmod()",
        "import pdb; pdb.Pdb()",
        "import mimetypes; mimetypes.guess_type('a.txt')",
        "import platform; platform.freedesktop_os_release()",
        "import zoneinfo; zoneinfo.ZoneInfo('UTC')",
        "import zoneinfo; zoneinfo.available_timezones()",
        "import datetime, time, locale; datetime.datetime.now().astimezone(); time.tzset(); locale.getlocale()",
        "print('hello', file=sys.stderr)",
        "import os; os.getcwd(); os.cpu_count(); os.listdir('.')",
        "import secrets; secrets.token_bytes(3)",
        "def f(n): return f(n + 1)\nf(0)",
        "class Odd:\n    def __fspath__(self): raise KeyError\nopen(Odd())",
    ],
)
def test_honest_work_is_not_remarked(source: str) -> None:
    """Computing, importing what may be imported, printing, failing: none of it is an attempt."""
    assert remarks(source) == []
