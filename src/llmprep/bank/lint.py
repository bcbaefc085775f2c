"""The author's lint: rules beyond types."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llmprep.bank.reading import Document


def lint_item(document: Document, item_id: str) -> None:
    """Note in the document what an item of that id gets wrong."""


def lint_topics(document: Document) -> None:
    """Note in the document what `topics.yaml` gets wrong."""
