"""Laws of a notebook's text and of where its lines come from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.checking import notebook as module
from llmprep.checking.notebook import in_cells, place, python_lines, read_notebook
from llmprep.checking.submission import LARGEST_SOURCE, UnreadableSubmissionError
from llmprep.verdict import CaseResult, Finding, Frame, Report, Verdict

if TYPE_CHECKING:
    import re


def code(source: str | list[str], kind: str = "code") -> dict[str, Any]:
    return {"cell_type": kind, "source": source}


def notebook(*cells: Any, **more: Any) -> bytes:
    return json.dumps({"cells": list(cells), "nbformat": 4, "metadata": {}, **more}).encode()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (notebook(code("x = 1")), "x = 1\n"),
        (
            notebook(code("# not code", "markdown"), code(["a = 1\n", "b = 2"]), code("c = 3")),
            "a = 1\nb = 2\n\nc = 3\n",
        ),
        (notebook(code("%pip install x\n!ls\nx = 1")), "\n\nx = 1\n"),
        (notebook(code("x = 1", "raw"), code(""))[:-1] + b', "x": 0}', None),
        (b"\xef\xbb\xbf" + notebook(code("x = 1\r\ny = 2")), "x = 1\ny = 2\n"),
        (
            json.dumps(
                {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1"]}]}]}
            ).encode(),
            "x = 1\n",
        ),
        (notebook(code("x = 1"), metadata={"kernelspec": {"language": "python"}}), "x = 1\n"),
        (notebook(code("x = 1"), metadata={"language_info": {"name": "ipython3"}}), "x = 1\n"),
    ],
)
def test_code_cells_are_joined(data: bytes, text: str | None) -> None:
    """In order, of either format; what is for Jupyter only is left out, and nothing at all is told as such."""
    if text is None:
        with pytest.raises(UnreadableSubmissionError):
            read_notebook(data)
    else:
        assert read_notebook(data).text == text


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("%%time\nx = 1", ["", "x = 1"]),
        ("\n%%timeit -n 1\nx = 1", ["", "", "x = 1"]),
        ("%%bash\nls\necho hi", ["", "", ""]),
        ("%%writefile x.py\ndef f(): ...", ["", ""]),
        ("%%", [""]),
        ("if x:\n    !ls\n    %time f()", ["if x:", "    pass", "    pass"]),
        ("!pip install \\\n  numpy \\\n  scipy\nx = 1", ["", "", "", "x = 1"]),
        ("x = 7 % 3\ny = a != b", ["x = 7 % 3", "y = a != b"]),
        ("", [""]),
    ],
)
def test_what_is_for_jupyter_keeps_its_place(cell: str, lines: list[str]) -> None:
    """No line moves, and no block is left empty."""
    assert python_lines(cell) == lines


@pytest.mark.parametrize(
    "cell",
    [
        "n = (\n    a\n    % b\n)",
        "x = [\n    a\n    %b,\n]\ny = {\n1: a\n% b}",
        "assert (\n    a\n    != b\n)",
        'text = """\n%s of\n!them\n"""',
        "text = f'''\n% \\'''\n!x\n'''",
        'r = r"""\\"""\n% b\n"""',
        "n = a \\\n  % b",
        "n = a \\\n\\\n  % b",
        "t = 'a\\\n% b'",
        'n = (  # one ) and """\n    a\n    % b\n)',
        "n = (')', \"]'\", '''}''',\n    a\n    % b\n)",
        "n = ('\\'', '\\\\',\n% b)",
    ],
)
def test_what_begins_no_statement_is_python(cell: str) -> None:
    """Inside brackets, in a string of several lines and behind a backslash, `%` and `!` are the candidate's own."""
    assert python_lines(cell) == cell.split("\n")


@pytest.mark.parametrize(
    "before",
    [
        "n = (\n    a\n    % b\n)",
        'text = """\n"""',
        "text = ''",
        'text = \'"""\' + "("',
        "n = 1  # (",
        "n = 1  # it's \\",
        "n = 'C:\\\\'",
        "n = a \\\n  % b",
        "n = 1)",
        "n = 'unfinished",
        "n = '\\'' + \"\\\\\"",
    ],
)
def test_the_next_statement_is_for_jupyter_again(before: str) -> None:
    """Once what was open is closed; a bracket or a quote in a comment or a string opens nothing."""
    assert python_lines(f"{before}\n%time\n!ls\nx = 1") == [*before.split("\n"), "", "", "x = 1"]


def test_what_is_left_open_ends_with_its_cell() -> None:
    """One cell's mistake does not make Python of another's magic."""
    assert read_notebook(notebook(code("n = ("), code("%time\nx = 1"))).text == "n = (\n\n\nx = 1\n"


@pytest.mark.parametrize("piece", ["(", "'", '"""', "\\", "\\\\", "'\\", "#", "x", '""'])
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_cell_is_read_once(piece: str, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a cell is made of, each search goes on where the one before it ended."""
    places: list[tuple[int, int]] = []

    class Counted:
        def __init__(self, pattern: re.Pattern[str]) -> None:
            self.pattern = pattern

        def search(self, line: str, at: int) -> re.Match[str] | None:
            found = self.pattern.search(line, at)
            places.append((at, found.end() if found else len(line)))
            return found

    monkeypatch.setattr(module, "_NEXT", {quote: Counted(one) for quote, one in module._NEXT.items()})
    source = (piece + end) * 2_000
    python_lines(source)
    assert sum(end - begin for begin, end in places) <= len(source)


@pytest.mark.parametrize(
    ("data", "key", "facts"),
    [
        (b"", "check.invalid_notebook", {}),
        (b"{", "check.invalid_notebook", {}),
        (b"[]", "check.invalid_notebook", {}),
        (b'"cells"', "check.invalid_notebook", {}),
        (b"\xff", "check.invalid_notebook", {}),
        (b'{"cells": 3}', "check.invalid_notebook", {}),
        (b'{"cells": [3]}', "check.invalid_notebook", {}),
        (b'{"cells": [{"cell_type": "code"}]}', "check.invalid_notebook", {}),
        (b'{"cells": [{"cell_type": "code", "source": [1]}]}', "check.invalid_notebook", {}),
        (b'{"cells": [{"cell_type": "code", "source": "\\ud800"}]}', "check.invalid_notebook", {}),
        (b"[" * 100_000, "check.invalid_notebook", {}),
        (notebook(), "check.invalid_notebook_empty", {}),
        (notebook(code(" \n")), "check.invalid_notebook_empty", {}),
        (
            notebook(code("x"), metadata={"language_info": {"name": "R"}}),
            "check.invalid_notebook_language",
            {"language": "R"},
        ),
        (notebook(code("x"), code("y\n\0")), "check.invalid_nul_cell", {"cell": 2, "line": 2}),
        (notebook(code("x" * (LARGEST_SOURCE + 1))), "check.invalid_too_large", {"limit": 1}),
    ],
)
def test_what_is_no_notebook_is_told(data: bytes, key: str, facts: dict[str, object]) -> None:
    """Broken, empty, of another language, too large: each by its name."""
    with pytest.raises(UnreadableSubmissionError) as error:
        read_notebook(data)
    assert (error.value.finding.key, error.value.finding.facts) == (key, facts)


LINES = st.text(st.sampled_from("ax%! \\"), max_size=6)


@given(st.lists(st.tuples(st.booleans(), st.lists(LINES, min_size=1, max_size=4)), min_size=1, max_size=5))
def test_every_line_knows_its_cell(cells: list[tuple[bool, list[str]]]) -> None:
    """A line of the text that is not left out stands, at the place that is told, in the notebook."""
    data = notebook(*(code("\n".join(lines), "code" if is_code else "markdown") for is_code, lines in cells))
    try:
        submission = read_notebook(data)
    except UnreadableSubmissionError:
        return
    for number, line in enumerate(submission.text.split("\n"), 1):
        cell, at = place(submission.cells, number)
        if line.strip() and line.strip() != "pass":
            assert cells[cell - 1][1][at - 1] == line


def test_a_report_names_cells() -> None:
    """Tracebacks and syntax errors, also what Python says of another line, are told by the cell and its line."""
    cells = ((1, 1), (3, 4), (4, 9))
    frames = (Frame(4, "f", "x"), Frame(10, "g", "y"))
    report = Report(
        "a/b", "", Verdict.RUNTIME_ERROR, (CaseResult(0, "edge", Verdict.RUNTIME_ERROR, traceback=frames),), 1,
        (
            Finding("check.invalid_syntax", {"line": 5, "column": 1, "text": "", "what": "block after 'if' on line 4"}),
            Finding("check.stop_cpu", {"limit": 4}),
        ),
        frames[:1],
    )  # fmt: skip
    told = in_cells(report, cells)
    assert told.traceback == (Frame(1, "f", "x", cell=3),)
    assert told.cases[0].traceback == (Frame(1, "f", "x", cell=3), Frame(2, "g", "y", cell=4))
    assert told.findings[0].key == "check.invalid_syntax_cell"
    assert (
        told.findings[0].facts.items() >= {"cell": 3, "line": 2, "what": "block after 'if' on line 1 of cell 3"}.items()
    )
    assert told.findings[1] == report.findings[1]
