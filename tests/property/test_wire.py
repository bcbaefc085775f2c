"""The wire format survives whatever comes over it."""

import math
import struct
import tracemalloc

import hypothesis
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from llmprep.checking.submission_frames import parse_frames
from llmprep.checking.verdicts import fatal_stop
from llmprep.sandbox.codec import (
    DEEPEST,
    LAYOUTS,
    LONGEST_MESSAGE,
    LONGEST_NAME,
    MOST_COLLISIONS,
    RECORDS,
    Decoder,
    TooManyValuesError,
    WireError,
    decode,
    encode,
)
from llmprep.sandbox.job_result import JobResult
from llmprep.sandbox.limits import Limits
from llmprep.values import ITEM_SIZES, Arguments, Array, Bound, Call, Generator, Raised, Scalar, Script, Unsupported
from llmprep.verdict import Verdict


def given(*strategies):
    """Hypothesis's own, without deadlines, which a loaded machine would miss."""
    patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    return lambda test: patient(hypothesis.given(*strategies)(test))


texts = st.text(st.characters(), max_size=20)
integers = st.integers() | st.integers(-(2**32_000), 2**32_000)
names = st.text(max_size=LONGEST_NAME)


@st.composite
def arrays(draw):
    """Arrays of any dtype, shape and layout."""
    dtype = draw(st.sampled_from(list(ITEM_SIZES)))
    shape = tuple(draw(st.lists(st.integers(0, 3), max_size=4)))
    size = math.prod(shape) * ITEM_SIZES[dtype]
    return Array(dtype, shape, draw(st.binary(min_size=size, max_size=size)), draw(st.sampled_from(LAYOUTS)))


@st.composite
def scalars(draw):
    """Scalars of numpy's, of any dtype."""
    dtype = draw(st.sampled_from(list(ITEM_SIZES)))
    return Scalar(dtype, draw(st.binary(min_size=ITEM_SIZES[dtype], max_size=ITEM_SIZES[dtype])))


raised = st.builds(
    Raised, st.lists(names, min_size=1, max_size=5).map(tuple), st.text(max_size=50) | st.just("x" * LONGEST_MESSAGE)
)
plain_keys = st.none() | st.booleans() | integers | st.floats(allow_nan=False) | texts | st.binary(max_size=20)
leaves = (
    plain_keys | st.complex_numbers(allow_nan=False) | arrays() | scalars() | raised | st.builds(Unsupported, names)
)


def containers(inner):
    """Everything that holds other values."""
    kwargs = st.dictionaries(texts, inner, max_size=3)
    arguments = st.builds(Arguments, st.lists(inner, max_size=3).map(tuple), kwargs)
    calls = st.builds(Call, texts, st.none() | arguments)
    return (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(plain_keys, inner, max_size=4)
        | st.sets(plain_keys, max_size=4)
        | arguments
        | calls
        | st.builds(Script, arguments, st.lists(calls, max_size=3).map(tuple))
        | st.builds(Generator, integers)
        | st.builds(Bound, texts, st.lists(inner, max_size=3).map(tuple), kwargs)
    )


values = st.recursive(leaves, containers, max_leaves=20)


@given(values)
def test_decoding_undoes_encoding(value):
    """What is encoded and decoded is the same, in value and in type."""
    again = decode(encode(value))
    assert type(again) is type(value)
    assert again == value


@given(values)
def test_a_value_has_one_encoding(value):
    """What is decoded encodes to the same bytes again; sets alone have no order."""
    data = encode(value)
    if b"e" not in data:
        assert encode(decode(data)) == data


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_a_value_or_an_error(data):
    """Whatever comes, `WireError` is all that is raised, and what is decoded can be encoded."""
    try:
        value = decode(data)
    except WireError:
        return
    encode(value)


@st.composite
def mutations(draw):
    """Encodings with a few bytes changed, cut out or put in."""
    data = bytearray(encode(draw(values)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        piece = draw(
            st.binary(max_size=6) | st.sampled_from([b"e\0\0\0\0" * 40, b"\xff\xff\xff\xff", b"l\1\0\0\0" * 60])
        )
        data[at : at + draw(st.integers(0, 8))] = piece
    return bytes(data)


@given(mutations())
def test_damaged_encodings_are_a_value_or_an_error(data):
    """The same where the bytes are nearly right."""
    try:
        value = decode(data)
    except WireError:
        return
    encode(value)


@given(mutations() | st.binary(max_size=2000))
def test_no_more_is_allocated_than_the_bytes_carry(data):
    """Memory stays within a constant and 300 times the bytes: five of them stand for an empty set."""
    tracemalloc.start()
    try:
        decode(data)
    except WireError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 50_000 + 300 * len(data)


@pytest.mark.parametrize(
    "data",
    [
        b"s\xff\xff\xff\xff",
        b"b\xff\xff\xff\x7f",
        b"i\xff\xff\xff\xff",
        b"l\xff\xff\xff\xffN",
        b"m\xff\xff\xff\xffNN",
        b"e\xff\xff\xff\xffN",
        b"a\x0b\x00\x20" + b"\xff" * 256,
        b"a\x0b\x00\x01" + struct.pack("<Q", 2**60),
        (b"l\1\0\0\0" * 100_000) + b"N",
        b"",
    ],
)
def test_a_promise_costs_nothing(data):
    """A length, count or extent that is not kept is refused before anything is made for it."""
    tracemalloc.start()
    with pytest.raises(WireError):
        decode(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000


@given(st.integers(0, 30), st.lists(st.none(), max_size=40))
def test_an_allowance_is_kept(allowed, value):
    """A decoder builds as many values as it was allowed, over all that it reads."""
    decoder = Decoder(allowed)
    needed = 1 + len(value)
    if needed > allowed:
        with pytest.raises(TooManyValuesError):
            decoder.decode(encode(value))
        return
    decoder.decode(encode(value))
    assert decoder.left == allowed - needed


def test_values_nest_as_deep_as_allowed():
    """One level more than the deepest is refused on both sides."""
    value = None
    for _ in range(DEEPEST):
        value = [value]
    assert decode(encode(value)) == value
    with pytest.raises(WireError):
        encode([value])
    with pytest.raises(WireError):
        decode(b"l\1\0\0\0" + encode(value))
    with pytest.raises(WireError):
        Decoder(deepest=DEEPEST - 1).decode(encode(value))


@pytest.mark.parametrize("value", [Generator(1), Bound("f", (), {}), Arguments((), {}), Call("f", None)])
def test_records_that_are_not_asked_for_are_refused(value):
    """A decoder of a submission's answers knows exceptions and unsupported types, and no other record."""
    assert decode(encode(value)) == value
    with pytest.raises(WireError):
        Decoder(records="RU").decode(encode([value]))
    assert set("RU") < set(RECORDS)


def test_colliding_keys_are_refused():
    """Keys of one hash are refused once they are many: a mapping of them would be built in quadratic time."""
    keys = [k * (2**61 - 1) for k in range(1, MOST_COLLISIONS + 2)]
    assert decode(encode(set(keys[:-1]))) == set(keys[:-1])
    for value in (set(keys), dict.fromkeys(keys)):
        with pytest.raises(WireError):
            decode(encode(value))


def test_long_words_are_refused():
    """No worker sends names or messages longer than it cuts them to."""
    for value in (
        Raised(("E" * (LONGEST_NAME + 1),), ""),
        Raised(("E",) * 100, ""),
        Raised((), ""),
        Raised(("E",), "x" * (LONGEST_MESSAGE + 1)),
        Unsupported("T" * (LONGEST_NAME + 1)),
    ):
        with pytest.raises(WireError):
            decode(encode(value))


words = st.sampled_from(["case", "again", "invalid", "raised", "too_large", "end", "ready", "nonsense"])
trace = st.lists(st.tuples(integers, texts, texts), max_size=3).map(tuple)
fields = st.one_of(
    leaves, values, st.integers(-1, 5), trace, st.just(()), st.just("syntax"), st.floats(), st.lists(texts).map(tuple)
)
nearly = st.one_of(
    st.tuples(words).flatmap(lambda kind: st.lists(fields, max_size=8).map(lambda rest: (*kind, *rest))),
    st.tuples(
        st.just("case"), st.integers(0, 3), fields, st.lists(texts, max_size=2).map(tuple), st.booleans(), trace,
        integers, st.floats(),
    ),
    st.tuples(st.just("again"), st.integers(0, 3), fields),
    st.tuples(
        st.just("invalid"), st.sampled_from(["syntax", "no_entry", "x"]), st.dictionaries(texts, leaves)
    ),
    st.tuples(
        st.just("invalid"),
        st.just("syntax"),
        st.fixed_dictionaries({"line": integers, "column": integers, "text": texts, "what": texts}),
    ),
    st.tuples(st.just("invalid"), st.just("no_entry"), st.fixed_dictionaries({"found": st.lists(fields).map(tuple)})),
    st.tuples(st.just("raised"), raised, trace),
)  # fmt: skip


@given(st.lists(nearly, max_size=6), st.binary(max_size=50), st.sampled_from(["finished", "died", "cpu", "malformed"]))
def test_any_testimony_is_heard_out(frames, printed, stop):
    """Hearing never raises; it stops at the first frame out of place, and only three whole answers are complete."""
    job_result = JobResult(stop=stop, frames=frames, printed=printed, signal=40)
    answers = parse_frames(job_result, 2, (0,))
    assert len(answers.cases) <= 2
    assert answers.complete == (len(answers.cases) == 2 and list(answers.again) == [0])
    stopped = fatal_stop(answers, job_result, Limits())
    if stopped is None:
        assert stop == "finished"
        assert answers.complete
        assert [frame[0] for frame in frames] == ["case", "case", "again"]
    else:
        assert stopped[0] is not Verdict.ACCEPTED
        assert all(len(str(fact)) <= 3000 for fact in stopped[1].facts.values())
