"""Laws of LaTeX to Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.content.latex import to_unicode

CONVERTED = [
    (r"2^{b-1}", "2ᵇ⁻¹"),
    (r"[-2^{b-1}, 2^{b-1}-1]", "[−2ᵇ⁻¹, 2ᵇ⁻¹ − 1]"),
    (r"a_1 b_2", "a₁b₂"),
    (r"10^{-6}", "10⁻⁶"),
    (r"x_{i}^{(l)}", "xᵢ⁽ˡ⁾"),
    (r"W_Q^T", "Wᵀ_Q"),
    (r"w_B y", "w_B y"),
    (r"w_{i+B}", "w_(i+B)"),
    (r"x_{i_j}", "x_(iⱼ)"),
    (r"f'(x)", "f′(x)"),
    (r"\log_2 n", "log₂ n"),
    (r"-\log p", "−log p"),
    (r"O(n\log n)", "O(n log n)"),
    (r"\exp(-x)", "exp(−x)"),
    (r"\max(0,x)", "max(0, x)"),
    (r"q_{\max}=255", "qₘₐₓ = 255"),
    (r"\left(\frac{x}{s}\right)", "(x/s)"),
    (r"\frac{x}{2n}", "x/(2n)"),
    (r"\frac{2n}{3}", "2n/3"),
    (r"\frac{a+b}{c}", "(a + b)/c"),
    (r"\frac{1}{N}\sum_i x_i", "(1/N) ∑ᵢ xᵢ"),
    (r"\frac{a}{b}\frac{c}{d}", "(a/b)(c/d)"),
    (r"\frac{\partial L}{\partial w}", "∂L/∂w"),
    (r"\tfrac12", "1/2"),
    (r"\sum_{i=1}^{n} w_i x_i", "∑ᵢ₌₁ⁿ wᵢxᵢ"),
    (r"\sum_{i \in S} x", "∑_(i∈S) x"),
    (r"\sqrt{2}x + \sqrt{d_k}", "√2 x + √dₖ"),
    (r"\sqrt{m+n}", "√(m + n)"),
    (r"\hat x=(q-z)\,s", "x̂ = (q − z) s"),
    (r"\bar{x}_i", "x̄ᵢ"),
    (r"\lVert x \rVert_2^2", "‖x‖₂²"),
    (r"\lVert x \rVert_F", "‖x‖_F"),
    (r"\max|w_c|", "max|w_c|"),
    (r"P(a\mid b)", "P(a | b)"),
    (r"\lfloor n/2 \rfloor", "⌊n/2⌋"),
    (r"a \le b \ge c \approx d \in E", "a ≤ b ≥ c ≈ d ∈ E"),
    (r"a\cdot b\times c\odot d", "a · b × c ⊙ d"),
    (r"\nabla f \to 0", "∇f → 0"),
    (r"a_1, \ldots, a_n", "a₁, …, aₙ"),
    (r"\text{if } x > 0", "if x > 0"),
    (r"s=\mathrm{hi}-\mathrm{lo}", "s = hi − lo"),
    (r"\operatorname{round}\!\left(\frac{\mathrm{lo}}{s}\right)", "round(lo/s)"),
    (r"\operatorname*{arg\,min}_\theta L", "arg min_θ L"),
    (r"\mathbb{R}^{d\times k}", "ℝ^(d×k)"),
    (r"\mathbf{x}^\top", "𝐱ᵀ"),
    (r"1{,}000 + 1,000 = f(1, 128)", "1,000 + 1,000 = f(1, 128)"),
    (r"50\%", "50%"),
    (r"\{1, 2\}", "{1, 2}"),
]


@pytest.mark.parametrize(("latex", "text"), CONVERTED)
def test_what_it_knows_reads_as_the_formula_does(latex, text):
    """A formula keeps its meaning on one line: scripts, precedence and juxtaposition included."""
    assert to_unicode(latex) == text


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{cases} a \\ b \end{cases}",
        r"\underbrace{x}_n",
        r"\widehat{xy}",
        r"\overline{h^2}",
        r"\logit p",
        r"\leftarrows x",
        r"x^",
        r"x_",
        r"\frac{a}",
        r"\frac{a}{",
        r"\left( x",
        r"x \right)",
        r"a_b_c",
        r"{a",
        r"a}",
        r"a % comment",
        r"a & b",
        r"\frac{a}{b}^2",
        r"\sqrt[5]{x}",
        r"\text{a $b$}",
        "",
    ],
)
def test_what_it_does_not_know_it_leaves_alone(latex):
    """A formula of which any part is unknown, unfinished or ambiguous on one line is refused whole."""
    assert to_unicode(latex) is None


PIECES = [latex for latex, _ in CONVERTED] + [r"\unknown", "{", "}", r"\left(", r"\right)", "^", "_", "&", r"\\", "%"]


@given(st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join))
def test_never_half_of_each(latex):
    """Whatever comes out holds no command, and no brace but one that the formula shows."""
    text = to_unicode(latex)
    assert text is None or "\\" not in text
    assert text is None or text.count("{") == latex.count(r"\{")


@given(st.text(alphabet="\\{}[]()^_'$&%~,:;abx1 \nlefrightsqc|-", max_size=24))
def test_any_text_is_either_refused_or_converted(latex):
    """No input makes it fail, and a conversion holds neither a command nor a line break."""
    text = to_unicode(latex)
    assert text is None or ("\\" not in text and "\n" not in text and text)
