"""Laws of whose a file is, from names alone."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.checking.people import NamedFile, Owner, labels, match, owners


def named(path: str) -> NamedFile:
    """A file's path as what tells its folders apart, which here are their paths."""
    folder, _, name = path.rpartition("/")
    return NamedFile(folder, folder.rpartition("/")[0], name.rpartition(".")[0])


@pytest.mark.parametrize(
    ("files", "people"),
    [
        (["s/ann.py"], [("s", "ann")]),
        (["s/ann.py", "s/bob.py"], [("s", "ann"), ("s", "bob")]),
        (["s/ann/a.py", "s/bob/b.py"], [("s/ann", "a"), ("s/bob", "b")]),
        (["s/ann/x.py", "s/bob/x.py"], [("s/ann", ""), ("s/bob", "")]),
        (["s/ann/X.py", "s/bob/x.py"], [("s/ann", ""), ("s/bob", "")]),
        (["s/ann/x.py", "s/ann/y.py", "s/bob/x.py"], [("s/ann", ""), ("s/ann", ""), ("s/bob", "")]),
        # Whoever is beside them goes by the folder too.
        (["s/ann/x.py", "s/bob/x.py", "s/cy/other.py"], [("s/ann", ""), ("s/bob", ""), ("s/cy", "")]),
        # Nobody is taken together who is not in one folder.
        (["w1/ann/x.py", "w2/ann/x.py", "w1/bob/x.py"], [("w1/ann", ""), ("w2/ann", ""), ("w1/bob", "")]),
        (["dan.py", "s/ann/x.py", "s/bob/x.py"], [("", "dan"), ("s/ann", ""), ("s/bob", "")]),
        # One stem in one folder is one person's: a script and a notebook.
        (["s/ann.py", "s/ann.ipynb"], [("s", "ann"), ("s", "ann")]),
        ([f"s/a/{normalize(form, 'é')}.py" for form in ("NFC", "NFD")], [("s/a", "é"), ("s/a", normalize("NFD", "é"))]),
    ],
)
def test_whose_named_files_are(files: list[str], people: list[tuple[str, str]]) -> None:
    """A file's stem where that is nobody else's, else its folder."""
    assert owners([named(file) for file in files]) == [Owner(*person) for person in people]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["s/ann/", "s/bob/"], ["ann", "bob"]),
        (["s/ann.py", "s/ann/"], ["ann.py", "ann"]),
        (["s/ann.py", "t/ann.py"], ["s/ann.py", "t/ann.py"]),
        (["w1/ann/", "w2/ann/", "w1/bob/"], ["w1/ann", "w2/ann", "bob"]),
        (["s/ann/src/", "s/bob/src/"], ["ann/src", "bob/src"]),
        (["a/s/x/", "b/s/x/"], ["a/s/x", "b/s/x"]),
        (["s/Ann/", "s/ann/"], ["Ann", "ann"]),
        (
            [f"s/{normalize('NFC', 'José')}/", f"s/{normalize('NFD', 'José')}/"],
            ["José", f"{normalize('NFD', 'José')} (2)"],
        ),
        (["s/a\nb/", "s/a\\nb/"], ["a\nb", "a\\nb (2)"]),
        (["s/v1.2/", "s/v1/"], ["v1.2", "v1"]),
    ],
)
def test_a_label_is_as_short_as_can_be(places: list[str], expected: list[str]) -> None:
    """A name alone, with its suffix, or with folders before it, until it is like no other; at last with a number."""
    given_places = [(tuple(place.strip("/").split("/")), not place.endswith("/")) for place in places]
    assert labels(given_places) == expected


NAMES = st.sampled_from(
    ["ann", "Ann", "bob", "é", normalize("NFD", "é"), "a b", "x.py", "\n", "\\n", "ann (2)", "\u202e"]
)


@given(st.lists(st.tuples(st.lists(NAMES, min_size=1, max_size=4).map(tuple), st.booleans()), max_size=8, unique=True))
def test_no_two_labels_look_alike(places: list[tuple[tuple[str, ...], bool]]) -> None:
    """Whatever the paths, nobody shares a row: nor with one whose name looks the same on a screen."""
    found = labels(places)
    seen = ["".join(one if one.isprintable() else ascii(one)[1:-1] for one in normalize("NFC", each)) for each in found]
    assert len(set(seen)) == len(places)


@pytest.mark.parametrize("turned", [False, True])
def test_the_one_spelled_as_it_looks_keeps_the_name(turned: bool) -> None:
    """Of two folders that look alike, the number stands behind the one in another form, whichever comes first."""
    composed, other = normalize("NFC", "José"), normalize("NFD", "José")
    names = [composed, other] if turned else [other, composed]
    found = labels([(("c", name), False) for name in names])
    assert dict(zip(names, found, strict=True)) == {composed: composed, other: f"{other} (2)"}
    assert match([composed], found) == ({names.index(composed): composed}, [])


@pytest.mark.parametrize(
    ("roster", "people", "found", "left"),
    [
        (["ann", "bob"], ["bob", "ann"], {1: "ann", 0: "bob"}, []),
        (["Ann"], ["ann"], {0: "Ann"}, []),
        ([normalize("NFD", "José")], [normalize("NFC", "José")], {0: normalize("NFD", "José")}, []),
        (["Ann Lee"], ["ann_lee"], {0: "Ann Lee"}, []),
        (["王小明"], ["王小明"], {0: "王小明"}, []),
        (["ann"], ["Ann", "ann"], {1: "ann"}, []),
        (["ANN"], ["Ann", "ann"], {}, ["ANN"]),
        (["Ann", "ann"], ["ANN"], {}, ["Ann", "ann"]),
        (["zoe"], ["ann"], {}, ["zoe"]),
    ],
)
def test_a_roster_is_matched(roster: list[str], people: list[str], found: dict[int, str], left: list[str]) -> None:
    """Exactly, then more and more loosely; what could be two people is neither."""
    assert match(roster, people) == (found, left)
