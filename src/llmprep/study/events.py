"""Outputs of a session's machine: events to show and effects to perform; and the outcomes of effects."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING

from llmprep.store import Rating
from llmprep.study.message import Message

if TYPE_CHECKING:
    from datetime import datetime

    from llmprep.errors import LlmprepError
    from llmprep.model import Question
    from llmprep.store import Review
    from llmprep.study.commands import Action
    from llmprep.study.deck import AskedCard
    from llmprep.study.marking import Likely


WEAK = Rating.HARD
"""The best rating of an answer that is worth another look."""


class SessionSummary(Message):
    """How a session went, over all of its runs."""

    reviews: tuple[Review, ...]
    skipped: tuple[str, ...]
    left: tuple[str, ...]
    """Items not asked yet."""

    @property
    def ratings(self) -> Counter[Rating]:
        """How many answers got each rating."""
        return Counter(review.rating for review in self.reviews)

    @property
    def weak(self) -> tuple[str, ...]:
        """The items rated again or hard."""
        return tuple(review.item for review in self.reviews if review.rating <= WEAK)


# Events: what to show.


class CardShown(Message):
    """A card is asked."""

    card: AskedCard
    draft: str = ""
    """What was typed for it before."""


class Revealed(Message):
    """The model answer is to be seen, and the key points are to be ticked."""

    card: AskedCard
    likely: tuple[Likely, ...]
    ticked: frozenset[str]


class Ticked(Message):
    """The ticks have changed."""

    card: AskedCard
    ticked: frozenset[str]


class RatingAsked(Message):
    """A rating is asked for."""

    suggested: Rating | None


class Saved(Message):
    """A review is on the disk."""

    card: AskedCard
    review: Review
    likely: tuple[Likely, ...] = ()
    suggested: Rating | None = None
    """The rating that the ticks suggest; None for a choice."""


class Skipped(Message):
    """A card is passed over for the rest of the session."""

    item: str


class Undone(Message):
    """The last rating is cancelled; None if there was none to cancel."""

    review: Review | None


class MoreShown(Message):
    """More of a question is asked for: its traps, its follow-ups or its code."""

    what: Action
    question: Question


class HelpShown(Message):
    """Help is asked for."""


class Added(Message):
    """An item that the session had not drawn is one of its cards now."""

    item: str


class Reason(Enum):
    """Why a command is refused."""

    PLANNED = "planned"
    """A later version will have it."""
    NOT_NOW = "not_now"
    """It makes no sense at this point."""
    NOT_ASKED = "not_asked"
    """The item is no question of this session's topics, or the session is done with it."""
    WANTS_CHOICE = "wants_choice"
    WANTS_ANSWER = "wants_answer"
    WANTS_RATING = "wants_rating"
    NO_SUCH_OPTION = "no_such_option"
    NO_SUCH_POINT = "no_such_point"


class Refused(Message):
    """A command is refused, and nothing has changed."""

    reason: Reason
    names: tuple[str, ...] = ()
    """What there is not."""
    action: Action | None = None


class NotKept(Message):
    """The store refuses; the reader may remove the cause and go on."""

    fault: LlmprepError


class AnsweredElsewhere(Message):
    """Another process has answered the card in this same session; its answer counts."""

    item: str


class Ended(Message):
    """The session is left or complete."""

    summary: SessionSummary | None
    """None if the store cannot tell."""
    fault: LlmprepError | None = None
    """What went wrong first."""


Event = (
    CardShown
    | Revealed
    | Ticked
    | RatingAsked
    | Saved
    | Skipped
    | Undone
    | MoreShown
    | HelpShown
    | Added
    | Refused
    | NotKept
    | AnsweredElsewhere
    | Ended
)

# Effects: what to do outside the machine. Each is answered by one outcome.


class Fetch(Message):
    """Find the first of these items that the session has no answer to."""

    items: tuple[str, ...]


class KeepReview(Message):
    """Record an answer, unless another process has recorded one in this session."""

    review: Review


class KeepDraft(Message):
    """Keep what has been typed so far."""

    item: str
    text: str


class KeepSkip(Message):
    """Keep that an item is passed over."""

    item: str


class KeepUndo(Message):
    """Cancel the last rating."""

    at: datetime
    own: tuple[int, ...]
    """The reviews of this run, in order."""
    before: int
    """The last review of all when this run began."""


class LookBack(Message):
    """Read what the session holds."""


class KeepEnd(Message):
    """Mark the session as ended."""

    at: datetime


Effect = Fetch | KeepReview | KeepDraft | KeepSkip | KeepUndo | LookBack | KeepEnd

# Outcomes: how an effect went.


class Fetched(Message):
    """Outcome of `Fetch`."""

    answered: frozenset[str]
    """All items that the session has an answer to."""
    question: Question | None
    """None if nothing is left to ask."""


class Kept(Message):
    """Outcome of an effect that stores something; `KeepReview` and `KeepUndo` tell which review."""

    review: Review | None = None


class Taken(Message):
    """Outcome of `KeepReview`: another process was first."""


class LookedBack(Message):
    """Outcome of `LookBack`."""

    answered: frozenset[str]
    reviews: tuple[Review, ...]


class Failed(Message):
    """Outcome of any effect: the store refuses."""

    fault: LlmprepError


Outcome = Fetched | Kept | Taken | LookedBack | Failed
