"""The text of a submission, or why a file has none."""

from __future__ import annotations

from typing import NamedTuple

from llmprep.verdict import Finding

LARGEST_SOURCE = 1 << 20
"""Bytes of Python text; no solution has as many."""


class Submission(NamedTuple):
    """The text of a file. For a notebook, `cells` holds each code cell's number and the text's line it begins on."""

    text: str
    cells: tuple[tuple[int, int], ...] = ()


class UnreadableSubmissionError(Exception):
    """A file that is there but is no source code. `head` is its beginning, which may name the exercise."""

    def __init__(self, finding: Finding, head: str = "") -> None:
        super().__init__(finding.key)
        self.finding, self.head = finding, head


def unreadable(reason: str, **facts: object) -> UnreadableSubmissionError:
    """Return the error for one of the catalogue's reasons why a submission is invalid."""
    return UnreadableSubmissionError(Finding(f"check.invalid_{reason}", facts))
