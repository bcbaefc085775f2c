"""The ledger of proofs."""

from __future__ import annotations

import pytest

from llmprep.proving.ledger import Basis, Line, judge_digest, line_of, parse, programs_digest, render, stale
from llmprep.proving.margins import Margin
from llmprep.proving.proof import Proof, mistake_of

BASIS = Basis("d", "p", "j", "3.11", "2.4.6")
PROOF = Proof("a/b", 9, 8, (), 1, 5, 3, 3, 4, 4, Margin("zeros", 1234.5), None, ())


def test_a_ledger_reads_as_it_was_written():
    """Writing and reading again gives the same lines, whatever order they came in."""
    lines = [Line("b/b", BASIS, {"mutants": 1}), line_of(PROOF, BASIS)]
    assert list(parse(render(lines)).values()) == sorted(lines)
    assert render(parse(render(lines)).values()) == render(reversed(lines))


def test_what_falls_short_has_no_line():
    """A proof with a problem is not recorded."""
    with pytest.raises(ValueError, match="falls short"):
        line_of(PROOF._replace(problems=("one",)), BASIS)


@pytest.mark.parametrize("field", Basis._fields)
def test_a_line_is_stale_when_anything_it_rests_on_changes(field):
    """Exercise, programs, judge, Python and numpy each make a proof stale; so does a missing line."""
    lines = {"a/b": line_of(PROOF, BASIS)}
    assert stale(lines, {"a/b": BASIS}) == []
    assert stale(lines, {"a/b": BASIS._replace(**{field: "other"})}) == ["a/b"]
    assert stale(lines, {"a/c": BASIS}) == ["a/c"]


@pytest.mark.parametrize("text", ["{}\n", "[]\n", "x\n", '{"item": "a/b"}\n'])
def test_a_malformed_ledger_is_told_by_its_line(text):
    """A merge that went wrong is told, not skipped."""
    with pytest.raises(ValueError, match="line 1 of the ledger"):
        parse(text)


def test_programs_count_by_name_and_source():
    """A renamed, added or changed program is another basis; the order is none."""
    digest = programs_digest({"x": "1", "y": "2"})
    assert digest == programs_digest({"y": "2", "x": "1"})
    others = [{"x": "1"}, {"x": "2", "y": "2"}, {"z": "1", "y": "2"}]
    assert len({digest, *map(programs_digest, others)}) == len(others) + 1


PROOF_CODE = """
from llmprep.compare import f
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import llmprep.ui
"""
COMMENTED = """
'What it is for.'
# why
def f():
    'Do it.'
    import llmprep.deep.er
    return 1
"""


def written(package, **files):
    for name, text in files.items():
        path = package / name.replace("__", "/")
        path = path.with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return judge_digest(package)


def test_the_judges_digest_is_of_code_that_runs(tmp_path):
    """Comments and docstrings change nothing; code does, in whatever module a proof's code imports as it runs."""
    package = tmp_path / "llmprep"
    first = written(
        package,
        proving__proof=PROOF_CODE,
        compare="def f():\n    import llmprep.deep.er\n    return 1\n",
        deep__er="x = 1\n",
        ui="x = 1\n",
    )
    assert written(package, compare=COMMENTED) == first
    assert written(package, ui="x = 2\n") == first
    changed = written(package, deep__er="x = 2\n")
    assert changed != first
    assert written(package, compare="def f():\n    import llmprep.deep.er\n    return 2\n") not in (first, changed)


@pytest.mark.parametrize(
    ("name", "source", "made"),
    [
        ("doubled--1", "x = 1\n", "doubled"),
        ("doubled--1", "# mistake: tripled\nx = 1\n", "tripled"),
        ("no-known-mistake--1", "# mistake: none\nx = 1\n", ""),
        ("doubled--1", "x = '# mistake: none'\n", "doubled"),
    ],
)
def test_a_kept_wrong_submission_says_what_it_makes(name, source, made):
    """A line of its own says which mistake it makes, or that it makes none; else its name does."""
    assert mistake_of(name, source) == made
