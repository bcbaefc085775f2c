"""Walk the three roads through the code, by running them, and print the modules that each passes.

    scripts/walk            a submission from file to verdict; an answer from key to disk; an item from YAML to screen
    scripts/walk --calls    with every call from one package into another

A road is straight if it reaches its modules in the order of the README's map, none of them twice, and no package calls
back into one above it. Exit code 1 where one is not.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
MOST_MODULES = 12
ITEM = "compression/magnitude-prune"
STREAMS = ("llmprep.cli.streams",)
"""Stands in for Python's own standard streams, which everybody may write to."""


class Call(NamedTuple):
    """A call from one module of llmprep into another."""

    caller: str
    callee: str
    function: str


class Road(NamedTuple):
    """One way through the code."""

    name: str
    modules: tuple[str, ...]
    """In the order in which they are reached."""
    run: Callable[[Path], list[str]]
    """Makes what is needed in a folder; the arguments of `llmprep`."""


def wrong_submission(folder: Path) -> list[str]:
    """A submission that makes a known mistake."""
    from llmprep.bank import Bank
    from llmprep.cli.paths import bank_folder

    code = Bank.open(bank_folder(), None).exercise(ITEM).mistakes[0].code
    (folder / "it.py").write_text(f"# llmprep: {ITEM}\n{code}", encoding="utf-8")
    return ["check", str(folder / "it.py")]


def one_answer(folder: Path) -> list[str]:
    """One answer, rated."""
    (folder / "answers").write_text('{"answer": "zeros need a format and a kernel", "rating": "hard"}\n')
    return ["quiz", "--count", "1", "--answers", str(folder / "answers")]


def one_item(_: Path) -> list[str]:
    """A question with its answer."""
    return ["show", "compression/sparsity", "--answer"]


ROADS = (
    Road(
        "a submission, from file to verdict",
        (
            "cli.check_command",
            "checking.source",
            "checking.pipeline",
            "checking.suite",
            "sandbox.job",
            "sandbox.codec",
            "checking.submission_frames",
            "checking.verdicts",
            "compare",
            "checking.diagnosis.diagnose",
            "checking.mistakes",
            "ui.report.terminal",
        ),
        wrong_submission,
    ),
    Road(
        "an answer, from key to disk",
        (
            "cli.quiz_command",
            "cli.quiz_session",
            "ui.quiz.scripted",
            "ui.quiz.shown",
            "study.runner",
            "study.session",
            "study.answering",
            "store.store",
        ),
        one_answer,
    ),
    Road(
        "an item, from YAML to screen",
        (
            "cli.show_command",
            "bank.bank",
            "bank.loader",
            "bank.cache",
            "bank.serialization",
            "content.outline",
            "ui.item",
        ),
        one_item,
    ),
)


def floors() -> dict[str, int]:
    """Each package's floor, from the bottom, as the import lint has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return {name.strip(): floor for floor, layer in enumerate(reversed(layers)) for name in layer.split("|")}


@contextlib.contextmanager
def traced() -> Iterator[list[Call]]:
    """Record calls between modules of llmprep while a command runs."""
    calls: list[Call] = []

    def module_of(frame: FrameType | None) -> str:
        while frame is not None:
            name = frame.f_globals.get("__name__", "")
            if name.startswith("llmprep."):
                return name.removeprefix("llmprep.")
            frame = frame.f_back
        return ""

    def profile(frame: FrameType, event: str, _: object) -> None:
        if event != "call" or frame.f_code.co_name in ("<module>", "<lambda>"):
            return
        name = frame.f_globals.get("__name__", "")
        if not name.startswith("llmprep.") or name in STREAMS:
            return
        callee, caller = name.removeprefix("llmprep."), module_of(frame.f_back)
        if callee != caller:
            calls.append(Call(caller, callee, frame.f_code.co_qualname))

    sys.setprofile(profile)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def walk(road: Road, *, show_calls: bool) -> list[str]:
    """Run one road and print it; what is not straight about it."""
    from llmprep.cli.errors import run

    with tempfile.TemporaryDirectory() as name:
        os.environ["LLMPREP_HOME"] = f"{name}/home"
        arguments = road.run(Path(name))
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            run(arguments)  # once for the caches: a warm run is what a user sees
        with contextlib.redirect_stdout(io.StringIO()), traced() as calls:
            run(arguments)
    print(f"{road.name}: llmprep {arguments[0]}")
    faults, left = [], iter(calls)
    for module in road.modules:
        # The first call into it after the module before was reached.
        call = next((call for call in left if call.callee == module), None)
        print(f"  {module:34}{call.function if call else 'not reached from there'}")
        if call is None:
            faults.append(f"{road.name}: {module} is not reached after the module before it")
            break
    if not len(set(road.modules)) == len(road.modules) <= MOST_MODULES:
        faults.append(f"{road.name}: more than {MOST_MODULES} modules, or one of them twice")
    of = floors()
    for call in dict.fromkeys(calls):
        below, above = (of.get(module.partition(".")[0], -1) for module in (call.caller, call.callee))
        if 0 <= below < above:
            faults.append(f"{road.name}: {call.caller} calls back into {call.callee}.{call.function}")
        if show_calls and call.caller.partition(".")[0] != call.callee.partition(".")[0]:
            print(f"    {call.caller} → {call.callee}.{call.function}")
    return faults


def main() -> None:
    """Walk all roads."""
    parser = argparse.ArgumentParser(prog="scripts/walk")
    parser.add_argument("--calls", action="store_true")
    show_calls = parser.parse_args().calls
    faults = [fault for road in ROADS for fault in walk(road, show_calls=show_calls)]
    for fault in faults:
        print(f"! {fault}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
