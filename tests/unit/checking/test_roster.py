"""Laws of a class list."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.checking.discovery import FoundFiles
from llmprep.checking.roster import parse_roster, with_roster
from llmprep.checking.submission_file import SubmissionFile
from llmprep.errors import UsageError

FILE = Path("class.csv")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ann\nbob\n", ["ann", "bob"]),
        ("ann", ["ann"]),
        ("\n  ann  \r\n\r\nbob\r\n", ["ann", "bob"]),
        ("ann\rbob\r", ["ann", "bob"]),
        ("name\nann\n", ["ann"]),
        ("id,Name,mark\n1,ann,\n2,bob,\n", ["ann", "bob"]),
        ("学号;姓名\n1;王小明\n", ["王小明"]),
        ("student\tid\nann\t1\n", ["ann"]),
        ("ann,1\nbob,2\n", ["ann", "bob"]),
        ('"Lee, Ann",1\n"O""Hara",2\n', ["Lee, Ann", 'O"Hara']),
        ("name,id\nann,1\n,2\nbob\n", ["ann", "bob"]),
        ("id,name\n1\n2,bob\n", ["bob"]),
        ("=cmd()\n-x\n", ["=cmd()", "-x"]),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_roster_is_read(text: str, names: list[str], mark: str) -> None:
    """A name a line, or CSV with or without a title over the names; a byte order mark is none of them."""
    assert parse_roster((mark + text).encode(), FILE) == tuple(names)


@pytest.mark.parametrize(
    ("data", "key", "facts"),
    [
        (b"", "check.roster_empty", {}),
        (b"name,id\n", "check.roster_empty", {}),
        (b"\n , \n", "check.roster_empty", {}),
        ("ann\n王".encode("gbk"), "check.roster_not_text", {"line": 2}),
        ("ann".encode("utf-16"), "check.roster_not_text", {"line": 1}),
        (b"PK\x03\x04\0\0", "check.roster_no_list", {}),
        (b"ann\nbob\nann\n", "check.roster_twice", {"line": 3, "earlier": 1, "name": "ann"}),
        ("é\ne\u0301\n".encode(), "check.roster_twice", {"line": 2, "earlier": 1}),
        (b'"' + b"x" * 200_000, "check.roster_no_list", {}),
        (b"x\n" * (1 << 20), "check.roster_no_list", {}),
    ],
)
def test_what_is_no_roster_is_told(data: bytes, key: str, facts: dict[str, object]) -> None:
    """Which line, and what to do."""
    with pytest.raises(UsageError) as error:
        parse_roster(data, FILE)
    assert error.value.key == key
    assert error.value.facts.items() >= {"path": FILE, **facts}.items()


@given(st.binary(max_size=60))
def test_any_bytes_are_names_or_told(data: bytes) -> None:
    """Nothing else comes of any bytes, and no name is there twice."""
    try:
        names = parse_roster(data, FILE)
    except UsageError:
        return
    assert names
    assert len(set(names)) == len(names)


def test_everybody_on_the_roster_has_an_entry() -> None:
    """In its order, absent or not; then those who are not on it. A loose file of another kind is its author's."""
    entries = tuple(
        SubmissionFile(Path(f"s/{name}/{file}.py"), name)
        for name, file in [("bob", "x"), ("bob", "y"), ("guest", "x"), ("Ann", "x")]
    )
    others = (Path("s/eve.txt"), Path("s/README.md"))
    found, unlisted = with_roster(FoundFiles(entries, Counter(), others), ["ann", "zoe", "eve", "bob"])
    told = [(entry.person, entry.fault.key if entry.fault else entry.path.name) for entry in found.entries]
    assert told == [
        ("Ann", "x.py"),
        ("zoe", "check.absent"),
        ("eve", "check.nothing_to_grade"),
        ("bob", "x.py"),
        ("bob", "y.py"),
        ("guest", "x.py"),
    ]
    assert unlisted == {"guest"}
    assert found.others == (Path("s/README.md"),)
