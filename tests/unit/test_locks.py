"""`scripts/locks` pins all that pyproject.toml asks for, by hash, and names no place to take it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "scripts" / "locks"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUNTIME, BUILD = PROJECT["project"]["dependencies"], [*PROJECT["build-system"]["requires"], "editables"]
HASHED = ["run", "build", "dev", "mutation"]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
REMEDY = "run scripts/lock"


def entries(name: str) -> list[tuple[Requirement, list[str]]]:
    """A lock's requirements, each with its hashes."""
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    lines = re.sub(r"\s*#.*", "", text).replace("\\\n", " ").splitlines()
    return [(Requirement(words[0]), words[1:]) for line in lines if (words := re.split(r"\s+--hash=", line.strip()))[0]]


def pinned(name: str, python: str) -> dict[str, str]:
    """What a lock installs on this system under a version of Python: versions by names."""
    environment = {**default_environment(), "python_version": python, "python_full_version": f"{python}.1"}
    found: dict[str, str] = {}
    for requirement, _ in entries(name):
        if not requirement.marker or requirement.marker.evaluate(environment):
            assert requirement.name not in found
            (specifier,) = requirement.specifier
            assert specifier.operator == "=="
            found[requirement.name] = specifier.version
    return found


def missed(asked: list[str], versions: dict[str, str]) -> Iterator[str]:
    """The requirements that those versions do not meet."""
    for text in asked:
        requirement = Requirement(text)
        version = versions.get(canonicalize_name(requirement.name))
        if version is None or version not in requirement.specifier:
            yield text


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(("name", "asked"), [
    ("run", RUNTIME),
    ("build", BUILD),
    ("dev", [*RUNTIME, *EXTRAS["dev"], *BUILD]),
    ("mutation", [*RUNTIME, *EXTRAS["dev"], *EXTRAS["mutation"], *BUILD]),
])  # fmt: skip
def test_all_that_is_asked_for_is_pinned(name: str, asked: list[str], python: str) -> None:
    """On every Python that may come, what pyproject.toml asks for has one version, which its range allows."""
    assert list(missed(asked, pinned(name, python))) == [], REMEDY


def test_the_frameworks_are_pinned() -> None:
    """They are, for the Python that their environment is made with first of all."""
    assert list(missed([*RUNTIME, *EXTRAS["frameworks"]], pinned("frameworks", "3.11"))) == [], REMEDY


@pytest.mark.parametrize("name", HASHED)
def test_every_file_is_known_by_its_hash(name: str) -> None:
    """Every requirement has hashes, and those that are compiled have them for more than one platform."""
    found = {requirement.name: hashes for requirement, hashes in entries(name)}
    assert [one for one, hashes in found.items() if not hashes] == [], REMEDY
    assert all(re.fullmatch("sha256:[0-9a-f]{64}", one) for hashes in found.values() for one in hashes)
    for compiled in {"numpy", "pydantic-core", "pyyaml", "ruff", "mypy"} & set(found):
        assert len(found[compiled]) > 10


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", ["run", "build"])
def test_no_package_is_pinned_twice_over(name: str, python: str) -> None:
    """The tests run on what llmprep itself is run and installed with."""
    assert pinned(name, python).items() <= pinned("dev", python).items(), REMEDY


def test_the_frameworks_go_with_the_tests() -> None:
    """They are installed beside the tests' tools, and change no version of them."""
    tests, frameworks = pinned("dev", "3.11"), pinned("frameworks", "3.11")
    assert {name for name in tests.keys() & frameworks.keys() if tests[name] != frameworks[name]} == set(), REMEDY


@pytest.mark.parametrize("path", sorted(LOCKS.glob("*.txt")), ids=lambda path: path.stem)
def test_no_lock_names_a_place(path: Path) -> None:
    """Neither where packages come from nor where the lock was made: anyone's index and folder will do."""
    assert (
        re.findall(
            r"://|--(?:index|extra-index|find-links|trusted)\S*|file:|\s@\s|(?<!\w)/\w+", path.read_text("utf-8")
        )
        == []
    )
