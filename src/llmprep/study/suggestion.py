"""The rating that key points hit suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.store import Rating

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from llmprep.model import KeyPoint

GOOD_SHARE = 0.6
"""The share of all key points from which an answer with every essential one counts as good."""


def suggested_rating(key_points: Sequence[KeyPoint], hit: Collection[str]) -> Rating:
    """An answer that misses an essential point fails; of the others, all points are easy, most good, few hard."""
    if any(point.essential and point.id not in hit for point in key_points):
        return Rating.AGAIN
    share = sum(point.id in hit for point in key_points) / max(1, len(key_points))
    if share == 1:
        return Rating.EASY
    return Rating.GOOD if share >= GOOD_SHARE else Rating.HARD
