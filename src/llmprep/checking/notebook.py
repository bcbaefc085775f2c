"""Convert a Jupyter notebook to Python text, and lines of that text in reports back to cells."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.checking.submission import LARGEST_SOURCE, Submission, unreadable
from llmprep.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.verdict import Frame, Report

_PYTHON_CELLS = frozenset({"time", "timeit", "capture", "prun", "python", "python3"})
"""Cell magics (`%%time`) beneath which stands Python. What is beneath any other is left out."""
_LINE_IN_WORDS = re.compile(r"\bon line (\d+)")
"""Where Python's own words about a syntax error name another line."""
_NEXT = {
    "": re.compile(r"""'{3}|"{3}|['"#()\[\]{}]|\\$"""),
    **{quote: re.compile(rf"\\.?|{quote}") for quote in ("'", '"', "'''", '"""')},
}
"""What to look for next in a line, outside strings and within one that ends with this quote."""
LOCATED = ("check.invalid_syntax",)
"""Findings about a line of the submission."""


class _Unfinished(NamedTuple):
    """What is unfinished between two lines of Python."""

    quote: str = ""
    """What will end the string that is open."""
    depth: int = 0
    """Brackets that are open."""
    goes_on: bool = False
    """Whether a backslash ends the line before."""


_BETWEEN_STATEMENTS = _Unfinished()


def read_notebook(data: bytes) -> Submission:
    """Join a notebook's code cells, in order, an empty line between two.

    Statements that begin with `%` or `!` are left out, with what continues them; their lines' places stay, so that
    lines keep their numbers. Cells are numbered from 1 among all cells, as they stand in the notebook.

    Raises:
        UnreadableSubmissionError: it is no notebook (nbformat 3 or 4), one of another language, or has no code cells.
    """
    try:
        # What loads lone surrogates is text that no file can hold.
        notebook = json.loads(data.decode("utf-8-sig"))
        cells = list(_code_cells(notebook))
        "".join(source for _, source in cells).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise unreadable("notebook") from None
    language = _language(notebook)
    if language and not language.lower().startswith(("python", "ipython")):
        raise unreadable("notebook_language", language=language)
    if not any(source.strip() for _, source in cells):
        raise unreadable("notebook_empty")
    if sum(len(source) for _, source in cells) > LARGEST_SOURCE:
        raise unreadable("too_large", limit=LARGEST_SOURCE >> 20)
    lines: list[str] = []
    begins: list[tuple[int, int]] = []
    for number, source in cells:
        begins.append((number, len(lines) + 1))
        lines += [*python_lines(source), ""]
    text = "\n".join(lines)
    if (at := text.find("\0")) >= 0:
        cell, line = place(begins, text.count("\n", 0, at) + 1)
        raise unreadable("nul_cell", cell=cell, line=line)
    return Submission(text, tuple(begins))


def place(cells: Sequence[tuple[int, int]], line: int) -> tuple[int, int]:
    """Return the cell, and the line in it, of a line of a notebook's text; cell 0 for lines before all cells."""
    at = bisect_right(cells, line, key=lambda cell: cell[1]) - 1
    return (cells[at][0], line - cells[at][1] + 1) if at >= 0 else (0, line)


def _code_cells(notebook: Any) -> list[tuple[int, str]]:
    """Return each code cell's number and source; raises what Python raises where the form is another."""
    cells = notebook["cells"] if "cells" in notebook else [c for w in notebook["worksheets"] for c in w["cells"]]
    found = []
    for number, cell in enumerate(cells, 1):
        if cell["cell_type"] != "code":
            continue
        source = cell["source"] if "source" in cell else cell["input"]
        found.append((number, source if type(source) is str else "".join(source)))
    return found


def _language(notebook: Any) -> str:
    """Return the language that a notebook says it is in, or nothing."""
    about = notebook.get("metadata")
    if not isinstance(about, dict):
        return ""
    for part, name in (("language_info", "name"), ("kernelspec", "language")):
        inner = about.get(part)
        if isinstance(inner, dict) and isinstance(inner.get(name), str):
            return str(inner[name])
    return ""


def python_lines(source: str) -> list[str]:
    """Return a cell's lines with an empty one, or an indented `pass`, in place of each that is for Jupyter only.

    A line is for Jupyter if `%` or `!` stands where a statement begins: within brackets, in a string of several lines
    or behind a backslash they are Python's.
    """
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and (first[2:].split() or [""])[0] not in _PYTHON_CELLS:
        return [""] * len(lines)
    kept = []
    goes_on = False
    before = _BETWEEN_STATEMENTS
    for line in lines:
        bare = line.lstrip()
        if goes_on or (before == _BETWEEN_STATEMENTS and bare.startswith(("%", "!"))):
            indent = line[: len(line) - len(bare)]
            kept.append(f"{indent}pass" if indent and not goes_on else "")
            goes_on = line.rstrip().endswith("\\")
        else:
            kept.append(line)
            before = _read_line(line, before)
    return kept


def _read_line(line: str, before: _Unfinished) -> _Unfinished:
    """Return what is unfinished after a line of Python, in time linear in its length."""
    quote, depth, _ = before
    goes_on = False
    at = 0
    while found := _NEXT[quote].search(line, at):
        mark, at = found[0], found.end()
        if mark == "#" and not quote:
            break
        if mark.startswith("\\"):
            goes_on = at == len(line) and len(mark) == 1
        elif quote:
            quote = ""
        elif mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth = max(0, depth - 1)
        else:
            quote = mark
    # A string between single quotes ends with its line.
    return _Unfinished("" if quote in ("'", '"') and not goes_on else quote, depth, goes_on)


def in_cells(report: Report, cells: Sequence[tuple[int, int]]) -> Report:
    """Return the report on a notebook's text with cells and their lines in place of the text's lines."""

    def frames(told: Sequence[Frame]) -> tuple[Frame, ...]:
        places = [place(cells, frame.line) for frame in told]
        return tuple(replace(frame, line=line, cell=cell) for frame, (cell, line) in zip(told, places, strict=True))

    def words(found: re.Match[str]) -> str:
        cell, line = place(cells, int(found[1]))
        return f"on line {line} of cell {cell}" if cell else found[0]

    def finding(told: Finding) -> Finding:
        if told.key not in LOCATED:
            return told
        cell, line = place(cells, told.facts["line"])
        facts = {**told.facts, "line": line, "cell": cell}
        if "what" in facts:
            facts["what"] = _LINE_IN_WORDS.sub(words, facts["what"])
        return Finding(f"{told.key}_cell" if cell else told.key, facts)

    return replace(
        report,
        findings=tuple(map(finding, report.findings)),
        traceback=frames(report.traceback),
        cases=tuple(replace(case, traceback=frames(case.traceback)) for case in report.cases),
    )
