"""Floor 3: documents made of the bank. Pure: items go in, paths and bytes come out.

A format is a module with a function `render(document) -> {path: bytes}`, and a line in `FORMATS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.export import markdown
from llmprep.export.document import ExportDocument, signature

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FORMATS", "ExportDocument", "signature"]

FORMATS: Mapping[str, Callable[[ExportDocument], dict[str, bytes]]] = {"md": markdown.render}
"""Every format by the name that `--format` takes.

A format returns its files by their relative paths, `/` between folders. One that returns a single file holds
`signature(name)` within the file's first or last `SIGNED` bytes, so that a later export may replace the file.
"""
