"""Translates lines typed in a terminal into commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from llmprep.messages.say import pair
from llmprep.store import Rating
from llmprep.study.commands import Action, Choose, Rate, Tick, Type
from llmprep.study.state import Phase
from llmprep.ui.quiz.prompt import short
from llmprep.ui.quiz.view import LETTERS

if TYPE_CHECKING:
    from llmprep.study.commands import Command
    from llmprep.study.state import State

ANYWHERE = {"?": Action.HELP, "q": Action.QUIT, "s": Action.SKIP, "u": Action.UNDO}
"""Keys that count at every prompt, also while an answer is typed."""
AFTERWARDS = {"t": Action.TRAPS, "f": Action.FOLLOW_UPS, "c": Action.CODE}
"""Keys that count once the answer has been shown."""
PLANNED = {"h": Action.HINT, "-": Action.BURY, "!": Action.SUSPEND, "*": Action.FLAG, "l": Action.LANGUAGE}
"""Keys of commands that this version refuses. While an answer is typed they are a part of it."""


def translate(line: str | None, state: State) -> Command:
    """Return the command that a line means where the session stands; the end of input means quit."""
    if line is None:
        return Action.QUIT
    word, phase = short(line), state.phase
    if word in ANYWHERE:
        return ANYWHERE[word]
    if phase is Phase.TYPING:
        # Only an empty line ends an answer. A paste's own empty lines come with text around them.
        return Type(line) if line.strip() else Action.REVEAL
    if not word or phase is Phase.BLOCKED:
        return Action.GO_ON
    if phase is Phase.CHOOSING:
        place = LETTERS.find(word)
        if len(word) == 1 and 0 <= place < _options(state):
            return Choose(place)
    elif word in AFTERWARDS:
        return AFTERWARDS[word]
    if word in PLANNED:
        return PLANNED[word]
    if phase is Phase.TICKING:
        return _ticks(line, state)
    if phase is Phase.RATING and (rating := ratings().get(word)):
        return Rate(rating)
    return Type(line)


def _options(state: State) -> int:
    return len(state.current.card.order) if state.current else 0


def _ticks(line: str, state: State) -> Tick:
    """Turn the numbers of key points into their ids; the session refuses what is neither."""
    assert state.current is not None
    ids = {str(number): point.id for number, point in enumerate(state.current.card.question.key_points, 1)}
    words = re.findall(r"[^\s,、;.]+", short(line))
    return Tick(tuple(ids.get(word.lstrip("0"), word) for word in words) or (line,))


def ratings() -> dict[str, Rating]:
    """Return what a rating can be typed as: its number, or its name in either language."""
    names = {name: rating for rating in Rating for name in pair(f"quiz.rating_{rating.name.lower()}")}
    return names | {str(rating.value): rating for rating in Rating}
