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
from llmprep.messages.say import say
from llmprep.model import Language

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
        ('"Lee, Ann"\n"O""Hara"\n', ["Lee, Ann", 'O"Hara']),
        ('name\n"Lee, Ann"\n', ["Lee, Ann"]),
        ('name,id\n"Lee, Ann",1,,\n', ["Lee, Ann"]),
        ("ann,\nbob, ,\ncy\n", ["ann", "bob", "cy"]),
        (",ann\n,bob\n", ["ann", "bob"]),
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
        (b"Ann, B\nCy, D\n", "check.roster_columns", {"line": 1, "titles": ["Ann", "B"]}),
        (b"ann\n\nLee, Cy\n", "check.roster_columns", {"line": 3, "titles": ["Lee", "Cy"]}),
        (
            b"First name,Last name\nAnn,B\nAnn,C\n",
            "check.roster_columns",
            {"line": 1, "titles": ["First name", "Last name"]},
        ),
        (b"email;full name\na@b;Ann\n", "check.roster_columns", {"line": 1, "titles": ["email", "full name"]}),
        (b"email,\n,Ann\n", "check.roster_columns", {"line": 1, "titles": ["email"]}),
        (b"ann,1\nbob,2\n", "check.roster_columns", {"line": 1, "titles": ["ann", "1"]}),
        (b"name\nbob\nLee, Ann\n", "check.roster_columns", {"line": 3, "titles": ["Lee", "Ann"]}),
        (b"id,name\n1,Lee, Ann\n", "check.roster_columns", {"line": 2, "titles": ["1", "Lee", "Ann"]}),
        (
            b",".join(b"c%d" % at for at in range(50)),
            "check.roster_columns",
            {"titles": [*(f"c{at}" for at in range(8)), "…"]},
        ),
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


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_several_columns_are_told_with_the_remedy(lang: str) -> None:
    """Both languages name file, line, titles and the title to give."""
    with pytest.raises(UsageError) as error:
        parse_roster(b"email,full name\na@b,Ann\n", FILE)
    told = say(error.value.key, Language(lang), **error.value.facts)
    assert all(words in told for words in ("class.csv", "1", "email", "full name", "“name”"))


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
