"""Make small wrong changes of a reference's syntax tree: what a suite must refuse to be worth its verdict.

Each mutant changes one thing: an operator, a constant, an axis, a comparison, a statement, an argument, a type. It is
known by a line that says so, such as `line 7: a + 1 → a - 1`, the line being the reference's own.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.proving.mutation_operators import changes

if TYPE_CHECKING:
    from collections.abc import Iterator


class Mutant(NamedTuple):
    """A reference with one thing changed."""

    description: str
    """As an item's `survivors` names it."""
    source: str


def mutants(reference: str) -> list[Mutant]:
    """Return all mutants of a reference, in the order of its lines, without duplicates and the reference itself."""
    tree = ast.parse(reference)
    seen, found = {ast.unparse(tree)}, list[Mutant]()
    named: dict[str, int] = {}
    for line, description, source in sorted(_all(tree), key=lambda change: change[0]):
        if source in seen or not _compiles(source):
            continue
        seen.add(source)
        told = f"line {line}: {description}"
        named[told] = times = named.get(told, 0) + 1
        found.append(Mutant(told if times == 1 else f"{told} ({times})", source))
    return found


def _compiles(source: str) -> bool:
    try:
        compile(source, "<mutant>", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _all(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Yield each change: its line, its description, and its source. The tree is restored afterwards."""
    for path, node in list(_nodes(tree, ())):
        parent = _at(tree, path[:-1])
        name, place = path[-1] if path else ("", -1)
        for change in changes(node, (parent, name, place)):
            told = change.told(change.before or " ".join(ast.unparse(node).split()))
            where = node.target if isinstance(node, ast.comprehension) else node
            kept = getattr(parent, name)
            setattr(parent, name, _changed(kept, place, change.node, name))
            source = ast.unparse(tree)
            setattr(parent, name, kept)
            yield getattr(where, "lineno", 1), told, source


def _changed(kept: Any, place: int, node: ast.AST | list[Any] | None, name: str) -> Any:
    """Return a parent's field after a change: a node, or a list with one replaced, dropped, or moved down."""
    if place < 0:
        return node
    if isinstance(node, list):
        return [*kept[:place], kept[place + 1], kept[place], *kept[place + 2 :]]
    if node is not None:
        return [*kept[:place], node, *kept[place + 1 :]]
    left = [*kept[:place], *kept[place + 1 :]]
    return left if left or name != "body" else [ast.Pass()]


Path = tuple[tuple[str, int], ...]


def _nodes(node: ast.AST, path: Path) -> Iterator[tuple[Path, ast.AST]]:
    """Yield every node that a change can be made to, with the way to it from the root."""
    yield path, node
    if isinstance(node, (ast.Raise, ast.Import, ast.ImportFrom)):
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        if isinstance(value, list):
            for place, child in enumerate(value):
                if isinstance(child, ast.AST) and not _is_docstring(child):
                    yield from _nodes(child, (*path, (name, place)))
        elif isinstance(value, ast.AST):
            yield from _nodes(value, (*path, (name, -1)))


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _at(tree: ast.AST, path: Path) -> ast.AST:
    node = tree
    for name, place in path:
        value = getattr(node, name)
        node = value if place < 0 else value[place]
    return node
