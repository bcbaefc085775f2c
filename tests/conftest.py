"""Options and fixtures that all tests share."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failure: what must be fast is measured by the benchmark. One commit has one result: the examples
# are drawn from a fixed seed, and others by `scripts/test newest`, or with `--hypothesis-profile explore`.
settings.register_profile("llmprep", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("llmprep")

# Whoever runs the tests in the background of a shell has them ignore Ctrl-C, and all that they start with them.
if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser):
    """Add `--update-golden`."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew; look at the difference")


@pytest.fixture
def golden(request):
    """A function that compares a text with a file under tests/golden, or writes the file."""

    def compare(name, text):
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{name} is missing: run pytest --update-golden, and look at what it wrote"
        assert text == path.read_text(encoding="utf-8"), f"{name} differs: if it should, run pytest --update-golden"

    return compare
