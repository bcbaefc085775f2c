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
from llmprep.cli.paths import user_paths
from llmprep.errors import Exit

if TYPE_CHECKING:
    from llmprep.bank.survey import Survey
    from llmprep.checking.prove import Proof
    from llmprep.model import Language

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
        from llmprep.bank.schema import text as schema_text

        sys.stdout.write(schema_text())
        return
    from llmprep.bank.survey import survey
    from llmprep.ui.progress import Progress

    root = path or _default_bank()
    found = survey(root, Progress("bank.compiling", sys.stderr, lang))
    proofs = _prove(root, lang) if deep and not found.problems else []
    found.problems.extend(problem for proof in proofs for problem in proof.problems)
    sys.stdout.write(_json(found, proofs, lang) if as_json else _report(found, proofs, lang))
    if found.problems:
        raise typer.Exit(Exit.BANK)


def _default_bank() -> Path:
    """The package's bank, by a short name where it is below the working folder."""
    from llmprep.cli.paths import bank_folder

    folder = bank_folder()
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _prove(root: Path, language: Language) -> list[Proof]:
    """Prove the suites of all exercises at or beneath a path that is known to be valid."""
    from llmprep.bank.compiling import compile_item
    from llmprep.checking.prove import prove
    from llmprep.model import Exercise
    from llmprep.ui.progress import Progress

    files = sorted(root.rglob("*.yaml")) if root.is_dir() else [root]
    files = [file for file in files if file.name != "topics.yaml"]
    progress, proofs = Progress("prove.proving", sys.stderr, language), []
    for done, file in enumerate(files):
        progress(done, len(files))
        item = compile_item(file.read_bytes(), str(file), f"{file.absolute().parent.name}/{file.stem}").item
        if isinstance(item, Exercise):
            proofs.append(prove(item, bank_file=file, cache=user_paths(os.environ).cache))
    progress(len(files), len(files))
    return proofs


def _report(found: Survey, proofs: list[Proof], language: Language) -> str:
    from llmprep.ui.problems import problem_line
    from llmprep.ui.text import say

    lines = []
    for proof in proofs:
        facts = {"item": proof.exercise, "killed": proof.killed, "total": proof.mutants - proof.listed}
        lines.append(say("prove.line", language, rate=proof.rate, impostors=proof.impostors, **facts))
        lines += [f"  {say('prove.survivor', language, name=name)}" for name in proof.survivors]
        if proof.least_margin is not None and math.isfinite(proof.least_margin.times):
            margin = {"name": proof.least_margin.name, "times": proof.least_margin.times}
            lines.append(f"  {say('prove.margin', language, **margin)}")
    lines += [problem_line(problem, language) for problem in found.problems]
    key = "bank.validate_problems" if found.problems else "bank.validate_good"
    lines.append(say(key, language, files=found.files, count=len(found.problems)))
    return "\n".join(lines) + "\n"


def _json(found: Survey, proofs: list[Proof], language: Language) -> str:
    import json

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
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
