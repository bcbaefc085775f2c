"""The commands. Each is imported when it is called, so that none pays for another."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from llmprep import __version__
from llmprep.cli.language import LANGUAGE
from llmprep.cli.localise import speak_in_help
from llmprep.cli.options import LangOption, complete_language, parse_language, text
from llmprep.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("quiz", "check", "export", "start", "hint", "show", "list", "validate", "doctor")
"""In the order that help shows them; each is the module `llmprep.cli.<name>_command`, whose `app` holds it."""


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and summary, and imports the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """All names, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """A stand-in with the summary: all that help and completion ask of a group."""
        return TyperCommand(cmd_name, help=text(f"common.{cmd_name}")) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: Sequence[str]) -> Any:
        """The real command.

        Raises:
            UsageError: no command has that name; it carries the nearest ones.
        """
        name = args[0]
        if name.startswith("-") or (ctx.resilient_parsing and name not in COMMANDS):
            return super().resolve_command(ctx, list(args))
        if name not in COMMANDS:
            from difflib import get_close_matches

            raise UsageError("common.no_such_command", name=name, nearest=get_close_matches(name, COMMANDS))
        module = import_module(f"llmprep.cli.{name}_command")
        command = speak_in_help(typer.main.get_command(module.app), LANGUAGE)
        command.name = name
        return name, command, list(args[1:])


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"llmprep {__version__}")
        raise typer.Exit


def _set_language(name: str | None) -> None:
    if name is None:
        return
    import json
    import os

    from llmprep.cli.language import settings_file
    from llmprep.errors import cannot_keep
    from llmprep.files import private_folder, write_whole
    from llmprep.messages.say import say

    language = parse_language(name, "--set-lang")
    path = settings_file(os.environ)
    try:
        private_folder(path.parent)
        write_whole(path, (json.dumps({"lang": language.value}) + "\n").encode(), mode=0o600)
    except OSError as error:
        raise cannot_keep(path.parent, error) from None
    typer.echo(say("common.lang_saved", language, lang=language.value))
    raise typer.Exit


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    help=text("common.app"),
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def root(
    *,
    lang: LangOption = LANGUAGE,
    set_lang: Annotated[
        str | None,
        typer.Option(
            metavar="en|zh|both",
            is_eager=True,
            callback=_set_language,
            help=text("common.option_set_lang"),
            autocompletion=complete_language,
            show_default=False,
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help=text("common.option_version"))
    ] = False,
) -> None:
    """Hold the options that stand before a command."""
