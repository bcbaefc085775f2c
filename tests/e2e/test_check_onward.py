"""Laws of what `llmprep check` says once a submission is accepted, held by the installed command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from submitted import HEADER, RIGHT, WRONG, Checker

from llmprep.bank import Bank

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    return Checker(tmp_path)


def submit(checker: Checker, source: str) -> Path:
    path = checker.folder / "mine.py"
    path.write_text(HEADER + source, encoding="utf-8")
    return path


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_explanation_comes_once_it_is_accepted(checker: Checker, lang: str) -> None:
    """`--explain` tells the explanation and where the reference is after acceptance, and neither before."""
    exercise = Bank.open(checker.bank, None).exercise("mini/power")
    words = squeezed(getattr(exercise.explanation, lang))
    code, out, _ = checker.run(submit(checker, RIGHT), "--explain", "--lang", lang)
    assert code == 0
    assert words in squeezed(out)
    assert "llmprep show mini/power --answer" in out
    code, out, _ = checker.run(submit(checker, WRONG), "--explain", "--lang", lang)
    assert code == 1
    assert words not in squeezed(out)
    assert "--answer" not in out
    assert {"en": "once your submission is accepted", "zh": "提交通过之后才会显示解析"}[lang] in out


def test_without_asking_its_command_is_named(checker: Checker) -> None:
    """An accepted report names the command for the explanation and for the reference, and tells neither."""
    path = submit(checker, RIGHT)
    out = checker.run(path, "--lang", "en")[1]
    assert f"Why it is right: llmprep check {path} --bank {checker.bank} --explain\n" in out
    assert f"The reference: llmprep show mini/power --answer --bank {checker.bank}\n" in out


def test_json_has_the_explanation_when_it_is_earned(checker: Checker) -> None:
    """`explanation` is null unless asked for and accepted."""
    found = {}
    for name, source in {"right": RIGHT, "wrong": WRONG}.items():
        for more in ((), ("--explain",)):
            told = json.loads(checker.run(submit(checker, source), "--json", "--lang", "en", *more)[1])
            found[name, more] = told["explanation"]
    wanted = Bank.open(checker.bank, None).exercise("mini/power").explanation.en
    assert found.pop(("right", ("--explain",))) == wanted
    assert set(found.values()) == {None}


def test_the_next_step_is_what_is_not_yet_accepted(checker: Checker) -> None:
    """A related exercise, once accepted, makes room for the next; the command that is named runs."""
    bank = checker.own_bank() / "mini"
    file = bank / "power.yaml"
    source = file.read_text(encoding="utf-8")
    assert "related:" not in source
    file.write_text(source + "\nrelated: [mini/softmax]\n", encoding="utf-8")
    power = submit(checker, RIGHT)

    def next_of(path: Path) -> str | None:
        told = json.loads(checker.run(path, "--json")[1])
        return told["next"] and told["next"]["command"]

    options = f"--bank {checker.bank}"
    assert next_of(power) == f"llmprep start mini/softmax {options}"
    assert f"Next: llmprep start mini/softmax {options}  (" in checker.run(power, "--lang", "en")[1]
    softmax = checker.folder / "softmax.py"
    reference = Bank.open(checker.bank, None).exercise("mini/softmax").reference
    softmax.write_text(f"# llmprep: mini/softmax\n{reference}", encoding="utf-8")
    assert checker.run(softmax)[0] == 0
    assert next_of(power) == f"llmprep start mini/reverse {options}"
    assert next_of(submit(checker, WRONG)) is None
    # What is invalid elsewhere in the bank is no matter of this submission's.
    (bank / "window.yaml").write_text("kind: exercise\n", encoding="utf-8")
    told = json.loads(checker.run(submit(checker, RIGHT), "--json")[1])
    assert (told["accepted"], told["next"]) == (True, None)


def test_one_file_only(checker: Checker) -> None:
    """Many files, and JUnit, explain nothing: usage."""
    folder = checker.write(a=RIGHT)
    for arguments in ([folder], [folder / "a.py", "--format", "junit"]):
        code, out, err = checker.run(*arguments, "--explain", "--lang", "en")
        assert (code, out) == (2, "")
        assert "--explain" in err
