"""The JSON Schema by which an author's editor completes and checks an item."""

from __future__ import annotations

import json
from typing import Any

from llmprep.bank.validation import FILLED_IN, KINDS, adapter
from llmprep.model import Item

FILE = "item.schema.json"


def schema() -> dict[str, Any]:
    """Build the schema of an item's file: a question or an exercise, by its `kind`."""
    definitions: dict[str, Any] = {}
    shared = adapter(Item).json_schema()["properties"]  # where pydantic finds the docstrings of inherited fields
    choices = []
    for name, kind in KINDS.items():
        found = adapter(kind).json_schema()
        definitions |= found.pop("$defs", {})
        fields = {"kind": found["properties"].pop("kind")} | found["properties"]
        found["properties"] = {field: shared.get(field, fields[field]) for field in fields if field not in FILLED_IN}
        found["required"] = [field for field in found["required"] if field not in FILLED_IN]
        definitions[kind.__name__] = found
        choices.append((name, {"$ref": f"#/$defs/{kind.__name__}"}))
    del definitions["Text"]["properties"]["parsed"]  # the compiler's
    (one, first), (_, other) = choices
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An item of an llmprep bank",
        "type": "object",
        "properties": {"kind": {"enum": list(KINDS)}},
        "required": ["kind"],
        # Not oneOf: with if/then an editor reports what is wrong with a question, not that it matches neither kind.
        "if": {"properties": {"kind": {"const": one}}},
        "then": first,
        "else": other,
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }
    result: dict[str, Any] = _plain(whole)
    return result


def text() -> str:
    """Return the schema as the text of `item.schema.json`."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _plain(part: Any) -> Any:
    """Remove noise: titles made from field names, empty defaults, and None, which files never write."""
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("title"), str) and "$schema" not in part:
        part = {name: each for name, each in part.items() if name != "title"}
    if part.get("default", True) in ("", None, []):
        part = {name: each for name, each in part.items() if name != "default"}
    if isinstance(part.get("anyOf"), list):
        (some,) = (each for each in part["anyOf"] if each != {"type": "null"})
        part = some | {name: each for name, each in part.items() if name != "anyOf"}
    return {name: _plain(each) for name, each in part.items()}
