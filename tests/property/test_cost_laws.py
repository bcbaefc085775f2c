"""What a submission sends costs this process linear time: to decode, compare, explain, name and tell, under one cap.

Where it can be, the law counts: keys hashed, elements compared. Else it is CPU time at n and 8 n, the minimum of three,
at most sixteenfold.
"""

from __future__ import annotations

import gc
import io
import json
import struct
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from llmprep.bank import Bank
from llmprep.checking import effort
from llmprep.checking.effort import is_affordable, weight
from llmprep.checking.mistakes import name_mistake
from llmprep.checking.pipeline import explain_failure
from llmprep.checking.submission_frames import CaseAnswer, SubmissionAnswers, own_lines, parse_frames
from llmprep.checking.suite import Case, Suite
from llmprep.checking.verdicts import grade_cases, overall
from llmprep.compare import MOST_MISMATCHES, compare, differs
from llmprep.keys import LONGEST_PATH, by_key
from llmprep.messages.say import json_text
from llmprep.model import Language, Tolerance
from llmprep.sandbox.codec import (
    MOST_COLLISIONS,
    MOST_VALUES,
    Decoder,
    TooManyValuesError,
    WireError,
    decode,
    encode,
)
from llmprep.sandbox.job_result import JobResult
from llmprep.ui.report.as_json import report_json
from llmprep.ui.report.next_steps import Checked
from llmprep.ui.report.terminal import print_report
from llmprep.values import Arguments, Array, Members, Pairs, Raised, Scalar, Unsupported
from llmprep.verdict import Finding, Report, lean

if TYPE_CHECKING:
    from collections.abc import Callable

TOLERANCE = Tolerance(rtol=1e-6, atol=1e-9)
TIMES, MOST_TIMES = 8, 16
MODULUS = 2**61 - 1
"""Python's integers that differ by this have one hash."""


def cpu_seconds(work: Callable[[], object]) -> float:
    """The least of three times."""
    times = []
    for _ in range(3):
        gc.collect()
        gc.disable()  # its rounds grow with all that the test session holds
        try:
            begun = time.process_time()
            work()
            times.append(time.process_time() - begun)
        finally:
            gc.enable()
    return min(times)


def number_of_calls(work: Callable[[], object]) -> int:
    """How many functions are called, Python's own included: the same at every run."""
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def assert_linear(make: Callable[[int], Callable[[], object]], size: int) -> None:
    """Eight times as much takes at most sixteen times as long."""
    small, large = cpu_seconds(make(size)), cpu_seconds(make(TIMES * size))
    assert large <= MOST_TIMES * small, (small, large)


def as_sent(data: bytes) -> Any:
    """What comes of bytes that a submission wrote."""
    return Decoder(MOST_VALUES, records="RU", foreign=True).decode(data)


def one_path(size: int) -> list[int]:
    """Integers of different hashes: most fill slots of a `dict` one probe apart, the others walk past half of them."""
    if size < 50:  # too few for a path
        return list(range(size))
    slots = 1 << (3 * size // 2).bit_length()
    order, at = [], 1
    for _ in range(2 * size // 3):
        order.append(at)
        at = (5 * at + 1) % slots
    place = {slot: number for number, slot in enumerate(order)}
    found, number = [], slots
    while len(order) + len(found) < size:
        number += 1
        slot, perturb = number % slots, number
        while slot in place and perturb:
            perturb >>= 5
            slot = (5 * slot + perturb + 1) % slots
        if place.get(slot, size) < len(order) // 2:
            found.append(number)
    return order + found


def complex_of_one_hash(size: int) -> list[complex]:
    """Complex numbers: Python's hash of one is that of its real part and a million times that of the other."""
    return [complex(1e12 - 1000003.0 * k, float(k)) for k in range(size)]


KEYS: dict[str, Callable[[int], list[Any]]] = {
    "complex": complex_of_one_hash,
    "complex of numpy's": lambda n: [
        Scalar("complex128", struct.pack("<dd", one.real, one.imag)) for one in complex_of_one_hash(n)
    ],
    "integers": lambda n: [k * MODULUS for k in range(1, n + 1)],
    "integers of one path": one_path,
    "long integers": lambda n: [(1 << 2000) + k * MODULUS for k in range(n)],
    "floats": lambda n: [float(k) * 2.0**500 for k in range(n)],
    "tuples": lambda n: [(k * MODULUS, (None, k * 1.0)) for k in range(n)],
    "tuples of truth values": lambda n: [tuple(k >> bit & 1 == 1 for bit in range(24)) for k in range(n)],
    "arrays": lambda n: [Array("int64", (), struct.pack("<q", k)) for k in range(n)],
    "exceptions": lambda n: [Raised(("E",), str(k)) for k in range(n)],
    "texts": lambda n: [f"{k}" for k in range(n)],
    "bytes": lambda n: [b"%d" % k for k in range(n)],
}
"""Keys of mappings, many of which have one hash as Python's numbers do."""


def mapping_of(keys: list[Any]) -> bytes:
    """What a submission writes, who need not build the mapping."""
    return b"m" + struct.pack("<I", len(keys)) + b"".join(encode(key) + b"N" for key in keys)


def set_of(keys: list[Any]) -> bytes:
    """The same for a set."""
    return b"e" + struct.pack("<I", len(keys)) + b"".join(map(encode, keys))


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("form", [mapping_of, set_of])
def test_decoding_is_linear_whatever_the_keys(kind: str, form: Callable[[list[Any]], bytes]) -> None:
    """No choice of keys makes a mapping or a set quadratic to read."""

    def make(size: int) -> Callable[[], object]:
        data = form(KEYS[kind](size))
        return lambda: as_sent(data)

    assert_linear(make, 1_300)  # which fills two thirds of a table, as eight times as many do


TEXTS: dict[str, Callable[[int], bytes]] = {
    "text": lambda n: encode("x" * n),
    "Chinese": lambda n: encode("字" * n),
    "surrogates": lambda n: encode("\ud800" * n),
    "bytes": lambda n: encode(b"x" * n),
    "a long integer": lambda n: encode([1 << 30_000] * (n // 100)),
    "empty lists": lambda n: encode([[] for _ in range(n)]),
    "empty sets and mappings": lambda n: encode([set(), {}] * (n // 2)),
    "deep lists": lambda n: encode([_nested(40) for _ in range(n // 40)]),
    "exceptions": lambda n: encode([Raised(("E" * 80,) * 3, "x" * 200)] * (n // 10)),
    "arrays of nothing": lambda n: encode([Array("float64", (0, *(2**63,) * 31), b"")] * (n // 10)),
    "small mappings": lambda n: encode([{k * MODULUS: None for k in range(MOST_COLLISIONS)}] * (n // 16)),
}


def _nested(depth: int) -> Any:
    value: Any = 1.0
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("kind", TEXTS)
def test_decoding_is_linear_whatever_the_values(kind: str) -> None:
    """Nor does any other value."""

    def make(size: int) -> Callable[[], object]:
        data = TEXTS[kind](size)
        return lambda: as_sent(data)

    assert_linear(make, 20_000)


def test_surrogates_count_as_values() -> None:
    """Python takes as long for each as for a value, so that an allowance covers them."""
    assert Decoder(11).decode(encode("\ud800" * 10)) == "\ud800" * 10
    with pytest.raises(TooManyValuesError):
        Decoder(10).decode(encode("\ud800" * 10))
    assert Decoder(1).decode(encode("字\U0001f642" * 100)) == "字\U0001f642" * 100


def test_extents_count_as_values() -> None:
    """Each takes as much memory as a value, so that an allowance covers them: an empty array may have many."""
    empty = encode(Array("float64", (0, *(2**63,) * 31), b""))
    assert Decoder(33).decode(empty).shape[0] == 0
    with pytest.raises(TooManyValuesError):
        Decoder(32).decode(empty)


@pytest.mark.parametrize("kind", KEYS)
def test_keys_that_came_are_those_that_were_sent(kind: str) -> None:
    """Whether a mapping is left as pairs is seen by nobody: it compares, and goes on to a judge, as what it is."""
    for size in (1, MOST_COLLISIONS, 160):
        keys = KEYS[kind](size)
        for data, built in ((mapping_of(keys), dict.fromkeys(keys)), (set_of(keys), set(keys))):
            got = as_sent(data)
            assert compare(got, built, TOLERANCE) == compare(built, got, TOLERANCE) == []
            assert differs(as_sent(encode(got)), built, TOLERANCE) is False
            assert differs(got, type(built)(), TOLERANCE)
            assert compare(got, [], TOLERANCE)[0].facts["got"] == type(built).__name__


def test_large_keys_by_kind() -> None:
    """In large mappings, too: 1, 1.0 and True are three keys, np.int64(1) and 1 are one."""
    rest = dict.fromkeys(range(2, 40), 0)
    one = {1: 0, **rest}
    sent = as_sent(encode({**rest, 1: 0}))
    assert isinstance(sent, Pairs)
    assert compare(sent, one, TOLERANCE) == []
    for other, same in ((Scalar("int64", struct.pack("<q", 1)), True), (1.0, False), (True, False)):
        got = as_sent(encode({other: 0, **rest}))
        assert differs(got, one, TOLERANCE) is not same
        members = as_sent(encode({other, *rest}))
        assert isinstance(members, Members)
        assert differs(members, set(one), TOLERANCE) is not same
    twice = Pairs((*one.items(), (1, 0)))
    assert differs(twice, one, TOLERANCE)
    assert compare(twice, one, TOLERANCE)[0].facts == {"missing": [], "extra": [1]}


def test_large_keys_are_hashable_all_the_same() -> None:
    """Pairs and members are no keys, as mappings and sets are none."""
    for inner in (set(range(40)), dict.fromkeys(range(40), 0)):
        for outer in (b"e\1\0\0\0", b"l\1\0\0\0e\1\0\0\0t\1\0\0\0"):
            with pytest.raises(WireError):
                as_sent(outer + encode(inner))


class Counted:
    """A key or element that counts how often it is hashed and compared."""

    hashed = compared = 0

    def __init__(self, value: int) -> None:
        self.value = value

    def __hash__(self) -> int:
        Counted.hashed += 1
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return isinstance(other, Counted) and self.value == other.value


def counted(work: Callable[[], object]) -> tuple[int, int]:
    """How often keys were hashed, and elements compared."""
    Counted.hashed = Counted.compared = 0
    work()
    return Counted.hashed, Counted.compared


@pytest.mark.parametrize("sent", [0, 1, 100, 1_000, 8_000])
def test_keys_are_hashed_a_few_times_each(sent: int) -> None:
    """Comparing hashes each key four times at most; where only equality is asked for, sizes alone can tell."""
    expected = {Counted(k): None for k in range(1_000)}
    got = Pairs(tuple((Counted(k), None) for k in range(sent)))
    hashed, compared = counted(lambda: compare(got, expected, TOLERANCE))
    assert hashed <= 4 * (sent + len(expected))
    assert compared <= 4 * len(expected)
    if sent != len(expected):
        assert counted(lambda: differs(got, expected, TOLERANCE)) == (0, 0)
        assert counted(lambda: by_key(got, expected)) == (0, 0)


def test_no_more_is_compared_than_is_told() -> None:
    """Of many wrong elements the first are told; where only equality is asked for, the first one settles it."""
    got, expected = ([Counted(k + at) for k in range(10_000)] for at in (0, 1))
    assert counted(lambda: differs(got, expected, TOLERANCE)) == (0, 1)
    hashed, compared = counted(lambda: compare(got, expected, TOLERANCE))
    assert (hashed, compared) == (0, MOST_MISMATCHES)
    assert len(compare(got, expected, TOLERANCE)) == MOST_MISMATCHES


def test_a_path_is_short() -> None:
    """However deep a place is and whatever the keys are that lead there."""
    expected: Any = 1.0
    for key in ("k" * 100_000, 10**9_000, b"\0" * 100_000, ("x" * 1000,) * 1000, 1.5, Scalar("int8", b"\1")):
        expected = [{key: expected}]
    (found,) = compare(_with_leaf(expected, 2.0), expected, TOLERANCE)
    assert len(found.path) <= LONGEST_PATH
    assert found.path.startswith("[0][1][0][1.5][0][('xxx")
    assert found.path.endswith("kkk…]")


def _with_leaf(value: Any, leaf: Any) -> Any:
    if type(value) is list:
        return [_with_leaf(value[0], leaf)]
    if type(value) is dict:
        return {key: _with_leaf(one, leaf) for key, one in value.items()}
    return leaf


class Answers(NamedTuple):
    """What is expected, and what comes, of one size."""

    expected: Any
    got: Any


def floats(size: int, step: float) -> Array:
    """Numbers a step apart."""
    return Array("float64", (size,), struct.pack(f"<{size}d", *(1.5 + step * k for k in range(size))))


FORMS: dict[str, Callable[[int], Answers]] = {
    "arrays": lambda n: Answers(floats(n, 1.0), floats(n, 1.25)),
    "arrays of another shape": lambda n: Answers(floats(3, 1.0), floats(n, 1.25)),
    "lists": lambda n: Answers(list(range(n)), [k + 1 for k in range(n)]),
    "lists of one hash": lambda n: Answers(list(range(n)), [(k + 1) * MODULUS for k in range(n)]),
    "gaps of one hash": lambda n: Answers(list(range(n)), [k + (k + 1) * MODULUS * 2**32 for k in range(n)]),
    "gaps of one hash and of a byte": lambda n: Answers([2] * n, [2 + (k + 1) * MODULUS * 2**8 for k in range(n)]),
    "lists of texts": lambda n: Answers([str(k) for k in range(n)], [str(n - k) * 9 for k in range(n)]),
    "lists of another length": lambda n: Answers([1, 2, 3], list(range(n))),
    "lists of lists": lambda n: Answers([[k * 0.5] for k in range(n)], [[k * 0.75] for k in range(n)]),
    "long integers": lambda n: Answers(list(range(n // 8)), [10**9_000 + k for k in range(n // 8)]),
    "mappings": lambda n: Answers({k: k * 0.5 for k in range(n)}, {k: k * 0.75 for k in range(n)}),
    "mappings of other keys": lambda n: Answers(dict.fromkeys(range(n), 0), {k * MODULUS: 0 for k in one_path(n)}),
    "mappings of texts": lambda n: Answers({str(k): k for k in range(n)}, {str(k): k + 1 for k in range(n)}),
    "sets": lambda n: Answers(set(range(n)), {float(k) for k in range(n)}),
    "a text": lambda n: Answers("x" * 500 * n, "\x1b" * 500 * n),
    "a list for a text": lambda n: Answers("x", [[] for _ in range(n)]),
    "exceptions": lambda n: Answers([1.0] * n, [Raised(("E" * 80,), "\n" * 500)] * n),
    "unsupported": lambda n: Answers([1.0] * n, [Unsupported("T" * 80)] * n),
    "nested deep": lambda n: Answers([_nested(40)] * (n // 20), [_nested(39)] * (n // 20)),
}


def suite_of(answers: list[Answers]) -> Suite:
    """A suite whose mistakes answer nearly what is expected, so that they are looked at to the end."""
    fields = {"place": 0, "group": "general", "tolerance": TOLERANCE, "by_properties": False, "free_form": False}
    cases = tuple(
        Case(index=index, given=encode(Arguments((index,), {})), expected=one.expected, **fields)
        for index, one in enumerate(answers)
    )
    outcomes = {
        "same": [(one.expected, (), False) for one in answers],
        "sorted": [(one.got, (), False) for one in answers],
    }
    return Suite(cases, tuple(one.expected for one in answers), encode(outcomes) if _sendable(outcomes) else encode({}))


def _sendable(outcomes: Any) -> bool:
    """Whether these are values of a bank's: colliding keys are a submission's alone."""
    try:
        decode(encode(outcomes))
    except WireError:
        return False
    return True


@pytest.fixture(scope="module")
def exercise() -> Any:
    """One that takes texts and lists."""
    bank = Bank.open(Path(__file__).parents[1] / "hostile" / "bank", None)
    return bank.exercise("mini/reverse")


def tell(report: Report, exercise: Any) -> str:
    """All that a report is told as."""
    from rich.console import Console

    console = Console(file=io.StringIO(), width=100)
    told = ""
    for language in Language:
        told += json_text(report_json(report, exercise, language, Checked("it.py")))
        print_report(console, report, exercise, language, Checked("it.py", "llmprep check"))
    failure = report.first_failure
    kept = json.dumps(lean((*report.findings, *(failure.findings if failure else ()))))
    assert len(kept) < 4_000
    return told + console.file.getvalue()


def checked(exercise: Any, answers: list[Answers]) -> Callable[[], Report]:
    """The road from decoded answers to a report."""
    suite = suite_of(answers)
    said = [CaseAnswer(as_sent(encode(one.got)), (), False, (), "", 0.0) for one in answers]
    sent = SubmissionAnswers(cases=said, again={0: said[0].value})

    def work() -> Report:
        results = grade_cases(suite, sent, "x = 1\n")
        mistake = ""
        if is_affordable(suite, said, 2):
            results = explain_failure(exercise, suite, results)
            mistake = name_mistake(suite, said, results)
        return Report(exercise.id, "", overall(results, None), tuple(results), len(answers), mistake=mistake)

    return work


@pytest.mark.parametrize("form", FORMS)
def test_judging_explaining_and_naming_are_linear(form: str, exercise: Any) -> None:
    """In the size of two answers, whatever their form."""
    assert_linear(lambda size: checked(exercise, 2 * [FORMS[form](size)]), 2_400 if "gaps" in form else 650)


@pytest.mark.parametrize("form", FORMS)
def test_telling_takes_no_longer_of_more(form: str, exercise: Any) -> None:
    """What is told and kept is of one size, and it takes hardly more calls to tell."""
    reports = [checked(exercise, 2 * [FORMS[form](size)])() for size in (400, 3_200)]
    small, large = (len(tell(report, exercise)) for report in reports)
    assert large <= 2 * small + 5_000
    calls = [number_of_calls(lambda report=report: tell(report, exercise)) for report in reports]
    assert calls[1] <= 2 * calls[0], calls


@pytest.mark.parametrize("form", ["arrays", "lists", "mappings"])
def test_the_number_of_cases_is_linear(form: str, exercise: Any) -> None:
    """In the number of failing cases, too."""
    assert_linear(lambda size: checked(exercise, size * [FORMS[form](60)]), 8)


@pytest.mark.parametrize("form", FORMS)
def test_explaining_has_one_cap(form: str, exercise: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond it no mistake is named and nothing diagnosed; the verdict and the plain findings are the same."""
    answers = 2 * [FORMS[form](200)]
    explained = checked(exercise, answers)()
    monkeypatch.setattr(effort, "MOST_LOOKED_AT", 0)
    plain = checked(exercise, answers)()
    assert plain.mistake == ""
    assert plain.verdict is explained.verdict
    keys = [finding.key for finding in plain.cases[0].findings]
    assert not any(key.startswith("diagnose.") for key in keys)
    assert keys == [one.key for one in explained.cases[0].findings if not one.key.startswith("diagnose.")]


@pytest.mark.parametrize("form", FORMS)
def test_weighing_goes_no_further_than_asked(form: str) -> None:
    """An answer is weighed as far as the cap reaches, and weighs what its size asks for."""
    small, large = (weight(FORMS[form](size).got, 1 << 60) for size in (400, 3_200))
    assert 5 * small <= large <= 9 * small
    assert weight(FORMS[form](3_200).got, 10) <= large
    assert weight([[0] * 10 for _ in range(1_000)], 10) <= 1 + 1_000


def test_lines_of_a_source_are_quoted_in_part() -> None:
    """Fifty frames in one line of a megabyte quote fifty beginnings."""
    source = " " * 300 + "x" * 1_000_000 + "\n  y = 1  \n"
    frames = own_lines(((1, "f", ""),) * 50 + ((2, "g", ""), (3, "h", ""), (0, "i", ""), (-1, "j", "")), source)
    assert sum(len(frame.text) for frame in frames) < 50 * 250
    assert frames[50].text == "y = 1"
    assert [frame.text for frame in frames[51:]] == ["", "", ""]


def test_what_was_printed_is_told_once() -> None:
    """However a worker counts, all cases together hold no more than was printed."""
    counts = [5, -1, -(2**70), 3, 2**70, 0, -1]
    frames = [("case", place, 1.0, (), False, (), count, 0.0) for place, count in enumerate(counts)]
    answers = parse_frames(JobResult(stop="finished", frames=frames, printed=b"0123456789"), len(counts), ())
    assert "".join(case.printed for case in answers.cases) + answers.printed == "0123456789"
    assert answers.cases[0].printed == "01234"


@pytest.mark.parametrize(
    "facts",
    [
        {"got": "x" * 10**6, "path": "p" * 10**6, "expected": "\U0001f642" * 10**6},
        {"got": [0.0] * 10**6, "index": (1, 2), "off": 3},
        {"got": 10**9_000, "missing": ["x" * 10**6]},
        {str(number): "\ud800" * 100 for number in range(1_000)},
    ],
)
def test_what_is_kept_of_an_attempt_is_small(facts: dict[str, Any]) -> None:
    """Keys, numbers and the beginnings of texts: a few kilobytes, whatever was answered and however much is wrong."""
    kept = lean([Finding("check.value", facts)] * 1_000)
    assert len(json.dumps(kept)) < 4_000
    assert kept[0]["key"] == "check.value"
    assert lean([Finding("check.length", {"path": "[1]", "got": 3, "expected": 4})]) == (
        {"key": "check.length", "path": "[1]", "got": 3, "expected": 4},
    )
