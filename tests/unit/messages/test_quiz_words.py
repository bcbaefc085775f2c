"""Laws of the quiz's words."""

from __future__ import annotations

import re
from pathlib import Path

import llmprep
from llmprep.messages.quiz import MESSAGES
from llmprep.study.commands import PLANNED

SOURCES = Path(llmprep.__file__).parent
MODULES = [*SOURCES.glob("ui/quiz/*.py"), *SOURCES.glob("cli/quiz_*.py"), SOURCES / "store" / "store.py"]
FAMILIES = {
    "line_kind": ("item", "answer", "key_points", "choice", "option", "skip"),
    "rating": ("again", "hard", "good", "easy"),
    "saved": ("again", "hard", "good", "easy"),
    "undone": ("again", "hard", "good", "easy"),
    "about": ("easy", "medium", "hard"),
    "action": tuple(action.value for action in PLANNED),
}
"""Keys that are put together as the command runs."""


def test_every_message_is_used_and_every_message_used_is_there() -> None:
    """No key is missing from the catalogue, and none in it is dead."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    used = set(re.findall(r'"(quiz\.[a-z_]+)"', code))
    for key in re.findall(r"\.(?:message|words)\(\s*([^,)]+)", code):
        used |= {f"quiz.{name}" for name in re.findall(r'(?<!f)"([a-z_]+)"', key)}
    used |= {f"quiz.line_{name}" for name in re.findall(r'refuse\(\s*[a-z.]+, "([a-z_]+)"', code)}
    made = {f"quiz.{family}_{name}" for family, names in FAMILIES.items() for name in names}
    assert all(f"{family.removeprefix('line_')}_{{" in code for family in FAMILIES)
    assert used | made == MESSAGES.keys()
