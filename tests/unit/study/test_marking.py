"""Laws of marking typed text."""

from __future__ import annotations

import pytest

from llmprep.model import KeyPoint, Match, Question, Text
from llmprep.study.marking import Missed, find, mark, missed


def said(phrase: str, text: str) -> bool:
    return bool(find(phrase, text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("zero point", "the Zero Point is an integer"),
        ("zero point", "a zero-point"),
        ("zero-point", "a zero point"),
        ("zero point", "the zero\npoint"),
        ("scale + offset", "an offset, then a scale"),
        ("quantiz*", "Quantization"),
        ("quantiz* error", "the quantization error"),
        ("int8", "用 INT8量化"),
        ("int8", "ＩＮＴ８"),
        ("2:4", "a 2:4 pattern"),
        ("O(n^2)", "cost is O(n^2)."),
        ("doesn't", "it doesn’t"),
        ("零点", "其中零点是整数"),
        ("缩放因子 + 零点", "零点和缩放因子"),
        ("INT8 量化", "使用int8量化"),
        ("INT8量化", "使用 INT8 量化"),
        ("量化*", "量化感知训练"),
        ("C++", "written in C++"),
        ("naïve", "a naïve cast"),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str) -> None:
    """Case, hyphens, line breaks, width and spaces beside Chinese do not matter; a star takes any ending."""
    assert said(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("freezes", "it unfreezes"),
        ("scale", "scaled"),
        ("int8", "uint8"),
        ("zero point", "zero is a point"),
        ("zero point", "point zero"),
        ("zero point", "zero, point"),
        ("scale + offset", "only a scale"),
        ("4.5", "14.5"),
        ("4.5", "4x5"),
        ("零点", "零 号点"),
        ("缩放因子 + 零点", "只有零点"),
        ("", "anything"),
        (" + ", "anything"),
        ("*", "anything"),
        ("-", "a-b"),
    ],
)
def test_a_phrase_is_not_found(phrase: str, text: str) -> None:
    """Words are whole and in a row, every part is wanted, a dot is a dot, and an empty phrase matches nothing."""
    assert not said(phrase, text)


def point(name: str, *, en: tuple[str, ...] = (), zh: tuple[str, ...] = ()) -> KeyPoint:
    return KeyPoint(name, Text(name, name), match=Match(en, zh))


def test_marking_names_the_points_and_the_words_that_matched() -> None:
    """Each likely point comes once, in the rubric's order, with its words as typed and where they stand."""
    points = (point("a", en=("zero point", "offset")), point("b", en=("scale + round*",)), point("c", en=("nothing",)))
    answer = "Rounding by a Scale, with an Offset"
    first, second = mark(answer, points)
    assert (first.key_point, first.words) == ("a", ("Offset",))
    assert (second.key_point, second.words) == ("b", ("Scale", "Rounding"))
    assert [answer[begin:end] for begin, end in second.spans] == ["Scale", "Rounding"]


def test_phrases_of_both_languages_are_tried() -> None:
    """English terms in a Chinese answer count, and the other way round."""
    points = (point("a", en=("scale",), zh=("缩放因子",)),)
    assert [likely.words for likely in mark("用 scale 表示", points)] == [("scale",)]
    assert [likely.words for likely in mark("the 缩放因子", points)] == [("缩放因子",)]


def test_an_empty_answer_makes_no_point() -> None:
    """Nothing typed, nothing suggested."""
    assert mark("", (point("a", en=("x",)),)) == ()


def test_a_model_answer_is_held_to_its_own_key_points() -> None:
    """What it misses is told by language, also where there is nothing to look for."""
    points = (
        point("a", en=("scale",), zh=("零点", "缩放")),
        point("b", en=("scale",)),
        point("c", en=("x",), zh=("缩放",)),
    )
    question = Question(
        id="t/q", kind="question", title=Text("", ""), difficulty="easy", minutes=1, prompt=Text("", ""), sources=(),
        answer=Text("a scale", "先缩放"), key_points=points, traps=(), follow_ups=(), choices=(),
    )  # fmt: skip
    assert missed(question) == (Missed(1, "b", "zh", ()), Missed(2, "c", "en", ("x",)))
