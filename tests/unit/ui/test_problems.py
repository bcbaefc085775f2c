"""Problems in words: one line each, native in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import llmprep
from llmprep.errors import MORE_PROBLEMS, Problem
from llmprep.messages.bank import MESSAGES
from llmprep.model import Language
from llmprep.ui.problems import MOST, print_problems, problem_line

PACKAGE = Path(llmprep.__file__).parent


def test_a_line():
    """A problem is `file:line: field: message`, its remedy and the nearest names at the end."""
    problem = Problem("a.yaml", 3, "x.0", "bank.unknown_field", {"name": "foo", "nearest": ["for"]})
    assert problem_line(problem, Language.EN) == (
        "a.yaml:3: x.0: there is no field “foo” here: delete or correct it. Did you mean: for?"
    )
    assert problem_line(problem, Language.ZH) == "a.yaml:3: x.0: 此处没有字段“foo”：请删去或改正。您要找的是：for？"
    whole = Problem("a.yaml", 1, "", "bank.empty_file", {})
    assert problem_line(whole, Language.EN).startswith("a.yaml:1: the file is empty")


def test_values_with_braces_and_line_breaks():
    """What the file holds is shown as it is, on one line."""
    problem = Problem("a.yaml", 3, "x", "bank.not_https", {"value": "{x}\ny"})
    assert problem_line(problem, Language.EN) == "a.yaml:3: x: “{x} y” is not an https address"


def test_printed_to_standard_error(capsys):
    """A command that wanted the bank tells of its problems on standard error, the first of very many."""
    problems = [Problem("a.yaml", line, "", "bank.empty_file", {}) for line in range(1, MOST + 10)]
    print_problems(problems, Language.EN)
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == MOST + 1
    assert f"The bank is invalid: {MOST + 9} problems so far" in err.splitlines()[-1]


def test_the_command_that_tells_all_is_named(tmp_path, capsys):
    """It is given the bank that the files are in; where code was run, the exercise, whose code it runs."""
    bank = tmp_path / "my bank"
    (bank / "topic").mkdir(parents=True)
    (bank / "topics.yaml").touch()
    file = str(bank / "topic" / "it.yaml")
    print_problems([Problem(file, 1, "", "bank.empty_file", {})], Language.EN)
    assert capsys.readouterr().err.endswith(f"llmprep validate '{bank}'\n")
    print_problems([Problem(file, 1, "cases", "bank.code_failed", {"message": "no"})], Language.ZH)
    assert capsys.readouterr().err.endswith(f"llmprep validate '{file}' --deep\n")


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_name_the_same_facts(key):
    """A message names the same facts in both languages, and is written in them."""
    english, chinese = MESSAGES[key]
    fields = [{name for _, name, _, _ in Formatter().parse(words) if name} for words in (english, chinese)]
    assert fields[0] == fields[1]
    assert re.search("[一-鿿]", chinese)
    assert not re.search("[一-鿿，。：；]", english)


def keys_in(folder):
    for path in (PACKAGE / folder).rglob("*.py"):
        if "catalog" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield from re.findall(r"^bank\.\w+$", node.value)


def test_every_key_has_its_message_and_every_message_its_use():
    """The code names no message that is missing, and the catalogue holds none that nothing names."""
    used = {key for folder in ("bank", "checking", "cli", "content", "ui") for key in keys_in(folder)}
    made = {f"bank.{stem}_{name}" for stem, names in {
        "missing": ("en", "zh"), "kind": ("question", "exercise"), "difficulty": ("easy", "medium", "hard"),
    }.items() for name in names} | {MORE_PROBLEMS}  # fmt: skip
    assert used - {"bank.missing_", "bank.kind_", "bank.difficulty_"} <= MESSAGES.keys()
    assert MESSAGES.keys() - used - made == set()
