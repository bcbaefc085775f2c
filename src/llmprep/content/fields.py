"""The trees of an item's prose fields, as the compiled bank holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.content.markup import Blocks, from_data
from llmprep.model import Language

if TYPE_CHECKING:
    from llmprep.model import Text


def prose(text: Text, language: Language) -> tuple[Blocks, ...]:
    """Return the trees of a field, one for each language shown.

    The trees come from the compiled bank; a text that was made without them, as in a test, is parsed here.
    """
    shown = (0, 1) if language is Language.BOTH else (1,) if language is Language.ZH else (0,)
    if text.parsed is not None:
        return tuple(from_data(text.parsed[side]) for side in shown)
    from llmprep.content.parser import parse

    return tuple(parse((text.en, text.zh)[side]).blocks for side in shown)
