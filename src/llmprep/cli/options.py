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
"""A message in this process's language."""


def complete_language(incomplete: str) -> list[str]:
    """Languages that begin so."""
    return [name.value for name in Language if name.startswith(incomplete)]


def parse_language(name: str | Language, option: str = "--lang") -> Language:
    """A language by its name, as an option gives it."""
    try:
        return Language(name)
    except ValueError:
        raise UsageError("common.lang_unknown", option=option, name=name) from None


def complete_topic(incomplete: str) -> list[str]:
    """Topics that begin so."""
    return [topic.id for topic in open_bank(None).topics() if topic.id.startswith(incomplete)]


def complete_item(incomplete: str) -> list[str]:
    """Items that begin so."""
    return [entry.id for entry in open_bank(None).summaries() if entry.id.startswith(incomplete)]


def complete_exercise(incomplete: str) -> list[str]:
    """Exercises that begin so."""
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
    """The bank in `folder`, else the one that comes with the package, with this user's cache."""
    import os
    import sys

    from llmprep.bank import Bank
    from llmprep.cli.paths import bank_folder, cache_folder
    from llmprep.ui.terminal.progress import Progress

    return Bank.open(
        folder or bank_folder(), cache_folder(os.environ), Progress("bank.compiling", sys.stderr, LANGUAGE)
    )


def bank_options(folder: Path | None) -> str:
    """What a command that is named must end in, so that it means the same bank: words for the shell, or nothing."""
    if folder is None:
        return ""
    import shlex

    return f" --bank {shlex.quote(str(folder))}"


def command_line(folder: Path | None) -> CommandLine:
    """Return what writes commands that mean the bank in `folder`, as `bank_options` does for one."""
    from llmprep.messages.say import CommandLine

    return CommandLine(() if folder is None else ("--bank", str(folder)))
