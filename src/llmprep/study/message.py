"""The base of the values that a session is made of."""

from __future__ import annotations

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Message:
    """A frozen value whose fields are its class's annotations, in order.

    It is never equal to a message of another class and never false, as tuples would be; and a class of it is defined in
    a third of the time of a NamedTuple, which counts where forty of them come before the first prompt.
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.__match_args__ = tuple(cls.__annotations__)  # type: ignore[misc]

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self.__match_args__
        fields = dict(zip(names, values, strict=False))
        if len(values) > len(names) or fields.keys() & named.keys() or not named.keys() <= {*names}:
            raise TypeError(f"{type(self).__name__} takes {', '.join(names) or 'nothing'}, each once")
        fields |= named
        for name in names:
            # A default is an attribute of the class.
            if name not in fields and not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} lacks {name}")
        self.__dict__.update(fields)

    def replace(self, **changes: Any) -> Self:
        """Return the message with other values in some fields."""
        return type(self)(**(self.__dict__ | changes))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is frozen")

    def _fields(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Message) and self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash((type(self), self._fields()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({fields})"
