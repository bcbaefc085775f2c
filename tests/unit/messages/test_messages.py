"""The message catalogue as a whole."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import llmprep
from llmprep.errors import Problem, UsageError
from llmprep.messages.say import _format, explain, say
from llmprep.model import Language
from llmprep.ui.problems import message

PACKAGE = Path(llmprep.__file__).parent
MODULES = sorted(path.stem for path in (PACKAGE / "messages").glob("*.py") if path.stem not in ("__init__", "say"))
MESSAGES = {key: pair for name in MODULES for key, pair in import_module(f"llmprep.messages.{name}").MESSAGES.items()}


def fields(template: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(template) if name)


def test_both_languages_say_the_same_facts():
    """Every message names the same facts in both languages, and its key begins with its module's name."""

    def is_sound(key, english, chinese):
        return (
            set(fields(english)) == set(fields(chinese))
            and key.partition(".")[0] in MODULES
            and (not re.search("[\u4e00-\u9fff]", english) or key == "common.lang_unknown")
        )

    assert [key for key, pair in MESSAGES.items() if not is_sound(key, *pair)] == []


def test_a_number_chooses_its_words():
    """A template holds singular and plural of what is counted; several numbers choose each for themselves."""
    template = "{files:# file|# files}, {count:no problem|problems: #}"
    assert [_format(template, files=files, count=count) for files, count in ((1, 2), (2, 1), (0, 0))] == [
        "1 file, problems: 2",
        "2 files, no problem",
        "0 files, problems: 0",
    ]


COUNTS = "answered|blocks|cases|cells|count|exercises|files|impostors|number|questions|sizes|total"
"""The facts that are counts, of which there may be one."""


def test_english_counts_in_singular_and_plural():
    """A count before a noun chooses between singular and plural; no label such as `Files: 1` avoids the choice."""
    hedged = rf"\(s\)|\b[a-z]+s: \{{(?:{COUNTS})\}}|number of [a-z ]+ is \{{|"
    before_noun = rf"\{{(?:{COUNTS})\}} (?!(?:accepted|in|left|min|more|of|shown)\b)[a-z]"
    assert re.search(hedged + before_noun, "questions: {questions}")
    assert re.search(hedged + before_noun, "the number of sources is {found}")
    assert re.search(hedged + before_noun, "{done} of {total} files")
    assert [key for key, (english, _) in MESSAGES.items() if re.search(hedged + before_noun, english)] == []


def test_singular_and_plural_agree_in_both_numbers():
    """Each pair of forms differs, as it would not need to be one otherwise, and neither loses the number alone."""
    for english, chinese in MESSAGES.values():
        for template in (english, chinese):
            for _, name, form, _ in Formatter().parse(template):
                if name and "|" in (form or ""):
                    one, _, other = form.partition("|")
                    assert one != other, template
                    assert "#" in other or "#" not in one, template


def test_messages_are_plain_english():
    """No message says in a roundabout way what an engineer says in a word."""
    contorted = r"\b(?:tells?|told|whoever|(?:is|are) wanted|comes? to|came to)\b"
    denied = r"(?<![Tt]here )\b(?:is|are) no (?!longer)"
    assert re.search(denied, "“x” is no folder")
    assert [key for key, (english, _) in MESSAGES.items() if re.search(f"{contorted}|{denied}", english)] == []


def test_a_command_that_both_languages_end_with_is_there_once():
    """Both languages share it on one line."""
    told = say("check.next_reference", Language.BOTH, command="llmprep show a/b --answer")
    assert told == "The reference / 参考解答：llmprep show a/b --answer"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (Language.EN, "--kind takes one of a, b, not “c”.\nDid you mean: a, b?"),
        (Language.ZH, "--kind 可取 a、b，不能是“c”。\n您要找的是：a、b？"),
    ],
)
def test_names_are_listed_as_each_language_does(language, told):
    """A Chinese list has Chinese commas, and no space follows a full stop."""
    facts = {"name": "c", "allowed": ["a", "b"], "nearest": ["a", "b"]}
    assert explain(UsageError("bank.option_not_one_of", option="--kind", **facts), language) == told
    problem = Problem("f", 1, "kind", "bank.not_one_of", {"value": "c", **facts})
    assert not re.search("[，。：？] | (?=[，。：？])|, ", message(problem, Language.ZH))


def test_no_message_is_missing():
    """Every key that the code names, whole or to its last word but one, has its message."""
    named = set()
    for path in PACKAGE.rglob("*.py"):
        if "messages" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    named.update(re.findall(rf"^(?:{'|'.join(MODULES)})\.[a-z_]+[a-z]$", node.value))
    assert {name for name in named if not any(key.startswith(name) for key in MESSAGES)} == set()
