"""Floor 3: documents made of the bank, a module a format. Pure: items go in, paths and bytes come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from llmprep.export import markdown
from llmprep.export.document import Document, Words

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "Document", "Format", "Words"]


class Format(NamedTuple):
    """One format of export."""

    render: Callable[[Document], dict[str, bytes]]
    """The files of a document, by their paths."""
    is_ours: Callable[[bytes], bool]
    """Whether a file's first bytes (a hundred or more) are those of an earlier export."""


FORMATS: dict[str, Format] = {"md": Format(markdown.render, markdown.is_ours)}
"""Every format by the name that `--format` takes."""
