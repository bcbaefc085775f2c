"""What a report says of going on: the hint of a known mistake, the explanation once it is earned, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from llmprep.messages.say import flat, one_line, say
from llmprep.model import Language

if TYPE_CHECKING:
    from rich.console import Console

    from llmprep.bank import Summary
    from llmprep.model import Exercise
    from llmprep.verdict import Report


class Checked(NamedTuple):
    """What a report on one file says beyond what was found."""

    file: str
    """The submission's name, from the folder that a snippet will be in."""
    snippet_command: str = ""
    """The command that writes the first failing case's snippet; none where it is written already."""
    explain: bool = False
    """Whether the explanation was asked for."""
    explain_command: str = ""
    """The command that asks for it."""
    following: Summary | None = None
    """The item to go on with, after an accepted one."""
    options: str = ""
    """What other commands that are named must end in, so that they mean the same bank."""
    room: int = 23
    """The lines that the report has, if it can do with them."""


def print_mistake(console: Console, report: Report, exercise: Exercise, language: Language) -> None:
    """Draw the hint of a known mistake: what helps most, so it stands right under the verdict."""
    from rich.text import Text

    from llmprep.content.fields import prose
    from llmprep.content.markup import joined
    from llmprep.ui.terminal.markdown import Markdown

    if not report.mistake:
        return
    hint = next(mistake.hint for mistake in exercise.mistakes if mistake.id == report.mistake)
    console.print(Text("  " + say("check.hint", language), "bold yellow"))
    console.print(Markdown(joined(prose(hint, language)), indent=4))


def print_onward(console: Console, report: Report, exercise: Exercise, language: Language, checked: Checked) -> None:
    """Draw a report's end."""
    from rich.text import Text

    if report.accepted and checked.explain:
        from llmprep.content.fields import prose
        from llmprep.content.markup import joined
        from llmprep.ui.terminal.markdown import Markdown

        console.print()
        console.print(Text("  " + say("item.explanation", language), "bold"))
        console.print(Markdown(joined(prose(exercise.explanation, language)), indent=4), soft_wrap=True)
    console.print()
    for line in _lines(report, exercise, language, checked):
        console.print(Text(f"  {line}", "dim"), soft_wrap=True)


def _lines(report: Report, exercise: Exercise, language: Language, checked: Checked) -> list[str]:
    """The commands that help on."""
    if not report.accepted:
        lines = [say("check.explain_later", language)] if checked.explain else []
        if checked.snippet_command and report.first_failure is not None:
            lines.append(say("check.snippet_command", language, command=flat(checked.snippet_command)))
        return [*lines, say("check.next_hint", language, command=flat(f"llmprep hint {exercise.id}{checked.options}"))]
    lines = []
    if not checked.explain and checked.explain_command:
        lines.append(say("check.next_explain", language, command=flat(checked.explain_command)))
    command = f"llmprep show {exercise.id} --answer{checked.options}"
    lines.append(say("check.next_reference", language, command=flat(command)))
    if checked.following is not None:
        command = command_of(checked.following, checked.options)
        title = one_line(checked.following.title, language)
        title = f"（{title}）" if language is Language.ZH else f"  ({title})"
        lines.append(say("check.next_item", language, command=flat(command) + title))
    return lines


def command_of(following: Summary, options: str) -> str:
    """The command that begins an item."""
    return f"llmprep {'start' if following.kind == 'exercise' else 'show'} {following.id}{options}"


def next_json(checked: Checked) -> dict[str, Any] | None:
    """The item to go on with as data."""
    following = checked.following
    return None if following is None else {"item": following.id, "command": command_of(following, checked.options)}


def explanation_of(report: Report, exercise: Exercise | None, language: Language, checked: Checked) -> str | None:
    """The explanation, if it was asked for and is earned."""
    earned = exercise is not None and report.accepted and checked.explain
    return exercise.explanation.in_language(language) if exercise is not None and earned else None
