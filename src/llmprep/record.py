"""Frozen dataclasses that are quick to define.

`dataclass` writes six methods a class as source text and compiles them, which for the types of floor 0 would be a sixth
of a warm start. A record is a dataclass by its fields, for every tool that asks; its methods are those of its base.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError, field
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = TypeVar("Kind", bound=type)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(*, kw_only: bool = False) -> Callable[[Kind], Kind]:
    """Make a subclass of `Record`, with its annotations as fields, a frozen dataclass.

    Args:
        kw_only: whether its fields are given by name only, as where a subclass adds more.
    """

    def decorate(kind: Kind) -> Kind:
        dataclasses.dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=kw_only)(kind)
        kind.fields_of_record = fields = dataclasses.fields(kind)  # type: ignore[attr-defined]
        kind.names_of_record = frozenset(one.name for one in fields)  # type: ignore[attr-defined]
        kind.places_of_record = tuple(one.name for one in fields if not one.kw_only)  # type: ignore[attr-defined]
        return kind

    return decorate


class Record:
    """Base class: the methods of a record."""

    fields_of_record: ClassVar[tuple[dataclasses.Field[Any], ...]] = ()
    names_of_record: ClassVar[frozenset[str]] = frozenset()
    places_of_record: ClassVar[tuple[str, ...]] = ()
    """The names of those that may be given by place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        values = self.__dict__
        values.update(zip(self.places_of_record, args, strict=False))
        if len(values) < len(args) or not values.keys().isdisjoint(kwargs):
            raise TypeError(f"{type(self).__name__}: more values than fields")
        values.update(kwargs)
        if values.keys() != self.names_of_record:
            self._complete(values)

    def _complete(self, values: dict[str, Any]) -> None:
        """Fill in what was not given."""
        for one in self.fields_of_record:
            if one.name not in values:
                values[one.name] = self._default(one)
        if unknown := values.keys() - self.names_of_record:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")

    def _default(self, one: dataclasses.Field[Any]) -> Any:
        if one.default_factory is not MISSING:
            return one.default_factory()
        if one.default is MISSING:
            raise TypeError(f"{type(self).__name__} lacks its field {one.name}")
        return one.default

    def _compared(self) -> tuple[Any, ...]:
        return tuple(self.__dict__[one.name] for one in self.fields_of_record if one.compare)

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or type(other) is not type(self):
            return NotImplemented
        return self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(self._compared())

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({shown})"
