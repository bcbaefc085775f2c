"""A report and `doctor` say what a missing layer leaves open, and no more than that."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from llmprep.model import Language
from llmprep.sandbox.layers import LAYERS, open_in_spite_of
from llmprep.ui.report.next_steps import Checked
from llmprep.ui.report.terminal import print_report
from llmprep.verdict import CaseResult, Report, Verdict


def told(*missing: str, language: Language = Language.EN) -> str:
    """What a report says where these layers are missing."""
    case = CaseResult(0, "general", Verdict.ACCEPTED)
    report = Report(
        "t/one",
        "",
        Verdict.ACCEPTED,
        (case,),
        1,
        layers=tuple(layer for layer in LAYERS if layer not in missing),
        missing_layers=missing,
    )
    console = Console(file=io.StringIO(), width=200)
    print_report(console, report, None, language, Checked("it.py", "command"))
    words: str = console.file.getvalue()  # type: ignore[attr-defined]
    return words


@pytest.mark.parametrize(("language", "files"), [(Language.EN, "could read every file"), (Language.ZH, "一切文件")])
def test_without_landlock_files_are_told_to_be_open(language: Language, files: str) -> None:
    """The kept cases among them; with it they are not."""
    assert files in told("landlock", language=language)
    assert files in told("landlock", "seccomp", language=language)
    assert files not in told("seccomp", language=language)
    assert "seccomp" in told("seccomp", language=language)
    assert "landlock" not in told(language=language)


def test_metadata_is_open_everywhere() -> None:
    """No layer hides it."""
    assert open_in_spite_of(LAYERS) == ("metadata",)
    assert open_in_spite_of(("rlimits",)) == ("metadata", "files")
