"""What `llmprep show` draws, held as files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console, Group

from llmprep.bank import Bank
from llmprep.model import Language
from llmprep.ui.item import ItemView

BANK = Path(__file__).parent / "bank"


@pytest.mark.parametrize(
    ("item", "language", "width", "answer"),
    [
        ("alpha/levels", Language.EN, 80, True),
        ("alpha/levels", Language.ZH, 80, True),
        ("alpha/levels", Language.BOTH, 120, False),
        ("alpha/round-half", Language.EN, 80, False),
        ("alpha/round-half", Language.ZH, 60, True),
        ("beta/counter", Language.BOTH, 120, True),
    ],
)
def test_show(golden, item, language, width, answer):
    """An item is drawn as the golden file has it."""
    console = Console(
        file=io.StringIO(), width=width, color_system=None, highlight=False, markup=False, emoji=False, soft_wrap=True
    )
    found = Bank.open(BANK, None).item(item)
    console.print(Group(*ItemView(language, plain=True).item(found, answer=answer)), soft_wrap=True)
    name = f"show-{found.slug}-{language}-{width}{'-answer' if answer else ''}.txt"
    golden(name, console.file.getvalue())


def test_show_in_colour(golden):
    """On a terminal with colours and box characters, style takes the place of marks."""
    console = Console(
        file=io.StringIO(), width=80, force_terminal=True, color_system="standard", highlight=False, markup=False
    )
    found = Bank.open(BANK, None).item("alpha/levels")
    console.print(Group(*ItemView(Language.EN).item(found, answer=True)), soft_wrap=True)
    golden("show-levels-colour.txt", console.file.getvalue())
