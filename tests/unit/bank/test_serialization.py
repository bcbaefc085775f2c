"""Serialized items: the table that reads them back says what the models' annotations say."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import pytest

from llmprep import model
from llmprep.bank import serialization
from llmprep.bank.compiler import compile_item
from llmprep.content.fields import prose
from llmprep.model import Language

SAMPLE = Path(__file__).parent / "sample"


def held(hint):
    """The type of ours that a field's annotation holds, and whether it holds many; None where it holds none."""
    many = get_origin(hint) is tuple
    parts = [part for part in get_args(hint) if part is not Ellipsis] or [hint]
    ours = {part for part in parts if part is model.Group or dataclasses.is_dataclass(part)}
    return None if not ours else ("many", ours.pop()) if many else ours.pop()


@pytest.mark.parametrize("kind", list(serialization._TYPES), ids=lambda kind: kind.__name__)
def test_the_table_follows_the_models(kind):
    """Every field that holds a type of ours is in the table, as one or as many, and nothing else is."""
    hints = {field.name: get_type_hints(kind)[field.name] for field in dataclasses.fields(kind)}
    assert serialization._TYPES[kind] == {name: held(hint) for name, hint in hints.items() if held(hint) is not None}


def test_the_table_holds_every_model():
    """No frozen type of the model is missing."""
    ours = {each for each in vars(model).values() if dataclasses.is_dataclass(each) and each is not model.Item}
    assert ours == set(serialization._TYPES)


@pytest.mark.parametrize("name", ["halving", "scale-rows"])
def test_deserializing_undoes_serializing(name):
    """An item comes back equal, through JSON, with its lines and digest."""
    item = compile_item((SAMPLE / f"compression/{name}.yaml").read_bytes(), "x.yaml", f"compression/{name}").item
    back = serialization.deserialize_item(json.loads(json.dumps(serialization.serialize(item, trees=True))), item.path)
    assert back == item
    assert (back.where, back.digest, back.path) == (item.where, item.digest, item.path)
    assert {type(getattr(back, field.name)) for field in dataclasses.fields(back)} == {
        type(getattr(item, field.name)) for field in dataclasses.fields(item)
    }


def test_trees_survive():
    """The trees of prose and the colours of code come back as they were; without `trees` they are left out."""
    item = compile_item((SAMPLE / "compression/halving.yaml").read_bytes(), "x.yaml", "compression/halving").item
    back = serialization.deserialize_item(json.loads(json.dumps(serialization.serialize(item, trees=True))), item.path)
    assert prose(back.prompt, Language.BOTH) == prose(item.prompt, Language.BOTH)
    assert back.prompt.parsed is not None
    data = json.loads(json.dumps(serialization.serialize(item, trees=True)))
    assert serialization.serialize(back, trees=True) == data
    bare = serialization.serialize(item)
    assert "compiled" not in bare
    assert bare["prompt"].keys() == {"en", "zh"}


def test_layout_changes_with_the_fields(monkeypatch):
    """Data frozen under other fields are known as such."""
    before = serialization.layout()
    fewer = {kind: inside for kind, inside in serialization._TYPES.items() if kind is not model.Trap}
    monkeypatch.setattr(serialization, "_TYPES", fewer)
    assert serialization.layout() != before
