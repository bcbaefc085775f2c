"""Laws of finding the files to grade and the people whose they are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from llmprep.checking import walk
from llmprep.checking.discovery import find_submissions
from llmprep.checking.walk import left_out
from llmprep.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("name", "is_folder", "marked", "why"),
    [
        ("x.py", False, False, ""),
        ("X.PY", False, False, ""),
        ("tests.py", False, False, ""),
        ("latest.py", False, False, ""),
        ("test.py", False, False, ""),
        ("test_x.py", False, False, "tests"),
        ("Test_X.PY", False, False, "tests"),
        ("x_test.py", False, False, "tests"),
        ("test_x.ipynb", False, False, "tests"),
        ("test_data.csv", False, False, ""),
        ("test_ann", True, False, ""),
        (".x.py", False, False, "hidden"),
        ("._x.py", False, False, "hidden"),
        (".git", True, False, "hidden"),
        ("venv", True, False, "environments"),
        (".venv", True, False, "environments"),
        ("site-packages", True, False, "environments"),
        ("node_modules", True, False, "environments"),
        ("env", True, True, "environments"),
        ("env", True, False, ""),
        ("ann", True, True, "environments"),
        ("__pycache__", True, False, "caches"),
        ("__MACOSX", True, False, "caches"),
        ("venv", False, False, ""),
    ],
)
def test_what_is_left_out(name: str, is_folder: bool, marked: bool, why: str) -> None:
    """By its name alone, but for environments of any name, which hold their mark."""
    assert left_out(name, is_folder=is_folder, holds_environment=marked) == why


def build(root: Path, *names: str) -> Path:
    """Files, folders (with a slash at the end) and links (with their ends behind an arrow)."""
    for name in names:
        path, _, target = name.partition(" -> ")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if target:
            (root / path).symlink_to(target)
        elif path.endswith("/"):
            (root / path).mkdir(parents=True, exist_ok=True)
        else:
            (root / path).write_text("", encoding="utf-8")
    return root


def told(root: Path, *paths: str | Path) -> list[tuple[str, str]]:
    """Each entry's person, and its file or what is the matter."""
    found = find_submissions([root / path for path in paths])
    return [
        (entry.person, entry.fault.key if entry.fault else os.path.relpath(entry.path, root)) for entry in found.entries
    ]


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Builds a folder and goes there."""
    monkeypatch.chdir(tmp_path)
    return lambda *names: build(tmp_path, *names)


CLASS = ("s/ann/x.py", "s/bob/src/x.py", "s/bob/y.PY", "s/cy/x.ipynb", "s/dora/notes.txt", "s/eve/")
ROWS = [
    ("ann", "s/ann/x.py"),
    ("bob", "s/bob/src/x.py"),
    ("bob", "s/bob/y.PY"),
    ("cy", "s/cy/x.ipynb"),
    ("dora", "check.nothing_to_grade"),
    ("eve", "check.nothing_there"),
]


@pytest.mark.parametrize(
    "paths",
    [
        ["s"],
        ["s/"],
        ["./s/."],
        ["s/ann/.."],
        ["s", "s/ann", "s/ann/x.py"],
        ["s/ann", "s/bob", "s/cy", "s/dora", "s/eve"],
        ["s/ann/", "s/bob/.", "s/../s/cy", "s/dora/../dora", "s/eve", "s/ann"],
        ["alias"],
        ["alias/ann", "s/bob", "alias/cy", "alias/dora", "s/eve", "s/ann/x.py"],
    ],
)
def test_a_class_is_the_same_however_it_is_spelled(there: Callable[..., Path], paths: list[str]) -> None:
    """A folder of folders, its folders, with dots, slashes and links on the way, some twice: the same rows."""
    root = there(*CLASS, "alias -> s")
    found = find_submissions([Path(path) for path in paths])
    names = [os.path.relpath(os.path.realpath(one.path), root) for one in found.entries]
    faults = [one.fault.key if one.fault else name for one, name in zip(found.entries, names, strict=True)]
    assert [(one.person, name) for one, name in zip(found.entries, faults, strict=True)] == ROWS


@pytest.mark.parametrize(
    ("names", "paths", "rows"),
    [
        # Files lying in the class's folder are people by their stems; a folder of that name is another.
        (("s/ann.py", "s/bob.PY"), ["s"], [("ann", "s/ann.py"), ("bob", "s/bob.PY")]),
        (("s/ann.py", "s/ann.ipynb"), ["s"], [("ann", "s/ann.ipynb"), ("ann", "s/ann.py")]),
        (("s/ann.py", "s/ann/x.py"), ["s"], [("ann", "s/ann/x.py"), ("ann.py", "s/ann.py")]),
        (("s/x.py/a.py", "s/x.py/deep/b.py"), ["s"], [("x.py", "s/x.py/a.py"), ("x.py", "s/x.py/deep/b.py")]),
        (("s/empty.py/",), ["s"], [("empty.py", "check.nothing_there")]),
        # Files named one by one.
        (("s/ann.py", "s/bob.py"), ["s/ann.py", "s/bob.py"], [("ann", "s/ann.py"), ("bob", "s/bob.py")]),
        (("s/ann/x.py", "s/bob/x.py"), ["s/ann/x.py", "s/bob/x.py"], [("ann", "s/ann/x.py"), ("bob", "s/bob/x.py")]),
        (
            ("a/s/x.py", "b/s/x.py"),
            ["a/s/x.py", "b/s/x.py"],
            [("a/s", "a/s/x.py"), ("b/s", "b/s/x.py")],
        ),
        (("s/ann.py",), ["s/ann.py", "s/gone.py"], [("ann", "s/ann.py"), ("gone", "s/gone.py")]),
        (("s/ann.py",), ["s/ann.py", "s/../s/ann.py"], [("ann", "s/ann.py")]),
        (("ann.py", "bob.txt"), ["ann.py", "bob.txt"], [("ann", "ann.py"), ("bob", "check.nothing_to_grade")]),
        # A glob's folders and files.
        (("s/ann/x.py", "s/bob/y.py", "s/cy.py"), ["s/ann", "s/bob", "s/cy.py"],
         [("ann", "s/ann/x.py"), ("bob", "s/bob/y.py"), ("cy", "s/cy.py")]),
        (("s/ann/x.py", "s/venv/lib/y.py", "s/bob/y.py"), ["s/ann", "s/venv", "s/bob"],
         [("ann", "s/ann/x.py"), ("bob", "s/bob/y.py")]),
        (("s/ann/x.py", "s/venv/lib/y.py"), ["s/ann", "s/venv"], [("ann", "s/ann/x.py")]),
        # One folder and files elsewhere: the folder is the class.
        (("s/ann/x.py", "late.py"), ["s", "late.py"], [("ann", "s/ann/x.py"), ("late", "late.py")]),
        # Two classes' folders of one name.
        (("w1/ann/x.py", "w2/ann/x.py"), ["w1/ann", "w2/ann"], [("w1/ann", "w1/ann/x.py"), ("w2/ann", "w2/ann/x.py")]),
        # A person whose only files are left out has a row, whether folders or files are named.
        (("s/ann/x.py", "s/bob/test_x.py"), ["s"], [("ann", "s/ann/x.py"), ("bob", "check.nothing_but")]),
        (("s/ann/x.py", "s/bob/x.py", "s/cy/test_x.py"), ["s/ann/x.py", "s/bob/x.py", "s/cy/test_x.py"],
         [("ann", "s/ann/x.py"), ("bob", "s/bob/x.py"), ("cy", "check.nothing_but")]),
        (("s/ann/venv/x.py",), ["s"], [("ann", "check.nothing_but")]),
        # So has who has nothing but a test among the files of a class, by the name less the test's mark.
        (("s/ann.py", "s/bob_test.py", "s/test_cy.PY"), ["s"],
         [("ann", "s/ann.py"), ("bob", "check.nothing_but"), ("cy", "check.nothing_but")]),
        (("s/ann.py", "s/bob_test.py", "s/test_cy.py"), ["s/ann.py", "s/bob_test.py", "s/test_cy.py"],
         [("ann", "s/ann.py"), ("bob", "check.nothing_but"), ("cy", "check.nothing_but")]),
        (("s/ann.py", "s/ann_test.py", "s/test_ann.py"), ["s"], [("ann", "s/ann.py")]),
        (("s/ann.ipynb", "s/test_ann.py"), ["s/test_ann.py", "s/ann.ipynb"], [("ann", "s/ann.ipynb")]),
        (("s/bob.py", "s/bob/x.py", "s/bob_test.py"), ["s"], [("bob", "s/bob/x.py"), ("bob.py", "s/bob.py")]),
        (("s/bob/x.py", "s/bob_test.py"), ["s"], [("bob", "s/bob/x.py"), ("bob.py", "check.nothing_but")]),
        (("s/ann.py", "s/test_.py", "s/_test.py"), ["s"],
         [("_test", "check.nothing_but"), ("ann", "s/ann.py"), ("test_", "check.nothing_but")]),
        (("s/ann_test.py",), ["s/ann_test.py"], [("ann", "s/ann_test.py")]),
        # Links: none leads into another's folder, none makes two people one.
        (("s/ann/x.py", "s/bob -> ann"), ["s"], [("ann", "s/ann/x.py"), ("bob", "check.link_leads_out")]),
        (("s/ann/x.py", "s/bob -> ann"), ["s/ann", "s/bob"], [("ann", "s/ann/x.py"), ("bob", "check.link_leads_out")]),
        (("s/ann/x.py", "s/bob -> gone"), ["s"], [("ann", "s/ann/x.py"), ("bob", "check.link_leads_out")]),
        (("s/ann/x.py", "s/bob/lib -> ../ann"), ["s"], [("ann", "s/ann/x.py"), ("bob", "check.link_leads_out")]),
        (("s/ann/v1/x.py", "s/ann/now -> v1"), ["s"], [("ann", "s/ann/v1/x.py")]),
        (("s/ann/loop -> .", "s/ann/x.py"), ["s"], [("ann", "s/ann/x.py")]),
    ],
)  # fmt: skip
def test_who_is_found(
    there: Callable[..., Path], names: tuple[str, ...], paths: list[str], rows: list[tuple[str, str]]
) -> None:
    """Whatever is named in whatever way, each person has a row, and nobody shares one."""
    assert told(there(*names), *paths) == rows


@pytest.mark.parametrize("forms", [("Jos\u00e9", "Jose\u0301"), ("Ann", "ann"), ("a\nb", "a\\nb"), (" ann", "ann")])
@pytest.mark.parametrize("flat", [False, True])
def test_names_that_look_alike_are_two_people(there: Callable[..., Path], forms: tuple[str, str], flat: bool) -> None:
    """Two folders, or two files, are two rows, whatever their names have in common."""
    root = there(*(f"s/{name}.py" if flat else f"s/{name}/x.py" for name in forms))
    if len(list((root / "s").iterdir())) < len(forms):
        pytest.skip("this file system takes these names for one")
    people = [person for person, _ in told(root, "s")]
    assert len(set(people)) == len(forms)


def test_what_is_left_out_is_counted(there: Callable[..., Path]) -> None:
    """Each environment, cache, test and hidden thing once, none of them looked into; other files by name."""
    root = there(
        "s/ann/x.py", "s/ann/test_x.py", "s/ann/x_test.py", "s/ann/venv/a/b.py", "s/ann/venv/c.py", "s/ann/.git/d.py",
        "s/bob/y.py", "s/bob/env/pyvenv.cfg", "s/bob/env/x.py", "s/bob/__pycache__/y.py", "s/node_modules/z.py",
        "s/README.md", "s/.DS_Store", "s/test_dan.py", "s/dan.py",
    )  # fmt: skip
    found = find_submissions([root / "s"])
    assert found.skipped == {"tests": 3, "environments": 3, "hidden": 2, "caches": 1}
    assert [path.name for path in found.others] == ["README.md"]
    assert [entry.person for entry in found.entries] == ["ann", "bob", "dan"]


def test_a_folder_that_cannot_be_read_is_its_persons(
    there: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its reason stands in the person's row, and the others are found; of the class's own folder it ends the search."""
    root = there("s/ann/x.py", "s/bob/y.py", "s/bob/deep/z.py", "s/cy/x.py")
    closed: list[Path] = [root / "s/bob/deep", root / "s/cy"]
    scandir = os.scandir

    def refusing(path: Path) -> object:
        if Path(path) in closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(walk.os, "scandir", refusing)
    assert told(root, "s") == [
        ("ann", "s/ann/x.py"),
        ("bob", "s/bob/y.py"),
        ("bob", "common.unreadable"),
        ("cy", "common.unreadable"),
    ]
    closed.append(root / "s")
    with pytest.raises(UsageError) as error:
        told(root, "s")
    assert error.value.key == "common.unreadable"


def test_the_only_path_must_be_there(tmp_path: Path) -> None:
    """Named alone, what is missing is a usage error, as a link to nothing is not: that has its reason."""
    with pytest.raises(UsageError) as error:
        find_submissions([tmp_path / "gone"])
    assert error.value.key == "common.no_such_file"


def test_what_cannot_be_looked_at_is_a_row(there: Callable[..., Path]) -> None:
    """Among several paths, and as the end of somebody's link; alone it is told as such."""
    long = "x" * 300
    root = there("s/ann.py", f"s/bob -> {long}", "s/cy.py")
    assert told(root, "s") == [("ann", "s/ann.py"), ("bob", "check.link_leads_out"), ("cy", "s/cy.py")]
    assert told(root, "s/ann.py", f"s/{long}.py") == [("ann", "s/ann.py"), (long, f"s/{long}.py")]
    assert told(root, "s/ann.py", f"{long}/dan.py") == [("ann", "s/ann.py"), ("dan", f"{long}/dan.py")]
    with pytest.raises(UsageError) as error:
        told(root, f"{long}.py")
    assert error.value.key == "common.unreadable"


def test_a_deep_folder_is_searched(tmp_path: Path) -> None:
    """As deep as the system lets folders be, without recursion."""
    folder = tmp_path / "s" / "ann"
    folder.mkdir(parents=True)
    at = os.open(folder, os.O_RDONLY)
    for _ in range(500):
        os.mkdir("d", dir_fd=at)
        below = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(os.open("x.py", os.O_CREAT | os.O_WRONLY, dir_fd=at))
    os.close(at)
    (entry,) = find_submissions([tmp_path / "s"]).entries
    assert entry.path.name == "x.py"
    assert entry.read().text == ""
