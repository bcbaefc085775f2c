"""Draw a session's cards, and put a card as a question or a choice; chance comes from the session's seed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Self

from llmprep.store import Mode
from llmprep.study.message import Message
from llmprep.study.scheduler import in_order

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from llmprep.model import Choice, Question
    from llmprep.study.scheduler import Card

MIXED = "mixed"
MODES = (Mode.RECALL.value, Mode.CHOICE.value, MIXED)
"""The modes of a session."""
DEFAULT_LIMIT = 10
"""Cards of a session without `--count`."""


class DeckCard(Message):
    """One card of a session."""

    item: str
    mode: Mode


class SessionOptions(Message):
    """What a reader asks of a session. None, or no topics, leaves it open."""

    topics: tuple[str, ...] = ()
    mode: str | None = None
    limit: int | None = None
    """The most cards it may have."""
    seed: int | None = None


class Deck(Message):
    """The cards of a session, with the options they were drawn by."""

    topics: tuple[str, ...]
    """The topics it is limited to; none for the whole bank."""
    mode: str
    limit: int
    seed: int
    cards: tuple[DeckCard, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the deck as plain JSON values."""
        cards = [[card.item, card.mode.value] for card in self.cards]
        return {"topics": self.topics, "mode": self.mode, "limit": self.limit, "seed": self.seed, "cards": cards}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Build a deck from the values that `to_json` returns.

        Raises:
            ValueError: `plain` is not of that form.
        """
        try:
            cards = tuple(DeckCard(item, Mode(mode)) for item, mode in plain["cards"])
            topics, mode, limit, seed = tuple(plain["topics"]), plain["mode"], plain["limit"], plain["seed"]
        except (KeyError, TypeError) as error:
            raise ValueError("no deck") from error
        names = (*topics, *(card.item for card in cards))
        if mode not in MODES or not isinstance(limit, int) or not isinstance(seed, int):
            raise ValueError("no deck")
        if not all(isinstance(name, str) for name in names):
            raise ValueError("no deck")
        return cls(topics, mode, limit, seed, cards)

    def fits(self, options: SessionOptions) -> bool:
        """Return whether this deck was drawn by these options, as far as they are set."""
        return (
            (not options.topics or set(options.topics) == set(self.topics))
            and options.mode in (None, self.mode)
            and options.limit in (None, self.limit)
            and options.seed in (None, self.seed)
        )

    def left(self, done: Collection[str], available: Collection[str]) -> tuple[DeckCard, ...]:
        """Return the cards that are not done, without those whose items have left the bank."""
        return tuple(card for card in self.cards if card.item not in done and card.item in available)


def draw_deck(items: Sequence[str], cards: Mapping[str, Card], options: SessionOptions, seed: int) -> Deck:
    """Choose cards from the items: never seen first, then the longest due; the seed settles ties, modes and options."""
    rng = Random(seed)  # noqa: S311  (not for secrets)
    mode, limit = options.mode or Mode.RECALL.value, options.limit or DEFAULT_LIMIT
    chosen = in_order(items, cards, rng)[:limit]
    return Deck(options.topics, mode, limit, seed, tuple(draw_card(item, mode, seed) for item in chosen))


def draw_card(item: str, mode: str, seed: int) -> DeckCard:
    """Return the card of an item. Its mode depends on the seed and the item alone."""
    if mode == MIXED:
        return DeckCard(item, _chance(seed, item, "mode").choice((Mode.RECALL, Mode.CHOICE)))
    return DeckCard(item, Mode(mode))


class AskedCard(Message):
    """A card as it is put to the reader."""

    position: int
    """From 1."""
    total: int
    question: Question
    mode: Mode
    choice: int | None = None
    """Index of the choice that is asked; None in recall."""
    order: tuple[int, ...] = ()
    """Index, in the bank, of the option behind each letter; empty in recall."""

    @property
    def drawn(self) -> Choice:
        """The choice that is asked."""
        assert self.choice is not None
        return self.question.choices[self.choice]


def present(card: DeckCard, question: Question, *, position: int, total: int, seed: int) -> AskedCard:
    """Put a card to the reader; the seed picks one of its choices and the order of the options.

    A question without choices is asked in recall.
    """
    if card.mode is not Mode.CHOICE or not question.choices:
        return AskedCard(position, total, question, Mode.RECALL)
    rng = _chance(seed, card.item, "options")
    choice = rng.randrange(len(question.choices))
    order = list(range(len(question.choices[choice].options)))
    rng.shuffle(order)
    return AskedCard(position, total, question, Mode.CHOICE, choice, tuple(order))


def _chance(seed: int, item: str, purpose: str) -> Random:
    """Return a random source that depends on nothing else the session asks."""
    return Random(f"{seed}/{item}/{purpose}")  # noqa: S311  (not for secrets)
