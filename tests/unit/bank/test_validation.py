"""Plain data to items: every type that does not fit is told in words of the catalogue, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmprep.bank.compiler import compile_item, compile_topics, digest_of
from llmprep.messages.bank import MESSAGES
from llmprep.model import Exercise, Question, Text

SAMPLE = Path(__file__).parent / "sample"


def test_kind_decides():
    """`kind` picks the type; the loader fills in id and digest."""
    for name, kind in (("halving", Question), ("scale-rows", Exercise)):
        content = (SAMPLE / f"compression/{name}.yaml").read_bytes()
        item, problems = compile_item(content, "x.yaml", f"compression/{name}")
        assert problems == []
        assert type(item) is kind
        assert (item.id, item.digest, item.topic, item.slug) == (
            f"compression/{name}",
            digest_of(content),
            "compression",
            name,
        )


def test_where_names_the_line_of_every_block_of_code():
    """The file's line that `where` gives is the first line of that text, of code and of key points' ids."""
    path = SAMPLE / "compression/scale-rows.yaml"
    lines = path.read_text("utf-8").splitlines()
    item = compile_item(path.read_bytes(), "x.yaml", "compression/scale-rows").item
    blocks = {"reference": item.reference, "starter": item.starter, "helpers": item.helpers, "check": item.check}
    for index, case in enumerate(item.cases):
        texts = {"inputs": case.inputs, "expect": case.expect, "generate": case.generate}
        blocks |= {f"cases.{index}.{name}": text for name, text in texts.items() if text}
    blocks |= {f"mistakes.{index}.code": mistake.code for index, mistake in enumerate(item.mistakes)}
    others = {"tolerance.rtol", "efficiency.ratio", "efficiency.growth", "survivors.0.mutant"}
    assert item.where.keys() == blocks.keys() | others
    assert lines[item.where["tolerance.rtol"] - 1].startswith("tolerance:")
    for name, text in blocks.items():
        for offset, line in enumerate(text.splitlines()):
            assert line.strip() in lines[item.where[name] - 1 + offset], name
    path = SAMPLE / "compression/halving.yaml"
    item = compile_item(path.read_bytes(), "x.yaml", "compression/halving").item
    assert path.read_text("utf-8").splitlines()[item.where["code.0.text"] - 1].strip() == "import numpy as np"
    assert item.where.keys() == {"code.0.text"} | {f"key_points.{place}.id" for place in range(5)}
    assert path.read_text("utf-8").splitlines()[item.where["key_points.1.id"] - 1].strip() == "- id: scales"


@pytest.mark.parametrize(("kind", "path", "value", "field", "key"), [
    ("question", "answer", ..., "answer", "bank.missing_field"),
    ("question", "answer.zh", ..., "answer", "bank.missing_zh"),
    ("question", "title.en", ..., "title", "bank.missing_en"),
    ("question", "title", "Halving", "title", "bank.wants_pair"),
    ("question", "title.fr", "x", "title.fr", "bank.unknown_field"),
    ("question", "title.en", 5, "title.en", "bank.wants_quotes"),
    ("question", "title.en", ["x"], "title.en", "bank.wants_text"),
    ("question", "minutes", "5", "minutes", "bank.wants_whole_number"),
    ("question", "minutes", 2.5, "minutes", "bank.wants_whole_number"),
    ("question", "minutes", True, "minutes", "bank.wants_whole_number"),
    ("question", "tags", "int8", "tags", "bank.wants_list"),
    ("question", "sources.0.year", "2017", "sources.0.year", "bank.wants_whole_number"),
    ("question", "sources.0.arxiv", 1712.05877, "sources.0.arxiv", "bank.wants_quotes"),
    ("question", "key_points.0.essential", "true", "key_points.0.essential", "bank.wants_true_or_false"),
    ("question", "key_points.1", "x", "key_points.1", "bank.wants_mapping"),
    ("question", "difficulty", "esy", "difficulty", "bank.not_one_of"),
    ("question", "keypoints", [], "keypoints", "bank.unknown_field"),
    ("question", "id", "compression/halving", "id", "bank.filled_in"),
    ("question", "where", {"a": 1}, "where", "bank.filled_in"),
    ("question", "digest", "x", "digest", "bank.filled_in"),
    ("question", "kind", "quiz", "kind", "bank.not_one_of"),
    ("question", "kind", ..., "kind", "bank.no_kind"),
    ("exercise", "tolerance.rtol", "0.1", "tolerance.rtol", "bank.wants_number"),
    ("exercise", "tolerance", 0.1, "tolerance", "bank.wants_mapping"),
    ("exercise", "cases.0.group", "exmple", "cases.0.group", "bank.not_one_of"),
    ("exercise", "cases.0.tolerance", 0.1, "cases.0.tolerance", "bank.wants_mapping"),
    ("exercise", "cases.0.tolerence", {"rtol": 0.1}, "cases.0.tolerence", "bank.unknown_field"),
    ("exercise", "forbid", ["numpy.linalg.svd"], "forbid", "bank.unknown_field"),
    ("exercise", "hints.2", ..., "hints", "bank.wants_three"),
    ("exercise", "hints", [], "hints", "bank.wants_three"),
    ("exercise", "cases.0.expect", 3, "cases.0.expect", "bank.wants_quotes"),
    ("exercise", "efficiency.sizes", [1, "x"], "efficiency.sizes.1", "bank.wants_whole_number"),
])  # fmt: skip
def test_types(spoiled, kind, path, value, field, key):
    """A value of the wrong type is told at its field, in words of the catalogue."""
    found = [(problem.field, problem.key) for problem in spoiled(kind, **{path: value})]
    assert (field, key) in found
    assert all(key in MESSAGES for _, key in found)


def test_four_hints(spoiled, good):
    """A fourth hint is one too many."""
    hints = good["exercise"]["hints"]
    assert [(p.field, p.key) for p in spoiled("exercise", hints=[*hints, hints[0]])] == [("hints", "bank.wants_three")]


@pytest.mark.parametrize(("kind", "path", "nearest"), [
    ("question", "keypoints", ["key_points"]),
    ("exercise", "cases.0.tolerence", ["tolerance"]),
    ("question", "choices.0.options.1.corect", ["correct"]),
    ("question", "zzz", []),
])  # fmt: skip
def test_unknown_field_offers_the_nearest(spoiled, kind, path, nearest):
    """An unknown field comes with the name that was probably meant, of those that belong there."""
    (problem,) = (problem for problem in spoiled(kind, **{path: 1}) if problem.key == "bank.unknown_field")
    assert problem.facts["nearest"] == nearest


def test_a_value_is_told_of_once():
    """What could not be read is not told again as having the wrong type."""
    content = (SAMPLE / "compression/scale-rows.yaml").read_bytes().replace(b"rtol: 1.0e-9", b"rtol: 1e-9")
    _, problems = compile_item(content, "x.yaml", "compression/scale-rows")
    assert [(problem.field, problem.key) for problem in problems] == [("tolerance.rtol", "bank.number_read_as_text")]
    assert problems[0].facts["spelling"] == "1.0e-9"


def test_wrong_types_hide_no_rule(spoiled):
    """Problems of type and of the author's rules are told together."""
    keys = {problem.key for problem in spoiled("question", minutes="5", tags=["a", "a"], **{"sources.0.url": "http"})}
    assert {"bank.wants_whole_number", "bank.not_unique", "bank.url_or_arxiv", "bank.not_https"} <= keys


@pytest.mark.parametrize("content", [b"- a\n- b\n", b"just text\n", b"3\n"])
def test_no_mapping(content):
    """A file that holds no fields is one problem."""
    item, problems = compile_item(content, "x.yaml", "compression/x")
    assert item is None
    assert [problem.key for problem in problems] == ["bank.item_no_mapping"]


def test_topics():
    """`topics.yaml` is held to its types as items are."""
    topics, problems = compile_topics((SAMPLE / "topics.yaml").read_bytes(), "topics.yaml")
    assert problems == []
    assert (topics[0].id, topics[0].title) == ("compression", Text("Compression", "模型压缩"))
    for content, key in (
        (b"- id: a\n  title: {en: A}\n", "bank.missing_zh"),
        ("- {id: A b, title: {en: A, zh: 甲}}\n".encode(), "bank.bad_id"),
        ("- {id: a, title: {en: A, zh: 甲}}\n- {id: a, title: {en: A, zh: 甲}}\n".encode(), "bank.not_unique"),
        (b"[]\n", "bank.no_topics"),
        (b"a: 1\n", "bank.wants_list"),
        (b"- a\n", "bank.wants_mapping"),
    ):
        topics, problems = compile_topics(content, "topics.yaml")
        assert topics == ()
        assert [problem.key for problem in problems] == [key]
