"""Cap what this process itself does for one submission, beside reading and judging its answers.

What each step of a check may cost here, whatever a submission does:

- Reading its answers: `Limits.answer_bytes`, and one value for each `VALUE_BYTES` of them.
- Judging them: as much as reading what is expected. Sizes are compared first, and no more than `MOST_MISMATCHES` things
  are reported for one answer.
- Explaining the first failure and naming a mistake: `MOST_LOOKED_AT`, or they are not attempted. The verdict and the
  plain findings never depend on them.
- Telling: a fixed number of findings, lines, keys and characters of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmprep.values import ITEM_SIZES, Array, Members, Pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from llmprep.checking.submission_frames import CaseAnswer
    from llmprep.checking.suite import Suite

MOST_LOOKED_AT = 4_000_000
"""Values that are looked at to explain a failure and to name a mistake: some two seconds in the worst case."""
LOOKS = 4
"""How often diagnosis goes through an answer, or an input."""
ELEMENTS_PER_VALUE, CHARACTERS_PER_VALUE = 4, 64
"""Elements of an array, or characters, that take about as long as one value."""


def is_affordable(suite: Suite, answers: Iterable[CaseAnswer], mistakes: int) -> bool:
    """Return whether a failure can be explained, and a mistake named, within the cap.

    Args:
        suite: the cases, whose inputs diagnosis looks into.
        answers: what the submission answered to them.
        mistakes: how many known mistakes its answers would be compared with.
    """
    left = MOST_LOOKED_AT - LOOKS * sum(len(case.given) // (8 * ELEMENTS_PER_VALUE) for case in suite.cases)
    for one in answers:
        if left < 0:
            return False
        times = LOOKS + mistakes
        left -= times * weight(one.value, left // times + 1)
    return left >= 0


def weight(value: Any, most: int) -> int:
    """Return about how many values something holds; nothing beyond `most` is visited."""
    found, waiting = 0, [value]
    while waiting and found <= most:
        one = waiting.pop()
        kind = type(one)
        found += 1
        if kind is Array:
            found += len(one.data) // (ITEM_SIZES[one.dtype] * ELEMENTS_PER_VALUE)
        elif kind is str or kind is bytes:
            found += len(one) // CHARACTERS_PER_VALUE
        elif kind is int:
            found += one.bit_length() // (8 * CHARACTERS_PER_VALUE)
        elif kind in (list, tuple, set):
            waiting += one
        elif kind is dict:
            waiting += one
            waiting += one.values()
        elif kind is Pairs:
            for pair in one.pairs:
                waiting += pair
        elif kind is Members:
            waiting += one.members
    return found
