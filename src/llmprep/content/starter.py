"""The file that a candidate begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.messages.say import one_line, say

if TYPE_CHECKING:
    from llmprep.model import Exercise, Language


def starter_file(exercise: Exercise, language: Language) -> str:
    """Write the starter under comments: the exercise's name on the first line, the title, the prompt and the rules."""
    text = f"{exercise.prompt.in_language(language)}\n\n{say('check.always', language)}"
    comments = [f"# llmprep: {exercise.id}", f"# {one_line(exercise.title, language)}", "#"]
    comments += [f"# {line}".rstrip() for line in text.splitlines()]
    return "\n".join(comments) + f"\n\n{exercise.starter.strip()}\n"
