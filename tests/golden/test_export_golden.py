"""What `llmprep export` writes, held as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmprep.bank import Bank
from llmprep.export import FORMATS, ExportDocument
from llmprep.model import Language

BANK = Path(__file__).parent / "bank"


@pytest.mark.parametrize("language", list(Language))
def test_markdown(golden, language):
    """The whole bank is written as the golden file has it."""
    bank = Bank.open(BANK, None)
    grouped = tuple((topic, bank.items([topic.id])) for topic in bank.topics())
    document = ExportDocument("bank", grouped, language)
    ((path, content),) = FORMATS["md"](document).items()
    assert path == "bank.md"
    golden(f"export-{language}.md", content.decode())
