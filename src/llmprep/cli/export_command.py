"""`llmprep export`: the bank as a document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.export_files import write_export
from llmprep.cli.language import LANGUAGE, from_arguments
from llmprep.cli.options import BankOption, LangOption, TopicsOption, open_bank, text
from llmprep.errors import UsageError
from llmprep.export import FORMATS, ExportDocument
from llmprep.model import Language

if TYPE_CHECKING:
    from collections.abc import Callable

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

KINDS = ("question", "exercise")


def _complete_kind(incomplete: str) -> list[str]:
    return [kind for kind in KINDS if kind.startswith(incomplete)]


def _complete_format(incomplete: str) -> list[str]:
    return [name for name in FORMATS if name.startswith(incomplete)]


@app.command(help=text("export.help"))
def export(
    *,
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=text("export.option_format", formats=", ".join(FORMATS)),
            autocompletion=_complete_format,
        ),
    ] = "md",
    topics: TopicsOption = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="|".join(KINDS),
            help=text("export.option_kind"),
            autocompletion=_complete_kind,
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="PATH", help=text("export.option_output"), show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=text("export.option_force"))] = False,
    lang: LangOption = LANGUAGE,
    bank: BankOption = None,
) -> None:
    """Write the bank as a document."""
    render = _format(format_name)
    if kind is not None and kind not in KINDS:
        raise UsageError("export.unknown_kind", name=kind)
    opened = open_bank(bank)
    items = [opened.without_plans(item) for item in opened.items(topics or ()) if kind in {None, item.kind}]
    if not items:
        raise UsageError("export.nothing")
    grouped = [(topic, tuple(item for item in items if item.topic == topic.id)) for topic in opened.topics()]
    document = ExportDocument(
        name=_name([topic.id for topic in opened.topics() if topic.id in (topics or ())], kind),
        topics=tuple((topic, found) for topic, found in grouped if found),
        language=lang,
    )
    files = render(document)
    if output == "-":
        if len(files) > 1:
            raise UsageError("export.many_files", count=len(files))
        sys.stdout.buffer.writelines(files.values())
        return
    path = write_export(files, Path(output) if output else None, document.name, format_name, force=force)
    questions = sum(item.kind == "question" for item in items)
    typer.echo(text("export.wrote", path=path, questions=questions, exercises=len(items) - questions), err=True)


def _format(name: str) -> Callable[[ExportDocument], dict[str, bytes]]:
    if name not in FORMATS:
        from difflib import get_close_matches

        nearest = get_close_matches(name.lower(), FORMATS, cutoff=0.4)
        raise UsageError("export.unknown_format", name=name, nearest=nearest, known_formats=list(FORMATS))
    return FORMATS[name]


def _name(topics: list[str], kind: str | None) -> str:
    """Return the default name: what was asked for, so that exports of other parts do not overwrite each other."""
    parts = ["llmprep", *topics, *([f"{kind}s"] if kind else [])]
    asked = from_arguments(sys.argv[1:])
    return "-".join(parts) + (f".{asked}" if asked in {Language.EN, Language.ZH} else "")
