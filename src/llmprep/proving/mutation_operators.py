"""Change a program's syntax tree, one node at a time: a function for each kind of node."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.proving.mutation_tables import COMPARISONS, SYMMETRIC, WRONG_DTYPES, WRONG_NAMES, WRONG_OPERATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_DESCRIPTION = 80
"""Characters of a change's text that are told on either side."""


class Change(NamedTuple):
    """What a node becomes: another node; nothing (None: dropped); or its neighbour ([]: swapped with the next)."""

    node: ast.AST | list[Any] | None
    before: str = ""
    after: str = ""

    def told(self, before: str) -> str:
        """Return the change in words that need no translation."""
        after = self.after
        if not after:
            after = ast.unparse(ast.fix_missing_locations(self.node)) if isinstance(self.node, ast.AST) else "dropped"
        return " → ".join(_short(before, " ".join(after.split())))


def _short(before: str, after: str) -> tuple[str, str]:
    """Return two texts, with a long common beginning cut."""
    same = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, same - LONGEST_DESCRIPTION // 3) if max(len(before), len(after)) > LONGEST_DESCRIPTION else 0
    cut = ["…" * bool(start) + text[start:] for text in (before, after)]
    short = [text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1]}…" for text in cut]
    return short[0], short[1]


Holder = tuple[ast.AST, str, int]


def changes(node: ast.AST, holder: Holder) -> Iterator[Change]:
    """Yield every change of this very node; `holder` is its parent, the field it is in, and its place there."""
    for kind, function in MUTATIONS.items():
        if isinstance(node, kind):
            yield from function(node, holder)
    if isinstance(node, ast.stmt):
        yield from _statement(node, holder)


def _with(node: Any, **fields: Any) -> Any:
    """Return A copy of a node with other fields."""
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _binary(node: ast.BinOp, _: Holder) -> Iterator[Change]:
    other = WRONG_OPERATORS.get(type(node.op))
    if other is not None:
        yield Change(_with(node, op=other()))
        yield Change(node.left)
        if isinstance(node.op, (ast.Add, ast.Mult)):
            yield Change(node.right)
    if isinstance(node.op, (ast.MatMult, ast.Sub, ast.Div)):
        yield Change(_with(node, left=node.right, right=node.left))


def _augmented(node: ast.AugAssign, _: Holder) -> Iterator[Change]:
    other = WRONG_OPERATORS.get(type(node.op))
    if other is not None:
        yield Change(_with(node, op=other()))
    yield Change(ast.Assign(targets=[node.target], value=node.value))


def _unary(node: ast.UnaryOp, holder: Holder) -> Iterator[Change]:
    if not _in_axis(holder):
        yield Change(node.operand)


def _compare(node: ast.Compare, _: Holder) -> Iterator[Change]:
    for place, operator in enumerate(node.ops):
        for other in COMPARISONS.get(type(operator), ()):
            yield Change(_with(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]]))


def _boolean(node: ast.BoolOp, _: Holder) -> Iterator[Change]:
    yield Change(_with(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or()))
    for place in range(len(node.values)):
        rest = [*node.values[:place], *node.values[place + 1 :]]
        made = rest[0] if len(rest) == 1 else _with(node, values=rest)
        yield Change(made, ast.unparse(node.values[place]), "dropped")


def _constant(node: ast.Constant, holder: Holder) -> Iterator[Change]:
    value = node.value
    if _in_axis(holder):
        return
    if isinstance(value, bool):
        yield Change(ast.Constant(value=not value))
    elif isinstance(value, int):
        yield Change(ast.Constant(value=value + 1))
        yield Change(ast.Constant(value=value - 1))
    elif isinstance(value, float):
        # An epsilon must matter by orders of magnitude, any other number by less.
        yield Change(ast.Constant(value=1.0 if value == 0 else value * (100.0 if value < 1e-3 else 1.5)))  # noqa: PLR2004
        if value:
            yield Change(ast.Constant(value=0.0))
    elif isinstance(value, str) and value in WRONG_NAMES and WRONG_NAMES[value] in WRONG_DTYPES:
        yield Change(ast.Constant(value=WRONG_NAMES[value]))


def _in_axis(holder: Holder) -> bool:
    return isinstance(holder[0], ast.keyword) and holder[0].arg == "axis"


def _keyword(node: ast.keyword, holder: Holder) -> Iterator[Change]:
    """Yield a call without a keyword argument, or with another axis."""
    if node.arg is None or not isinstance(holder[0], ast.Call):
        return
    yield Change(None)
    if node.arg == "axis":
        try:
            axis = ast.literal_eval(node.value)
        except ValueError:
            return
        if isinstance(axis, int):
            wrong = 0 if axis else 1
            yield Change(_with(node, value=ast.Constant(value=wrong)))
        elif isinstance(axis, tuple):
            for place in range(len(axis)):
                rest: list[ast.expr] = [ast.Constant(value=one) for one in (*axis[:place], *axis[place + 1 :])]
                yield Change(_with(node, value=ast.Tuple(elts=rest, ctx=ast.Load())))


def _call(node: ast.Call, holder: Holder) -> Iterator[Change]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    plain = [one for one in node.args if not isinstance(one, ast.Starred)]
    is_statement = isinstance(holder[0], ast.Expr)
    if len(plain) == len(node.args) and name not in SYMMETRIC:
        # np.clip(x, low, high) is min(max(x, low), high): only its bounds can be told apart.
        for place in range(name == "clip", len(plain) - 1):
            swapped = list(plain)
            swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
            yield Change(_with(node, args=swapped))
    if not is_statement:
        if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
            yield Change(node.func.value)
        elif plain and name != "float":  # a numpy number is as good as Python's
            yield Change(plain[0])
            if name in SYMMETRIC and len(plain) == 2:  # noqa: PLR2004
                yield Change(plain[1])
    if name == "range" and len(plain) == 1:
        one = ast.Constant(value=1)
        yield Change(_with(node, args=[ast.BinOp(left=plain[0], op=ast.Sub(), right=one)]))
        yield Change(_with(node, args=[one, plain[0]]))
    elif name == "range":
        yield Change(_with(node, args=[plain[0], ast.BinOp(plain[1], ast.Sub(), ast.Constant(value=1)), *plain[2:]]))


def _is_module(node: ast.expr) -> bool:
    """Return whether this is `np`, `np.linalg` and the like, which has functions and no value of its own."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in (
        "np",
        "numpy",
        "math",
        "itertools",
        "functools",
        "collections",
        "re",
    )


def _attribute(node: ast.Attribute, _: Holder) -> Iterator[Change]:
    if node.attr in WRONG_NAMES:
        yield Change(_with(node, attr=WRONG_NAMES[node.attr]))
    elif node.attr == "T":
        yield Change(node.value)


def _name(node: ast.Name, holder: Holder) -> Iterator[Change]:
    called = isinstance(holder[0], ast.Call) and holder[1] == "func"
    if called and node.id in ("max", "min", "any", "all"):
        yield Change(_with(node, id=WRONG_NAMES[node.id]))


def _slice(node: ast.Slice, _: Holder) -> Iterator[Change]:
    """Yield bounds that are one off; constants among them change by themselves."""
    one = ast.Constant(value=1)
    if node.lower is None and node.step is None and node.upper is not None:
        yield Change(_with(node, lower=one))
    elif node.lower is not None and not isinstance(node.lower, ast.Constant):
        yield Change(_with(node, lower=ast.BinOp(left=node.lower, op=ast.Add(), right=one)))
    if node.upper is None and node.step is None and node.lower is not None:
        yield Change(_with(node, upper=ast.UnaryOp(op=ast.USub(), operand=one)))
    elif node.upper is not None and not isinstance(node.upper, ast.Constant):
        yield Change(_with(node, upper=ast.BinOp(left=node.upper, op=ast.Sub(), right=one)))
    if node.step is not None:
        yield Change(_with(node, step=None))


def _choice(node: ast.IfExp, _: Holder) -> Iterator[Change]:
    yield Change(node.body)
    yield Change(node.orelse)


def _comprehension(node: ast.comprehension, _: Holder) -> Iterator[Change]:
    for place, condition in enumerate(node.ifs):
        yield Change(_with(node, ifs=[*node.ifs[:place], *node.ifs[place + 1 :]]), ast.unparse(condition), "dropped")


def _statement(node: ast.stmt, holder: Holder) -> Iterator[Change]:
    parent, name, place = holder
    if isinstance(node, (ast.If, ast.While)):
        negated = ast.UnaryOp(op=ast.Not(), operand=node.test)
        yield Change(_with(node, test=negated), ast.unparse(node.test), ast.unparse(negated))
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Return, ast.Pass)):
        return
    block = getattr(parent, name, None)
    if not isinstance(block, list) or not name.endswith(("body", "orelse")):
        return
    if isinstance(node, ast.If) and not node.orelse:
        yield Change(None, f"if {ast.unparse(node.test)}", "dropped")
    elif isinstance(
        node, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.For, ast.Break, ast.Continue, ast.Raise)
    ):
        yield Change(None, "" if not isinstance(node, ast.For) else f"for {ast.unparse(node.target)}", "dropped")
    if place + 1 < len(block) and _depend(node, block[place + 1]):
        yield Change([], after="swapped with the next line")


def _depend(one: ast.stmt, other: ast.stmt) -> bool:
    """Return whether exchanging two simple statements matters: one sets what the other uses."""
    simple = (ast.Assign, ast.AugAssign, ast.Expr)
    if not isinstance(one, simple) or not isinstance(other, simple):
        return False
    (sets, uses), (other_sets, other_uses) = _names(one), _names(other)
    return bool(sets & (other_uses | other_sets) or other_sets & uses)


def _names(node: ast.AST) -> tuple[set[str], set[str]]:
    """Return the names that a statement sets, and those that it uses."""
    sets: set[str] = set()
    uses: set[str] = set()
    loops = [child.target for child in ast.walk(node) if isinstance(child, ast.comprehension)]
    inner = {child.id for target in loops for child in ast.walk(target) if isinstance(child, ast.Name)}
    for child in ast.walk(node):
        if isinstance(child, ast.Name) and child.id in inner:
            continue
        if isinstance(child, ast.Name):
            (uses if isinstance(child.ctx, ast.Load) else sets).add(child.id)
        elif isinstance(child, (ast.Attribute, ast.Subscript)) and isinstance(child.ctx, ast.Store):
            base = child.value
            while isinstance(base, (ast.Attribute, ast.Subscript)):
                base = base.value
            if isinstance(base, ast.Name):
                sets.add(f"{base.id}.{child.attr}" if isinstance(child, ast.Attribute) else base.id)
        elif isinstance(child, ast.Attribute) and isinstance(child.value, ast.Name):
            uses.add(f"{child.value.id}.{child.attr}")
    if isinstance(node, ast.AugAssign):
        uses |= sets
    return sets, uses


MUTATIONS: dict[type[ast.AST], Callable[[Any, Holder], Iterator[Change]]] = {
    ast.BinOp: _binary,
    ast.AugAssign: _augmented,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.Constant: _constant,
    ast.keyword: _keyword,
    ast.Call: _call,
    ast.Attribute: _attribute,
    ast.Name: _name,
    ast.Slice: _slice,
    ast.IfExp: _choice,
    ast.comprehension: _comprehension,
}
"""Kinds of node and what can go wrong with each."""
