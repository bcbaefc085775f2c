"""Convert plain data to the frozen types of `llmprep.model`; report what does not fit in plain words.

Strict pydantic takes JSON for a dataclass and for a tuple, and refuses dictionaries and lists: so data goes in as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import types
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from llmprep.bank.suggest import nearest_word
from llmprep.bank.yaml_loader import code_lines
from llmprep.model import Exercise, Question, Text, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmprep.bank.document import Document

KINDS: dict[str, Any] = {"question": Question, "exercise": Exercise}
FILLED_IN = ("id", "where", "digest", "path", "compiled")
"""Fields that the compiler fills in and no file writes."""

_WANTS = {
    "string_type": "bank.wants_text",
    "int_type": "bank.wants_whole_number",
    "int_from_float": "bank.wants_whole_number",
    "float_type": "bank.wants_number",
    "bool_type": "bank.wants_true_or_false",
    "tuple_type": "bank.wants_list",
    "list_type": "bank.wants_list",
    "dataclass_type": "bank.wants_mapping",
    "dict_type": "bank.wants_mapping",
}


@cache
def adapter(kind: Any) -> Any:
    """Return the pydantic adapter of a type, built once."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def shape_item(document: Document, item_id: str, digest: str) -> Question | Exercise | None:
    """Build the item that a document contains; if invalid, record problems in the document and return None."""
    data = document.data
    if not isinstance(data, dict):
        document.refuse("", "bank.item_no_mapping")
        return None
    kind = KINDS.get(data["kind"]) if isinstance(data.get("kind"), str) else None
    if kind is None:
        if "kind" not in data:
            document.refuse("kind", "bank.no_kind")
        else:
            near = nearest_word(str(data["kind"]), KINDS)
            document.refuse("kind", "bank.not_one_of", value=data["kind"], allowed=list(KINDS), nearest=near)
        return None
    written = {name: value for name, value in data.items() if name not in FILLED_IN}
    for name in FILLED_IN:
        if name in data:
            document.refuse(name, "bank.filled_in", name=name)
    filled = {"id": item_id, "where": code_lines(document.begins), "digest": digest, "path": document.file}
    item: Question | Exercise | None = _shape(kind, written | filled, document)
    return item


def shape_topics(document: Document) -> tuple[Topic, ...] | None:
    """Build the topics that `topics.yaml` lists."""
    topics: tuple[Topic, ...] | None = _shape(tuple[Topic, ...], document.data, document)
    return topics


def _shape(kind: Any, data: Any, document: Document) -> Any:
    from pydantic import ValidationError

    try:
        return adapter(kind).validate_json(json.dumps(data))
    except ValidationError as error:
        told = {problem.field for problem in document.problems}
        for fault in error.errors(include_url=False, include_context=False):
            path = ".".join(map(str, fault["loc"]))
            # Skip errors at or below a path that already has a problem.
            if told.isdisjoint(_and_above(path)):
                _tell(document, kind, fault, path)
        return None


def _and_above(path: str) -> Iterator[str]:
    """Return a path and the paths of its ancestors; the document as a whole counts only for itself."""
    yield path
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def _tell(document: Document, kind: Any, fault: Any, path: str) -> None:
    """Record one of pydantic's errors as a problem with its own message."""
    location, what = fault["loc"], fault["type"]
    name, parent = location[-1] if location else "", path.rpartition(".")[0]
    if what == "missing":
        owner = type_at(kind, location[:-1])
        if isinstance(name, int):
            document.refuse(parent, "bank.wants_three")
        elif owner is Text:
            document.refuse(parent, f"bank.missing_{name}")
        else:
            document.refuse(path, "bank.missing_field", name=name)
    elif what in ("unexpected_keyword_argument", "extra_forbidden"):
        owner = type_at(kind, location[:-1])
        names = (
            [field.name for field in dataclasses.fields(owner) if field.init] if dataclasses.is_dataclass(owner) else []
        )
        known = [other for other in names if other not in FILLED_IN or kind not in KINDS.values()]
        document.refuse(path, "bank.unknown_field", name=name, nearest=nearest_word(str(name), known))
    elif what in ("literal_error", "enum"):
        allowed = allowed_at(kind, location)
        near = nearest_word(str(fault["input"]), allowed)
        document.refuse(path, "bank.not_one_of", value=fault["input"], allowed=allowed, nearest=near)
    elif what == "too_long":
        document.refuse(path, "bank.wants_three")
    elif what == "dataclass_type" and type_at(kind, location) is Text:
        document.refuse(path, "bank.wants_pair")
    elif what == "string_type" and not isinstance(fault["input"], (dict, list)):
        document.refuse(path, "bank.wants_quotes", value=json.dumps(fault["input"]))
    else:
        document.refuse(path, _WANTS.get(what, "bank.not_allowed"))


def type_at(kind: Any, location: tuple[str | int, ...]) -> Any:
    """Return the type of a place in an item by the models, or None if there is no such place."""
    for step in location:
        kind = _without_none(kind)
        if isinstance(step, int):
            kind = get_args(kind)[0] if get_origin(kind) is tuple else None
        else:
            kind = get_type_hints(kind).get(step) if dataclasses.is_dataclass(kind) else None
    return _without_none(kind)


def allowed_at(kind: Any, location: tuple[str | int, ...]) -> list[str]:
    """Return the values that a place in an item may take, if they are enumerated."""
    found = type_at(kind, location)
    return [str(value) for value in (get_args(found) if get_origin(found) is Literal else found or ())]


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return next(part for part in get_args(kind) if part is not types.NoneType)
    return kind
