"""`llmprep validate [PATH]`."""

from __future__ import annotations

import math
import os
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import JsonOption, LangOption, text
from llmprep.cli.paths import cache_folder
from llmprep.errors import Exit, how_many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmprep.bank.tree import Survey
    from llmprep.model import Language
    from llmprep.proving.deep import Deep

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=text("bank.validate_help"), epilog=text("bank.validate_examples"))
def validate(
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help=text("bank.argument_path"))] = None,
    *,
    deep: Annotated[bool, typer.Option("--deep", help=text("prove.option_deep"))] = False,
    allow_weaker: Annotated[bool, typer.Option("--allow-weaker", help=text("check.option_allow_weaker"))] = False,
    schema: Annotated[bool, typer.Option("--schema", help=text("bank.option_schema"))] = False,
    as_json: JsonOption = False,
    lang: LangOption = LANGUAGE,
) -> None:
    """List every problem of a bank, a topic's folder or one file."""
    if schema:
        from llmprep.bank.json_schema import text as schema_text

        sys.stdout.write(schema_text())
        return
    from llmprep.bank.tree import survey
    from llmprep.ui.terminal.progress import Progress

    root = path or _default_bank()
    found = survey(root, Progress("bank.compiling", sys.stderr, lang))
    ran = None
    if deep and not found.problems:
        from llmprep.proving.deep import run_items
        from llmprep.sandbox.layers import LAYERS, Required
        from llmprep.sandbox.probe import probe

        if not allow_weaker:  # a bank may be a stranger's
            Required(LAYERS).check(probe().layers)
        ran = run_items(found.items, cache_folder(os.environ), Progress("prove.proving", sys.stderr, lang))
        found.problems.extend(ran.problems)
    sys.stdout.write(_json(found, ran, lang) if as_json else _report(found, ran, lang, deep=deep))
    if found.problems:
        raise typer.Exit(Exit.BANK)


def _default_bank() -> Path:
    """Return the packaged bank, relative if it is below the working folder."""
    from llmprep.cli.paths import bank_folder

    folder = bank_folder()
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _report(found: Survey, ran: Deep | None, language: Language, *, deep: bool) -> str:
    from llmprep.messages.say import say
    from llmprep.ui.problems import problem_line

    lines = []
    for proof in ran.proofs if ran else ():
        if not proof.was_tried:
            continue
        facts = {"item": proof.exercise, "killed": proof.killed, "total": proof.mutants - proof.listed}
        lines.append(say("prove.line", language, rate=proof.rate, impostors=proof.impostors, **facts))
        if proof.least_margin is not None and math.isfinite(proof.least_margin.times):
            margin = {"name": proof.least_margin.name, "times": proof.least_margin.times}
            lines.append(f"  {say('prove.margin', language, **margin)}")
    lines += _blocks(ran, language) if ran else ()
    lines += [problem_line(problem, language) for problem in found.problems]
    key = "bank.validate_problems" if found.problems else "bank.validate_good"
    lines.append(say(key, language, files=found.files, count=how_many(found.problems)))
    if not ran and (deep or not found.problems):
        lines += _not_run(found, language, deep=deep)
    return "\n".join(lines) + "\n"


def _blocks(ran: Deep, language: Language) -> Iterator[str]:
    """Yield which code blocks were run, and which were not."""
    from llmprep.messages.say import flat, say

    if ran.blocks:
        yield say("prove.blocks_run", language, count=ran.blocks)
    for question, group in groupby(ran.not_run, lambda one: one.question):
        blocks = list(group)
        packages = dict.fromkeys(flat(name) for one in blocks for name in one.packages)
        yield say("prove.block_not_run", language, item=question, count=len(blocks), packages=list(packages))


def _not_run(found: Survey, language: Language, *, deep: bool) -> Iterator[str]:
    """Yield that nothing was run, if there is code to run."""
    from llmprep.messages.say import say
    from llmprep.model import Language

    counts = {"prove.not_run_suites": _suites(found), "prove.not_run_blocks": _with_blocks(found)}
    key = "prove.not_run_after_problems" if deep else "prove.not_run"
    if any(counts.values()):
        languages = [Language.EN, Language.ZH] if language is Language.BOTH else [language]
        yield " / ".join(
            say(key, one, parts=[say(part, one, count=count) for part, count in counts.items() if count])
            for one in languages
        )


def _suites(found: Survey) -> int:
    return sum(item.kind == "exercise" for item in found.items)


def _with_blocks(found: Survey) -> int:
    return sum(item.kind == "question" and item.has_code for item in found.items)


def _json(found: Survey, ran: Deep | None, language: Language) -> str:
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
            for proof in (ran.proofs if ran else ())
            if proof.was_tried
        ],
        "blocks_run": ran.blocks if ran else 0,
        "not_run": {
            "suites": 0 if ran else _suites(found),
            "questions_with_code": len({one.question for one in ran.not_run}) if ran else _with_blocks(found),
            "blocks": [
                {"question": one.question, "field": f"code.{one.place}.text", "packages": list(one.packages)}
                for one in (ran.not_run if ran else ())
            ],
        },
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
