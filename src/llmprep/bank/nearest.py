"""The names that somebody who wrote an unknown one may have meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known ids or topics nearest to `name`, the best first.

    An id is also known by its slug, so that `affine-quantise` finds `compression/affine-quantize`.
    """
    wanted = name.lower().strip("/").replace("_", "-").replace(" ", "-")
    by_name: dict[str, list[str]] = {}
    for full in known:
        by_name.setdefault(full, []).append(full)
        slug = full.rpartition("/")[2]
        if slug != full:
            by_name.setdefault(slug, []).append(full)
    close = get_close_matches(wanted, by_name, n=2 * most)
    if "/" in wanted:  # perhaps the topic is the wrong part
        close += get_close_matches(wanted.rpartition("/")[2], by_name, n=most)
    if len(wanted) > 2:  # noqa: PLR2004  (two letters are in everything)
        close += [other for other in by_name if wanted in other]
    return list(dict.fromkeys(full for other in close for full in by_name[other]))[:most]
