"""`llmprep start`: writes an exercise's starter."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from llmprep.cli.check_onward import again
from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import BankOption, ExerciseArgument, LangOption, open_bank, text
from llmprep.content.starter import starter_file
from llmprep.errors import EnvironmentFault, UsageError
from llmprep.files import is_folder, write_new, write_whole
from llmprep.messages.say import flat

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=text("check.start_help"))
def start(
    item: ExerciseArgument,
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=text("check.option_output"), show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=text("check.option_force"))] = False,
    lang: LangOption = LANGUAGE,
    bank: BankOption = None,
) -> None:
    """Write an exercise's starter; keep an existing file unless `--force` is given."""
    exercise = open_bank(bank).exercise(item)
    content = starter_file(exercise, lang)
    if output is not None and str(output) == "-":
        sys.stdout.write(content)
        return
    path = output or Path(exercise.slug.replace("-", "_") + ".py")
    if is_folder(path):
        path /= exercise.slug.replace("-", "_") + ".py"
    try:
        (write_whole if force else write_new)(path, content.encode())
    except FileExistsError:
        raise UsageError("check.start_exists", path=path) from None
    except OSError as error:
        raise EnvironmentFault("check.cannot_write", path=path, reason=error.strerror) from None
    typer.echo(text("check.started", path=path, command=flat(again(path, None, bank))), err=True)
