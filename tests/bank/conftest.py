"""The bank under test.

What every exercise promises is proved by `scripts/prove` and recorded in the ledger; the tests see to it that the
ledger is up to date, and hold ten exercises, others for each commit, to their promises anew. So their time does not
grow with the bank.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import pickle
import random
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kept import LEDGER, right_programs, wrong_programs
from llmprep.bank import Bank
from llmprep.checking.options import JudgeOptions
from llmprep.checking.pipeline import check
from llmprep.cli.paths import bank_folder
from llmprep.errors import BankError
from llmprep.model import Exercise, Question
from llmprep.sandbox.fork_server import ForkServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from llmprep.verdict import Report

BANK = pytest.StashKey[Bank]()
DRAWN = pytest.StashKey[list[Exercise]]()
ANEW = 10
"""Exercises that are held to their promises in each run."""


def pytest_configure(config: pytest.Config) -> None:
    """Open the bank once; what is compiled is kept between runs, by each file's content."""
    cache = Path(config.cache.mkdir("bank")) if config.cache else None
    config.stash[BANK] = Bank.open(bank_folder(), cache)
    config.stash[DRAWN] = draw(exercises_of(config.stash[BANK]), commit())


def commit() -> str:
    """Name the commit that is tested; outside of a repository, the ledger stands for it."""
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=LEDGER.parent, capture_output=True, text=True, check=False
    )  # fmt: skip
    return done.stdout.strip() or hashlib.sha256(LEDGER.read_bytes()).hexdigest()


def draw(exercises: list[Exercise], seed: str) -> list[Exercise]:
    """Draw the exercises to hold to their promises anew; all, where there are no more."""
    drawn = random.Random(seed).sample(exercises, min(ANEW, len(exercises)))
    return sorted(drawn, key=lambda exercise: exercise.id)


def item_ids(bank: Bank) -> list[str]:
    return [f"{path.parent.name}/{path.stem}" for path in sorted(bank.root.glob("*/*.yaml"))]


def valid_items(bank: Bank) -> Iterator[Question | Exercise]:
    """Items that load; the others fail the test that says so."""
    for name in item_ids(bank):
        try:
            yield bank.item(name)
        except BankError:
            continue


def exercises_of(bank: Bank) -> list[Exercise]:
    return [item for item in valid_items(bank) if isinstance(item, Exercise)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrize a test by each drawn `exercise`, or by that and each `mistake_id`, `wrong` or `right` program."""
    drawn = metafunc.config.stash[DRAWN]
    wanted = set(metafunc.fixturenames)
    if "exercise" not in wanted:
        return
    members: dict[str, Callable[[Exercise], list[str]]] = {
        "mistake_id": lambda exercise: [mistake.id for mistake in exercise.mistakes],
        "wrong": lambda exercise: list(wrong_programs(exercise)),
        "right": lambda exercise: list(right_programs(exercise)),
    }
    for name, names_of in members.items():
        if name in wanted:
            pairs = [(exercise, one) for exercise in drawn for one in names_of(exercise)]
            ids = [f"{exercise.id}-{one}" for exercise, one in pairs]
            metafunc.parametrize(("exercise", name), pairs, ids=ids)
            return
    metafunc.parametrize("exercise", drawn, ids=[exercise.id for exercise in drawn])


@pytest.fixture(scope="session")
def bank(request: pytest.FixtureRequest) -> Bank:
    opened: Bank = request.config.stash[BANK]
    return opened


@pytest.fixture(scope="session")
def drawn(request: pytest.FixtureRequest) -> list[Exercise]:
    """The exercises that this run holds to their promises."""
    return request.config.stash[DRAWN]


@pytest.fixture(scope="session")
def suites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that is new with this run and shared by all of its workers."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if hasattr(request.config, "workerinput") else base) / "suites"


@pytest.fixture(scope="session")
def fork_server() -> Iterator[ForkServer]:
    """A warm process that forks the workers of this test process."""
    with contextlib.closing(ForkServer()) as warm:
        yield warm


@pytest.fixture(scope="session")
def graded(bank: Bank, suites: Path, fork_server: ForkServer) -> Callable[..., Report]:
    """Return what grades a source as `llmprep check` does, once in a run: all processes share the reports."""

    def grade(exercise: Exercise, source: str, **options: int) -> Report:
        key = hashlib.sha256(repr((exercise.id, exercise.digest, source, sorted(options.items()))).encode()).hexdigest()
        path = suites.parent / "reports" / key
        path.parent.mkdir(exist_ok=True)
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if path.exists():
                found: Report = pickle.loads(path.read_bytes())
                return found
            options_of = JudgeOptions(suites, start_worker=fork_server.start_worker, **options)  # type: ignore[arg-type]
            report = check(exercise, source, options_of)
            path.write_bytes(pickle.dumps(report))
            return report

    return grade


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the figures that tests measured."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    for figure in [value for report in reports for name, value in report.user_properties if name == "figure"]:
        terminalreporter.write_line(str(figure))
