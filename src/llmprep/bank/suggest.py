"""Suggest known names for an unknown one."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORT = 2
"""Shorter words match almost everything."""
LONG = 200
"""Longer words are not typing errors, and matching takes time quadratic in their length."""


def nearest_word(word: str, known: Iterable[str]) -> list[str]:
    """Return the known word nearest to `word`, or None if none is near."""
    return get_close_matches(word, list(known), n=1) if len(word) <= LONG else []


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known ids or topics nearest to `name`, best first.

    Ids are compared by their slugs, so that `affine-quantise` and `inference/affine_quantize` both find
    `compression/affine-quantize`; among equal slugs, the nearest topic comes first.
    """
    if len(name) > LONG:
        return []
    topic, _, slug = name.lower().strip(" /").replace("_", "-").replace(" ", "-").rpartition("/")
    by_slug: dict[str, list[str]] = {}
    for full in known:
        by_slug.setdefault(full.rpartition("/")[2], []).append(full)
    close = get_close_matches(slug, by_slug, n=most)
    if len(slug) > SHORT:
        close += [other for other in by_slug if slug in other or (len(other) > SHORT and other in slug)]
    found = dict.fromkeys(
        full
        for other in close
        for full in sorted(
            by_slug[other], key=lambda full: -SequenceMatcher(None, topic, full.rpartition("/")[0]).ratio()
        )
    )
    if not found and len(slug) > SHORT:  # a topic's name in place of an item's
        found = dict.fromkeys(full for each in by_slug.values() for full in each if slug in full)
    return list(found)[:most]
