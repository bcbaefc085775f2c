"""Diagnose outputs: a cause is what is true of every failing case, as far as the outputs show it.

Pure. It knows the inputs, the outputs and what was expected, and never the reference.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from llmprep.checking.diagnosis.elementwise import numeric, somewhere, whole
from llmprep.checking.diagnosis.evidence import arguments_of, pairs_of, telling
from llmprep.checking.diagnosis.non_finite import stray
from llmprep.checking.diagnosis.permutations import arrangements, normalizations, reductions
from llmprep.checking.diagnosis.scaling import factors, shifts
from llmprep.checking.signature import parameters
from llmprep.checking.verdicts import located
from llmprep.verdict import Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from llmprep.checking.diagnosis.evidence import Pair, Trait
    from llmprep.checking.suite import Suite
    from llmprep.model import Exercise
    from llmprep.verdict import CaseResult

MOST_FINDINGS = 2
MOST_PLACES = 3
"""Places of an output that are looked into, in its order."""
MOST_PAIRS = 40
MOST_ELEMENTS = 20_000
"""Elements of all pairs together that are looked into: telling takes no longer than checking."""

CERTAIN = frozenset({"diagnose.only_type", "diagnose.axis_of_one", "diagnose.reshaped", "diagnose.reduced_axis"})
"""What a single round number can show."""
OF_SEVERAL = frozenset({"diagnose.only_first_element", "diagnose.only_last_element"})
"""What tells something only if several outputs have it in common."""


def diagnose(exercise: Exercise, suite: Suite, results: Sequence[CaseResult]) -> tuple[Finding, ...]:
    """Return what explains the first failing case, and all others that differ at the same place of the output.

    Args:
        exercise: gives the names of the entry's parameters.
        suite: the cases.
        results: how they fared, in order.

    Returns:
        The most telling first; nothing where nothing is certain.
    """
    failing = [result for result in results if result.verdict is not Verdict.ACCEPTED]
    if not failing or failing[0].verdict is not Verdict.WRONG_ANSWER:
        return ()
    names = parameters(exercise.starter, exercise.entry)
    pairs = [
        pair
        for result in failing
        if result.verdict is Verdict.WRONG_ANSWER and not suite.cases[result.index].by_properties
        for pair in pairs_of(suite.cases[result.index], result.got, names)
    ]
    first = suite.cases[failing[0].index]
    if first.by_properties:
        return ()
    places = dict.fromkeys(pair.place for pair in pairs_of(first, failing[0].got, names))
    passed = [suite.cases[result.index].inputs for result in results if result.verdict is Verdict.ACCEPTED]
    safe = [arguments for inputs in passed for arguments in arguments_of(inputs, names)]
    found: list[Finding] = []
    for place in list(places)[:MOST_PLACES]:
        here = [pair for pair in pairs if pair.place == place]
        finding = (stray(here, safe) if here else None) or explain(_few(here))
        if finding is not None and finding.key not in {other.key for other in found}:
            where = located(suite.cases[here[0].case].inputs, here[0].path)
            found.append(Finding(finding.key, {**where, **finding.facts}))
    return tuple(found[:MOST_FINDINGS])


def _few(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the first pairs, as many as can be looked into at once."""
    sizes = itertools.accumulate(len(pair.expected.values) + len(pair.got.values) for pair in pairs)
    return [pair for pair, size in zip(pairs[:MOST_PAIRS], sizes, strict=False) if size <= MOST_ELEMENTS] or [
        *pairs[:1]
    ]


def explain(pairs: Sequence[Pair]) -> Finding | None:
    """Return the strongest finding that holds for all these pairs: outputs at one place, from failing cases."""
    if not pairs:
        return None
    return (
        _common(pairs, whole)
        or _common(pairs, _arrangements_but_any_order)
        or (_aligned(pairs) and (factors(pairs) or shifts(pairs)))
        or _common(pairs, arrangements)
        or _common(pairs, reductions)
        or _common(pairs, normalizations)
        or _common(pairs, numeric)
        or _at_one_end(pairs, _common(pairs, somewhere))
        or None
    )


def _at_one_end(pairs: Sequence[Pair], finding: Finding | None) -> Finding | None:
    """Return where the outputs differ, but of one alone not the only element: the mismatch itself tells that."""
    return None if finding is not None and finding.key in OF_SEVERAL and len(pairs) == 1 else finding


def _aligned(pairs: Sequence[Pair]) -> bool:
    return all(pair.same_shape and pair.numeric for pair in pairs)


def _arrangements_but_any_order(pair: Pair) -> Iterator[Trait]:
    """Yield permutations, but a change of order only where no factor explains as much."""
    return (trait for trait in arrangements(pair) if trait.key != "diagnose.permuted")


def _common(pairs: Sequence[Pair], traits: Callable[[Pair], Iterator[Trait]]) -> Finding | None:
    """Return the first trait of the first pair that all pairs share, if together they are strong enough evidence."""
    candidates = {trait.identity: trait for trait in traits(pairs[0])}
    for pair in pairs[1:]:
        if not candidates:
            return None
        kept = {trait.identity for trait in traits(pair)}
        candidates = {identity: trait for identity, trait in candidates.items() if identity in kept}
    values = [value for pair in pairs for value in pair.expected.values]
    strength = telling(values) if all(pair.expected.numeric for pair in pairs) else len(values) / 3
    for trait in candidates.values():
        one_sided = trait.key == "diagnose.negated" and len(set(values)) == 1
        if trait.certain or trait.key in CERTAIN or (strength >= 1 and not one_sided):
            return Finding(trait.key, {**trait.facts, **trait.here})
    return None
