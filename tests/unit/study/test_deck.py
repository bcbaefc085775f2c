"""Laws of decks and of how a card is put."""

from __future__ import annotations

from llmprep.model import Choice, Option, Question, Text
from llmprep.store import Mode
from llmprep.study.deck import Deck, DeckCard, SessionOptions, draw_deck, present

ITEMS = [f"t/{n}" for n in range(30)]
PAIR = Text("a", "b")


ASKED = SessionOptions(("t",), "mixed", 10)


def deck(request: SessionOptions = ASKED, seed: int = 7) -> Deck:
    return draw_deck(ITEMS, {}, request, seed)


def question(item: str = "t/0", choices: int = 2) -> Question:
    options = tuple(Option(PAIR, PAIR, correct=n == 0) for n in range(4))
    return Question(
        id=item,
        kind="question",
        title=PAIR,
        difficulty="easy",
        minutes=1,
        prompt=PAIR,
        sources=(),
        answer=PAIR,
        key_points=(),
        traps=(),
        follow_ups=(),
        choices=tuple(Choice(PAIR, options) for _ in range(choices)),
    )


def test_a_deck_repeats_from_its_seed() -> None:
    """The same seed draws the same cards; another draws others."""
    assert deck() == deck()
    assert deck().cards != deck(seed=8).cards


def test_a_deck_has_as_many_cards_as_asked_for_or_as_there_are() -> None:
    """No card twice."""
    assert len(deck().cards) == 10
    assert len({card.item for card in deck(SessionOptions(limit=99)).cards}) == 30


def test_modes_are_as_asked_for() -> None:
    """Mixed holds both; the others one."""
    assert {card.mode for card in deck(ASKED.replace(limit=30)).cards} == {Mode.RECALL, Mode.CHOICE}
    assert {card.mode for card in deck(ASKED.replace(mode="choice")).cards} == {Mode.CHOICE}


def test_a_deck_survives_json() -> None:
    """Plain values and back are the same deck."""
    import json

    assert Deck.from_json(json.loads(json.dumps(deck().to_json()))) == deck()


def test_a_deck_fits_what_it_was_made_from() -> None:
    """Everything that is asked for must agree; nothing asked for agrees with every deck."""
    made = deck()
    assert made.fits(SessionOptions())
    assert made.fits(SessionOptions(("t",), "mixed", 10, 7))
    for other in (
        SessionOptions(("u",)),
        SessionOptions(mode="recall"),
        SessionOptions(limit=9),
        SessionOptions(seed=8),
    ):
        assert not made.fits(other)


def test_a_request_left_open_gets_ten_cards_in_recall() -> None:
    """The defaults."""
    made = deck(SessionOptions())
    assert (made.limit, len(made.cards), {card.mode for card in made.cards}) == (10, 10, {Mode.RECALL})


def test_what_is_left_is_neither_done_nor_gone() -> None:
    """In the deck's order."""
    made = Deck((), "recall", 3, 0, tuple(DeckCard(item, Mode.RECALL) for item in ("a", "b", "c", "d")))
    assert [card.item for card in made.left({"b"}, {"a", "b", "d"})] == ["a", "d"]


def test_options_are_in_an_order_of_the_seed() -> None:
    """The order repeats, holds every option once, and hangs on seed and item, not on the position in the session."""
    card = DeckCard("t/0", Mode.CHOICE)
    put = present(card, question(), position=1, total=9, seed=3)
    again = present(card, question(), position=5, total=6, seed=3)
    assert (put.choice, put.order) == (again.choice, again.order)
    assert sorted(put.order) == [0, 1, 2, 3]
    cards = [present(card, question(), position=1, total=1, seed=seed) for seed in range(100)]
    drawn = {(put.choice, put.order) for put in cards}
    assert len({choice for choice, _ in drawn}) == 2
    assert len({order for _, order in drawn}) == 24


def test_a_question_without_choices_is_asked_in_recall() -> None:
    """Rather than not at all."""
    put = present(DeckCard("t/0", Mode.CHOICE), question(choices=0), position=1, total=1, seed=0)
    assert put.mode is Mode.RECALL
