"""`show` and `export` as installed, in processes of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

BANK = Path(__file__).parents[1] / "golden" / "bank"
LLMPREP = Path(sys.executable).with_name("llmprep")


@pytest.fixture
def run(tmp_path):
    """A function that runs the command in an empty folder."""
    work = tmp_path / "work"
    work.mkdir()
    environment = {"PATH": os.environ["PATH"], "LLMPREP_HOME": str(tmp_path / "home"), "LANG": "en_US.UTF-8"}

    def run(*arguments, **extra):
        return subprocess.run(
            [LLMPREP, *arguments, "--bank", str(BANK)],
            cwd=work, env={**environment, **extra}, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    run.work = work
    run.environment = environment
    return run


def test_show_keeps_the_answer_back(run):
    """Without `--answer` the prompt is shown and the answer is not."""
    shown = run("show", "alpha/levels")
    assert shown.returncode == 0
    assert "How many levels" in shown.stdout
    assert "Short answer" not in shown.stdout
    assert "Short answer" in run("show", "levels", "--answer").stdout


def test_show_of_an_exercise_keeps_the_reference_back(run):
    """Without `--answer` an exercise shows what a candidate gets: no reference, no explanation, no hint."""
    shown = run("show", "round-half").stdout
    assert "round_half(np.array([0.5, 1.5, 2.5]))" in shown
    for secret in ("np.round(", "adds a bias", "Think of a ruler"):
        assert secret not in shown
    told = run("show", "round-half", "--answer").stdout
    assert "np.round(" in told
    assert "Think of a ruler" not in told


def test_show_speaks_the_language_asked_for(run):
    """`--lang zh` shows Chinese and no English prose, `both` shows both."""
    chinese = run("show", "levels", "--lang", "zh").stdout
    assert "位的网格有多少级" in chinese
    assert "How many" not in chinese
    both = run("show", "levels", "--lang", "both").stdout
    assert "How many" in both
    assert "位的网格有多少级" in both


def test_show_json_is_the_whole_item(run):
    """`--json` is versioned and holds every field of the file in both languages, but no place in it."""
    data = json.loads(run("show", "alpha/levels", "--json").stdout)
    assert (data["version"], data["kind"]) == (1, "item")
    item = data["item"]
    assert item["id"] == "alpha/levels"
    assert set(item["title"]) == {"en", "zh"}
    assert item["key_points"][0]["essential"] is True
    assert item["sources"][1]["arxiv"] == "1712.05877"
    assert "where" not in item


def test_related_items_are_there(run):
    """An item that is still to be written is not offered, in text or document; JSON holds the file's own list."""
    for lang in ("en", "zh", "both"):
        for told in (run("show", "levels", "--lang", lang), run("export", "--output", "-", "--lang", lang)):
            assert "alpha/round-half" in told.stdout
            assert "beta/later" not in told.stdout
    # Left out of this document, but in the bank.
    assert "`alpha/round-half`" in run("export", "--output", "-", "--kind", "question").stdout
    assert json.loads(run("show", "levels", "--json").stdout)["item"]["related"] == ["alpha/round-half", "beta/later"]


def test_an_unknown_item_gets_offers(run):
    """An unknown item is a usage error that names the nearest, and nothing is printed as data."""
    shown = run("show", "alpha/level")
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "alpha/levels" in shown.stderr


def test_nothing_but_text_when_plain(run):
    """With `--plain`, NO_COLOR or TERM=dumb no colour is sent, on a terminal too, and plain draws no boxes."""
    for arguments, extra in (((), {"NO_COLOR": "1"}), (("--plain",), {}), ((), {"TERM": "dumb"})):
        environment = {**run.environment, "TERM": "xterm-256color", **extra}
        child = pexpect.spawn(
            str(LLMPREP),
            ["show", "levels", "--bank", str(BANK), *arguments],
            env=environment,
            encoding="utf-8",
            timeout=120,
        )
        shown = child.read()
        assert "How many levels" in shown
        assert not re.search(r"\x1b\[[\d;]*3\d", shown)
        if arguments:
            assert "\x1b" not in shown
            assert "─" not in shown


def test_a_terminal_gets_colour(run):
    """On a terminal code is coloured."""
    child = pexpect.spawn(
        str(LLMPREP), ["show", "levels", "--bank", str(BANK)], env={**run.environment, "TERM": "xterm-256color"},
        encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert "\x1b[36ma_1" in child.read()


def test_export_writes_where_it_says(run):
    """The default file is named after what was asked for; data goes there and the message to standard error."""
    written = run("export")
    assert (written.returncode, written.stdout) == (0, "")
    assert "llmprep.md" in written.stderr
    run("export", "--topic", "beta", "--lang", "zh", "--kind", "exercise")
    assert sorted(path.name for path in run.work.iterdir()) == ["llmprep-beta-exercises.zh.md", "llmprep.md"]
    assert "步数计数器" in (run.work / "llmprep-beta-exercises.zh.md").read_text(encoding="utf-8")


def test_export_to_standard_output(run):
    """`--output -` prints the document and nothing else, and leaves no file."""
    printed = run("export", "--output", "-")
    assert printed.stdout.startswith("<!-- llmprep export")
    assert printed.stderr == ""
    assert list(run.work.iterdir()) == []


def test_export_overwrites_only_its_own(run):
    """An earlier export is replaced; somebody's file is kept unless `--force` is given."""
    assert run("export", "--output", "x.md").returncode == 0
    assert run("export", "--output", "x.md", "--kind", "question").returncode == 0
    assert "counter" not in (run.work / "x.md").read_text(encoding="utf-8")
    notes = run.work / "notes.md"
    notes.write_text("# Notes\n", encoding="utf-8")
    refused = run("export", "--output", "notes.md")
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert notes.read_text(encoding="utf-8") == "# Notes\n"
    assert run("export", "--output", "notes.md", "--force").returncode == 0
    assert notes.read_text(encoding="utf-8").startswith("<!-- llmprep export")
    assert sorted(path.name for path in run.work.iterdir()) == ["notes.md", "x.md"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--format", "mdd"], 2, "md"),
        (["--topic", "alhpa"], 2, "alpha"),
        (["--kind", "poem"], 2, "question"),
        (["--output", "missing/x.md"], 5, "missing"),
        (["--output", "."], 2, "folder"),
        (["--topic", "beta", "--kind", "question"], 2, "nothing"),
        (["--lang", "fr"], 2, "en, zh or both"),
    ],
)
def test_export_refuses_with_a_reason(run, arguments, code, said):
    """What cannot be done is refused with its exit code and a remedy, and nothing is written."""
    refused = run("export", *arguments)
    assert refused.returncode == code
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""
    assert list(run.work.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="the folder that nobody can write is Linux's")
def test_export_to_an_unwritable_folder(run):
    """A folder that cannot be written falls to the environment, with the file's name and a remedy."""
    refused = run("export", "--output", "/proc/llmprep.md")
    assert refused.returncode == 5
    assert "/proc/llmprep.md" in refused.stderr
    assert "--output" in refused.stderr
