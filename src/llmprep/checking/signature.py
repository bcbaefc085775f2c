"""Read the parameters of an exercise's entry from its starter."""

from __future__ import annotations

import ast


def parameters(starter: str, entry: str) -> dict[str, tuple[str, ...]]:
    """Return the names of an entry's parameters under "", and those of a class's methods under their names."""
    found: dict[str, tuple[str, ...]] = {}
    node = _definition(starter, entry)
    if isinstance(node, ast.FunctionDef):
        found[""] = tuple(argument.arg for argument in node.args.args)
    elif node is not None:
        for method in node.body:
            if isinstance(method, ast.FunctionDef):
                names = tuple(argument.arg for argument in method.args.args[1:])
                found["" if method.name == "__init__" else method.name] = names
    return found


def signature(starter: str, entry: str) -> str:
    """Return the entry's signature as its starter writes it, on one line."""
    node = _definition(starter, entry)
    if node is None:
        return entry
    head, *following = starter.splitlines()[node.lineno - 1 :]
    for line in following:
        if head.rstrip().endswith(":"):
            break
        head += " " + line.strip()
    return head.rstrip().removesuffix(":").removeprefix("def ")


def _definition(starter: str, entry: str) -> ast.FunctionDef | ast.ClassDef | None:
    """Return the top-level definition of the entry."""
    for node in ast.parse(starter).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == entry:
            return node
    return None
