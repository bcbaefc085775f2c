r"""LaTeX to Unicode text, for the part of LaTeX that the bank's formulas use.

What has a Unicode form gets it (`2^{b-1}` is 2ᵇ⁻¹). Fractions, and scripts that Unicode lacks, are written on the line as
in Unicode's plain-text mathematics (UTN #28): `\frac{x}{2n}` is x/(2n), `w_{i+B}` is w_(i+B). Anything not understood
refuses the whole formula, so that a reader sees its LaTeX and never half of each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from llmprep.ui import symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r"\\(?:operatorname\*|[A-Za-z]+|.)|\s+|.", re.DOTALL)
_SCRIPTS = frozenset("_^'")


class _BeyondError(Exception):
    """The formula holds something that this module does not know."""


class _Atom(NamedTuple):
    """A piece of a formula, with TeX's class of it, which sets the space around it.

    `kind` is one of `ord`, `word` (kept apart from its neighbours), `op` (∑ and log), `bin`, `rel`, `open`, `close`,
    `punct`, `slash`, `bar` (| and ‖), `fenced` (in brackets), `frac` (what must not touch a factor), `group`, `root`, `space` and `none`.
    """

    kind: str
    text: str
    end: str = ""
    """The class that what follows sees, where it is another."""


def to_unicode(latex: str) -> str | None:
    """The formula as Unicode text on one line; None where any part of it is beyond what this module knows."""
    parser = _Parser(_TOKEN.findall(latex))
    try:
        atoms = parser.sequence()
    except (_BeyondError, RecursionError):
        return None
    return _join(atoms) if parser.at == len(parser.tokens) and atoms else None


class _Parser:
    """Reads tokens into atoms; `at` is the next token."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> str:
        """The next token that is no space, or nothing at the end."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """The next token that is no space, consumed."""
        token = self.peek()
        if not token:
            raise _BeyondError
        self.at += 1
        return token

    def sequence(self, end: str = "") -> list[_Atom]:
        """Atoms up to `end` (consumed), else up to what closes a bracket of somebody else's."""
        atoms: list[_Atom] = []
        while token := self.peek():
            if token == end:
                self.at += 1
                return atoms
            if token in {"}", "\\right"}:
                break
            if token in _SCRIPTS:
                bare = not atoms or atoms[-1].kind == "space"
                atoms.append(self.scripted(_Atom("ord", "") if bare else atoms.pop()))
            elif (atom := self.atom()).kind != "none":
                atoms.append(atom)
        if end:
            raise _BeyondError
        return atoms

    def group(self) -> list[_Atom]:
        r"""A command's argument: what braces hold, or one atom (`\frac12`)."""
        if self.peek() in {"", "}", "]", "&", "\\right", *_SCRIPTS}:
            raise _BeyondError
        if self.peek() == "{":
            self.at += 1
            return self.sequence("}")
        return [self.atom()]

    def words(self) -> str:
        r"""The text that `\text` and `\operatorname` want, its spaces kept."""
        if self.take() != "{" or "}" not in self.tokens[self.at :]:
            raise _BeyondError
        end = self.tokens.index("}", self.at)
        spelled = [
            " " if token.isspace() or token in {"\\,", "\\ ", "~"} else token[-1] if token in _ESCAPES else token
            for token in self.tokens[self.at : end]
            if token != "\\!"
        ]
        if any(token.startswith("\\") or token in set("{$^_%") for token in spelled):
            raise _BeyondError
        self.at = end + 1
        return "".join(spelled)

    def atom(self) -> _Atom:
        """The next atom, without its scripts."""
        token = self.take()
        if token == "{":
            return _grouped(self.sequence("}"))
        if token.startswith("\\"):
            return self.command(token[1:])
        if token in {",", ":"}:
            return self.mark(token)
        if token in symbols.CHARACTERS:
            return _Atom(*symbols.CHARACTERS[token])
        if token in set("&}$#%\"`^_'") or not token.isprintable():
            raise _BeyondError
        return _Atom("ord", token)

    def mark(self, token: str) -> _Atom:
        """A comma or colon, spaced as the source has it: `1,000` is one number and `x[1:n]` one slice."""
        if token == ":" and self.peek() == "=":
            self.at += 1
            return _Atom("rel", ":=")
        following = self.tokens[self.at] if self.at < len(self.tokens) else " "
        close = following.isdigit() or (token == ":" and not following.isspace())
        return _Atom("ord" if close else "punct", token)

    def command(self, name: str) -> _Atom:
        """What a command makes."""
        if name in symbols.COMMANDS:
            return _Atom(*symbols.COMMANDS[name])
        if name in symbols.SIZES:
            return self.delimiter(symbols.SIZES[name])
        if name in symbols.ACCENTS:
            return self.accented(symbols.ACCENTS[name])
        if name in symbols.ALPHABETS:
            return self.lettered(symbols.ALPHABETS[name])
        match name:
            case "frac" | "dfrac" | "tfrac":
                return _Atom("frac", f"{_operand(self.group(), above=True)}/{_operand(self.group())}")
            case "sqrt":
                return self.root()
            case "left":
                return self.fenced()
            case "text" | "textrm" | "mbox":
                return _Atom("word", self.words())
            case "operatorname" | "operatorname*":
                return _Atom("op", self.words())
            case "mathrm" | "mathit" | "mathsf" | "mathtt":
                atoms = self.group()
                plain = all(atom.kind in {"ord", "space"} for atom in atoms)
                return _Atom("word", _join(atoms)) if plain and len(atoms) > 1 else _grouped(atoms)
        raise _BeyondError

    def delimiter(self, kind: str) -> _Atom:
        r"""The bracket after `\left`, `\right` or a size; a dot is none."""
        token = self.take()
        if token not in symbols.DELIMITERS:
            raise _BeyondError
        text = symbols.DELIMITERS[token]
        return _Atom(kind or symbols.side(text), text)

    def fenced(self) -> _Atom:
        r"""`\left( … \right)`, as one atom."""
        opening = self.delimiter("open").text
        inner = _join(self.sequence())
        if self.take() != "\\right":
            raise _BeyondError
        closing = self.delimiter("close").text
        return _Atom("fenced" if opening and closing else "group", opening + inner + closing)

    def accented(self, mark: str) -> _Atom:
        """One letter with a combining mark over it."""
        text = _join(self.group())
        if len(text) != 1 or not text.isalpha():
            raise _BeyondError
        return _Atom("ord", text + mark)

    def lettered(self, names: tuple[str, ...]) -> _Atom:
        """Letters and digits of a mathematical alphabet such as bold or double-struck."""
        from unicodedata import lookup, name

        styled = ""
        for letter in _join(self.group()):
            size = "DIGIT" if letter.isdigit() else "CAPITAL" if letter.isupper() else "SMALL"
            for start in names:
                try:
                    styled += lookup(f"{start} {size} {name(letter).split()[-1]}")
                except (KeyError, ValueError):
                    continue
                break
            else:
                raise _BeyondError
        return _Atom("ord", styled)

    def root(self) -> _Atom:
        """A square, cube or fourth root."""
        index = "2"
        if self.peek() == "[":
            self.at += 1
            index = self.take()
            if self.take() != "]":
                raise _BeyondError
        if index not in symbols.ROOTS:
            raise _BeyondError
        return _Atom("root", symbols.ROOTS[index] + _operand(self.group()))

    def scripted(self, base: _Atom) -> _Atom:
        """The base with all the scripts that follow it."""
        scripts: dict[str, str] = {}
        primes = ""
        while (token := self.peek()) in _SCRIPTS and token:
            self.at += 1
            if token == "'":
                primes += "′"
            elif token in scripts:
                raise _BeyondError
            else:
                scripts[token] = _join(self.group(), tight=True)
        return _with_scripts(_Atom(base.kind, base.text + primes), scripts.get("_", ""), scripts.get("^", ""))


_ESCAPES = frozenset({"\\%", "\\#", "\\&", "\\_", "\\$"})
_FACTORS = frozenset({"ord", "word", "op", "open", "close", "fenced", "frac", "group", "root", "slash"})
"""Kinds that, beside a fraction on the line, could be read as a part of it."""


def _with_scripts(base: _Atom, lower: str, upper: str) -> _Atom:
    """A base with its scripts: in Unicode's own where all of a script has them, else after `_` and `^`."""
    if base.kind in {"bin", "rel", "punct", "slash", "frac", "group", "root", "open"}:
        raise _BeyondError  # where a line ends and the script begins could not be told
    low, high = symbols.lowered(lower), symbols.raised(upper)
    text = base.text + (low or "") + (high or "")
    if low is not None and high is not None:
        return _Atom(base.kind, text)
    # What has no small form goes last, and is kept apart from what follows as a word is.
    text += f"_{_bracketed(lower)}" if low is None else ""
    text += f"^{_bracketed(upper)}" if high is None else ""
    return _Atom(base.kind, text, "" if base.kind == "op" else "word")


def _bracketed(script: str) -> str:
    """A script on the line: in parentheses unless it is one word or sign."""
    plain = script.isalnum() and not any(symbols.is_small(mark) for mark in script)
    return script if plain or len(script) == 1 else f"({script})"


def _operand(atoms: list[_Atom], *, above: bool = False) -> str:
    """Half of a fraction, or what a root covers: in parentheses where it needs them.

    A product needs none above the line, since 2n/3 reads left to right; a number, one symbol or ∂w needs none below it.
    """
    text = _join(atoms)
    if not text:
        raise _BeyondError
    solid = atoms[1:] if above and atoms[0].text == "−" else atoms
    single = len(atoms) == 1 and atoms[0].kind in {"ord", "word", "fenced", "root"}
    number = all(atom.kind == "ord" and atom.text.strip(".").isdigit() for atom in atoms)
    derivative = len(atoms) == 2 and atoms[0].text in symbols.PREFIXES and atoms[1].kind in {"ord", "word"}  # noqa: PLR2004
    product = above and all(atom.kind in {"ord", "word", "fenced", "root"} for atom in solid)
    return text if single or number or derivative or product else f"({text})"


def _grouped(atoms: list[_Atom]) -> _Atom:
    """What braces hold, as one atom: in TeX they make an ordinary one, so `10{,}000` is one number."""
    if len(atoms) == 1:
        return _Atom("ord", atoms[0].text) if atoms[0].kind in {"bin", "rel", "punct"} else atoms[0]
    if any(atom.kind == "frac" for atom in atoms):
        return _Atom("frac", _join(atoms))
    return _Atom("group", _join(atoms)) if atoms else _Atom("ord", "")


def _join(atoms: list[_Atom], *, tight: bool = False) -> str:
    """The atoms' text, with TeX's spaces between them; `tight`, as in a script, only those that keep words apart."""
    line = ""
    before = "start"
    for index, (kind, text, end) in enumerate(_with_sides(atoms)):
        after = atoms[index + 1].kind if index + 1 < len(atoms) else "end"
        if kind == "bin" and (before in _NO_OPERAND_BEFORE or after in {"rel", "close", "punct", "end"}):
            kind = "sign"
        if kind == "frac" and (before in _FACTORS - {"open"} or after in _FACTORS - {"close"}):
            kind, text, end = "fenced", f"({text})", ""
        if kind == "space":
            line = line.rstrip() + text
            continue
        if _apart(before, kind, tight=tight) and line and not line.endswith(" "):
            line += " "
        line += text
        before = end or kind
    return line.strip()


def _with_sides(atoms: list[_Atom]) -> Iterator[_Atom]:
    """The atoms, their bars opening and closing in turn where they come in pairs."""
    paired = sum(atom.kind == "bar" for atom in atoms) % 2 == 0
    inside = False
    for atom in atoms:
        if atom.kind == "bar":
            inside = not inside
            yield _Atom(("open" if inside else "close") if paired else "ord", atom.text, atom.end)
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
