"""`llmprep validate [PATH]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import JsonOption, LangOption, text
from llmprep.errors import Exit

if TYPE_CHECKING:
    from llmprep.bank.survey import Survey
    from llmprep.model import Language

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=text("bank.validate_help"), epilog=text("bank.validate_examples"))
def validate(
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help=text("bank.argument_path"))] = None,
    *,
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

    found = survey(path or _default_bank(), Progress("bank.compiling", sys.stderr, lang))
    sys.stdout.write(_json(found, lang) if as_json else _report(found, lang))
    if found.problems:
        raise typer.Exit(Exit.BANK)


def _default_bank() -> Path:
    """The package's bank, by a short name where it is below the working folder."""
    from llmprep.cli.paths import bank_folder

    folder = bank_folder()
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _report(found: Survey, language: Language) -> str:
    from llmprep.ui.problems import problem_line
    from llmprep.ui.text import say

    lines = [problem_line(problem, language) for problem in found.problems]
    key = "bank.validate_problems" if found.problems else "bank.validate_good"
    lines.append(say(key, language, files=found.files, count=len(found.problems)))
    return "\n".join(lines) + "\n"


def _json(found: Survey, language: Language) -> str:
    import json

    from llmprep.ui.problems import message

    told = {
        "version": 1,
        "kind": "validation",
        "valid": not found.problems,
        "files": found.files,
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
