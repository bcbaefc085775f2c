"""`llmprep list`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import BankOption, JsonOption, LangOption, TopicsOption, open_bank, text
from llmprep.errors import UsageError

if TYPE_CHECKING:
    from llmprep.bank import Summary
    from llmprep.model import Topic

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

KINDS = ("question", "exercise")
DIFFICULTIES = ("easy", "medium", "hard")


def complete_kind(incomplete: str) -> list[str]:
    """Complete kinds."""
    return [name for name in KINDS if name.startswith(incomplete)]


def complete_difficulty(incomplete: str) -> list[str]:
    """Complete difficulties."""
    return [name for name in DIFFICULTIES if name.startswith(incomplete)]


@app.command(help=text("bank.list_help"), epilog=text("bank.list_examples"))
def list_(
    *,
    topic: TopicsOption = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(KINDS), help=text("bank.option_kind"), autocompletion=complete_kind, show_default=False
        ),
    ] = None,
    difficulty: Annotated[
        list[str] | None,
        typer.Option(
            metavar="|".join(DIFFICULTIES),
            help=text("bank.option_difficulty"),
            autocompletion=complete_difficulty,
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = LANGUAGE,
    bank: BankOption = None,
) -> None:
    """List items."""
    _one_of("--kind", [kind] if kind else [], KINDS)
    _one_of("--difficulty", difficulty or [], DIFFICULTIES)
    found = open_bank(bank)
    asked = {found.topic(name).id for name in topic or ()}
    entries = [
        entry
        for entry in found.summaries(tuple(asked))
        if kind in (None, entry.kind) and (not difficulty or entry.difficulty in difficulty)
    ]
    occupied = asked or {entry.topic for entry in entries}
    topics = [each for each in found.topics() if each.id in occupied]
    if as_json:
        sys.stdout.write(_json(topics, entries))
        return
    from llmprep.ui.listing import listing

    sys.stdout.write("\n".join(listing(topics, entries, lang)) + "\n")


def _one_of(option: str, names: list[str], known: tuple[str, ...]) -> None:
    from llmprep.bank.suggest import nearest

    for name in names:
        if name not in known:
            raise UsageError(
                "bank.option_not_one_of",
                option=option,
                name=name,
                allowed=list(known),
                nearest=nearest(name, known),
            )


def _json(topics: list[Topic], entries: list[Summary]) -> str:
    import json

    listed = {
        "version": 1,
        "kind": "items",
        "topics": [{"id": topic.id, "title": {"en": topic.title.en, "zh": topic.title.zh}} for topic in topics],
        "items": [
            {
                "id": entry.id,
                "kind": entry.kind,
                "title": {"en": entry.title.en, "zh": entry.title.zh},
                "difficulty": entry.difficulty,
                "minutes": entry.minutes,
                "tags": entry.tags,
                "digest": entry.digest,
            }
            for entry in entries
        ],
    }
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
