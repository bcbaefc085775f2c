"""`llmprep list` and `llmprep validate` as they are installed."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LLMPREP = Path(sys.executable).with_name("llmprep")
SAMPLE = Path(__file__).parents[1] / "unit/bank/sample"


@pytest.fixture
def bank(tmp_path):
    return Path(shutil.copytree(SAMPLE, tmp_path / "bank"))


@pytest.fixture
def llmprep(tmp_path):
    """Runs the command in a folder of its own; gives exit code, standard output and standard error."""

    def run(*arguments, lang="en", cwd=tmp_path, memory=None):
        def limited():
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

        environ = os.environ | {"LLMPREP_HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
        command = [str(LLMPREP), *map(str, arguments), "--lang", lang]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environ,
            cwd=cwd,
            timeout=60,
            check=False,
            preexec_fn=limited if memory else None,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


def test_list(llmprep, bank):
    """The list shows topics, items and counts in the reader's language, the same cold and warm."""
    first = llmprep("list", "--bank", bank)
    assert first == llmprep("list", "--bank", bank)
    assert first == (
        0,
        "Compression (compression) · 1 question, 1 exercise\n"
        "  compression/halving     question  easy      5 min  Halving the bits\n"
        "  compression/scale-rows  exercise  medium   10 min  Scale the rows\n"
        "\n"
        "2 items · 1 question, 1 exercise\n",
        "",
    )
    assert "问答题" in llmprep("list", "--bank", bank, lang="zh")[1]
    assert "Halving the bits / 位数减半" in llmprep("list", "--bank", bank, lang="both")[1]


def test_list_filters(llmprep, bank):
    """Kinds, difficulties and topics narrow the list; a topic asked for is shown even if it is empty."""
    for options, ids in (
        (["--kind", "question"], ["compression/halving"]),
        (["--difficulty", "medium"], ["compression/scale-rows"]),
        (["--difficulty", "medium", "--difficulty", "easy"], ["compression/halving", "compression/scale-rows"]),
        (["--kind", "question", "--difficulty", "hard"], []),
        (["--topic", "inference"], []),
        (["--topic", "inference", "--topic", "compression"], ["compression/halving", "compression/scale-rows"]),
    ):
        code, out, _ = llmprep("list", "--bank", bank, "--json", *options)
        told = json.loads(out)
        assert (code, told["version"], told["kind"]) == (0, 1, "items")
        assert [item["id"] for item in told["items"]] == ids
    assert "Inference (inference) · 0 questions" in llmprep("list", "--bank", bank, "--topic", "inference")[1]


def test_list_refuses_unknown_names(llmprep, bank):
    """Unknown names are a usage error, with the nearest that exist."""
    for option, name, near in (
        ("--topic", "compresion", "compression"),
        ("--kind", "exercice", "exercise"),
        ("--difficulty", "meduim", "medium"),
    ):
        code, out, err = llmprep("list", "--bank", bank, option, name)
        assert (code, out) == (2, "")
        assert f"Did you mean: {near}?" in err


def test_list_into_a_pipe_that_closes(bank, tmp_path):
    """A reader that goes away, as `head` does, is no error."""
    for number in range(250):
        shutil.copy(SAMPLE / "compression/halving.yaml", bank / f"compression/copy-{number}.yaml")
    environ = os.environ | {"LLMPREP_HOME": str(tmp_path / "home")}
    command = f"'{LLMPREP}' list --json --bank '{bank}' | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environ, timeout=60, check=True)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0"


def test_an_invalid_bank(llmprep, bank):
    """A command that needs an invalid bank tells every problem and exits with 4."""
    (bank / "compression/a.yaml").write_text("kind: question\nkind: exercise\n", "utf-8")
    (bank / "compression/b.yaml").write_text("kind: [\n", "utf-8")
    code, out, err = llmprep("list", "--bank", bank)
    assert (code, out) == (4, "")
    assert f"{bank}/compression/a.yaml:2: kind: " in err
    assert f"{bank}/compression/b.yaml:2: " in err


def test_validate(llmprep, bank):
    """Every problem is a line `file:line: field: message`, then a count; exit code 0 or 4."""
    code, out, err = llmprep("validate", bank)
    assert (code, out.splitlines()[0], err) == (0, "No problems in 3 files.", "")
    path = bank / "compression/scale-rows.yaml"
    path.write_text(path.read_text("utf-8").replace("1.0e-9", "1e-9").replace("entry:", "entri:"), "utf-8")
    for target in (bank, bank / "compression", path):
        code, out, err = llmprep("validate", target)
        assert (code, err) == (4, "")
        lines = out.splitlines()
        assert lines[0].startswith(f"{path}:2: entry: is missing")
        assert lines[1].startswith(f"{path}:8: entri: there is no field")
        assert lines[1].endswith("Did you mean: entry?")
        assert lines[2].startswith(f"{path}:52: tolerance.rtol: YAML reads 1e-9 as text: write 1.0e-9")
        assert lines[3].startswith("3 problems in ")
    assert "请写作" not in out
    assert "若是数值请写作 1.0e-9" in llmprep("validate", path, lang="zh")[1]


def test_validate_says_what_it_did_not_run(llmprep, bank):
    """A bank of good form is not yet one that runs: one line says so, in both languages and as JSON."""
    said = "Not run: the reference and cases of 1 exercise, the code blocks of 1 question. Run them with --deep"
    assert llmprep("validate", bank)[1].splitlines()[1].startswith(said)
    chinese = llmprep("validate", bank, lang="zh")[1].splitlines()[1]
    assert chinese.startswith("未运行：1 道编程题的参考解答与用例、1 道问答题的代码块。加 --deep 可运行")
    told = json.loads(llmprep("validate", bank, "--json")[1])
    assert told["not_run"] == {"suites": 1, "questions_with_code": 1, "blocks": []}
    (bank / "topics.yaml").write_text("- {id: compression, title: {en: Compression}}\n", "utf-8")
    assert "Not run" not in llmprep("validate", bank)[1]
    assert (
        "Not run because the bank has problems: the reference and cases of 1 exercise"
        in (llmprep("validate", bank, "--deep")[1])
    )


def test_validate_within_little_memory(llmprep, bank):
    """A file made to take more memory than there is ends with its line and the remedy."""
    (bank / "compression/mem.yaml").write_text(f"? {'a' * 300_000}\n:\n" + "  b: 1\n" * 20_000, "utf-8")
    code, out, err = llmprep("validate", "compression/mem.yaml", cwd=bank, memory=3_000_000_000)
    assert (code, err) == (4, "")
    assert out.startswith("compression/mem.yaml:1: a field name longer than 100 characters")


def test_a_deep_sum_is_told_by_every_command(llmprep, bank):
    """An item that cannot be written out again is refused by whatever reads it, with file, line and remedy."""
    path = bank / "compression/scale-rows.yaml"
    text = path.read_text("utf-8")
    many = "args(" + " + ".join(["np.ones((2, 3))"] * 1_500) + ", np.array([1.0, 2.0]))"
    path.write_text(text.replace("args(np.ones((2, 3)), np.array([1.0, 2.0]))", many, 1), "utf-8")
    (bank.parent / "mine.py").write_text("def scale_rows(x, s):\n    return x\n", "utf-8")
    options = ["--bank", bank]
    for command in (
        ["validate", bank], ["validate", bank, "--deep"], ["show", "scale-rows", *options], ["list", *options],
        ["start", "scale-rows", *options], ["export", "--output", "-", *options], ["hint", "scale-rows", *options],
        ["check", "mine.py", "--exercise", "scale-rows", *options],
        ["check", "mine.py", "--exercise", "scale-rows", "--snippet", "out.py", *options],
    ):  # fmt: skip
        code, out, err = llmprep(*command)
        assert code == 4, (command, out, err)
        assert f"{path}:28: cases.0.inputs: this code is nested more than 100 levels deep" in out + err


def test_validate_json(llmprep, bank):
    """The same as JSON, for editors and scripts."""
    path = bank / "compression/halving.yaml"
    path.write_text(path.read_text("utf-8").replace("minutes: 5", "minutes: 0"), "utf-8")
    code, out, _ = llmprep("validate", "compression/halving.yaml", "--json", cwd=bank)
    told = json.loads(out)
    assert code == 4
    assert (told["version"], told["kind"], told["valid"], told["files"]) == (1, "validation", False, 1)
    (problem,) = told["problems"]
    assert problem["file"] == "compression/halving.yaml"
    assert (problem["line"], problem["field"], problem["key"]) == (5, "minutes", "bank.out_of_range")


def test_validate_nothing(llmprep, tmp_path):
    """A path that does not exist is a usage error."""
    code, out, err = llmprep("validate", tmp_path / "nothing.yaml")
    assert (code, out) == (2, "")
    assert "nothing.yaml" in err


def test_schema(llmprep):
    """`--schema` prints the JSON Schema and nothing else."""
    code, out, err = llmprep("validate", "--schema")
    assert (code, err) == (0, "")
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize("command", ["list", "validate"])
def test_help(llmprep, command):
    """Help shows an example."""
    assert f"Examples: llmprep {command}" in llmprep(command, "--help")[1]
    assert f"示例：llmprep {command}" in llmprep(command, "--help", lang="zh")[1]
