"""What to do once an exercise is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from llmprep.bank import Summary


def next_item(item: str, related: Sequence[str], summaries: Sequence[Summary], done: Collection[str]) -> Summary | None:
    """The item to go on with.

    Args:
        item: the id of the exercise that was accepted.
        related: the ids that it names as worth doing next, the best first; some may be in no bank.
        summaries: the items of the exercise's topic, and of the related ones', in the bank's order.
        done: the ids of exercises accepted and of questions answered.

    Returns:
        The first related exercise that is not done; else the first related question; else the topic's next exercise,
        after its last from its first again; else nothing.
    """
    there = {entry.id: entry for entry in summaries if entry.id != item and entry.id not in done}
    named = [there[name] for name in related if name in there]
    topic, places = item.partition("/")[0], {entry.id: place for place, entry in enumerate(summaries)}
    own = [entry for entry in there.values() if entry.topic == topic and entry.kind == "exercise"]
    here = places.get(item, -1)
    own.sort(key=lambda entry: (places[entry.id] < here, places[entry.id]))
    # Stable: exercises before questions, each in the order in which they are named.
    ranked = sorted(named, key=lambda entry: entry.kind != "exercise") + own
    return ranked[0] if ranked else None
