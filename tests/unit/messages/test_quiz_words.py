"""Laws of the quiz's words."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import llmprep
from llmprep.messages.quiz import MESSAGES

SOURCES = Path(llmprep.__file__).parent
MODULES = [*SOURCES.glob("ui/quiz/*.py"), SOURCES / "cli" / "quiz_command.py"]


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_both_languages_say_the_same_facts() -> None:
    """Each message has the same fields in English and Chinese."""
    for key, (english, chinese) in MESSAGES.items():
        assert fields(english) == fields(chinese), key


def test_every_word_is_said_and_every_word_said_is_there() -> None:
    """No key is missing from the catalogue, and none in it is dead."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    said = set(re.findall(r'"(quiz\.[a-z_]+)"', code))
    said |= {f"quiz.{name}" for name in re.findall(r'(?:tell|words)\("([a-z_]+)"', code)}
    said |= {f"quiz.line_{name}" for name in re.findall(r'refuse\(\s*[a-z.]+, "([a-z_]+)"', code)}
    said |= {f"quiz.prompt_{name}" for name in re.findall(r'_line\("([a-z_]+)"', code)}
    said |= {f"quiz.{name}" for name in re.findall(r'"([a-z_]+)" if [a-z]+ else "', code)}
    said |= {f"quiz.{name}" for name in re.findall(r'" if [a-z]+ else "([a-z_]+)"', code)}
    assert said <= MESSAGES.keys()
    kinds = {f"quiz.line_kind_{name}" for name in ("item", "answer", "key_points", "choice", "option", "skip")}
    names = {
        f"quiz.{part}_{name}" for part in ("rating", "saved", "undone") for name in ("again", "hard", "good", "easy")
    }
    levels = {f"quiz.about_{name}" for name in ("easy", "medium", "hard")}
    assert MESSAGES.keys() == said | kinds | names | levels
