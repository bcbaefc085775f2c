"""A small bank for quiz tests: three questions and an exercise in one topic, an exercise alone in another."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

LLMPREP = str(Path(sys.executable).parent / "llmprep")
RIGHT = (2, 1)
"""The right option of each question's first and second choice."""
QUESTIONS = ["alpha/one", "alpha/three", "alpha/two"]


def pair(words: str) -> dict[str, str]:
    return {"en": words, "zh": f"中文{words}"}


def options(slug: str, number: int) -> list[dict[str, Any]]:
    return [
        {"text": pair(f"{slug} option {number}.{n}"), "why": pair(f"reason {number}.{n}")}
        | ({"correct": True} if n == RIGHT[number] else {})
        for n in range(4)
    ]


def question(slug: str) -> dict[str, Any]:
    return {
        "kind": "question",
        "title": pair(f"Title {slug}"),
        "difficulty": "easy",
        "minutes": 3,
        "tags": ["small"],
        "prompt": pair(f"What is {slug}?"),
        "sources": [{"title": f"Source {n}", "year": 2020, "url": f"https://example.org/{n}"} for n in range(2)],
        "related": ["alpha/code"],
        "answer": pair(f"Answer {slug}."),
        "key_points": [
            {
                "id": f"p{n}",
                "text": pair(f"Point {n}."),
                "essential": n == 0,
                "match": {"en": [f"fact{n}"], "zh": [f"事实{n}"]},
            }
            for n in range(5)
        ],
        "traps": [{"claim": pair("Claim."), "correction": pair("Correction.")}],
        "follow_ups": [{"prompt": pair(f"Follow {n}?"), "answer": pair("So it is.")} for n in range(2)],
        "choices": [{"prompt": pair(f"Choice {n} of {slug}?"), "options": options(slug, n)} for n in range(2)],
    }


def exercise() -> dict[str, Any]:
    right = "def double(x):\n    return 2 * x\n"
    return {
        "kind": "exercise",
        "title": pair("Double"),
        "difficulty": "easy",
        "minutes": 1,
        "prompt": pair("Double it."),
        "sources": [{"title": "Source", "year": 2020, "url": "https://example.org/"}],
        "entry": "double",
        "starter": "def double(x):\n    raise NotImplementedError\n",
        "reference": right,
        "cases": [{"group": "example", "inputs": f"args({n})", "expect": str(2 * n)} for n in range(1, 4)],
        "tolerance": {"rtol": 0.001, "atol": 0.001},
        "mistakes": [
            {"id": f"m{n}", "code": f"def double(x):\n    return {n} * x\n", "hint": pair("No.")} for n in (3, 4, 5)
        ],
        "hints": [pair("Twice."), pair("Multiply."), pair("By two.")],
        "explanation": pair("Two times."),
    }


def write_bank(root: Path) -> Path:
    """The bank; JSON is YAML."""
    items = {item: question(item.partition("/")[2]) for item in QUESTIONS}
    items |= {"alpha/code": exercise(), "beta/code": exercise()}
    topics = [{"id": name, "title": pair(name)} for name in ("alpha", "beta")]
    for path, content in {"topics": topics, **items}.items():
        file = root / f"{path}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return root


class Quiz:
    """The installed command, on the small bank and in a home of its own."""

    def __init__(self, folder: Path, bank: Path) -> None:
        self.folder = folder
        self.bank = bank
        self.home = folder / "home"
        compiled = bank.with_name("cache")
        if compiled.is_dir():
            shutil.copytree(compiled, self.home / "cache")
        self.environ = {
            "PATH": os.environ["PATH"],
            "LLMPREP_HOME": str(self.home),
            "LANG": "en_US.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONUTF8": "1",
        }

    def arguments(self, *more: str) -> list[str]:
        """The command line."""
        return [LLMPREP, "quiz", "--bank", str(self.bank), *more]

    def run(self, *more: str, answers: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        """Run it with no terminal, to its end."""
        return subprocess.run(
            self.arguments(*more),
            input=answers,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.environ | environ,
            timeout=120,
            check=False,
        )

    def told(self, *more: str, answers: str = "") -> list[dict[str, Any]]:
        """What a session that ends well tells in JSON."""
        done = self.run("--answers", "-", "--json", *more, answers=answers)
        assert (done.returncode, done.stderr) == (0, "")
        return [json.loads(line) for line in done.stdout.splitlines()]


def until_idle(pid: int) -> None:
    """Wait until a process sleeps, as one does that has asked for a key and waits for it."""
    status = Path(f"/proc/{pid}/stat")
    if not status.exists():
        time.sleep(0.5)
        return
    deadline = time.monotonic() + 60
    while status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "S":
        assert time.monotonic() < deadline
        time.sleep(0.01)


def compiled_bank(folder: Path) -> Path:
    """The bank, with its cache beside it, which is all that tests share: compiling takes longer than most of them."""
    bank = write_bank(folder / "bank")
    maker = Quiz(folder / "maker", bank)
    made = maker.run("--answers", "-")
    assert made.returncode == 0, made.stderr
    shutil.copytree(maker.home / "cache", folder / "cache")
    return bank
