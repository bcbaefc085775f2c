"""The bank under test: its files as pytest cases, one an item and role, so that workers share them evenly."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from llmprep.bank import Bank
from llmprep.cli.paths import bank_folder
from llmprep.errors import BankError
from llmprep.model import Exercise, Question
from llmprep.sandbox.process import Nursery

if TYPE_CHECKING:
    from collections.abc import Iterator

BANK = pytest.StashKey[Bank]()


def pytest_configure(config: pytest.Config) -> None:
    """Open the bank once; what is compiled is kept between runs, by each file's content."""
    cache = Path(config.cache.mkdir("bank")) if config.cache else None
    config.stash[BANK] = Bank.open(bank_folder(), cache)


def item_ids(bank: Bank) -> list[str]:
    return [f"{path.parent.name}/{path.stem}" for path in sorted(bank.root.glob("*/*.yaml"))]


def valid_items(bank: Bank) -> Iterator[Question | Exercise]:
    """Items that load; the others fail the test that says so."""
    for name in item_ids(bank):
        try:
            yield bank.item(name)
        except BankError:
            continue


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrize by what a test asks for: `item_id`, `question`, `exercise`, or `exercise` and `mistake_id`."""
    bank = metafunc.config.stash[BANK]
    wanted = set(metafunc.fixturenames)
    if "item_id" in wanted:
        metafunc.parametrize("item_id", item_ids(bank))
    if "question" in wanted:
        questions = [item for item in valid_items(bank) if isinstance(item, Question)]
        metafunc.parametrize("question", questions, ids=lambda item: item.id)
    if "exercise" in wanted and "exercise" not in _named(metafunc):
        exercises = [item for item in valid_items(bank) if isinstance(item, Exercise)]
        if "mistake_id" in wanted:
            pairs = [(exercise, mistake.id) for exercise in exercises for mistake in exercise.mistakes]
            names = [f"{exercise.id}-{mistake}" for exercise, mistake in pairs]
            metafunc.parametrize(("exercise", "mistake_id"), pairs, ids=names)
        else:
            metafunc.parametrize("exercise", exercises, ids=lambda item: item.id)


def _named(metafunc: pytest.Metafunc) -> set[str]:
    """What a test's own marks parametrize."""
    found: set[str] = set()
    for mark in metafunc.definition.iter_markers("parametrize"):
        names = mark.args[0]
        found |= set(names.replace(" ", "").split(",") if isinstance(names, str) else names)
    return found


@pytest.fixture(scope="session")
def bank(request: pytest.FixtureRequest) -> Bank:
    opened: Bank = request.config.stash[BANK]
    return opened


@pytest.fixture(scope="session")
def suites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that is new with this run and shared by all of its workers."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if hasattr(request.config, "workerinput") else base) / "suites"


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """A warm process that forks the workers of this test process."""
    with contextlib.closing(Nursery()) as warm:
        yield warm


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the figures that tests measured."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    for figure in [value for report in reports for name, value in report.user_properties if name == "figure"]:
        terminalreporter.write_line(str(figure))
