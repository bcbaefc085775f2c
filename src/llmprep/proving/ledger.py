"""Keep the ledger of proofs: one line per exercise, in the repository, so that only changes are proved again.

A line holds what its proof depended on (the exercise, the programs kept for it, the judge's code, Python, numpy) and
the proof's figures. An exercise that falls short has no line.
"""

from __future__ import annotations

import ast
import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from llmprep.proving.proof import Proof

ROOTS = ("proving", "sandbox/worker")
"""Folders of the package that proofs begin in; what their modules import at run time belongs to the judge too."""


class Basis(NamedTuple):
    """What a proof depends on."""

    digest: str
    """Of the exercise."""
    programs: str
    """Digest of the right and wrong submissions kept for it."""
    judge: str
    """Digest of the judge's code."""
    python: str
    """Major and minor version, such as `3.11`."""
    numpy: str


class Line(NamedTuple):
    """One exercise's proof."""

    item: str
    basis: Basis
    figures: dict[str, Any]


def line_of(proof: Proof, basis: Basis) -> Line:
    """Make the line of a proof without problems.

    Raises:
        ValueError: the exercise falls short.
    """
    if proof.problems:
        raise ValueError(f"{proof.exercise} falls short")
    figures: dict[str, Any] = {
        "mutants": proof.mutants,
        "killed": proof.killed,
        "listed": proof.listed,
        "impostors": proof.impostors,
        "mistakes": proof.mistakes,
        "wrong": proof.others,
        "wrong_named": proof.others_named,
        "wrong_nameless": proof.nameless,
    }
    for name, margin in (("least_margin", proof.least_margin), ("nearest_variant", proof.nearest_variant)):
        # Two digits: the rest may differ from one processor to the next.
        figures[name] = None if margin is None else [margin.name, f"{margin.times:.1e}"]
    return Line(proof.exercise, basis, figures)


def parse(text: str) -> dict[str, Line]:
    """Read a ledger.

    Raises:
        ValueError: a line is malformed.
    """
    lines = {}
    for number, row in enumerate(filter(None, text.split("\n")), 1):
        try:
            found = json.loads(row)
            basis = Basis(*(found.pop(name) for name in Basis._fields))
            item = found.pop("item")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError(f"line {number} of the ledger is malformed") from None
        lines[item] = Line(item, basis, found)
    return lines


def render(lines: Iterable[Line]) -> str:
    """Write a ledger, sorted by item."""
    rows = [{"item": line.item, **line.basis._asdict(), **line.figures} for line in sorted(lines)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def stale(lines: Mapping[str, Line], wanted: Mapping[str, Basis]) -> list[str]:
    """List the items whose line is missing or rests on something else than `wanted`, in order."""
    return sorted(item for item, basis in wanted.items() if item not in lines or lines[item].basis != basis)


def programs_digest(programs: Mapping[str, str]) -> str:
    """Digest programs by their names and sources."""
    return hashlib.sha256(json.dumps(sorted(programs.items())).encode()).hexdigest()[:16]


def judge_digest(package: Path) -> str:
    """Digest the code that grades and proves: `ROOTS` and all that they import, without comments and docstrings.

    Args:
        package: the folder of `llmprep`.
    """
    found: dict[str, str] = {}
    left = [path for root in ROOTS for path in sorted((package / root).rglob("*.py"))]
    while left:
        path = left.pop()
        name = path.relative_to(package).as_posix()
        if name in found:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        left += [file for module in _imports(tree) if (file := _file(package, module)) is not None]
        found[name] = ast.dump(_without_docstrings(tree))
    return hashlib.sha256(json.dumps(sorted(found.items())).encode()).hexdigest()[:16]


def _file(package: Path, module: str) -> Path | None:
    """Find the file of one of the package's modules; None if there is none of that name."""
    place = package.parent / module.replace(".", "/")
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.is_file():
            return path
    return None


def _imports(tree: ast.Module) -> Iterator[str]:
    """Yield the names of modules, and of what may be modules, that code imports as it runs."""
    unused = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in unused:
            continue
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("llmprep"))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("llmprep"):
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _without_docstrings(tree: ast.Module) -> ast.Module:
    """Drop every statement that is a bare string: docstrings of modules, classes, functions and attributes."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not _is_text(one)] or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
