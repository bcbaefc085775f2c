"""Recommend what to do next: after an accepted exercise, and after a session of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.errors import BankError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from llmprep.bank import Bank, Summary
    from llmprep.model import Exercise, Question

MOST_EXERCISES = 3
"""Exercises recommended after a session."""


def next_item(item: str, related: Sequence[str], summaries: Sequence[Summary], done: Collection[str]) -> Summary | None:
    """Return the item to do after an accepted exercise, or None.

    Args:
        item: the id of the accepted exercise.
        related: the ids that it names as worth doing next, the best first; some may be in no bank.
        summaries: the items of the exercise's topic and of the related items' topics, in the bank's order.
        done: the ids of accepted exercises and answered questions.

    Returns:
        The first related exercise that is not done; else the first related question; else the topic's next exercise,
        starting again from the topic's first after its last.
    """
    open_items = {entry.id: entry for entry in summaries if entry.id != item and entry.id not in done}
    named = [open_items[name] for name in related if name in open_items]
    topic, places = item.partition("/")[0], {entry.id: place for place, entry in enumerate(summaries)}
    own = [entry for entry in open_items.values() if entry.topic == topic and entry.kind == "exercise"]
    here = places.get(item, -1)
    own.sort(key=lambda entry: (places[entry.id] < here, places[entry.id]))
    # Stable: exercises before questions, each in the order in which they are named.
    ranked = sorted(named, key=lambda entry: entry.kind != "exercise") + own
    return ranked[0] if ranked else None


def next_exercises(asked: Sequence[Question], exercises: Sequence[str], solved: Collection[str]) -> list[str]:
    """Return exercises to do after a session, at most `MOST_EXERCISES`.

    Args:
        asked: the questions of the session.
        exercises: the ids of the exercises in their topics.
        solved: the ids of accepted exercises, which are left out.

    Returns:
        The exercises that the questions name as related, then the others.
    """
    related = [item for question in asked for item in question.related if item in exercises]
    return [item for item in dict.fromkeys([*related, *exercises]) if item not in solved][:MOST_EXERCISES]


def recommend(bank: Bank, exercise: Exercise, done: Collection[str]) -> Summary | None:
    """Return the item to go on with, or None if the topics concerned do not load (unrelated to the submission).

    Args:
        bank: the bank of the exercise.
        exercise: the exercise that was accepted.
        done: the ids of exercises accepted and of questions answered.
    """
    try:
        known = [topic.id for topic in bank.topics()]
        topics = {exercise.topic, *(name.partition("/")[0] for name in exercise.related)}
        summaries = bank.summaries([topic for topic in known if topic in topics])
    except BankError:
        return None
    return next_item(exercise.id, exercise.related, summaries, done)
