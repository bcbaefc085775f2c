"""Laws of answers given ahead."""

from __future__ import annotations

import pytest

from llmprep.errors import UsageError
from llmprep.messages.say import explain
from llmprep.model import Language
from llmprep.store import Rating
from llmprep.ui.quiz.answers import Answer, Answers


def parsed(*lines: str | bytes) -> list[Answer]:
    return list(Answers("file", [line if isinstance(line, bytes) else line.encode() for line in lines]))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[1]", "not an object"),
        ("3", "not an object"),
        ("{", "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[" * 50_000 + "]" * 50_000, "nested too deeply"),
        ('{"answer": ' * 50_000, "nested too deeply"),
        ("9" * 5000, "not JSON"),
        (b"\xff", "not text in UTF-8"),
        ('{"anwser": "x"}', "Did you mean: answer"),
        ('{"zzz": "x"}', "Fields: item, answer"),
        ('{"item": 1, "answer": "x"}', "“item” must be a name"),
        ('{"answer": 1}', "“answer” must be a string"),
        ('{"rating": "fine"}', "“rating” must be again, hard"),
        ('{"rating": true}', "“rating” must be again, hard"),
        ('{"rating": 5}', "“rating” must be again, hard"),
        ('{"rating": 3.0}', "“rating” must be again, hard"),
        ('{"rating": null}', "“rating” must be again, hard"),
        ('{"key_points": [1]}', "list of ids"),
        ('{"key_points": "a"}', "list of ids"),
        ('{"choice": 1}', "letter such as"),
        ('{"option": true}', "whole number"),
        ('{"option": "1"}', "whole number"),
        ('{"answer": "x", "choice": "b"}', "cannot be combined"),
        ('{"choice": "b", "option": 1}', "cannot be combined"),
        ('{"choice": "b", "rating": 1}', "cannot be combined"),
        ('{"skip": true, "rating": 1}', "cannot be combined"),
        ('{"skip": 1}', "“skip” must be true"),
        ('{"skip": false}', "true, or be left out"),
        ("{}", "nothing to record"),
        ('{"item": "t/a"}', "nothing to record"),
        ('{"rating": 1, "rating": 2}', "twice"),
    ],
)
def test_a_bad_line_is_refused_by_its_number(line: str | bytes, words: str) -> None:
    """Blank lines count; both languages have the words."""
    with pytest.raises(UsageError) as caught:
        parsed('{"rating": 3}', "", line)
    assert "file, line 3" in explain(caught.value, Language.EN)
    assert words in explain(caught.value, Language.EN)
    assert "file 第 3 行" in explain(caught.value, Language.ZH)


def test_ratings_are_the_four_words_or_numbers() -> None:
    """Names and numbers mean the same."""
    for rating in Rating:
        by_name, by_number = parsed(f'{{"rating": "{rating.name.lower()}"}}', f'{{"rating": {rating.value}}}')
        assert by_name.rating is by_number.rating is rating


def test_what_a_line_leaves_out_is_left_open() -> None:
    """An empty answer is an answer, an empty list of key points is a list."""
    first, second = parsed('{"answer": ""}', '{"item": "t/a", "key_points": []}')
    assert first == Answer(1, answer="")
    assert second == Answer(2, item="t/a", key_points=())


def test_a_mark_at_the_beginning_and_half_a_pair_are_taken() -> None:
    """Neither is the writer's fault; what no file can hold is replaced."""
    (answer,) = parsed(b'\xef\xbb\xbf{"answer": "\\ud800 x"}\r')
    assert answer.answer == "? x"
