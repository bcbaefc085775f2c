"""Rules for code: it parses, and it defines the required names."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llmprep.bank.lint.node import Node


DEEPEST = 100
"""Levels of a syntax tree: five times what the bank's longest program has."""
LARGEST = 10_000
"""Bits of an integer that is written out: Python itself turns no more than 4,300 digits into text."""


def lint_code(field: Node) -> ast.Module | None:
    """Parse a field's text as a module; if invalid, record a problem at the file's own line and return None."""
    tree = _parse(field, "exec")
    return tree if isinstance(tree, ast.Module) else None


def lint_expression(field: Node) -> ast.expr | None:
    """Parse a field's text as an expression; if invalid, record a problem at the file's own line and return None."""
    tree = _parse(field, "eval")
    return tree.body if isinstance(tree, ast.Expression) else None


def _parse(field: Node, mode: str) -> ast.AST | None:
    if not field.text.strip():
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a doubtful escape is the linter's business
            tree: ast.AST = compile(field.text, "<bank>", mode, ast.PyCF_ONLY_AST, dont_inherit=True)
    except SyntaxError as error:
        field.refuse("bank.python_syntax", offset=(error.lineno or 1) - 1, reason=error.msg)
    except (RecursionError, MemoryError):  # the parser's own limits, which name no line
        field.refuse("bank.code_too_deep", offset=0, limit=DEEPEST)
    except ValueError as error:
        field.refuse("bank.python_syntax", offset=0, reason=str(error))
    else:
        return tree if _is_moderate(field, tree) else None
    return None


def _is_moderate(field: Node, tree: ast.AST) -> bool:
    """Return whether `ast` can unparse a tree, and this package walk it, without a RecursionError."""
    level: list[tuple[ast.AST, int]] = [(tree, 1)]
    for depth in range(DEEPEST + 1):
        if not level:
            return True
        if depth == DEEPEST:
            break
        below = []
        for node, line in level:
            if isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value.bit_length() > LARGEST:
                field.refuse("bank.integer_too_large", offset=node.lineno - 1, limit=LARGEST)
                return False
            here = getattr(node, "lineno", line)
            below += [(child, here) for child in ast.iter_child_nodes(node)]
        level = below
    field.refuse("bank.code_too_deep", offset=level[0][1] - 1, limit=DEEPEST)
    return False


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    """Return the functions that a module defines at its top level, by name."""
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def defines(tree: ast.Module, name: str) -> bool:
    """Return whether a module binds a name at its top level."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            if node.name == name:
                return True
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                return True
    return False
