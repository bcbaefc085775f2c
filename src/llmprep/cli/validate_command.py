"""`llmprep validate [PATH]`."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import JsonOption, LangOption, text
from llmprep.cli.paths import cache_folder
from llmprep.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmprep.bank.tree import Survey
    from llmprep.errors import Problem
    from llmprep.model import Language, Question
    from llmprep.proving.proof import Proof

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=text("bank.validate_help"), epilog=text("bank.validate_examples"))
def validate(
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help=text("bank.argument_path"))] = None,
    *,
    deep: Annotated[bool, typer.Option("--deep", help=text("prove.option_deep"))] = False,
    schema: Annotated[bool, typer.Option("--schema", help=text("bank.option_schema"))] = False,
    as_json: JsonOption = False,
    lang: LangOption = LANGUAGE,
) -> None:
    """Tell all that is wrong with a bank, a topic's folder or one file."""
    if schema:
        from llmprep.bank.json_schema import text as schema_text

        sys.stdout.write(schema_text())
        return
    from llmprep.bank.tree import survey
    from llmprep.ui.terminal.progress import Progress

    root = path or _default_bank()
    found = survey(root, Progress("bank.compiling", sys.stderr, lang))
    proofs, problems = _prove(root, lang) if deep and not found.problems else ([], [])
    found.problems.extend(problems)
    sys.stdout.write(_json(found, proofs, lang) if as_json else _report(found, proofs, lang))
    if found.problems:
        raise typer.Exit(Exit.BANK)


def _default_bank() -> Path:
    """The package's bank, by a short name where it is below the working folder."""
    from llmprep.cli.paths import bank_folder

    folder = bank_folder()
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _prove(root: Path, language: Language) -> tuple[list[Proof], list[Problem]]:
    """Prove all items at or beneath a path that is known to be valid: what came of each suite, and what falls short."""
    from llmprep.bank.compiler import compile_item
    from llmprep.errors import BankError
    from llmprep.model import Exercise, Question
    from llmprep.proving.proof import prove
    from llmprep.ui.terminal.progress import Progress

    files = sorted(root.rglob("*.yaml")) if root.is_dir() else [root]
    files = [file for file in files if file.name != "topics.yaml"]
    progress = Progress("prove.proving", sys.stderr, language)
    proofs: list[Proof] = []
    problems: list[Problem] = []
    for done, file in enumerate(files):
        progress(done, len(files))
        item = compile_item(file.read_bytes(), str(file), f"{file.absolute().parent.name}/{file.stem}").item
        if isinstance(item, Exercise):
            try:
                proofs.append(prove(item, bank_file=file, cache=cache_folder(os.environ)))
            except BankError as error:  # its own code fails: the other files are proved all the same
                problems += error.problems
            else:
                problems += proofs[-1].problems
        elif isinstance(item, Question):
            problems += _missed(item, file)
    progress(len(files), len(files))
    return proofs, problems


def _missed(question: Question, file: Path) -> Iterator[Problem]:
    """The key points that a question's own answer does not make."""
    from llmprep.errors import Problem
    from llmprep.study.marking import missed

    for one in missed(question):
        field = f"key_points.{one.place}"
        facts: dict[str, object] = {"name": one.key_point, "language": one.language, "phrases": " · ".join(one.phrases)}
        key = "prove.key_point_missed" if one.phrases else "prove.key_point_unmarked"
        yield Problem(str(file), question.where.get(f"{field}.id", 1), f"{field}.match.{one.language}", key, facts)


def _report(found: Survey, proofs: list[Proof], language: Language) -> str:
    from llmprep.messages.say import say
    from llmprep.ui.problems import problem_line

    lines = []
    for proof in proofs:
        facts = {"item": proof.exercise, "killed": proof.killed, "total": proof.mutants - proof.listed}
        lines.append(say("prove.line", language, rate=proof.rate, impostors=proof.impostors, **facts))
        if proof.least_margin is not None and math.isfinite(proof.least_margin.times):
            margin = {"name": proof.least_margin.name, "times": proof.least_margin.times}
            lines.append(f"  {say('prove.margin', language, **margin)}")
    lines += [problem_line(problem, language) for problem in found.problems]
    key = "bank.validate_problems" if found.problems else "bank.validate_good"
    lines.append(say(key, language, files=found.files, count=len(found.problems)))
    return "\n".join(lines) + "\n"


def _json(found: Survey, proofs: list[Proof], language: Language) -> str:
    from llmprep.messages.say import json_text
    from llmprep.ui.problems import message

    told = {
        "version": 1,
        "kind": "validation",
        "valid": not found.problems,
        "files": found.files,
        "proofs": [
            {
                "exercise": proof.exercise,
                "mutants": proof.mutants,
                "killed": proof.killed,
                "listed": proof.listed,
                "rate": round(proof.rate, 4),
                "survivors": list(proof.survivors),
                "impostors": proof.impostors,
            }
            for proof in proofs
        ],
        "problems": [
            {
                "file": problem.file,
                "line": problem.line,
                "field": problem.field,
                "key": problem.key,
                "message": message(problem, language),
            }
            for problem in found.problems
        ],
    }
    return json_text(told) + "\n"
