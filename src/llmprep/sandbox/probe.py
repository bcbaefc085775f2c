"""Probe what this machine gives a submission: the layers that confine it, and the modules that it can import."""

from __future__ import annotations

from typing import NamedTuple

from llmprep.sandbox.codec import encode
from llmprep.sandbox.job import run_job
from llmprep.sandbox.limits import Limits
from llmprep.sandbox.process import start
from llmprep.values import Arguments

MODULES = (
    "bz2", "collections", "csv", "ctypes", "dataclasses", "datetime", "decimal", "fractions", "functools", "hashlib",
    "heapq", "itertools", "json", "lzma", "math", "random", "re", "sqlite3", "ssl", "statistics", "typing", "zlib",
    "numpy.fft", "numpy.linalg", "numpy.polynomial", "numpy.random",
)  # fmt: skip
"""What a submission may want, and above all what is loaded late and needs shared libraries from somewhere."""
SOURCE = """
import importlib


def failing(names):
    found = []
    for name in names:
        try:
            importlib.import_module(name)
        except BaseException:
            found.append(name)
    return found
"""


class Probe(NamedTuple):
    """What a worker on this machine found."""

    layers: tuple[str, ...]
    """The layers that confine it."""
    failing: tuple[str, ...]
    """Modules that cannot be imported once it is confined."""


def probe() -> Probe:
    """Have a worker try.

    Raises:
        EnvironmentFault: no worker can be started.
    """
    job = {
        "kind": "submission",
        "source": SOURCE,
        "helpers": "",
        "entry": "failing",
        "inputs": [encode(Arguments((list(MODULES),), {}))],
        "again": [],
    }
    job_result = run_job(start(), job, Limits())
    answered = [frame[2] for frame in job_result.frames if frame[0] == "case"]
    # If it did not come through, one of them ended it.
    failing = answered[0] if answered and type(answered[0]) is list else MODULES
    return Probe(job_result.layers, tuple(map(str, failing)))
