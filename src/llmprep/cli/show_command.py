"""`llmprep show`: one item on the screen."""

from __future__ import annotations

from typing import Annotated

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import (
    BankOption,
    ItemArgument,
    JsonOption,
    LangOption,
    PlainOption,
    bank_options,
    open_bank,
    text,
)

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=text("show.help"))
def show(
    item: ItemArgument,
    *,
    answer: Annotated[bool, typer.Option("--answer/--no-answer", help=text("show.option_answer"))] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    lang: LangOption = LANGUAGE,
    bank: BankOption = None,
) -> None:
    """Show an item."""
    opened = open_bank(bank)
    found = opened.item(item)
    if as_json:
        import json

        from llmprep.bank.serialization import serialize

        data = {name: value for name, value in serialize(found).items() if name != "where"}
        typer.echo(json.dumps({"version": 1, "kind": "item", "item": data}, ensure_ascii=False, indent=2))
        return
    from rich.console import Group

    from llmprep.ui.item import ItemView
    from llmprep.ui.terminal.console import console

    out = console(plain=plain)
    view = ItemView(lang, plain=plain or not out.is_terminal, options=bank_options(bank))
    # Lines come broken where that is right; those of code stay whole, so that they can be copied.
    out.print(Group(*view.item(opened.without_plans(found), answer=answer)), soft_wrap=True)
