"""Options that commands share, with their help in the reader's language."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.errors import UsageError
from llmprep.messages.say import say
from llmprep.model import Language

if TYPE_CHECKING:
    from llmprep.bank import Bank
    from llmprep.messages.say import CommandLine

text = partial(lambda key, **facts: say(key, LANGUAGE, **facts))
"""Return a message in this process's language."""


def complete_language(incomplete: str) -> list[str]:
    """Complete languages."""
    return [name.value for name in Language if name.startswith(incomplete)]


def parse_language(name: str | Language, option: str = "--lang") -> Language:
    """Parse a language name given as an option."""
    try:
        return Language(name)
    except ValueError:
        raise UsageError("common.lang_unknown", option=option, name=name) from None


def complete_topic(incomplete: str) -> list[str]:
    """Complete topics."""
    return [topic.id for topic in open_bank(None).topics() if topic.id.startswith(incomplete)]


def complete_item(incomplete: str) -> list[str]:
    """Complete items."""
    return [entry.id for entry in open_bank(None).summaries() if entry.id.startswith(incomplete)]


def complete_exercise(incomplete: str) -> list[str]:
    """Complete exercises."""
    entries = open_bank(None).summaries()
    return [entry.id for entry in entries if entry.kind == "exercise" and entry.id.startswith(incomplete)]


LangOption = Annotated[
    Language,
    typer.Option(
        "--lang",
        metavar="en|zh|both",
        parser=parse_language,
        help=text("common.option_lang"),
        autocompletion=complete_language,
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=text("common.option_json"))]
PlainOption = Annotated[bool, typer.Option("--plain", help=text("common.option_plain"))]
BankOption = Annotated[
    Path | None, typer.Option("--bank", metavar="FOLDER", help=text("common.option_bank"), show_default=False)
]
TopicsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        metavar="TOPIC",
        help=text("common.option_topic"),
        autocompletion=complete_topic,
        show_default=False,
    ),
]
ItemArgument = Annotated[
    str, typer.Argument(metavar="ITEM", help=text("common.argument_item"), autocompletion=complete_item)
]
ExerciseArgument = Annotated[
    str, typer.Argument(metavar="ITEM", help=text("common.argument_item"), autocompletion=complete_exercise)
]


def open_bank(folder: Path | None) -> Bank:
    """Open the bank in `folder`, else the packaged one, with this user's cache."""
    import os
    import sys

    from llmprep.bank import Bank
    from llmprep.cli.paths import bank_folder, cache_folder
    from llmprep.ui.terminal.progress import Progress

    return Bank.open(
        folder or bank_folder(), cache_folder(os.environ), Progress("bank.compiling", sys.stderr, LANGUAGE)
    )


def bank_options(folder: Path | None) -> str:
    """Return the options that a suggested command needs to refer to the same bank."""
    if folder is None:
        return ""
    import shlex

    return f" --bank {shlex.quote(str(folder))}"


def command_line(folder: Path | None) -> CommandLine:
    """Return a writer of commands that refer to the bank in `folder`."""
    from llmprep.messages.say import CommandLine

    return CommandLine(() if folder is None else ("--bank", str(folder)))
