"""Compute a digest of compiled code that ignores comments, docstrings, layout and local names.

It is taken in the worker, which may need as long for a stranger's code as its limits allow, and before that code runs.
"""

from __future__ import annotations

import ast
import hashlib
import opcode
import warnings
from types import CodeType
from typing import Any

MOST_BYTES_RENAMED = 1 << 16
"""Bytes of code beyond which local names captured by inner functions are compared as they are written."""
MOST_TEXT_PARSED = 1 << 17
"""Characters of source beyond which docstrings count: to drop them takes four times as long as to compile."""
_FREE, _LOCAL = frozenset(opcode.hasfree), frozenset(opcode.haslocal)
_EXTENDED, _SILENT = (
    opcode.EXTENDED_ARG,
    {opcode.opmap.get(name) for name in ("MAKE_CELL", "COPY_FREE_VARS", "LOAD_CLOSURE")},
)
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Where statements, and what holds statements, stand in one of them."""


def fingerprint(source: str, code: CodeType) -> str:
    """Return the digest of Python source: 32 hexadecimal digits; "" where it is nested too deep.

    Local variables count by the order in which they come, everything else by name.

    Args:
        source: the text.
        code: what it compiles to.
    """
    try:
        # Where there is none, the code is the same, and to compile it again costs more than all the rest.
        if len(source) <= MOST_TEXT_PARSED and _may_hold_docstrings(code):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                code = compile(_without_docstrings(source), code.co_filename, "exec", dont_inherit=True)
        return hashlib.blake2b(repr(_plain(code, {})).encode(errors="backslashreplace"), digest_size=16).hexdigest()
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return ""


def _without_docstrings(source: str) -> ast.Module:
    """Return the syntax tree less its docstrings: optimized code is without them, and without assertions too."""
    tree = ast.parse(source)
    to_come: list[Any] = [tree]
    while to_come:
        block = to_come.pop()
        if isinstance(block, _DOCUMENTED) and block.body and ast.get_docstring(block, clean=False) is not None:
            nothing = ast.copy_location(ast.Pass(), block.body[0])
            block.body[:1] = [] if len(block.body) > 1 or isinstance(block, ast.Module) else [nothing]
        for part in _BLOCKS:
            to_come += getattr(block, part, ())
    return tree


def _may_hold_docstrings(code: CodeType) -> bool:
    """Return whether the first constant of this code, or of any within, is a string: a docstring always is."""
    inner = any(_may_hold_docstrings(one) for one in code.co_consts if isinstance(one, CodeType))
    return inner or isinstance(next(iter(code.co_consts), None), str)


def _plain(code: CodeType, outer: dict[str, str]) -> tuple[Any, ...]:
    """Return what counts of a code object; `outer` names the captured variables of enclosing functions."""
    cells = {name: outer.get(name, name) for name in code.co_freevars}
    own = [name for name in code.co_varnames if name in code.co_cellvars]
    cells |= {name: f"{len(outer)}:{place}" for place, name in enumerate([*own, *code.co_cellvars])}
    body: Any = code.co_code
    if len(cells) > 1 and len(code.co_code) <= MOST_BYTES_RENAMED:
        # Cells are numbered in the order of their names: put them in the order in which they are used.
        body = _without_names(code, cells)
    return (
        body,
        code.co_exceptiontable,
        code.co_argcount,
        code.co_posonlyargcount,
        code.co_kwonlyargcount,
        code.co_flags,
        code.co_names,
        len(cells),
        tuple(_constant(one, cells) for one in code.co_consts),
    )


def _without_names(code: CodeType, cells: dict[str, str]) -> tuple[Any, ...]:
    """Return the code with each captured variable numbered by first use, whether or not it is a local one too."""
    names = [*code.co_varnames, *(one for one in code.co_cellvars if one not in code.co_varnames), *code.co_freevars]
    order: dict[str, str] = {name: cells[name] for name in code.co_freevars}
    arguments = code.co_argcount + code.co_kwonlyargcount
    for place, name in enumerate(code.co_varnames[:arguments]):
        if name in code.co_cellvars:
            order[name] = f"argument {place}"
    found: list[tuple[int, Any]] = []  # less what only makes cells and hands them on, in the order of their names
    extended = 0
    for at in range(0, len(code.co_code), 2):
        operation, argument = code.co_code[at], code.co_code[at + 1] | extended
        extended = argument << 8 if operation == _EXTENDED else 0
        if operation in _SILENT:
            continue
        name = names[argument] if operation in _FREE | _LOCAL and argument < len(names) else ""
        if name in cells and operation in _FREE:
            found.append((operation, order.setdefault(name, f"{len(code.co_freevars)}:{len(order)}")))
        elif name not in cells:
            found.append((operation, argument))
    cells.update(order)
    return tuple(found)


def _constant(value: Any, cells: dict[str, str]) -> Any:
    """Return A constant, with its type: 1, 1.0 and True are three."""
    if isinstance(value, CodeType):
        return _plain(value, cells)
    if isinstance(value, tuple):
        return tuple(_constant(one, cells) for one in value)
    if isinstance(value, frozenset):
        return "set", sorted(repr(_constant(one, cells)) for one in value)
    return type(value).__name__, hex(value) if isinstance(value, int) else repr(value)
