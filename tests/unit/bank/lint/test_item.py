"""The author's rules for items and questions: the samples keep all of them, and each is told when broken."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from llmprep.bank.compiler import compile_item
from llmprep.bank.lint.item import PACKAGES
from llmprep.model import Language
from llmprep.ui.problems import problem_line

SAMPLE = Path(__file__).parents[1] / "sample"
ROOT = Path(__file__).parents[4]


def point(name, *, essential=False):
    return {"id": name, "text": {"en": "A fact.", "zh": "事实。"}, "essential": essential}


@pytest.mark.parametrize("name", ["halving", "scale-rows"])
def test_good_items_have_no_problem(name):
    """An item that keeps the rules has no problem."""
    content = (SAMPLE / f"compression/{name}.yaml").read_bytes()
    assert compile_item(content, "x.yaml", f"compression/{name}").problems == []


@pytest.mark.parametrize(("changes", "field", "key"), [
    ({"minutes": 0}, "minutes", "bank.out_of_range"),
    ({"minutes": 1000}, "minutes", "bank.out_of_range"),
    ({"sources.0.year": 17}, "sources.0.year", "bank.out_of_range"),
    ({"title.en": "Two\nlines"}, "title.en", "bank.title_lines"),
    ({"title.en": "1. A list"}, "title.en", "bank.title_markup"),
    ({"prompt.en": "As shown[^nobody]."}, "prompt.en", "bank.mark_unknown"),
    ({"prompt.en": "See [x](http://example.com/)."}, "prompt.en", "bank.markdown_link"),
    ({"prompt.en": "See [x](javascript:alert(1))."}, "prompt.en", "bank.markdown_link"),
    ({"prompt.zh": "见 [此处](HTTP://example.com/)。"}, "prompt.zh", "bank.markdown_link"),
    ({"prompt.zh": "见 [此处](//example.com/)。"}, "prompt.zh", "bank.markdown_link"),
    ({"sources.0.id": "A b"}, "sources.0.id", "bank.bad_id"),
    ({"tags": ["a", "b", "a"]}, "tags.2", "bank.not_unique"),
    ({"sources.1": ...}, "sources", "bank.too_few_sources"),
    ({"sources.0.url": "https://example.org/x"}, "sources.0", "bank.url_or_arxiv"),
    ({"sources.0.arxiv": ...}, "sources.0", "bank.url_or_arxiv"),
    ({"sources.1.url": "http://example.org/x"}, "sources.1.url", "bank.not_https"),
    ({"sources.1.url": "https://"}, "sources.1.url", "bank.not_https"),
    ({"sources.0.arxiv": "1712.05877v2"}, "sources.0.arxiv", "bank.not_arxiv"),
    ({"sources.0.arxiv": "1713.05877"}, "sources.0.arxiv", "bank.not_arxiv"),
    ({"sources.0.arxiv": "1712.5877"}, "sources.0.arxiv", "bank.not_arxiv"),
    ({"related": ["methods"]}, "related.0", "bank.bad_related"),
    ({"related": ["compression/Methods"]}, "related.0", "bank.bad_related"),
    ({"related": ["compression/spoiled"]}, "related.0", "bank.related_to_itself"),
    ({"key_points": [point(f"p{i}", essential=True) for i in range(4)]}, "key_points", "bank.key_points_count"),
    ({"key_points": [point(f"p{i}", essential=True) for i in range(13)]}, "key_points", "bank.key_points_count"),
    ({"key_points": [point(f"p{i}") for i in range(5)]}, "key_points", "bank.none_essential"),
    ({"key_points.1.id": "bytes"}, "key_points.1.id", "bank.not_unique"),
    ({"key_points.1.id": "The bytes"}, "key_points.1.id", "bank.bad_id"),
    ({"key_points.0.match.en": ["half + "]}, "key_points.0.match.en.0", "bank.empty_phrase"),
    ({"key_points.0.match.zh": ["*"]}, "key_points.0.match.zh.0", "bank.empty_phrase"),
    ({"key_points.0.match.en": ["hal*f"]}, "key_points.0.match.en.0", "bank.star_inside"),
    ({"key_points.0.match.en": ["half " * 30]}, "key_points.0.match.en.0", "bank.phrase_too_long"),
    ({"key_points.0.match.en": ["half**"]}, "key_points.0.match.en.0", "bank.star_inside"),
    ({"traps": []}, "traps", "bank.too_few_traps"),
    ({"follow_ups.1": ...}, "follow_ups", "bank.too_few_follow_ups"),
    ({"choices.1": ...}, "choices", "bank.too_few_choices"),
    ({"choices.0.options.3": ...}, "choices.0.options", "bank.options_count"),
    ({"choices.0.options.0.correct": False}, "choices.0.options", "bank.one_right"),
    ({"choices.0.options.1.correct": True}, "choices.0.options", "bank.one_right"),
    ({"choices.1.options.0.correct": True, "choices.1.options.1.correct": False}, "choices", "bank.same_place"),
    ({"code.0.packages": ["nump"]}, "code.0.packages.0", "bank.not_one_of"),
    ({"code.0.packages": ["numpy", "sklearn"]}, "code.0.packages.1", "bank.not_one_of"),
    ({"code.0.text": "import numpy as np\nassert (\n"}, "code.0.text", "bank.python_syntax"),
])  # fmt: skip
def test_rules_of_questions(spoiled, changes, field, key):
    """A broken rule is one problem, at the field that breaks it."""
    assert [(problem.field, problem.key) for problem in spoiled("question", **changes)] == [(field, key)]


def test_packages_are_those_that_blocks_are_run_with(spoiled):
    """Every package that the frameworks' extra pins may be named; a name near to one is offered it."""
    pins = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["frameworks"]
    assert {pin.partition("==")[0] for pin in pins} | {"numpy"} == set(PACKAGES)
    assert spoiled("question", **{"code.0.packages": list(PACKAGES)}) == []
    (problem,) = spoiled("question", **{"code.0.packages": ["nump"]})
    assert problem_line(problem, Language.EN).endswith("Did you mean: numpy?")
    assert "您要找的是：numpy" in problem_line(problem, Language.ZH)


@pytest.mark.parametrize(
    "arxiv", ["0704.0001", "1412.6980", "1501.00001", "2401.12345", "cs/0112017", "math.GT/0309136"]
)
def test_arxiv_numbers(spoiled, arxiv):
    """Numbers of every age of arXiv are known."""
    assert spoiled("question", **{"sources.0.arxiv": arxiv}) == []


@pytest.mark.parametrize("slug", ["Halving", "half_the_bits", "-half", "half--bits", "半"])
def test_slugs(slug):
    """An item's file is named by lower-case words joined by hyphens."""
    content = (SAMPLE / "compression/halving.yaml").read_bytes()
    problems = compile_item(content, "x.yaml", f"compression/{slug}").problems
    assert [problem.key for problem in problems] == ["bank.bad_slug"]


def test_related_may_name_what_is_not_written():
    """`related` is a plan: it may name items still to be written."""
    content = (SAMPLE / "compression/halving.yaml").read_text("utf-8")
    assert "inference/not-yet-written" in content
