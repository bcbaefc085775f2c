r"""LaTeX to Unicode text, for the part of LaTeX that the bank's formulas use.

What has a Unicode form gets it (`2^{b-1}` is 2ᵇ⁻¹). Fractions, and scripts that Unicode lacks, are written on the
line as in Unicode's plain-text mathematics (UTN #28): `\frac{x}{2n}` is x/(2n), `w_{i+B}` is w_(i+B). Anything not
understood refuses the whole formula, so that a reader sees its LaTeX and never half of each.
"""

from __future__ import annotations

import re

from llmprep.content import latex_symbols as symbols
from llmprep.content.latex_layout import Atom, BeyondError, grouped, join, operand, with_scripts

_TOKEN = re.compile(r"\\(?:operatorname\*|[A-Za-z]+|.)|\s+|.", re.DOTALL)
_SCRIPTS = frozenset("_^'")
DEEPEST = 40
"""Groups within groups: each level goes over what is inside it again, and no reader follows so many."""
_ESCAPES = frozenset({"\\%", "\\#", "\\&", "\\_", "\\$"})
LONGEST = 1000
"""The longest formula that is converted, in characters: three times the bank's longest. It bounds the cost of one."""
_PIECE = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}|\\(?:[A-Za-z]+|.)|[{}]", re.DOTALL)


def to_unicode(latex: str) -> str | None:
    """Convert a formula to Unicode text on one line; None where any part is beyond what this module knows."""
    if len(latex) > LONGEST:
        return None
    parser = _Parser(_TOKEN.findall(latex))
    try:
        atoms = parser.sequence()
    except BeyondError:
        return None
    return (join(atoms) or None) if parser.at == len(parser.tokens) else None


def unfinished(latex: str) -> str:
    r"""Find the first brace, `\left` or `\begin` without a partner, or what closes nothing; empty if all is paired."""
    opened: list[tuple[str, str]] = []
    for piece in _PIECE.findall(latex):
        if piece == "{":
            opened.append((piece, "}"))
        elif piece == "\\left":
            opened.append((piece, "\\right"))
        elif piece.startswith("\\begin"):
            opened.append((piece, piece.replace("begin", "end", 1)))
        elif piece in {"}", "\\right"} or re.match(r"\\end\b", piece):
            if not opened or opened[-1][1] != piece:
                return str(piece)
            opened.pop()
    return opened[0][0] if opened else ""


class _Parser:
    """Reads tokens into atoms; `at` is the next token."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        """Return the next token that is no space, or nothing at the end."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """Consume the next token that is no space."""
        token = self.peek()
        if not token:
            raise BeyondError
        self.at += 1
        return token

    def _descend(self) -> None:
        """Enter a group within those that are open."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise BeyondError

    def sequence(self, end: str = "") -> list[Atom]:
        """Parse atoms up to `end` (consumed), else up to what closes a bracket of somebody else's."""
        self._descend()
        atoms = self._atoms(end)
        self.depth -= 1
        return atoms

    def _atoms(self, end: str) -> list[Atom]:
        atoms: list[Atom] = []
        while token := self.peek():
            if token == end:
                self.at += 1
                return atoms
            if token in {"}", "\\right"}:
                break
            if token in _SCRIPTS:
                bare = not atoms or atoms[-1].kind == "space"
                atoms.append(self.scripted(Atom("ord", "") if bare else atoms.pop()))
            elif (atom := self.atom()).kind != "none":
                atoms.append(atom)
        if end:
            raise BeyondError
        return atoms

    def group(self) -> list[Atom]:
        r"""Parse a command's argument: what braces hold, or one atom (`\frac12`)."""
        if self.peek() in {"", "}", "]", "&", "\\right", *_SCRIPTS}:
            raise BeyondError
        if self.peek() == "{":
            self.at += 1
            return self.sequence("}")
        self._descend()  # `\frac\frac\frac`: an argument may be a command that has arguments
        atom = self.atom()
        self.depth -= 1
        return [atom]

    def words(self) -> str:
        r"""Parse the text that `\text` and `\operatorname` want, its spaces kept."""
        if self.take() != "{":
            raise BeyondError
        try:
            end = self.tokens.index("}", self.at)
        except ValueError:
            raise BeyondError from None
        spelled = [
            " " if token.isspace() or token in {"\\,", "\\ ", "~"} else token[-1] if token in _ESCAPES else token
            for token in self.tokens[self.at : end]
            if token != "\\!"
        ]
        if any(token.startswith("\\") or token in set("{$^_%") for token in spelled):
            raise BeyondError
        self.at = end + 1
        return "".join(spelled)

    def atom(self) -> Atom:
        """Parse the next atom, without its scripts."""
        token = self.take()
        if token == "{":
            return grouped(self.sequence("}"))
        if token.startswith("\\"):
            return self.command(token[1:])
        if token in {",", ":"}:
            return self.mark(token)
        if token in symbols.CHARACTERS:
            return Atom(*symbols.CHARACTERS[token])
        if token in set("&}$#%\"`^_'") or not token.isprintable():
            raise BeyondError
        return Atom("ord", token)

    def mark(self, token: str) -> Atom:
        """Parse a comma or colon, spaced as the source has it: `1,000` is one number and `x[1:n]` one slice."""
        if token == ":" and self.peek() == "=":
            self.at += 1
            return Atom("rel", ":=")
        following = self.tokens[self.at] if self.at < len(self.tokens) else " "
        close = following.isdigit() or (token == ":" and not following.isspace())
        return Atom("ord" if close else "punct", token)

    def command(self, name: str) -> Atom:
        """Parse a command and its arguments."""
        if name in symbols.COMMANDS:
            return Atom(*symbols.COMMANDS[name])
        if name in symbols.SIZES:
            return self.delimiter(symbols.SIZES[name])
        if name in symbols.ACCENTS:
            return self.accented(symbols.ACCENTS[name])
        if name in symbols.ALPHABETS:
            return self.lettered(symbols.ALPHABETS[name])
        match name:
            case "frac" | "dfrac" | "tfrac":
                return Atom("frac", f"{operand(self.group(), above=True)}/{operand(self.group())}")
            case "sqrt":
                return self.root()
            case "left":
                return self.fenced()
            case "text" | "textrm" | "mbox":
                return Atom("word", self.words())
            case "operatorname" | "operatorname*":
                return Atom("op", self.words())
            case "mathrm" | "mathit" | "mathsf" | "mathtt":
                atoms = self.group()
                plain = all(atom.kind in {"ord", "space"} for atom in atoms)
                return Atom("word", join(atoms)) if plain and len(atoms) > 1 else grouped(atoms)
        raise BeyondError

    def delimiter(self, kind: str) -> Atom:
        r"""Parse the bracket after `\left`, `\right` or a size; a dot is none."""
        token = self.take()
        if token not in symbols.DELIMITERS:
            raise BeyondError
        text = symbols.DELIMITERS[token]
        return Atom(kind or symbols.side(text), text)

    def fenced(self) -> Atom:
        r"""Parse `\left( … \right)`, as one atom."""
        opening = self.delimiter("open").text
        inner = join(self.sequence())
        if self.take() != "\\right":
            raise BeyondError
        closing = self.delimiter("close").text
        return Atom("fenced" if opening and closing else "group", opening + inner + closing)

    def accented(self, mark: str) -> Atom:
        """Parse one letter with a combining mark over it."""
        text = join(self.group())
        if len(text) != 1 or not text.isalpha():
            raise BeyondError
        return Atom("ord", text + mark)

    def lettered(self, names: tuple[str, ...]) -> Atom:
        """Parse letters and digits of a mathematical alphabet such as bold or double-struck."""
        from unicodedata import lookup, name

        styled = ""
        for letter in join(self.group()):
            size = "DIGIT" if letter.isdigit() else "CAPITAL" if letter.isupper() else "SMALL"
            for start in names:
                try:
                    styled += lookup(f"{start} {size} {name(letter).split()[-1]}")
                except (KeyError, ValueError):
                    continue
                break
            else:
                raise BeyondError
        return Atom("ord", styled)

    def root(self) -> Atom:
        """Parse a square, cube or fourth root."""
        index = "2"
        if self.peek() == "[":
            self.at += 1
            index = self.take()
            if self.take() != "]":
                raise BeyondError
        if index not in symbols.ROOTS:
            raise BeyondError
        return Atom("root", symbols.ROOTS[index] + operand(self.group()))

    def scripted(self, base: Atom) -> Atom:
        """Parse all the scripts that follow a base."""
        scripts: dict[str, str] = {}
        primes = ""
        while (token := self.peek()) in _SCRIPTS and token:
            self.at += 1
            if token == "'":
                primes += "′"
            elif token in scripts:
                raise BeyondError
            else:
                scripts[token] = join(self.group(), tight=True)
        return with_scripts(Atom(base.kind, base.text + primes), scripts.get("_", ""), scripts.get("^", ""))
