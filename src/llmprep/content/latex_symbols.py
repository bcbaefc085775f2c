"""The LaTeX that `llmprep.content.latex` knows: tables, and the look-up of raised and lowered characters."""

from __future__ import annotations


def _of(kind: str, pairs: str) -> dict[str, tuple[str, str]]:
    """Return a table of `name symbol` pairs of one class."""
    words = pairs.split()
    return {name: (kind, symbol) for name, symbol in zip(words[::2], words[1::2], strict=True)}


_LETTERS = """
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν
xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
partial ∂ nabla ∇ infty ∞ ell ℓ hbar ℏ emptyset ∅ varnothing ∅ forall ∀ exists ∃ neg ¬ lnot ¬ top ⊤ bot ⊥ prime ′
Re ℜ Im ℑ ldots … dots … dotsc … dotsb ⋯ cdots ⋯ vdots ⋮ checkmark ✓ degree ° backslash \\ % % # # & & _ _ $ $
"""
_BINARY = """
cdot · times × div ÷ pm ± mp ∓ ast * star ⋆ circ ∘ bullet ∙ odot ⊙ oplus ⊕ otimes ⊗ ominus ⊖ cup ∪ cap ∩ setminus ∖
wedge ∧ vee ∨ land ∧ lor ∨ bmod mod
"""
_RELATIONS = """
le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ lt < gt > ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡
propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ mid | parallel ∥ perp ⊥ to → rightarrow → leftarrow ←
gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⇒ iff ⇔ mapsto ↦
longrightarrow ⟶ uparrow ↑ downarrow ↓ coloneqq := triangleq ≜
"""
_OPENING = "{ { lbrace { lbrack [ lfloor ⌊ lceil ⌈ langle ⟨ lvert | lVert ‖"
_CLOSING = "} } rbrace } rbrack ] rfloor ⌋ rceil ⌉ rangle ⟩ rvert | rVert ‖"
_OPERATORS = "sum ∑ prod ∏ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂"
_NAMES = """
log ln lg exp max min sup inf lim limsup liminf arg argmax argmin sin cos tan cot sec csc arcsin arccos arctan sinh cosh
tanh coth det dim ker deg gcd hom Pr
"""

COMMANDS: dict[str, tuple[str, str]] = {
    **_of("ord", _LETTERS),
    **_of("bin", _BINARY),
    **_of("rel", _RELATIONS),
    **_of("open", _OPENING),
    **_of("close", _CLOSING),
    **_of("bar", "Vert ‖ | ‖ vert |"),
    **_of("op", _OPERATORS),
    **{name: ("op", name) for name in _NAMES.split()},
    **dict.fromkeys((",", ";", ":", ">", " ", "\n", "thinspace", "enspace"), ("space", " ")),
    "quad": ("space", "  "),
    "qquad": ("space", "    "),
    **dict.fromkeys(("!", "limits", "nolimits", "displaystyle", "textstyle", "negthinspace"), ("none", "")),
}
"""A command without arguments: its class and its symbol."""

CHARACTERS: dict[str, tuple[str, str]] = {
    **_of("bin", "+ + - − * * × × · · ± ±"),
    **_of("rel", "= = < < > > ≤ ≤ ≥ ≥ ≠ ≠ ≈ ≈ ∈ ∈ → →"),
    **_of("open", "( ( [ ["),
    **_of("close", ") ) ] ]"),
    **_of("punct", "; ;"),
    **_of("slash", "/ /"),
    **_of("bar", "| |"),
    "~": ("space", " "),
}
"""A character that is more than an ordinary one."""

DELIMITERS: dict[str, str] = {
    ".": "",
    **{mark: mark for mark in "()[]|/"},
    "<": "⟨",
    ">": "⟩",
    "\\|": "‖",
    **{f"\\{name}": COMMANDS[name][1] for name in (*_OPENING.split()[::2], *_CLOSING.split()[::2], "vert", "Vert")},
}
"""What may follow `\\left`, `\\right` and the sizes."""

SIZES: dict[str, str] = {
    f"{size}{side}": kind
    for size in ("big", "Big", "bigg", "Bigg")
    for side, kind in (("l", "open"), ("r", "close"), ("", ""), ("m", "rel"))
}
"""Sizes of brackets, and the class of the bracket that follows; none where the bracket itself tells."""

ACCENTS: dict[str, str] = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306",
}  # fmt: skip
"""Marks over one letter, as combining characters."""

ALPHABETS: dict[str, tuple[str, ...]] = {
    "mathbf": ("MATHEMATICAL BOLD",),
    "boldsymbol": ("MATHEMATICAL BOLD",),
    "bm": ("MATHEMATICAL BOLD",),
    "mathbb": ("DOUBLE-STRUCK", "MATHEMATICAL DOUBLE-STRUCK"),
    "mathcal": ("SCRIPT", "MATHEMATICAL SCRIPT"),
    "mathscr": ("SCRIPT", "MATHEMATICAL SCRIPT"),
}
"""Alphabets, by the beginnings of Unicode's names for their letters."""

ROOTS: dict[str, str] = {"2": "√", "3": "∛", "4": "∜"}
PREFIXES = frozenset("∂∇Δd")
"""What binds to the letter after it: the `∂w` under a fraction's line needs no parentheses."""

_RAISED = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθχ⊤′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵡᵀ′",
        strict=True,
    )
)
_LOWERED = dict(zip("0123456789+−=()aehijklmnoprstuvxβγρχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵪ", strict=True))


_SMALL = frozenset([*_RAISED.values(), *_LOWERED.values()])


def side(bracket: str) -> str:
    """Return the class of a bracket whose side the source does not say."""
    return "open" if bracket in set("([{⌊⌈⟨") else "close" if bracket in set(")]}⌋⌉⟩") else "bar"


def raised(text: str) -> str | None:
    """Write text in Unicode's superscripts; None if a character has none."""
    return "".join(_RAISED[mark] for mark in text) if all(mark in _RAISED for mark in text) else None


def lowered(text: str) -> str | None:
    """Write text in Unicode's subscripts; None if a character has none."""
    return "".join(_LOWERED[mark] for mark in text) if all(mark in _LOWERED for mark in text) else None


def is_small(mark: str) -> bool:
    """Whether a character is a superscript or a subscript itself."""
    return mark in _SMALL
