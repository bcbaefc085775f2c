"""Formulas on one line: what stands beside what, with which space, and where parentheses are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from llmprep.content import latex_symbols as symbols

if TYPE_CHECKING:
    from collections.abc import Iterator


class BeyondError(Exception):
    """The formula holds something that this module does not know."""


class Atom(NamedTuple):
    """A piece of a formula, with TeX's class of it, which sets the space around it.

    `kind` is one of `ord`, `word` (kept apart from its neighbours), `op` (∑ and log), `bin`, `rel`, `open`, `close`,
    `punct`, `slash`, `bar` (| and ‖), `fenced` (in brackets), `frac` (what must not touch a factor), `group`, `root`,
    `space` and `none`.
    """

    kind: str
    text: str
    end: str = ""
    """The class that what follows sees, where it is another."""


_FACTORS = frozenset({"ord", "word", "op", "open", "close", "fenced", "frac", "group", "root", "slash"})
"""Kinds that, beside a fraction on the line, could be read as a part of it."""


def with_scripts(base: Atom, lower: str, upper: str) -> Atom:
    """Add scripts to a base: in Unicode's own where all of a script has them, else after `_` and `^`."""
    if base.kind in {"bin", "rel", "punct", "slash", "frac", "group", "root", "open"}:
        raise BeyondError  # where a line ends and the script begins could not be told
    low, high = symbols.lowered(lower), symbols.raised(upper)
    text = base.text + (low or "") + (high or "")
    if low is not None and high is not None:
        return Atom(base.kind, text)
    # What has no small form goes last, and is kept apart from what follows as a word is.
    text += f"_{_bracketed(lower)}" if low is None else ""
    text += f"^{_bracketed(upper)}" if high is None else ""
    return Atom(base.kind, text, "" if base.kind == "op" else "word")


def _bracketed(script: str) -> str:
    """Put a script on the line: in parentheses unless it is one word or sign."""
    plain = script.isalnum() and not any(symbols.is_small(mark) for mark in script)
    return script if plain or len(script) == 1 else f"({script})"


def operand(atoms: list[Atom], *, above: bool = False) -> str:
    """Write half of a fraction, or what a root covers: in parentheses where it needs them.

    A product needs none above the line, since 2n/3 reads left to right; a number, one symbol or ∂w needs none below it.
    """
    text = join(atoms)
    if not text:
        raise BeyondError
    solid = atoms[1:] if above and atoms[0].text == "−" else atoms
    single = len(atoms) == 1 and atoms[0].kind in {"ord", "word", "fenced", "root"}
    number = all(atom.kind == "ord" and atom.text.strip(".").isdigit() for atom in atoms)
    derivative = len(atoms) == 2 and atoms[0].text in symbols.PREFIXES and atoms[1].kind in {"ord", "word"}  # noqa: PLR2004
    product = above and all(atom.kind in {"ord", "word", "fenced", "root"} for atom in solid)
    return text if single or number or derivative or product else f"({text})"


def grouped(atoms: list[Atom]) -> Atom:
    """Make one atom of what braces hold: in TeX they make an ordinary one, so `10{,}000` is one number."""
    if len(atoms) == 1:
        return Atom("ord", atoms[0].text) if atoms[0].kind in {"bin", "rel", "punct"} else atoms[0]
    if any(atom.kind == "frac" for atom in atoms):
        return Atom("frac", join(atoms))
    return Atom("group", join(atoms)) if atoms else Atom("ord", "")


def join(atoms: list[Atom], *, tight: bool = False) -> str:
    """Write atoms with TeX's spaces between them; `tight`, as in a script, with those that keep words apart."""
    pieces: list[str] = []
    before = "start"
    for index, atom in enumerate(_with_sides(atoms)):
        after = atoms[index + 1].kind if index + 1 < len(atoms) else "end"
        if atom.kind == "space":
            while pieces and not pieces[-1].strip():
                pieces.pop()
            pieces[-1:] = [piece.rstrip() for piece in pieces[-1:]]
            pieces.append(atom.text)
            continue
        placed = _placed(atom, before, after)
        last = pieces[-1] if pieces else ""
        if _apart(before, placed.kind, tight=tight) and last and not last.endswith(" "):
            pieces.append(" ")
        if placed.text:
            pieces.append(placed.text)
        before = placed.end or placed.kind
    return "".join(pieces).strip()


def _placed(atom: Atom, before: str, after: str) -> Atom:
    """Place an atom: an operator without an operand is a sign, a fraction in a product is fenced."""
    if atom.kind == "bin" and (before in _NO_OPERAND_BEFORE or after in {"rel", "close", "punct", "end"}):
        return Atom("sign", atom.text)
    if atom.kind == "frac" and (before in _FACTORS - {"open"} or after in _FACTORS - {"close"}):
        return Atom("fenced", f"({atom.text})")
    return atom


def _with_sides(atoms: list[Atom]) -> Iterator[Atom]:
    """Yield the atoms, their bars opening and closing in turn where they come in pairs."""
    paired = sum(atom.kind == "bar" for atom in atoms) % 2 == 0
    inside = False
    for atom in atoms:
        if atom.kind == "bar":
            inside = not inside
            yield Atom(("open" if inside else "close") if paired else "ord", atom.text, atom.end)
        else:
            yield atom


_NO_OPERAND_BEFORE = frozenset({"start", "bin", "sign", "rel", "open", "punct", "op", "slash"})


def _apart(left: str, right: str, *, tight: bool) -> bool:
    """Whether a space stands between two neighbours."""
    pair = {left, right}
    if pair & {"start", "slash"} or left in {"open", "sign"} or right in {"close", "punct"}:
        return False
    if pair & {"bin", "rel"} or left == "punct":
        return not tight
    if left == "op":
        return right not in {"open", "fenced"}
    return right == "op" or (bool(pair & {"word", "root"}) and right not in {"open", "fenced"})
