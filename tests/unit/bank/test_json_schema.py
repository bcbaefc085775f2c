"""The schema for editors follows the models."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from llmprep.bank import json_schema as schema
from llmprep.bank.validation import FILLED_IN, KINDS

ROOT = Path(__file__).parents[3]


def test_fresh():
    """bank/item.schema.json is what `llmprep validate --schema` prints: if not, write it again."""
    assert (ROOT / "bank" / schema.FILE).read_text("utf-8") == schema.text()


@pytest.mark.parametrize("kind", KINDS)
def test_fields(kind):
    """A kind has exactly the fields that authors write, each with a description."""
    made = schema.schema()["$defs"][KINDS[kind].__name__]
    assert made["properties"].keys() == {field.name for field in fields(KINDS[kind])} - set(FILLED_IN)
    assert all(part.get("description") for part in made["properties"].values())
    assert made["additionalProperties"] is False
    assert not set(FILLED_IN) & set(made["required"])
    assert made["properties"]["kind"]["const"] == kind


def test_references_lead_somewhere():
    """Every reference names a definition, and every definition is used."""
    made = schema.schema()

    def walk(part):
        if isinstance(part, dict):
            yield from (value for name, value in part.items() if name == "$ref")
            for value in part.values():
                yield from walk(value)
        elif isinstance(part, list):
            for value in part:
                yield from walk(value)

    assert set(walk(made)) == {f"#/$defs/{name}" for name in made["$defs"]}
