"""A record is a frozen dataclass in all that its users see."""

from __future__ import annotations

import dataclasses
from dataclasses import FrozenInstanceError, field

import pytest

from llmprep.record import Record, record


@record()
class Point(Record):
    """Two required fields, one with a default and one with a factory."""

    x: int
    y: int
    name: str = "point"
    tags: list[str] = field(default_factory=list)


@record(kw_only=True)
class Named(Record):
    """Fields that are given by name."""

    name: str
    size: int = 0


def test_fields_by_place_and_by_name() -> None:
    """Both ways of giving values come to the same record, with defaults filled in, each its own."""
    one, other = Point(1, 2), Point(y=2, x=1)
    assert one == other
    assert (one.x, one.y, one.name, one.tags) == (1, 2, "point", [])
    assert one.tags is not other.tags
    assert repr(one) == "Point(x=1, y=2, name='point', tags=[])"


def test_tools_see_a_dataclass() -> None:
    """Such as `replace` and `fields`."""
    assert dataclasses.replace(Point(1, 2), y=3) == Point(1, 3)
    assert [one.name for one in dataclasses.fields(Named)] == ["name", "size"]


def test_nothing_changes() -> None:
    """A field can be neither set nor deleted."""
    with pytest.raises(FrozenInstanceError):
        Point(1, 2).x = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del Point(1, 2).x


@pytest.mark.parametrize(
    ("kind", "args", "kwargs"),
    [
        (Point, (1,), {}),
        (Point, (1, 2, "a", [], 5), {}),
        (Point, (1, 2), {"x": 1}),
        (Point, (1, 2), {"z": 1}),
        (Point, (1, 2, "a", []), {"z": 1}),
        (Named, ("a",), {}),
        (Named, (), {}),
    ],
)
def test_what_does_not_fit_is_refused(kind: type, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
    """Too few values, too many, the same twice, unknown names, and names given by place."""
    with pytest.raises(TypeError):
        kind(*args, **kwargs)
