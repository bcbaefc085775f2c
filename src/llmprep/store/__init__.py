"""Floor 2: the log of a user's answers and checks, in one SQLite file; no decisions about its meaning.

`Store.open(folder, now)` opens `folder / "llmprep.sqlite3"`. Reviews and attempts are only ever appended.
"""

from __future__ import annotations

from llmprep.store.records import Attempt, Mode, Rating, Remembered, Review, Session
from llmprep.store.store import AnsweredError, Store

__all__ = ["AnsweredError", "Attempt", "Mode", "Rating", "Remembered", "Review", "Session", "Store"]
