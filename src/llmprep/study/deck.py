"""A session: which items it asks, in which form, and what is left of it."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from llmprep.store import Mode
from llmprep.study.scheduler import in_order

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from llmprep.model import Choice, Question
    from llmprep.study.scheduler import Card

MIXED = "mixed"
MODES = (Mode.RECALL.value, Mode.CHOICE.value, MIXED)
"""The forms a session can be asked in."""
DEFAULT_LIMIT = 10
"""The most cards of a session that nobody set a limit to."""


class Planned(NamedTuple):
    """One card of a session."""

    item: str
    mode: Mode


class Request(NamedTuple):
    """What a reader asks of a session; None and no topics leave it open."""

    topics: tuple[str, ...] = ()
    mode: str | None = None
    limit: int | None = None
    """The most cards."""
    seed: int | None = None


class Plan(NamedTuple):
    """What a session was asked for, and what it drew from that."""

    topics: tuple[str, ...]
    """The topics it keeps to; none for the whole bank."""
    mode: str
    limit: int
    """The most cards that were asked for."""
    seed: int
    cards: tuple[Planned, ...]

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return {**self._asdict(), "cards": [[card.item, card.mode.value] for card in self.cards]}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """From the plain values of `to_json`.

        Raises:
            ValueError: they are not such values.
        """
        try:
            cards = tuple(Planned(item, Mode(mode)) for item, mode in plain["cards"])
            topics, mode, limit, seed = tuple(plain["topics"]), plain["mode"], plain["limit"], plain["seed"]
        except (KeyError, TypeError) as error:
            raise ValueError("no plan") from error
        names = (*topics, *(card.item for card in cards))
        if mode not in MODES or not isinstance(limit, int) or not isinstance(seed, int):
            raise ValueError("no plan")
        if not all(isinstance(name, str) for name in names):
            raise ValueError("no plan")
        return cls(topics, mode, limit, seed, cards)

    def fits(self, request: Request) -> bool:
        """Whether everything that is asked for, where anything is, is what this plan was made from."""
        return (
            (not request.topics or set(request.topics) == set(self.topics))
            and request.mode in (None, self.mode)
            and request.limit in (None, self.limit)
            and request.seed in (None, self.seed)
        )

    def left(self, done: Collection[str], there: Collection[str]) -> tuple[Planned, ...]:
        """The cards that are not done yet and whose items are still there."""
        return tuple(card for card in self.cards if card.item not in done and card.item in there)


def make_plan(items: Sequence[str], cards: Mapping[str, Card], request: Request, seed: int) -> Plan:
    """Choose from the items, due first; the seed settles everything that is left to chance."""
    rng = Random(seed)  # noqa: S311  (no secret hangs on it)
    mode, limit = request.mode or Mode.RECALL.value, request.limit or DEFAULT_LIMIT
    chosen = in_order(items, cards, rng)[:limit]
    return Plan(request.topics, mode, limit, seed, tuple(plan_card(item, mode, seed) for item in chosen))


def plan_card(item: str, mode: str, seed: int) -> Planned:
    """The form an item is asked in, which depends on the seed and the item alone."""
    if mode == MIXED:
        return Planned(item, _chance(seed, item, "mode").choice((Mode.RECALL, Mode.CHOICE)))
    return Planned(item, Mode(mode))


class Asked(NamedTuple):
    """A card as it is put to the reader."""

    position: int
    """From 1."""
    total: int
    question: Question
    mode: Mode
    choice: int | None = None
    """For a choice: which of the question's."""
    order: tuple[int, ...] = ()
    """For a choice: the bank's number of the option behind each letter."""

    @property
    def drawn(self) -> Choice:
        """The choice that was drawn."""
        assert self.choice is not None
        return self.question.choices[self.choice]


def ask(card: Planned, question: Question, *, position: int, total: int, seed: int) -> Asked:
    """Put a card as the seed has it: which of its choices, and its options in which order.

    A question that has no choices, as one of another bank may, is asked in recall.
    """
    if card.mode is not Mode.CHOICE or not question.choices:
        return Asked(position, total, question, Mode.RECALL)
    rng = _chance(seed, card.item, "options")
    choice = rng.randrange(len(question.choices))
    order = list(range(len(question.choices[choice].options)))
    rng.shuffle(order)
    return Asked(position, total, question, Mode.CHOICE, choice, tuple(order))


def _chance(seed: int, item: str, purpose: str) -> Random:
    """Chance that does not hang on what else the session asks."""
    return Random(f"{seed}/{item}/{purpose}")  # noqa: S311  (no secret hangs on it)
