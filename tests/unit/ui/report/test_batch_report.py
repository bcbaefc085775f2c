"""Laws of the lines and the table that a batch is told in."""

from __future__ import annotations

import io
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from llmprep.checking.batch import Entry, Graded
from llmprep.model import Language
from llmprep.ui.report.batch import Outcome, print_line, print_table
from llmprep.verdict import CaseResult, Finding, Report, Verdict

SLUGS = [f"{first}-{second}" for first in ("two", "sparse", "dynamic") for second in ("prune", "of-a-tensor", "loss")]


def outcome(person: str, exercise: str) -> Outcome:
    case = CaseResult(0, "general", Verdict.ACCEPTED)
    report = Report(exercise, "", Verdict.ACCEPTED, (case,), 1)
    if not exercise:
        report = Report("", "", Verdict.INVALID_SUBMISSION, (), 0, (Finding("check.invalid_not_text"),))
    return Outcome(Graded(Entry(Path(f"{person}.py"), person), None, report), Language.EN)


def screen() -> Console:
    return Console(file=io.StringIO(), width=80)


def test_the_unknown_exercise_comes_last() -> None:
    """Its column stands behind those that have a name, which keep the order in which they came."""
    console = screen()
    print_table(console, [outcome("ann", ""), outcome("ben", "t/two"), outcome("cy", "t/one")], Language.EN)
    assert console.file.getvalue().splitlines()[1].split() == ["person", "two", "one", "?"]  # type: ignore[attr-defined]


def test_an_unknown_exercise_leaves_no_gap() -> None:
    """A line names it or does without."""
    for exercise, told in (("", "ann.py  0 %"), ("t/one", "ann.py  t/one  100 %")):
        console = screen()
        print_line(console, outcome("ann", exercise), Language.EN)
        assert console.file.getvalue().splitlines()[0].endswith(f"  {told}")  # type: ignore[attr-defined]


def test_headings_are_broken_at_hyphens() -> None:
    """Where a table is too wide, a heading goes on below at a hyphen, and no word of it is cut in two."""
    console = Console(file=io.StringIO(), width=60)
    slugs = ["minhash-dedup", "inverted-dropout", "two-four-sparsity", "sparse-autoencoder-loss"]
    print_table(console, [outcome("ann", f"t/{slug}") for slug in slugs], Language.EN)
    table = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    heading = " ".join(table[1 : next(place for place, line in enumerate(table) if line.startswith("ann"))])
    words = {part + "-" * (place < slug.count("-")) for slug in slugs for place, part in enumerate(slug.split("-"))}
    pieces = heading.replace("person", "").replace("-", "- ").split()
    assert set(pieces) == words
    assert max(map(len, table)) <= 60


@given(
    st.lists(st.sampled_from(SLUGS), min_size=1, max_size=30),
    st.lists(st.sampled_from(["ann", "0123_magnitude-prune_reference", "王小明"]), min_size=1, max_size=4),
    st.integers(40, 200),
)
@example(["two-prune", "two-loss", "dynamic-prune", "two-of-a-tensor"], ["ann"], 40)
def test_a_table_goes_on_below(slugs: list[str], people: list[str], width: int) -> None:
    """However many exercises there are, no line is too long, and no name, score or heading's word is cut in two."""
    console = Console(file=io.StringIO(), width=width)
    outcomes = [outcome(person, f"t/{slug}") for person in people for slug in slugs]
    print_table(console, outcomes, Language.EN)
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert all(cell_len(line) <= width for line in lines)
    ticks = sum(line.count("✓") for line in lines)
    assert ticks == len(set(slugs)) * len(set(people))
    fitting = [person for person in set(people) if cell_len(person) <= width // 2]
    assert all(any(line.startswith(f"{person} ") for line in lines) for person in fitting)
    whole = "".join(lines)
    assert all(part in whole for slug in slugs for part in slug.split("-"))
