"""Items survive being written and read: as YAML, and as the cache keeps them."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmprep import model
from llmprep.bank.document import Document
from llmprep.bank.serialization import deserialize_item, serialize
from llmprep.bank.validation import FILLED_IN, shape_item
from llmprep.bank.yaml_loader import read

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
WORDS = st.text(LETTERS, min_size=1, max_size=12).filter(
    # Text that looks like `1e6` must be written in quotes, which PyYAML's dumper does not put.
    lambda text: text.strip() and not re.fullmatch(r"[-+.\dEe]*", text)
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.builds(model.Text, en=WORDS, zh=WORDS)
WHOLE = st.integers(-(10**17), 10**17)


def many(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


POINTS = st.builds(
    model.KeyPoint,
    id=WORDS,
    text=TEXTS,
    essential=st.booleans(),
    match=st.builds(model.Match, en=many(WORDS), zh=many(WORDS)),
)
OPTIONS = st.builds(model.Option, text=TEXTS, why=TEXTS, correct=st.booleans())
SHARED: dict[str, Any] = {
    "id": st.just("compression/x"),
    "title": TEXTS,
    "difficulty": st.sampled_from(["easy", "medium", "hard"]),
    "minutes": WHOLE,
    "tags": many(WORDS),
    "prompt": TEXTS,
    "sources": many(st.builds(model.Source, title=WORDS, year=WHOLE, url=WORDS, arxiv=WORDS, id=WORDS)),
    "related": many(WORDS),
    "where": st.just({}),
    "digest": st.just("d"),
}
QUESTIONS = st.builds(
    model.Question,
    **SHARED,
    kind=st.just("question"),
    answer=TEXTS,
    key_points=many(POINTS),
    traps=many(st.builds(model.Trap, claim=TEXTS, correction=TEXTS)),
    follow_ups=many(st.builds(model.FollowUp, prompt=TEXTS, answer=TEXTS)),
    choices=many(st.builds(model.Choice, prompt=TEXTS, options=many(OPTIONS))),
    code=many(
        st.builds(
            model.Code,
            framework=st.sampled_from(["numpy", "torch"]),
            title=TEXTS,
            text=WORDS,
            packages=many(WORDS),
            proves=TEXTS,
        )
    ),
)
TOLERANCES = st.builds(model.Tolerance, rtol=NUMBERS, atol=NUMBERS)
CASES = st.builds(
    model.CaseSource,
    group=st.sampled_from(list(model.Group)),
    inputs=WORDS,
    expect=WORDS,
    raises=WORDS,
    generate=WORDS,
    tolerance=st.none() | TOLERANCES,
    form=st.sampled_from(["strict", "free"]),
)
EFFICIENCIES = st.builds(model.Efficiency, ratio=st.none() | NUMBERS, growth=st.none() | NUMBERS, sizes=many(WHOLE))
EXERCISES = st.builds(
    model.Exercise,
    **SHARED,
    kind=st.just("exercise"),
    entry=WORDS,
    starter=WORDS,
    reference=WORDS,
    helpers=WORDS,
    cases=many(CASES),
    tolerance=TOLERANCES,
    check=WORDS,
    mistakes=many(st.builds(model.Mistake, id=WORDS, code=WORDS, hint=TEXTS)),
    hints=st.tuples(TEXTS, TEXTS, TEXTS),
    explanation=TEXTS,
    efficiency=st.none() | EFFICIENCIES,
    survivors=many(st.builds(model.Survivor, mutant=WORDS, why=WORDS)),
)
ITEMS = QUESTIONS | EXERCISES
JSON = st.recursive(
    WORDS | st.booleans() | WHOLE | NUMBERS,
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(WORDS.filter(lambda key: key != "<<"), below, max_size=3)
    ),
    max_leaves=8,
)
RELAXED = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Write what occurs twice out twice."""
        return True


def dump(data: Any) -> bytes:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False).encode()


@RELAXED
@given(ITEMS)
def test_yaml_load_undoes_dump(item):
    """An item written as YAML and read again is the same item."""
    data = {name: value for name, value in serialize(item).items() if name not in FILLED_IN}
    document = read(dump(data), "x.yaml")
    assert document.problems == []
    assert shape_item(document, item.id, item.digest) == item


@RELAXED
@given(ITEMS)
def test_deserializing_undoes_serializing(item):
    """An item serialized as JSON and read back is the same item."""
    back = deserialize_item(json.loads(json.dumps(serialize(item, trees=True))), item.path)
    assert back == item
    assert back.where == item.where


@RELAXED
@given(JSON)
def test_reading_is_what_yaml_means(data):
    """Plain data that PyYAML writes are read back as they are, with a line for every field."""
    document = read(dump({"a": data}), "x.yaml")
    assert document.problems == []
    assert document.data == {"a": data}


@RELAXED
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_reading_survives_anything(content):
    """Whatever bytes a file holds, it is read or told of; it never raises."""
    document = read(content, "x.yaml")
    assert isinstance(document, Document)
    assert document.data is not None or document.problems
    assert all(problem.line >= 1 for problem in document.problems)
