"""`llmprep export`: the bank as a document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from llmprep.cli.language import LANGUAGE, from_arguments
from llmprep.cli.options import BankOption, LangOption, TopicsOption, open_bank, text
from llmprep.errors import EnvironmentFault, UsageError
from llmprep.export import FORMATS, Document, Format
from llmprep.files import write_whole
from llmprep.model import Language

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

KINDS = ("question", "exercise")
_HEAD = 128
"""How many of a file's first bytes tell whether it is an earlier export."""


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
    from llmprep.messages.say import say

    chosen = _format(format_name)
    if kind is not None and kind not in KINDS:
        raise UsageError("export.unknown_kind", name=kind)
    opened = open_bank(bank)
    items = [opened.without_plans(item) for item in opened.items(topics or ()) if kind in {None, item.kind}]
    if not items:
        raise UsageError("export.nothing")
    grouped = [(topic, tuple(item for item in items if item.topic == topic.id)) for topic in opened.topics()]
    document = Document(
        name=_name([topic.id for topic in opened.topics() if topic.id in (topics or ())], kind),
        topics=tuple((topic, found) for topic, found in grouped if found),
        language=lang,
        words=lambda key, /, **facts: say(key, lang, **facts),
    )
    ((default, content),) = chosen.render(document).items()
    if output == "-":
        sys.stdout.buffer.write(content)
        return
    path = Path(output or default)
    _write(path, content, chosen, force=force)
    questions = sum(item.kind == "question" for item in items)
    typer.echo(text("export.wrote", path=path, questions=questions, exercises=len(items) - questions), err=True)


def _format(name: str) -> Format:
    if name not in FORMATS:
        from difflib import get_close_matches

        nearest = get_close_matches(name.lower(), FORMATS, cutoff=0.4)
        raise UsageError("export.unknown_format", name=name, nearest=nearest, known_formats=list(FORMATS))
    return FORMATS[name]


def _name(topics: list[str], kind: str | None) -> str:
    """The default name: what was asked for, so that exports of other parts do not overwrite each other."""
    parts = ["llmprep", *topics, *([f"{kind}s"] if kind else [])]
    asked = from_arguments(sys.argv[1:])
    return "-".join(parts) + (f".{asked}" if asked in {Language.EN, Language.ZH} else "")


def _write(path: Path, content: bytes, chosen: Format, *, force: bool) -> None:
    """Put the content where `path` is, whole or not at all.

    Raises:
        UsageError: `path` is a folder, or a file that is no earlier export.
        EnvironmentFault: its folder is missing, or it cannot be written.
    """
    if path.is_dir():
        raise UsageError("common.is_directory", path=path)
    if not path.parent.is_dir():
        raise EnvironmentFault("export.no_folder", path=path.parent)
    try:
        if not force:
            _keep_foreign(path, chosen)
        write_whole(path, content)
    except OSError as error:
        raise EnvironmentFault("export.unwritable", path=path.resolve(), reason=error.strerror or error) from None


def _keep_foreign(path: Path, chosen: Format) -> None:
    """Refuse to go on where `path` is somebody's own file; an empty one is nobody's."""
    if path.exists():
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head and not chosen.is_ours(head):
            raise UsageError("export.would_overwrite", path=path)
