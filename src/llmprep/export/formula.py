r"""Formulas that survive Markdown.

Between `$` signs some readers of Markdown (GitHub among them) still see Markdown: `\,` loses its backslash, and two `*`
or `_` become emphasis. The same TeX can be spelled so that neither happens, whether a reader looks for formulas before
it looks for Markdown or after: `\thinspace` is `\,`, and TeX does not see the space in `}_ i`.
"""

from __future__ import annotations

import re

_SYMBOLS = {
    "\\{": "\\lbrace", "\\}": "\\rbrace", "\\|": "\\Vert", "\\,": "\\thinspace", "\\!": "\\negthinspace",
    "\\:": "\\mkern4mu", "\\>": "\\mkern4mu", "\\;": "\\mkern5mu", "\\\\": "\\cr",
    "*": "\\ast", "~": "\\ ", "<": "\\lt", ">": "\\gt", "`": "\\text{‘}",
}  # fmt: skip
"""The spelling in letters of what Markdown would take for its own."""
_NAMELESS = re.compile(r"\\[!-/:-@\[-`{-~]")
"""A character that TeX has no other name for; it is shown in its full-width form."""
_OPERATOR = re.compile(r"\\operatorname(\*?)\s*(\{(?:[^{}]|\{[^{}]*\})*\})")
_WORDS = re.compile(r"\\(?:text|textrm|mbox)\s*\{[^{}]*\}")
_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)
_BLOCK_START = re.compile(r"(?:[-+*#>]|=+$|\d{1,9}[.)]|`{3})")


def portable(latex: str) -> str:
    r"""Spell a formula so that no Markdown in it can be misread.

    `\operatorname`, which GitHub refuses, becomes the `\mathop` that it stands for.
    """
    spelled = _OPERATOR.sub(_operator, latex)
    parts: list[str] = []
    at = 0
    for words in _WORDS.finditer(spelled):
        parts += [_math(spelled[at : words.start()]), _text(words[0])]
        at = words.end()
    joined = "".join([*parts, _math(spelled[at:])])
    joined = re.sub(r"\](?=[(\[])", "] ", joined)
    joined = re.sub(r"&(?=#?\w+;)", "& ", joined)
    # An underscore opens emphasis after punctuation unless a space follows; with none open, none can be closed.
    joined = re.sub(r"(?<![A-Za-z0-9])_(?=\S)", "_ ", joined)
    return _without_last_spaces(re.sub(r"\s+", " ", joined)).lstrip() or "{}"


def _without_last_spaces(latex: str) -> str:
    r"""Return a formula without the spaces, plain or `\ `, that it ends with."""
    end = len(latex)
    while end and latex[end - 1].isspace():
        end -= 2 if latex[end - 2 : end - 1] == "\\" else 1
    return latex[:end]


def _operator(found: re.Match[str]) -> str:
    """Spell an operator's name as TeX builds one; a hyphen in it is a hyphen, no minus."""
    face = "text" if "-" in found[2] else "mathrm"
    return rf"\mathop{{\{face}{found[2]}}}" + ("" if found[1] else r"\nolimits ")


def _math(latex: str) -> str:
    """Spell TeX in math mode: symbols by their names, and a space after a name that a letter follows."""
    tokens = _TOKEN.findall(latex)
    spelled = ""
    for index, token in enumerate(tokens):
        following = tokens[index + 1][:1] if index + 1 < len(tokens) else ""
        if token in _SYMBOLS:
            spelled += _SYMBOLS[token] + (" " if following.isalnum() else "")
        else:
            spelled += f"\\text{{{_wide(token[1])}}}" if _NAMELESS.match(token) else token
    return spelled


def _text(words: str) -> str:
    """Spell words inside a formula, where TeX's names for symbols would not do."""
    words = words.replace("\\,", " ").replace("~", " ")
    words = _NAMELESS.sub(lambda found: _wide(found[0][1]), words)
    return re.sub(r"[*<>`]", lambda found: _wide(found[0]), words)


def _wide(mark: str) -> str:
    """Return the full-width form of an ASCII character."""
    return chr(ord(mark) + 0xFEE0)


def display(latex: str) -> str:
    """Write the inside of a `$$` block: on one line if a line of it would begin another block of Markdown."""
    rows = [portable(row) for row in latex.splitlines() if row.strip()]
    if not any(map(_BLOCK_START.match, rows)):
        return "\n".join(rows)
    line = " ".join(rows)
    return rf"\displaystyle {line}" if _BLOCK_START.match(line) else line
