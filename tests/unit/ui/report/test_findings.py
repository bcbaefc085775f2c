"""Laws of the advice that follows an exception."""

from __future__ import annotations

import numpy as np
import pytest

from llmprep.compare import _first_part, _How, compare
from llmprep.model import Language, Tolerance
from llmprep.sandbox.worker.convert import to_plain
from llmprep.ui.report.findings import words
from llmprep.verdict import Finding

ADVISED = {
    "ModuleNotFoundError": ("may import numpy and the standard library", "只能导入 numpy 与标准库"),
    "ImportError": ("may import numpy and the standard library", "只能导入 numpy 与标准库"),
    "PermissionError": ("no files, no network, no other processes", "不能访问文件、网络和其他进程"),
    "NotImplementedError": ("The starter has not been filled in", "起始代码尚未完成"),
}
EVERY = {advice for pair in ADVISED.values() for advice in pair}


def raised(key: str, name: str, language: Language, **facts: object) -> str:
    return words(Finding(key, {"got": name, "message": "why", **facts}), None, language)


@pytest.mark.parametrize("key", ["check.raised", "check.raised_at_import"])
@pytest.mark.parametrize("name", ADVISED)
def test_an_exception_of_the_checkers_making_has_its_advice(key: str, name: str) -> None:
    """What the checker's own rules bring about is followed by the rule, and by no other one, in each language."""
    english, chinese = ADVISED[name]
    told = {language: raised(key, name, language) for language in Language}
    assert english in told[Language.EN]
    assert chinese in told[Language.ZH]
    assert english in told[Language.BOTH]
    assert chinese in told[Language.BOTH]
    assert {advice for advice in EVERY if any(advice in text for text in told.values())} == {english, chinese}
    assert all(name in text and "why" in text for text in told.values())


@pytest.mark.parametrize("name", ["ValueError", "OSError", "another ImportError", "importerror", ""])
def test_any_other_exception_has_none(name: str) -> None:
    """An exception that says enough itself, or that borrows a name, is left alone."""
    for language in Language:
        assert not any(advice in raised("check.raised", name, language) for advice in EVERY)


def test_a_value_named_like_an_exception_has_none() -> None:
    """Advice follows what was raised, not an output that reads like it."""
    told = raised("check.kind", "ImportError", Language.EN, expected="str")
    assert not any(advice in told for advice in EVERY)


@pytest.mark.parametrize(
    ("message", "english", "chinese"),
    [
        ("No module named 'torch'", "named 'torch'. A submission", "named 'torch'。提交"),
        ("not now.", "not now. A submission", "not now. 提交"),
        ("不行！", "不行！A submission", "不行！提交"),
        ("", "raised ImportError. A submission", "抛出了 ImportError。提交"),
        (" ", "raised ImportError. A submission", "抛出了 ImportError。提交"),
    ],
)
def test_advice_begins_a_sentence(message: str, english: str, chinese: str) -> None:
    """An exception's words are brought to an end before the advice, once; without words there is no colon."""
    assert english in raised("check.raised", "ImportError", Language.EN, message=message)
    assert chinese in raised("check.raised", "ImportError", Language.ZH, message=message)


@pytest.mark.parametrize("key", ["check.raised", "check.raised_at_import"])
@pytest.mark.parametrize("one", ["A", "溢", "\x00", "\n"])
def test_a_long_message_is_cut_and_says_so(key: str, one: str) -> None:
    """A message of any length takes a few lines, whatever escapes it needs; a short one is whole."""
    for language in (Language.EN, Language.ZH):
        short, long = (raised(key, "RuntimeError", language, message=one * count) for count in (20, 2_000))
        assert len(long) <= 400
        assert "…" in long
        assert "…" not in short
        assert raised(key, "ImportError", language, message=one * 2_000).count("numpy") == 1


@pytest.mark.parametrize("language", [Language.EN, Language.ZH])
def test_an_exception_without_words_has_no_colon(language: Language) -> None:
    """Whenever it was raised."""
    for key in ("check.raised", "check.raised_at_import"):
        told = raised(key, "KeyError", language, message="")
        assert not any(mark in told for mark in (":", "：", "—"))


@pytest.mark.parametrize(
    ("got", "expected", "english", "chinese"),
    [
        (1.5, 1.0, " (absolute error 0.5, relative 0.5)", "（绝对误差 0.5，相对误差 0.5）"),
        (0.5, 0.0, " (absolute error 0.5)", "（绝对误差 0.5）"),
        (7, 0, " (absolute error 7)", "（绝对误差 7）"),
        (float("nan"), 1.0, "", ""),
        (float("inf"), 0.0, "", ""),
        (float("-inf"), 1.0, "", ""),
        (10**400, 1.5, "", ""),
        (1e300, 1e-300, " (absolute error 1e+300)", "（绝对误差 1e+300）"),
        ("a", "b", "", ""),
        (True, False, "", ""),
    ],
)
def test_an_error_is_told_where_it_is_a_number(got: object, expected: object, english: str, chinese: str) -> None:
    """No error beside NaN or an infinity, no relative one beside 0, in a value and in an array alike."""
    facts = {"got": got, "expected": expected, "off": 1, "path": ""}
    for total, index in ((1, ()), (3, (2,))):
        finding = Finding("check.value", {**facts, "total": total, "index": index})
        assert words(finding, None, Language.EN).endswith(f"{english}.")
        assert words(finding, None, Language.ZH).endswith(f"{chinese}。")
        both = words(finding, None, Language.EN) + words(finding, None, Language.ZH)
        assert ("error" in both, "误差" in both) == (bool(english), bool(chinese))
        assert ("[2]" in both) == bool(index)


@pytest.mark.parametrize("case", [1, 4])
def test_what_is_so_from_the_first_case_is_so_since_none(case: int) -> None:
    """A later case is named in each language."""
    facts = {"case": case, "count": 1, "total": 2, "index": (0,)}
    told = [words(Finding("diagnose.nan", facts), None, language) for language in (Language.EN, Language.ZH)]
    assert ("since case 4" in told[0], "自用例 4 起" in told[1]) == (case == 4, case == 4)
    assert ("since" in told[0], "起" in told[1]) == (case == 4, case == 4)


@pytest.mark.parametrize("language", [Language.EN, Language.ZH])
def test_worst_elements_that_look_alike_are_told_in_full(language: Language) -> None:
    """The two numbers of a finding are never the same text."""
    facts = {"path": "", "off": 1, "total": 1, "index": ()}
    for got, expected in [(1 - 2**-53, 1.0), (1.7906218e-09, 1.79062180000001e-09), (2.0**60, 2.0**60 + 256)]:
        told = words(Finding("check.value", {**facts, "got": got, "expected": expected}), None, language)
        assert repr(got) in told
        assert repr(expected) in told


TIGHT = Tolerance(1e-9, 0.0)


@pytest.mark.parametrize(
    ("got", "expected", "english", "chinese"),
    [
        (["a", "b"], ["a", "x", "c"], "difference is at index 1: got 'b', expected 'x'", "索引 1：实际 'b'，期望 'x'"),
        ([1.0, 2.0, 3.0], [1.0, 2.5], "difference is at index 1: got 2.0, expected 2.5", "索引 1：实际 2.0，期望 2.5"),
        ([1, 2, 3], [1, 2], "They agree before index 2", "索引 2 之前的元素都相同"),
        ([], [1, 2], "They agree before index 0", "索引 0 之前的元素都相同"),
        ([[1], [2] * 3, []], [[1], [5] * 3], "difference is at index 1.", "首个不同处在索引 1。"),
        (["x" * 9999], ["y" * 9999, ""], "difference is at index 0.", "首个不同处在索引 0。"),
        ([10**900], [10**901, 1], "difference is at index 0.", "首个不同处在索引 0。"),
        ([1.0], [1 - 2**-53, 1], "They agree before index 1", "索引 1 之前的元素都相同"),
        ({"k": [1]}, {"k": [2, 3]}, "In output['k']: ", "输出['k']处"),
    ],
)
def test_sequences_of_different_length_are_told_where_they_part(
    got: object, expected: object, english: str, chinese: str
) -> None:
    """The first place that differs is named, with what stands there if it is short; what is kept of it is short."""
    (mismatch,) = compare(got, expected, TIGHT)
    finding = Finding(f"check.{mismatch.kind}", {"path": mismatch.path, **mismatch.facts})
    assert english in words(finding, None, Language.EN)
    assert chinese in words(finding, None, Language.ZH)
    assert len(repr({**mismatch.facts})) < 1000


def test_where_sequences_part_is_found_in_one_pass() -> None:
    """Each element is compared once, and none after the place."""
    looked = []

    class Watched(list):  # type: ignore[type-arg]
        def __iter__(self):  # type: ignore[no-untyped-def]
            for one in super().__iter__():
                looked.append(one)
                yield one

    values = list(range(1000))
    _first_part(Watched(values), [*values[:500], -1, *values], _How(TIGHT))
    assert len(looked) == 501


@pytest.mark.parametrize(
    ("got", "expected", "english"),
    [
        ("cat", "car", "Got 'cat', expected 'car'."),
        (
            "x" * 100 + "a" + "y" * 100,
            "x" * 100 + "b" + "y" * 100,
            "The texts differ from character 100 on (",
        ),
        ("x" * 100, "x" * 101, "The texts differ from character 100 on ("),
    ],
)
def test_texts_are_told_where_they_part(got: str, expected: str, english: str) -> None:
    """Short texts are shown whole; of long ones what stands around the first character that differs."""
    facts = {"path": "", "off": 1, "total": 1, "index": (), "got": got, "expected": expected}
    told = words(Finding("check.value", facts), None, Language.EN)
    assert told.startswith(english)
    assert len(told) < 200


@pytest.mark.parametrize(("limit", "size"), [(1024, "1 MiB"), (2048, "2 MiB"), (1536, "1536 KiB"), (64, "64 KiB")])
def test_what_may_be_printed_is_told_in_the_larger_unit(limit: int, size: str) -> None:
    """As the guide has it: in MiB, unless that is no whole number."""
    for language, end in ((Language.EN, "."), (Language.ZH, "。")):
        told = words(Finding("check.stop_printed", {"limit": limit}), None, language)
        assert told.endswith(f" {size}{end}")


def test_a_pace_is_told_from_its_limit() -> None:
    """No figure above its limit is shown as the limit."""
    facts = {"figure": 3.04, "limit": 3.0}
    assert "3.04 times" in words(Finding("check.efficiency_ratio", facts), None, Language.EN)
    assert "3.04" in words(Finding("check.efficiency_growth", facts), None, Language.ZH)


@pytest.mark.parametrize(("expected", "named"), [(np.float64(1), "float"), (np.int64(1), "int"), (np.bool_(1), "bool")])
def test_a_python_number_is_asked_for_by_its_name(expected: np.generic, named: str) -> None:
    """Where a reference returns a number of numpy's, and Python's counts as well, that is what is asked for."""
    (mismatch,) = compare("text", to_plain(expected, 1 << 20), TIGHT)
    told = words(Finding(f"check.{mismatch.kind}", {"path": "", **mismatch.facts}), None, Language.EN)
    assert f"Expected {named}, got str" in told
