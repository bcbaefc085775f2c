"""bank/README.md is true: its files are valid, and its commands and the changes it names print what it shows."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from llmprep.bank import Bank
from llmprep.messages.say import say
from llmprep.model import Language
from llmprep.proving.proof import Programs
from llmprep.proving.prover import prove

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "bank/README.md").read_text("utf-8")
LLMPREP = Path(sys.executable).with_name("llmprep")

FILES = dict(re.findall(r"[Ss]ave this as `([\w./-]+\.yaml)`[^\n]*\n\n```yaml\n(.*?)```", PAGE, re.DOTALL))
QUESTION, EXERCISE = "try/basics/dead-relu.yaml", "try/basics/leaky-relu.yaml"
SESSIONS = "".join(re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL))
COMMANDS = re.findall(r"^\$ llmprep (.*)\n((?:(?!\$ ).*\n)*)", SESSIONS, re.MULTILINE)
OUTPUTS = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)

CHANGES = [
    (QUESTION, '"share of dead", ', ""),
    (EXERCISE, re.search(r"  - group: edge\n.*slope=1\.0.*\n.*\n", FILES[EXERCISE])[0], ""),
    (EXERCISE, '"line 7: x > 0', '"line 8: x > 0'),
    (EXERCISE, re.search(r".*not contiguous\n", FILES[EXERCISE])[0], ""),
    (EXERCISE, "rtol: 1.0e-9", "rtol: 0.2"),
    (EXERCISE, "size=(4, 3)))", "size=(4, 3)), slope=2.0)"),
]
"""What the page says that was taken out or changed, for each output of `validate --deep` that it shows, in order."""

BY_SUBTRACTION = """\
import numpy as np


def leaky_relu(x, slope=0.01):
    if not 0 <= slope < 1:
        raise ValueError("slope must lie in [0, 1)")
    return x - (1 - slope) * np.minimum(x, 0)
"""


@pytest.fixture(autouse=True)
def _bank(tmp_path, monkeypatch):
    """The page's files, saved where it says."""
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8")


def llmprep(*arguments, stream="stdout"):
    environ = os.environ | {"LLMPREP_HOME": str(Path.cwd() / "home"), "LC_ALL": "C.UTF-8"}
    command = [str(LLMPREP), *arguments, "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environ, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, getattr(done, stream)


def change(name, old, new):
    text = FILES[name]
    assert text.count(old) == 1, old
    Path(name).write_text(text.replace(old, new), "utf-8")


def test_the_page_holds_a_whole_bank():
    """Topics, a question and an exercise, and nothing is wrong with them."""
    assert list(FILES) == ["try/topics.yaml", QUESTION, EXERCISE]
    code, printed = llmprep("validate", "try")
    assert (code, printed.splitlines()[0]) == (0, "No problems in 3 files.")


@pytest.mark.parametrize(("command", "output"), COMMANDS, ids=[command for command, _ in COMMANDS])
def test_a_command_prints_what_the_page_shows(command, output):
    """Copied as they stand, the commands print exactly what stands below them."""
    assert llmprep(*command.split()) == (0, output)


def test_the_proof_is_shown():
    """Among the commands that the page shows are those that prove its question and its exercise."""
    assert {f"validate --deep {name}" for name in (QUESTION, EXERCISE)} <= {command for command, _ in COMMANDS}


@pytest.mark.parametrize("place", range(len(CHANGES)))
def test_a_change_is_found_out_as_the_page_shows(place):
    """The proof of a changed example prints the lines shown, and no problem beside them."""
    name, old, new = CHANGES[place]
    change(name, old, new)
    code, printed = llmprep("validate", "--deep", name)
    assert code == 4
    shown = OUTPUTS[place].splitlines()
    assert set(shown) <= set(printed.splitlines()), printed
    problems = sum(line.startswith("try/") for line in shown)
    counted = f"{problems} problem{'s' * (problems > 1)} in 1 file.\n"
    assert printed.endswith(counted), printed


def test_a_variant_near_the_tolerance_is_told_as_the_page_shows():
    """`scripts/prove` prints the table shown, but for the seconds."""
    specification = importlib.util.spec_from_file_location("prove_script", ROOT / "scripts/prove.py")
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    change(EXERCISE, "rtol: 1.0e-9, atol: 1.0e-12", "rtol: 1.0e-14, atol: 0.0")
    bank = Bank.open(Path("try"), None)
    programs = Programs(right={"by-subtraction.py": BY_SUBTRACTION})
    proof = prove(bank.exercise("leaky-relu"), None, programs)
    told = [f"  ! {one.file}:{one.line}: {say(one.key, Language.EN, **one.facts)}" for one in proof.problems]
    assert OUTPUTS[len(CHANGES) :] == ["\n".join([script.HEADER, script.row(proof, 3), *told, ""])]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_example_holds_on_other_seeds(seed):
    """The exercise follows its own law: the reference is accepted and each mistake refused, whatever the seed."""
    item = yaml.safe_load(FILES[EXERCISE])
    for name, source, code in [
        ("right", item["reference"], 0),
        *((one["id"], one["code"], 1) for one in item["mistakes"]),
    ]:
        Path(f"{name}.py").write_text(source, "utf-8")
        assert llmprep("check", f"{name}.py", "--bank", "try", "--seed", seed)[0] == code, name


def test_what_start_says_to_run_next_finds_the_exercise():
    """The command names the bank too, where it is another than the package's own: the starter is graded and refused."""
    code, said = llmprep("start", "leaky-relu", "--bank", "try", stream="stderr")
    assert code == 0
    follow_up = re.search(r"Then: llmprep (.*)", said)[1].split()
    assert follow_up == ["check", "leaky_relu.py", "--bank", "try"]
    assert llmprep(*follow_up)[0] == 1


def test_the_code_block_runs(tmp_path):
    """The question's code runs as it stands, and prints."""
    code = yaml.safe_load(FILES[QUESTION])["code"][0]["text"]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout
    assert "assert" in code
