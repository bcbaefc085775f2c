"""The message catalogue as a whole."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import llmprep

PACKAGE = Path(llmprep.__file__).parent
MODULES = sorted(path.stem for path in (PACKAGE / "ui" / "catalog").glob("*.py") if path.stem != "__init__")
MESSAGES = {key: pair for name in MODULES for key, pair in import_module(f"llmprep.ui.catalog.{name}").MESSAGES.items()}


def fields(template: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(template) if name)


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_say_the_same_facts(key):
    """A message names the same facts in both languages, and its key begins with its module's name."""
    english, chinese = MESSAGES[key]
    assert set(fields(english)) == set(fields(chinese))
    assert key.partition(".")[0] in MODULES
    assert not re.search("[\u4e00-\u9fff]", english) or key == "common.lang_unknown"


def test_no_message_is_missing():
    """Every key that the code names, whole or to its last word but one, has its message."""
    named = set()
    for path in PACKAGE.rglob("*.py"):
        if "catalog" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    named.update(re.findall(rf"^(?:{'|'.join(MODULES)})\.[a-z_]+[a-z]$", node.value))
    assert {name for name in named if not any(key.startswith(name) for key in MESSAGES)} == set()
