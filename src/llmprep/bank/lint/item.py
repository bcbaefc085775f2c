"""The author's lint: rules beyond types, over plain data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from llmprep.bank.lint.code import lint_code
from llmprep.bank.lint.exercise import lint_exercise
from llmprep.bank.lint.node import Node
from llmprep.bank.lint.prose import lint_prose
from llmprep.bank.names import SLUG
from llmprep.bank.suggest import nearest_word

if TYPE_CHECKING:
    from llmprep.bank.document import Document
    from llmprep.content.markup import Blocks

PACKAGES = (
    "numpy",
    "scikit-learn",
    "scipy",
    "shap",
    "tensorflow",
    "tensorflow-model-optimization",
    "tf-keras",
    "torch",
    "transformers",
)
"""What code blocks may need: numpy, and what `pyproject.toml` pins under `frameworks`."""
KEY_POINTS = (5, 12)
OPTIONS = 4
MANY = 1000
MINUTES = (1, 240)
YEARS = (1900, 2100)

_ARXIV = re.compile(r"(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}")
_OLD_ARXIV = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}")
LONGEST_PHRASE = 100
"""Characters of a phrase to look for in an answer: three times the longest of the bank."""

_STAR_INSIDE = re.compile(r"\*[*A-Za-z0-9]")
_HTTPS = re.compile(r"https://[^\s/<>\"]+\.[^\s/<>\"]+(?:/[^\s<>\"]*)?")


def lint_item(document: Document, item_id: str) -> dict[str, Blocks]:
    """Record in the document the problems of the item with that id.

    Returns:
        The tree of each prose text, by the text's path.
    """
    item = Node(document, "", document.data)
    slug = item_id.rpartition("/")[2]
    if not SLUG.fullmatch(slug):
        item.refuse("bank.bad_slug", name=slug)
    _common(item, item_id)
    trees = lint_prose(item)
    if item.at("kind").value == "question":
        _question(item)
    elif item.at("kind").value == "exercise":
        lint_exercise(item)
    return trees


def lint_topics(document: Document) -> dict[str, Blocks]:
    """Record in the document the problems of `topics.yaml`; return trees as `lint_item` does."""
    topics = Node(document, "", document.data)
    topics.want_ids()
    topics.want_count(1, MANY, "bank.no_topics")
    return lint_prose(topics)


def _common(item: Node, item_id: str) -> None:
    """Check the fields that questions and exercises share."""
    for text in item.at("title").fields():
        if "\n" in text.text.strip():
            text.refuse("bank.title_lines")
    _within(item.at("minutes"), *MINUTES)
    exercise = item.at("kind").value == "exercise"
    item.at("sources").want_count(1 if exercise else 2, MANY, "bank.too_few_sources")
    item.at("sources").want_ids()
    for source in item.at("sources").each():
        _source(source)
    item.at("tags").want_unique()
    item.at("related").want_unique()
    for related in item.at("related").each():
        topic, slash, slug = related.text.partition("/")
        if related.text and not (slash and SLUG.fullmatch(topic) and SLUG.fullmatch(slug)):
            related.refuse("bank.bad_related", name=related.text)
        elif related.text == item_id:
            related.refuse("bank.related_to_itself")


def _within(field: Node, least: float, most: float) -> None:
    if field.number is not None and not least <= field.number <= most:
        field.refuse("bank.out_of_range", value=field.value, least=least, most=most)


def _source(source: Node) -> None:
    url, arxiv = source.at("url"), source.at("arxiv")
    if isinstance(source.value, dict) and url.given == arxiv.given:
        source.refuse("bank.url_or_arxiv")
    if url.text and not _HTTPS.fullmatch(url.text):
        url.refuse("bank.not_https", value=url.text)
    if arxiv.text and not (_ARXIV.fullmatch(arxiv.text) or _OLD_ARXIV.fullmatch(arxiv.text)):
        arxiv.refuse("bank.not_arxiv", value=arxiv.text)
    _within(source.at("year"), *YEARS)


def _question(item: Node) -> None:
    points = item.at("key_points")
    points.want_count(*KEY_POINTS, "bank.key_points_count")
    points.want_ids()
    if points.each() and not any(point.at("essential").value is True for point in points.each()):
        points.refuse("bank.none_essential")
    for point in points.each():
        for phrases in point.at("match").fields():
            for phrase in phrases.each():
                if phrase.text and not all(part.strip(" *") for part in phrase.text.split(" + ")):
                    phrase.refuse("bank.empty_phrase", value=phrase.text)
                elif len(phrase.text) > LONGEST_PHRASE:
                    phrase.refuse("bank.phrase_too_long", limit=LONGEST_PHRASE)
                elif _STAR_INSIDE.search(phrase.text):
                    phrase.refuse("bank.star_inside", value=phrase.text)
    item.at("traps").want_count(1, MANY, "bank.too_few_traps")
    item.at("follow_ups").want_count(2, MANY, "bank.too_few_follow_ups")
    _choices(item.at("choices"))
    for code in item.at("code").each():
        lint_code(code.at("text"))
        for package in code.at("packages").each():
            if package.text and package.text not in PACKAGES:
                near = nearest_word(package.text, PACKAGES)
                package.refuse("bank.not_one_of", value=package.text, allowed=list(PACKAGES), nearest=near)


def _choices(choices: Node) -> None:
    choices.want_count(2, MANY, "bank.too_few_choices")
    places = []
    for choice in choices.each():
        options = choice.at("options")
        options.want_count(OPTIONS, OPTIONS, "bank.options_count")
        right = [place for place, option in enumerate(options.each()) if option.at("correct").value is True]
        if options.each() and len(right) != 1:
            options.refuse("bank.one_right", count=len(right))
        places += right
    if len(places) > 1 and len(places) == len(choices.each()) and len(set(places)) == 1:
        choices.refuse("bank.same_place", place="abcd"[places[0]] if places[0] < OPTIONS else places[0] + 1)
