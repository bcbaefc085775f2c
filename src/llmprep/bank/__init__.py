"""Floor 2: YAML files to validated items, the compiled cache, the author's lint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.bank.bank import Bank, Summary

if TYPE_CHECKING:
    from pathlib import Path

    from llmprep.errors import Problem

__all__ = ["Bank", "Summary", "validate"]


def validate(path: Path) -> list[Problem]:
    """List every problem of a bank, a topic's folder or one file, without the cache.

    Raises:
        UsageError: there is nothing at `path`.
    """
    from llmprep.bank.tree import survey

    return survey(path).problems
