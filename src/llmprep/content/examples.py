"""An exercise's literal cases as a reader would write them: calls of the entry, and what these give as comments.

The bank's spelling (`args(...)`, `script(...)`) is rewritten at the places that `ast` finds in the text, so that
numbers and strings stay as their author wrote them. Nothing is ever evaluated.
"""

from __future__ import annotations

import ast
import io
import keyword
import re
import tokenize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llmprep.model import CaseSource, Exercise

WIDTH = 88
"""The columns to which long calls are broken."""


def examples(exercise: Exercise, width: int = WIDTH) -> tuple[str, ...]:
    """Write the exercise's literal `example` cases, each as Python."""
    literal = (case for case in exercise.cases if case.group == "example" and case.inputs)
    return tuple(example(case, exercise.entry, width) for case in literal)


def example(case: CaseSource, entry: str, width: int = WIDTH) -> str:
    """Write one literal case as Python: each call, and under or beside it what it gives.

    An expression that is neither `args(...)` nor `script(...)` is shown as it is written.
    """
    try:
        text = one_line(case.inputs)
        tree = _parsed(text)
        if _calls(tree, "script"):
            return _script(text, tree, case, entry, width)
        shown = _broken(_renamed(text, tree, entry), width)
    except (SyntaxError, ValueError, tokenize.TokenError):
        shown = case.inputs.strip()
    return "\n".join(filter(None, [shown, _outcome(case, width)]))


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _calls(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _script(text: str, tree: ast.expr, case: CaseSource, entry: str, width: int) -> str:
    """Write a class as it is driven: constructed, then a line for each call."""
    first, *steps = tree.args if isinstance(tree, ast.Call) else []
    name = _instance(entry)
    shown = [_broken(f"{name} = {_renamed(_piece(text, first), first, entry)}", width)]
    expected = one_line(case.expect)
    results = _parsed(expected) if expected else None
    outcomes: list[ast.expr] = list(results.elts) if isinstance(results, (ast.List, ast.Tuple)) else []
    matched = len(outcomes) == len(steps)
    for index, step in enumerate(steps):
        if not (isinstance(step, ast.Call) and step.args):
            raise ValueError
        target = f"{name}.{_string(step.args[0])}"
        if not _calls(step, "get"):
            given = [*step.args[1:], *step.keywords]
            target += f"({', '.join(_renamed(_piece(text, part), part, entry) for part in given)})"
        call = _broken(target, width)
        result = _result(_piece(expected, outcomes[index]), width) if matched else ""
        beside = f"{call}  {result}"
        fits = "\n" not in beside and len(beside) <= width
        shown.append(call if not result else beside if fits else f"{call}\n{result}")
    if not matched:
        shown.append(_outcome(case, width))
    return "\n".join(filter(None, shown))


def _string(node: ast.expr) -> str:
    """Return what a string literal holds."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise ValueError


def _name(node: ast.expr) -> str:
    """Return the name that a string literal holds."""
    if (text := _string(node)).isidentifier():
        return text
    raise ValueError


def _instance(entry: str) -> str:
    """Return a variable's name for an instance of a class: the last word of the class's name."""
    words = re.findall(r"[A-Z][a-z0-9]+", entry)
    name = (words[-1] if words else entry).lower()
    return "instance" if name == entry or keyword.iskeyword(name) else name


def _outcome(case: CaseSource, width: int) -> str:
    """Return what a case gives, as a comment."""
    return f"# raises {case.raises}" if case.raises else _result(case.expect, width)


def _result(expected: str, width: int) -> str:
    """Return an expected output as a comment; none for a call that gives nothing."""
    if expected in {"", "None"}:
        return ""
    try:
        text = one_line(expected)
        tree = _parsed(text)
        if _calls(tree, "raises") and isinstance(tree, ast.Call) and tree.args:
            return f"# raises {_name(tree.args[0])}"
        shown = _broken(text, width - 4)
    except (SyntaxError, ValueError, tokenize.TokenError):
        shown = expected.strip()
    return "# → " + shown.replace("\n", "\n#   ")


def _span(node: ast.AST) -> tuple[int, int]:
    """Return where a node of a one-line expression begins and ends, in bytes."""
    begin, end = getattr(node, "col_offset", None), getattr(node, "end_col_offset", None)
    if begin is None or end is None:
        raise ValueError
    return begin, end


def _piece(text: str, node: ast.AST) -> str:
    """Return a node's own text."""
    begin, end = _span(node)
    return text.encode()[begin:end].decode()


def _renamed(text: str, node: ast.AST, entry: str) -> str:
    """Return a node's text, its calls named as a reader knows them."""
    edits: list[tuple[int, int, str]] = []
    offset = _span(node)[0]
    for part in ast.walk(node):
        if _calls(part, "args"):  # type: ignore[arg-type]
            edits.append((*_span(part.func), entry))  # type: ignore[attr-defined]
        elif _calls(part, "generator"):  # type: ignore[arg-type]
            edits.append((*_span(part.func), "np.random.default_rng"))  # type: ignore[attr-defined]
        elif _calls(part, "bind") and part.args:  # type: ignore[arg-type,attr-defined]
            edits += _bound(part)  # type: ignore[arg-type]
    raw = text.encode()
    for begin, end, name in sorted(edits, reverse=True):
        raw = raw[: begin - offset] + name.encode() + raw[end - offset :]
    return raw.decode()


def _bound(call: ast.Call) -> list[tuple[int, int, str]]:
    """Rewrite `bind("helper", x)` as `partial(helper, x)`, and alone as `helper`."""
    helper = call.args[0]
    name = _string(helper)
    if len(call.args) + len(call.keywords) == 1:
        return [(*_span(call), name)]
    return [(*_span(call.func), "partial"), (*_span(helper), name)]


def one_line(text: str) -> str:
    """Join a Python expression to one line, without its comments.

    Raises:
        SyntaxError, tokenize.TokenError: it is no Python.
        ValueError: it cannot be joined safely, since a string in it runs over several lines.
    """
    tokens = tokenize.generate_tokens(io.StringIO(text.strip()).readline)
    layout = {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    line, row, column, before = [""], 1, 0, ""
    brackets = _Brackets()
    for kind, word, (begin_row, begin), (end_row, end), _ in tokens:
        if kind in layout:
            continue
        if begin_row != end_row:
            raise ValueError
        if begin_row == row:
            line.append(" " * (begin - column))
        elif word in {")", "]", "}"}:
            if before == "," and not brackets.comma_counts():
                line.pop()
        elif before not in {"(", "[", "{"}:
            line.append(" ")
        brackets.see(before, word)
        line.append(word)
        row, column, before = end_row, end, word
    joined = "".join(line)
    if ast.dump(_parsed(joined)) != ast.dump(_parsed(text.strip())):
        raise ValueError  # braces doubled in an f-string, whose places differ between versions of Python
    return joined


class _Brackets:
    """The brackets that are open in a row of tokens, with the commas in each."""

    def __init__(self) -> None:
        self.open: list[tuple[bool, int]] = []

    def see(self, before: str, word: str) -> None:
        """Go on to a token; `before` is the one before it."""
        if word in {"(", "[", "{"}:
            follows = before[-1:].isalnum() or before[-1:] in {"_", ")", "]", "}", '"', "'"}
            called = follows and not keyword.iskeyword(before)
            # One comma makes a tuple in parentheses of their own and in a subscript, not in a call, a list or a set.
            self.open.append((called == (word == "[") and word != "{", 0))
        elif word in {")", "]", "}"} and self.open:
            self.open.pop()
        elif word == "," and self.open:
            self.open[-1] = self.open[-1][0], self.open[-1][1] + 1

    def comma_counts(self) -> bool:
        """Whether the comma just seen, the last before a closing bracket, makes a tuple of one."""
        return bool(self.open) and self.open[-1] == (True, 1)


def _broken(text: str, width: int) -> str:
    """Break code into lines of at most `width` columns where its outer calls and sequences can be broken."""
    if len(text) <= width:
        return text
    if assigned := re.match(r"\w+ = ", text):
        return assigned[0] + _broken(text[assigned.end() :], max(width - assigned.end(), 1))
    try:
        tree = _parsed(text)
    except SyntaxError:
        return text
    head, tail = text[0], text[-1]
    parts: list[tuple[str, ast.AST]]
    match tree:
        case ast.Call():
            head, tail = _piece(text, tree.func) + "(", ")"
            parts = [("", part) for part in [*tree.args, *tree.keywords]]
        case ast.Dict():
            named = [(key, value) for key, value in zip(tree.keys, tree.values, strict=True) if key is not None]
            parts = [(f"{_piece(text, key)}: ", value) for key, value in named]
            if len(named) < len(tree.keys):
                return text
        case ast.Tuple() | ast.List():
            parts = [("", part) for part in tree.elts]
        case _:
            return text
    if not parts or head[-1] not in "([{" or any(isinstance(part, ast.GeneratorExp) for _, part in parts):
        return text
    inner = [name + _broken(_piece(text, part), width - 5 - len(name)).replace("\n", "\n    ") for name, part in parts]
    return f"{head}\n" + "".join(f"    {part},\n" for part in inner) + tail
