"""Record the attempt that a report describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.store import Attempt, Mode
from llmprep.verdict import lean

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from llmprep.store import Store
    from llmprep.verdict import Report


def record_attempt(store: Store, report: Report, at: datetime) -> Collection[str]:
    """Record an attempt.

    Args:
        store: the log.
        report: the report on it.
        at: when it was made.

    Returns:
        After an accepted one, the exercises accepted and the questions answered so far.

    Raises:
        EnvironmentFault: the log cannot be written.
    """
    failure = report.first_failure
    findings = (*report.findings, *(failure.findings if failure else ()))
    attempt = Attempt(
        item=report.exercise,
        at=at,
        verdict=report.verdict.value,
        score=report.score,
        passed=report.passed,
        total=report.total,
        cpu_seconds=report.cpu_seconds,
        digest=report.digest,
        seed=report.seed,
        findings=lean(findings),
    )
    store.record_attempt(attempt)
    if not report.accepted:
        return ()
    answered = {review.item for review in store.reviews() if review.mode is not Mode.EXERCISE}
    return store.items_with_verdict(report.verdict.value) | answered
