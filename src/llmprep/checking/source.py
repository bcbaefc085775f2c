"""A submission's file: read, and matched with the exercise that it solves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from llmprep.errors import UsageError
from llmprep.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST_SOURCE = 1 << 20
HEADER = re.compile(r"^#\s*llmprep:\s*([a-z0-9-]+/[a-z0-9-]+)", re.MULTILINE)
"""What `llmprep start` writes on the first line."""
DEFINITION = re.compile(r"^(?:def|class)\s+(\w+)", re.MULTILINE)


class UnreadableSubmissionError(Exception):
    """A file that is there but is no source code. `head` is its beginning, which may name the exercise."""

    def __init__(self, finding: Finding, head: str) -> None:
        super().__init__(finding.key)
        self.finding, self.head = finding, head


def read_source(path: Path) -> str:
    """The text of a submission.

    Raises:
        UsageError: there is no such file, or it is a folder, or cannot be read.
        UnreadableSubmissionError: it is no text, or larger than any solution.
    """
    try:
        if path.is_dir():
            raise UsageError("check.folder_for_file", path=path)
        if path.exists() and not path.is_file():
            raise UsageError("check.not_a_file", path=path)
        with path.open("rb") as file:
            data = file.read(LARGEST_SOURCE + 1)
    except FileNotFoundError:
        raise UsageError("common.no_such_file", path=path) from None
    except OSError as error:
        raise UsageError("common.unreadable", path=path, reason=error.strerror) from None
    head = data[:2000].decode("utf-8", "replace")
    if len(data) > LARGEST_SOURCE:
        raise UnreadableSubmissionError(Finding("check.invalid_too_large", {"limit": LARGEST_SOURCE >> 20}), head)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableSubmissionError(Finding("check.invalid_not_text"), head) from None
    if "\0" in text:
        raise UnreadableSubmissionError(Finding("check.invalid_not_text"), head)
    return text


def named_exercise(source: str) -> str | None:
    """The exercise that a submission's first lines name."""
    found = HEADER.search(source[:2000])
    return found[1] if found else None


def guess_exercise(source: str, entries: Mapping[str, str], path: Path) -> str:
    """The exercise whose entry the submission defines.

    Args:
        source: the submission's text.
        entries: each exercise's id and its entry's name.
        path: the file, for messages.

    Raises:
        UsageError: none does, or more than one.
    """
    defined = set(DEFINITION.findall(source))
    found = [name for name, entry in entries.items() if entry in defined]
    if len(found) == 1:
        return found[0]
    key = "check.ambiguous" if found else "check.unknown_exercise"
    raise UsageError(key, path=path, names=list(found))
