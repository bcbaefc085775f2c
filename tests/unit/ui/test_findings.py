"""Laws of the advice that follows an exception."""

from __future__ import annotations

import pytest

from llmprep.model import Language
from llmprep.ui.findings import words
from llmprep.verdict import Finding

ADVISED = {
    "ModuleNotFoundError": ("may import numpy and the standard library", "只能导入 numpy 与标准库"),
    "ImportError": ("may import numpy and the standard library", "只能导入 numpy 与标准库"),
    "PermissionError": ("no files, no network, no other processes", "不能访问文件、网络和其他进程"),
    "NotImplementedError": ("The starter is still to be filled in", "起始代码尚未完成"),
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
