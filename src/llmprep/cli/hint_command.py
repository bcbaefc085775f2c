"""`llmprep hint`: show the hints of an exercise one by one."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import (
    BankOption,
    ExerciseArgument,
    JsonOption,
    LangOption,
    PlainOption,
    bank_options,
    open_bank,
    text,
)
from llmprep.cli.paths import user_paths
from llmprep.errors import EnvironmentFault

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

NAMES = ("check.hint_idea", "check.hint_structure", "check.hint_steps")


@app.command(help=text("check.hint_help"))
def hint(
    item: ExerciseArgument,
    *,
    step: Annotated[
        int | None, typer.Option(metavar="1|2|3", min=1, max=3, help=text("check.option_step"), show_default=False)
    ] = None,
    lang: LangOption = LANGUAGE,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    bank: BankOption = None,
) -> None:
    """Show the next hint, or the one asked for."""
    exercise = open_bank(bank).exercise(item)
    number = step or _next(exercise.id, len(exercise.hints))
    body = exercise.hints[number - 1]
    if as_json:
        import json

        data = {
            "version": 1,
            "kind": "hint",
            "item": exercise.id,
            "step": number,
            "of": len(exercise.hints),
            "text": {"en": body.en, "zh": body.zh},
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    from rich.text import Text

    from llmprep.content.fields import prose
    from llmprep.content.markup import joined
    from llmprep.messages.say import flat, one_line, say
    from llmprep.ui.terminal.console import console
    from llmprep.ui.terminal.markdown import Markdown

    screen = console(plain=plain)
    head = say("check.hint_head", lang, step=number, total=len(exercise.hints), name=say(NAMES[number - 1], lang))
    screen.print(Text(head, "bold yellow").append(f"  {one_line(exercise.title, lang)}", "not bold default"))
    screen.print()
    screen.print(Markdown(joined(prose(body, lang)), indent=2))
    screen.print()
    if number == len(exercise.hints):
        typer.echo(say("check.hint_last", lang), err=True)
    else:
        command = f"llmprep hint {exercise.id}{bank_options(bank)}"
        typer.echo(say("check.hint_more", lang, command=flat(command)), err=True)


def _next(item: str, total: int) -> int:
    """Return the number of the hint to show, which from now on counts as shown."""
    from llmprep.messages.say import explain
    from llmprep.store import Store

    try:
        with Store.open(user_paths(os.environ).data, datetime.now(UTC)) as store:
            number = min(store.hints_seen(item) + 1, total)
            store.keep_hints_seen(item, number)
    except EnvironmentFault as fault:
        typer.echo(text("check.hint_not_kept", reason=explain(fault, LANGUAGE)), err=True)
        return 1
    return number
