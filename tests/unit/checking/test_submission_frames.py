"""Laws of hearing a worker out: exactly the frames that it would send, left alone, count."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.checking.submission_frames import SubmissionAnswers, own_lines, parse_frames
from llmprep.sandbox.job_result import JobResult
from llmprep.values import Raised

ERROR = Raised(("ValueError", "Exception", "BaseException"), "bad")


def case(index: int, value: Any = 1.0, printed: int = 0) -> tuple[Any, ...]:
    return ("case", index, value, (), False, (), printed, 0.25)


def answers_of(
    *frames: tuple[Any, ...], total: int = 2, again: tuple[int, ...] = (0,), **fields: Any
) -> SubmissionAnswers:
    return parse_frames(JobResult(frames=list(frames), **fields), total, again)


def test_cases_are_heard_in_order() -> None:
    """Each case's value, CPU time and share of what was printed come through."""
    answers = answers_of(case(0, "a", 3), case(1, "b", 5), ("again", 0, "a"), printed=b"one23")
    assert answers.well_formed
    assert [(one.value, one.printed, one.cpu_seconds) for one in answers.cases] == [
        ("a", "one", 0.25),
        ("b", "23", 0.25),
    ]
    assert answers.again == {0: "a"}


CODE = "0123456789abcdef" * 2


def test_remarks_are_heard() -> None:
    """The fingerprint before anything else, and what was tried whenever it was, each once."""
    answers = answers_of(("code", CODE), ("tried", "write"), case(0), ("tried", "process"), case(1), ("again", 0, 1.0))
    assert answers.well_formed
    assert answers.complete
    assert (answers.code, answers.tried) == (CODE, ["write", "process"])
    assert answers_of(("code", CODE), ("tried", "write"), ("raised", ERROR, ())).well_formed


@pytest.mark.parametrize(
    "frames",
    [
        [case(0), ("code", CODE)],
        [("code", CODE), ("code", CODE)],
        [("code", CODE[:-1])],
        [("code", CODE.upper())],
        [("code", 1)],
        [("code",)],
        [("tried", "process"), ("tried", "process")],
        [("tried", "flight")],
        [("tried", ["process"])],
        [("tried", "process", "write")],
        [case(1)],
        [case(0), case(0)],
        [case(0), case(1), case(2)],
        [case(0), ("again", 0, 1.0)],
        [case(0), case(1), ("again", 1, 1.0)],
        [case(0), case(1), ("again", 0, 1.0), ("again", 0, 1.0)],
        [case(0), case(1), ("again", 0, 1.0), case(1)],
        [case(True)],
        [("case", 0, 1.0)],
        [("case", 0, 1.0, [], False, (), 0, 0.1)],
        [("case", 0, 1.0, (1,), False, (), 0, 0.1)],
        [("case", 0, 1.0, (), 0, (), 0, 0.1)],
        [("case", 0, 1.0, (), False, ((1, "f"),), 0, 0.1)],
        [("case", 0, 1.0, (), False, (), 0.0, 0.1)],
        [("case", 0, 1.0, (), False, (), 0, "fast")],
        [("verdict", "accepted")],
        [("ready", (), 0.0)],
        [("end",)],
        [("raised", "ValueError", ())],
        [("raised", ERROR, (("x", 1, ""),))],
        [("raised", ERROR)],
        [case(0), ("raised", ERROR, ())],
        [("invalid", "syntax")],
        [("invalid", "syntax", "text")],
        [case(0), ("invalid", "syntax", {})],
        [("raised", ERROR, ()), ("invalid", "syntax", {})],
        [("too_large",)],
    ],
)
def test_what_a_worker_would_not_say_ends_the_hearing(frames: list[tuple[Any, ...]]) -> None:
    """A frame out of order, repeated or of the wrong form is malformed, and nothing after it counts."""
    answers = answers_of(*frames, case(0), case(1), ("again", 0, 1.0))
    assert not answers.well_formed
    good = [one for one in frames if one[0] == "case"]
    assert len(answers.cases) <= len(good)


def test_a_malformed_stream_is_remembered() -> None:
    """Bytes that were no frame at all make what was answers before them ill-formed."""
    assert not answers_of(case(0), case(1), stop="malformed").well_formed


def test_what_keeps_a_submission_from_loading_is_heard() -> None:
    """A refusal, an exception at import and an answer too large are told apart."""
    invalid = answers_of(("invalid", "no_entry", {"found": ("f",)})).invalid
    assert invalid is not None
    assert (invalid.key, invalid.facts) == ("check.invalid_no_entry", {"found": ("f",)})
    assert answers_of(("raised", ERROR, ((3, "<module>", ""),))).raised == (ERROR, ((3, "<module>", ""),))
    assert answers_of(case(0), ("too_large", 1)).too_large


def test_counts_of_printed_bytes_are_not_believed() -> None:
    """Counts past the end or running backwards cut text short and never raise."""
    answers = answers_of(case(0, printed=10**18), case(1, printed=-5), printed=b"text")
    assert [one.printed for one in answers.cases] == ["text", ""]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["case", "again", "invalid", "raised", "too_large", "problem", ""]),
            st.integers(-1, 2) | st.text(max_size=2) | st.just(ERROR),
            st.none() | st.integers() | st.dictionaries(st.text(max_size=2), st.none(), max_size=1),
        ).flatmap(lambda frame: st.sampled_from([frame[:1], frame[:2], frame, (*frame, (), False, (), 0, 0.0)])),
        max_size=6,
    )
)
def test_any_frames_are_heard_without_raising(frames: list[tuple[Any, ...]]) -> None:
    """Whatever a process says, it is answers as at most `total` cases, in order."""
    answers = parse_frames(JobResult(frames=frames), 2, (0,))
    assert len(answers.cases) <= 2
    assert set(answers.again) <= {0}


def test_own_lines_take_their_text_from_the_source() -> None:
    """A frame names a line; its text is looked up, never taken from the process."""
    source = "def f():\n    return 1 / 0\n"
    found = own_lines(((2, "f", "forged"), (99, "g", "forged"), (-1, "h", "")), source)
    assert [(one.line, one.function, one.text) for one in found] == [
        (2, "f", "return 1 / 0"),
        (99, "g", ""),
        (-1, "h", ""),
    ]
