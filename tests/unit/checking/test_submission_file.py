"""Laws of reading a submission's file and of telling which exercise it solves."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from llmprep.checking.source import (
    LARGEST_SOURCE,
    UnreadableSubmissionError,
    guess_exercise,
    named_exercise,
    read_source,
)
from llmprep.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_text_is_read_with_or_without_a_mark(tmp_path: Path) -> None:
    """UTF-8 with a byte order mark, as some editors write it, is the same text."""
    path = tmp_path / "a.py"
    path.write_bytes(b"\xef\xbb\xbfx = '\xe9\x9b\xb6'\r\n")
    assert read_source(path) == "x = '零'\r\n"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"\xff\xfe\x00x", "check.invalid_not_text"),
        (b"x = 1\0", "check.invalid_not_text"),
        (b"#" * (LARGEST_SOURCE + 1), "check.invalid_too_large"),
    ],
)
def test_what_is_no_source_is_told(tmp_path: Path, content: bytes, key: str) -> None:
    """A file that is there and is no source code is an invalid submission, with the head that may name its exercise."""
    path = tmp_path / "a.py"
    path.write_bytes(b"# llmprep: a/b\n" + content)
    with pytest.raises(UnreadableSubmissionError) as error:
        read_source(path)
    assert error.value.finding.key == key
    assert named_exercise(error.value.head) == "a/b"


def test_what_is_no_file_is_a_usage_error(tmp_path: Path) -> None:
    """A missing file, a folder and a pipe are each told apart, and a pipe never blocks."""
    os.mkfifo(tmp_path / "pipe")
    for name, key in (("none", "no_such_file"), ("", "folder_for_file"), ("pipe", "not_a_file")):
        with pytest.raises(UsageError) as error:
            read_source(tmp_path / name)
        assert error.value.key.endswith(key)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("# llmprep: compression/rope\n", "compression/rope"),
        ("#!/usr/bin/env python\n#llmprep:   a-1/b-2 (edited)\n", "a-1/b-2"),
        ("x = 1  # llmprep: a/b\n", None),
        ("# llmprep: no-slash\n", None),
        ("", None),
    ],
)
def test_a_first_line_names_the_exercise(source: str, name: str | None) -> None:
    """What `start` writes is found again; a comment after code is not it."""
    assert named_exercise(source) == name


def test_an_entry_names_the_exercise(tmp_path: Path) -> None:
    """One exercise's entry among the definitions decides; none, or more than one, is a usage error that says so."""
    entries = {"t/one": "one", "t/two": "Two"}
    assert guess_exercise("def helper(): ...\nclass Two: ...\n", entries, tmp_path) == "t/two"
    for source, key in (
        ("def other(): ...", "check.unknown_exercise"),
        ("def one(): ...\nclass Two: ...", "check.ambiguous"),
    ):
        with pytest.raises(UsageError) as error:
            guess_exercise(source, entries, tmp_path)
        assert error.value.key == key
    with pytest.raises(UsageError):
        guess_exercise("    def one(self): ...", entries, tmp_path)
