"""The trees of an item's prose fields, as the compiled bank holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.content.markup import Blocks, from_data
from llmprep.model import Language

if TYPE_CHECKING:
    from llmprep.model import Text

_SIDES = {Language.EN: (0,), Language.ZH: (1,), Language.BOTH: (0, 1)}
DAMAGED = (KeyError, IndexError, TypeError, ValueError)
"""What kept data raise that are not as they were written."""


def prose(text: Text, language: Language) -> tuple[Blocks, ...]:
    """Return the trees of a field, one for each language shown."""
    return tuple(_tree(text, side) for side in _SIDES[language])


def _tree(text: Text, side: int) -> Blocks:
    """Return the tree that the compiler made; parse a text that was made without one, as in a test, or lost it."""
    if text.parsed is not None:
        try:
            return from_data(text.parsed[side])
        except DAMAGED:
            pass
    from llmprep.content.parser import parse

    return parse((text.en, text.zh)[side]).blocks
