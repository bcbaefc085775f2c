"""Items to plain data and back, without any library: what the cache keeps, read in microseconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zlib import crc32

from llmprep import model
from llmprep.model import Exercise, Question, Text, Topic

_MANY = "many"
_TREES = frozenset({"parsed", "compiled"})
"""Fields that the compiler fills in with what is shown: no part of an item's own data."""

_TYPES: dict[type, dict[str, Any]] = {
    model.Text: {},
    model.Topic: {"title": Text},
    model.Match: {},
    model.KeyPoint: {"text": Text, "match": model.Match},
    model.Trap: {"claim": Text, "correction": Text},
    model.FollowUp: {"prompt": Text, "answer": Text},
    model.Option: {"text": Text, "why": Text},
    model.Choice: {"prompt": Text, "options": (_MANY, model.Option)},
    model.Code: {"title": Text, "proves": Text},
    model.Source: {},
    model.Tolerance: {},
    model.CaseSource: {"group": model.Group, "tolerance": model.Tolerance},
    model.Mistake: {"hint": Text},
    model.Efficiency: {},
    model.Survivor: {},
    model.Question: {
        "title": Text,
        "prompt": Text,
        "sources": (_MANY, model.Source),
        "answer": Text,
        "key_points": (_MANY, model.KeyPoint),
        "traps": (_MANY, model.Trap),
        "follow_ups": (_MANY, model.FollowUp),
        "choices": (_MANY, model.Choice),
        "code": (_MANY, model.Code),
    },
    model.Exercise: {
        "title": Text,
        "prompt": Text,
        "sources": (_MANY, model.Source),
        "cases": (_MANY, model.CaseSource),
        "tolerance": model.Tolerance,
        "mistakes": (_MANY, model.Mistake),
        "hints": (_MANY, Text),
        "explanation": Text,
        "efficiency": model.Efficiency,
        "survivors": (_MANY, model.Survivor),
    },
}
"""For each type, its fields that hold another type. A test holds this table against the models' annotations, which a
warm start has no time to resolve."""


def layout() -> int:
    """Return a number that changes when a field does: data serialized under another one is not read."""
    names = " ".join(f"{kind.__name__}({','.join(kind.__dataclass_fields__)})" for kind in _TYPES)  # type: ignore[attr-defined]
    return crc32(names.encode())


def serialize(value: Any, *, trees: bool = False) -> Any:
    """Turn a model into plain data: dictionaries, lists, strings, numbers.

    Fields that are None, and the path of the file, are left out.

    Args:
        value: an item, a part of one, or several.
        trees: whether the trees of prose, which no file writes, are kept too.
    """
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is not None:
        names = [name for name in fields if not name.startswith("_") and (trees or name not in _TREES)]
        found = {name: serialize(getattr(value, name), trees=trees) for name in names}
        return {name: part for name, part in found.items() if part is not None and not isinstance(part, Path)}
    if isinstance(value, (tuple, list)):
        return [serialize(part, trees=trees) for part in value]
    if isinstance(value, dict):
        return {name: serialize(part, trees=trees) for name, part in value.items()}
    return str(value) if isinstance(value, str) else value


def deserialize_item(data: dict[str, Any], path: Path) -> Question | Exercise:
    """Rebuild the item that `serialize` made `data` of.

    Args:
        data: what `serialize` returned, after a round trip through JSON.
        path: the item's file, which is not kept: a bank may be moved together with its cache.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: `data` is not what `serialize` makes.
    """
    kind = {"question": Question, "exercise": Exercise}[data["kind"]]
    item: Question | Exercise = _deserialize(kind, {**data, "path": path})
    return item


def deserialize_topics(data: list[dict[str, Any]]) -> tuple[Topic, ...]:
    """Rebuild the topics that `serialize` made `data` of; raises as `deserialize_item` does."""
    return tuple(_deserialize(Topic, part) for part in data)


def _deserialize(kind: Any, data: Any) -> Any:
    inside = _TYPES.get(kind)
    if inside is None:
        return kind(data)
    found = {}
    for name, value in data.items():
        below = inside.get(name)
        if below is None:
            found[name] = tuple(value) if isinstance(value, list) else value
        elif isinstance(below, tuple):
            found[name] = tuple([_deserialize(below[1], part) for part in value])
        else:
            found[name] = _deserialize(below, value)
    return kind(**found)
