"""Starts a worker: a fresh interpreter with an empty environment, its own session and four descriptors."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from llmprep.errors import EnvironmentFault

_BOOT = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.closerange(4, 4096); sys.path.extend(sys.argv[2:]); "
    "from llmprep.sandbox.worker.main import main; main()"
)
"""The answer's descriptor becomes number 3; every other one beyond it is closed."""

_ENVIRONMENT = {
    # One thread: OpenBLAS with two hangs where clone is refused, and its sums depend on how many there are.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # The order of sets must not change from run to run.
    "PYTHONHASHSEED": "0",
    "LC_ALL": "C.UTF-8",
}


class Worker(NamedTuple):
    """A process that waits for a job, and the two pipes it answers on."""

    process: subprocess.Popen[bytes]
    answer: int
    printed: int


def library_folders() -> tuple[str, ...]:
    """Where this package and numpy are; a worker sees them until it is confined.

    Raises:
        EnvironmentFault: numpy is not installed.
    """
    spec = find_spec("numpy")
    if spec is None or spec.origin is None:
        raise EnvironmentFault("check.no_numpy")
    package = Path(__file__).resolve().parent.parent.parent
    return str(package), str(Path(spec.origin).parent.parent)


def numpy_version() -> str:
    """The installed numpy's version, read without importing it."""
    spec = find_spec("numpy")
    if spec is None or spec.origin is None:
        return ""
    text = Path(spec.origin).with_name("version.py").read_text(encoding="utf-8")
    found = [line.partition("=")[2] for line in text.splitlines() if line.startswith("version =")]
    return found[0].strip(" \"'") if found else ""


def start() -> Worker:
    """Start a worker; it begins to import numpy at once.

    Raises:
        EnvironmentFault: no process can be started.
    """
    folders = library_folders()
    answer_read, answer_write = os.pipe()
    printed_read, printed_write = os.pipe()
    try:
        process = subprocess.Popen(
            [sys.executable, "-S", "-s", "-P", "-X", "utf8", "-c", _BOOT, str(answer_write), *folders],
            stdin=subprocess.PIPE,
            stdout=printed_write,
            stderr=printed_write,
            pass_fds=(answer_write,),
            env=_ENVIRONMENT,
            cwd="/" if os.name == "posix" else None,
            start_new_session=True,
        )
    except OSError as error:
        os.close(answer_read)
        os.close(printed_read)
        raise EnvironmentFault("check.no_worker", reason=error.strerror or str(error)) from None
    finally:
        os.close(answer_write)
        os.close(printed_write)
    return Worker(process, answer_read, printed_read)
