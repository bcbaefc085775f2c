"""Prose: the Markdown that every renderer agrees on, and two languages that are what they say."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from llmprep.bank.lint.prose import faults
from llmprep.content.markup import Kind, tokens_of
from llmprep.content.parser import parse


def keys(text: str, language: str = "en") -> list[str]:
    return [fault.key for fault in faults(parse(text), language)]


@pytest.mark.parametrize(("text", "key"), [
    ("# Title", "bank.markdown_heading"),
    ("Title\n=====", "bank.markdown_rule"),
    ("text\n\n---\n\ntext", "bank.markdown_rule"),
    ("___", "bank.markdown_rule"),
    ("a | b\n--- | --- | ---\n1 | 2", "bank.markdown_table"),
    ("a\n--- | ---\n1 | 2", "bank.markdown_table"),
    ("|" + "a|" * 13 + "\n|" + "-|" * 13, "bank.markdown_table"),
    ("|a|b|\n|:-|-:|\n|1|2|3|", "bank.table_cells"),
    ("|a|b|\n|:-|-:|\n|1|", "bank.table_cells"),
    ("- one\n\n  |a|b|\n  |-|-|", "bank.table_in_list"),
    ("> said", "bank.markdown_quote"),
    ("a\n> said", "bank.markdown_quote"),
    ("- a\n  > said", "bank.markdown_quote"),
    ("- > said", "bank.markdown_quote"),
    ("| a |\n|---|\n> said", "bank.markdown_quote"),
    ("- a\n  - b", "bank.markdown_nested_list"),
    ("1. a\n   1. b", "bank.markdown_nested_list"),
    ("* a", "bank.markdown_marker"),
    ("+ a", "bank.markdown_marker"),
    ("1) a", "bank.markdown_marker"),
    ("see ![x](https://y.org/z.png)", "bank.markdown_image"),
    ("text\n\n    four spaces", "bank.markdown_indented_code"),
    ("a line  \nand its break", "bank.markdown_break"),
    ("a line\\\nand its break", "bank.markdown_break"),
    ("R&amp;D", "bank.markdown_entity"),
    ("x &#62; y", "bank.markdown_entity"),
    ('[a](https://x.org "title")', "bank.markdown_link"),
    ("[a](page.html)", "bank.markdown_link"),
    ("[a](http://x.org)", "bank.markdown_link"),
    ("[a](javascript:alert(1))", "bank.markdown_link"),
    ("[a](data:text/html,x)", "bank.markdown_link"),
    ("[a](file:///etc/passwd)", "bank.markdown_link"),
    ("[](https://x.org)", "bank.markdown_link"),
    ("[a]: https://x.org", "bank.markdown_reference"),
    ("as shown[^nobody]", "bank.mark_unknown"),
    ("as shown[^Not An Id]", "bank.mark_unknown"),
    ("```python title\nx\n```", "bank.fence_words"),
    ("so $\\frac{a}{b$ is", "bank.math_unfinished"),
    ("so $\\left( a )$ is", "bank.math_unfinished"),
    ("$$\n\\begin{cases} a \\end{case}\n$$", "bank.math_unfinished"),
    ("so $" + "x+" * 600 + "x$ is", "bank.math_too_long"),
    ("so $a`b$ is", "bank.backtick"),
    ("$$ x\n$$", "bank.math_not_alone"),
    ("$$\na\n\nb\n$$", "bank.math_block_open"),
    ("from $5$6", "bank.dollar"),
    ("a <b>bold</b> word", "bank.markdown_html"),
    ("a List<int> here", "bank.markdown_html"),
    ("<https://example.org>", "bank.markdown_html"),
    ("a _soft_ word", "bank.markdown_underscore"),
    ("call __init__ first", "bank.markdown_underscore"),
    ("```python\nx = 1", "bank.fence_open"),
    ("a ` b", "bank.backtick"),
    ("costs $5", "bank.dollar"),
    ("costs $5 and $6", "bank.dollar"),
    ("let $x be", "bank.dollar"),
    ("so $$x$$ holds", "bank.math_not_alone"),
    ("text\n\n$$\nx", "bank.math_block_open"),
    ("text\n$$\nx\n$$\n\ntext", "bank.math_blank_lines"),
    ("text\n\n$$\nx\n$$\ntext", "bank.math_blank_lines"),
    ("a **bold word", "bank.asterisk"),
    ("a*b and c", "bank.asterisk"),
    ("a ** bold** word", "bank.emphasis_literal"),
])  # fmt: skip
def test_refused(text, key):
    """What renderers disagree on, or what would show as it is typed, is told."""
    assert set(keys(text)) == {key}


@pytest.mark.parametrize("text", [
    "A paragraph\nof two lines.",
    "**Bold.** *Soft.* ***Both.***",
    "**bold `code` and $x$ inside**",
    "- a\n- **b** c\n\n1. one\n2. two\n   and more",
    "3 * 4 * 5",
    r"\* and \_ and \$5 and \` and \<b>",
    "`a_b_c`, `<b>`, `$x`, ``a ` b``, `# no`, `**`",
    "```python\n# comment\n* x\n$y <b>\n```\n\ntext",
    "~~~\n```\n~~~",
    "snake_case_name and a_b",
    "if $a < b$ and $c > d$ then $x_1 * y_1$",
    r"price \$5, $x = \$5$ and $\{1, 2\}$",
    "text\n\n$$\na _b_ <c> **d\n$$\n\ntext",
    "- a list\n\n  $$\n  x\n  $$\n\n- goes on",
    "[a link](https://example.org/a_b_c)",
    "x < y and y > z",
    "a | b",
    "a | b\n--- | ---\n1 | 2",
    "before\n\n| a | *b* |\n|:--|:-:|\n| `x\\|y` | $z$ |\n\nafter",
    "1. one\n\n   and more\n\n2. two",
    "R&D; a & b",
    "an interval [0, 1) and a list [1] (2)",
    "so $\\{a\\}$ and $\\left\\{ b \\right.$",
    "3 *",
    "-1 is less than 0",
    "The word 你好 is split.",
])  # fmt: skip
def test_allowed(text):
    """The subset itself has no problem."""
    assert keys(text) == []


@pytest.mark.parametrize(("text", "key"), [
    ("**结论。**后面的话", "bank.emphasis_literal"),
    ("前面**“引号”**后面", "bank.emphasis_literal"),
    ("取 **均值（mean）**即可", "bank.emphasis_literal"),
    ("*注意：*后面", "bank.emphasis_literal"),
    ("取$x$的值", "bank.math_spaces"),
    ("取 $x$的值", "bank.math_spaces"),
    ("温度 $T$，损失", "bank.math_spaces"),
    ("（$x$ ）", "bank.math_spaces"),
    ("This is not translated at all.", "bank.zh_not_chinese"),
])  # fmt: skip
def test_refused_in_chinese(text, key):
    """Chinese text meets the rules of CommonMark that are made for spaces between words."""
    assert keys(text, "zh") == [key]


@pytest.mark.parametrize("text", [
    "**结论。** 后面的话", "**结论** ：后面", "前面**加粗**后面", "取 $x$ 的值",
    "取 $x$ ，损失", "$x$", "- $x$ 是值", "Adam", "0.5", "`x.T`",
    "Mixed precision training", "$O(n)$ (B, T, D)", "（ $x$ ）",
])  # fmt: skip
def test_allowed_in_chinese(text):
    """Names, numbers, code and formulas may be the same in both languages."""
    assert keys(text, "zh") == []


@pytest.mark.parametrize("text", ["先找瓶颈，再选方法。", "The scale，then the rest", "A text with （half） of it"])
def test_english_holds_no_chinese(text):
    """Chinese in the English field is told, and so is full-width punctuation."""
    assert keys(text, "en") == ["bank.en_not_english"]


@pytest.mark.parametrize(("text", "offset"), [
    ("a\n\nb\n# c", 3), ("a\n\n```\nx\n```\n\nb $5", 6), ("a\nb `\nc", 1), ("- a\n- b\n- **c", 2),
    ("a\n\n先找瓶颈再选方法", 2),
])  # fmt: skip
def test_faults_name_their_line(text, offset):
    """A fault says on which line of the text it is."""
    assert [fault.line for fault in faults(parse(text), "en")] == [offset]


def test_a_footnote_is_no_definition():
    """A definition is refused whether its name looks like a mark or not."""
    assert "bank.markdown_reference" in keys("text\n\n[^a]: https://x.org")


def test_marks_name_sources():
    """A mark that names a source of the item is allowed, and carries the source's number."""
    parsed = parse("as shown[^b] and[^a]", {"a": 1, "b": 2})
    assert list(faults(parsed, "en")) == []
    assert [token.shown for token in tokens_of(parsed.blocks[0]) if token.kind is Kind.MARK] == ["2", "1"]


ALLOWED_TOKENS = {
    "paragraph_open", "paragraph_close", "inline", "text", "softbreak", "strong_open", "strong_close", "em_open",
    "em_close", "code_inline", "fence", "bullet_list_open", "bullet_list_close", "ordered_list_open",
    "ordered_list_close", "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close",
    "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close", "list_item_open", "list_item_close",
    "link_open", "link_close", "text_special",
}  # fmt: skip


@pytest.mark.parametrize(
    "text", [case for mark in (test_allowed, test_allowed_in_chinese) for case in mark.pytestmark[0].args[1]]
)
def test_a_parser_agrees(text):
    """A CommonMark parser finds nothing but the subset in what is allowed, and no asterisks left over."""
    import re

    bare = re.sub(r"\$\$.*?\$\$|(?<!\\)\$[^$`]+\$", "x", text, flags=re.DOTALL) if "`$" not in text else text
    tokens = MarkdownIt("commonmark").enable("table").parse(bare)
    found = [*tokens, *(child for token in tokens for child in token.children or ())]
    assert {token.type for token in found} <= ALLOWED_TOKENS
    left = "".join(token.content for token in found if token.type == "text")
    assert "**" not in left
