"""Laws of writing the bank's Markdown for other readers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commonmark import meant, seen
from llmprep.content.markup import title
from llmprep.content.parser import parse
from llmprep.export.prose import fenced, link, markdown, phrase


@pytest.mark.parametrize(
    "source",
    [
        "**重点。**后文",
        "前文**“引号”**后文",
        "前文**`code`**后文",
        "前文**$x$**后文与*（括号）*。",
        "**a****b** and *c**d*",
        "***both*** and ***重点*。**后",
        "**×2**倍，见**§3**节",
        "$a_1 b_2$, $a*b*c$ and $\\hat{x}_i = y_{j}$ with $\\hat{z}_k$",
        "（$x$）与$y$。",
        "snake_case, _private and __dunder__ in `a_b`",
        "a < b, a<b, <pad>, &amp; R&D; x&lt;y",
        "from 5~10 to ~20, \\$5, 2 * 3 * 4, [1](2), a](b)",
        "one\n# two\n> three\n+ four\n=== \n---\n5) six\n| seven\n[x] eight",
        "- a\n  b\n- [ ] c\n\n3. d\n4. e",
        "see ![not an image](https://x.org) and [a [b] `c]`](https://x.org/a_(b))",
        "`` a`b `` and ``` `` ``` and ` x `",
        "text\n\n$$\na\n= b\n- c\n$$\n\nmore",
        "```python\nx = '```'\n```",
        "~~~\n```\n~~~",
        "- a\n\n  $$\n  x\n  $$\n\n- ```\n  y\n  ```\n\n  z",
        "| a | b |\n|:--|--:|\n| `x\\|y` | $a_1\\|b_2$ |\n| **c** | \\| d |\n\nafter",
    ],
)
def test_a_parser_sees_what_is_meant(source):
    """Emphasis, formulas, code, links and lists are seen by CommonMark as the bank means them, and nothing else is."""
    assert seen(markdown(parse(source).blocks)) == meant(source)


PIECES = st.sampled_from([
    "a", "b1", "中", "文", "，", "。", "（", "）", "“", "”", " ", "\n", "**", "*", "`c`", "`", "$x_1$",
    "$\\hat{x}_i*y$", "$", "_", "<", ">", "&amp;",
    "~", "[", "]", "(", ")", "!", "[t](u)", "#", "+", "-", "1.", "=", "|", "\\*", "\\", "×", ":", "§", "<b>",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join).filter(lambda source: "***" not in source))
@example("**a**$x$")
def test_any_paragraph_is_seen_as_it_is_meant(source):
    """Whatever a paragraph is made of, CommonMark sees what the bank means; only three stars in a row are left out."""
    assert seen(markdown(parse(source).blocks)) == meant(source)


@given(st.text(alphabet="ab[]*_`$<>\\!() ~&;", min_size=1, max_size=20).map(str.strip).filter(bool))
def test_a_link_shows_its_text(text):
    """A source's title is plain text: it is shown as it is, whatever is in it."""
    found = seen(link(text, "https://x.org/a_(b)"))
    assert [kind for kind, _ in found] == ["link on", "words", "link off"]
    assert found[1][1] == "".join(text.split())


@given(st.text(alphabet="a`\n ~", max_size=30))
def test_code_is_kept(code):
    """Fenced code comes back as it was but for what trails it, whatever fences are in it."""
    ((kind, content),) = seen(fenced(code, "python"))
    assert kind == "fence"
    assert content == f"python\n{code.rstrip()}".rstrip("\n")


def test_a_title_is_one_line():
    """A title never spills over its line."""
    assert phrase(title(parse("a\nb `c`").blocks)) == "a b `c`"
