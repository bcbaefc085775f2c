"""What `validate --deep` runs, and what it says of what fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from llmprep.bank.compiler import compile_item
from llmprep.bank.tree import survey
from llmprep.checking import suite
from llmprep.checking.options import JudgeOptions
from llmprep.checking.pipeline import grade, load_judge
from llmprep.errors import EnvironmentFault
from llmprep.model import Language
from llmprep.proving import code_blocks
from llmprep.proving.code_blocks import run_blocks
from llmprep.proving.deep import run_items
from llmprep.proving.mutants import mutants
from llmprep.proving.prover import prove
from llmprep.proving.runner import run_many
from llmprep.sandbox.process import Worker, start
from llmprep.ui.problems import problem_line

if TYPE_CHECKING:
    from llmprep.proving.deep import Deep

SAMPLE = Path(__file__).parents[1] / "bank/sample/compression"


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Write what occurs twice out twice."""
        return True


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def written(folder: Path, kind: str, **fields: Any) -> Path:
    """A sample's file with some fields replaced; `...` takes one out."""
    name = {"question": "halving", "exercise": "scale-rows"}[kind]
    data = yaml.safe_load((SAMPLE / f"{name}.yaml").read_text("utf-8")) | fields
    data = {field: value for field, value in data.items() if value is not ...}
    path = folder / "compression" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000), "utf-8")
    return path


def ran(path: Path) -> Deep:
    found = survey(path)
    assert found.problems == []
    return run_items(found.items, None, lambda done, total: None)


def block(text: str, framework: str = "numpy", packages: tuple[str, ...] = ("numpy",)) -> dict[str, Any]:
    pair = {"en": "A block", "zh": "代码块"}
    return {"framework": framework, "title": pair, "packages": list(packages), "proves": pair, "text": text}


BARE = dict.fromkeys(("efficiency", "check", "helpers", "survivors", "forbid"), ...)


def wave(cases: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    """An exercise of one line, with these cases."""
    head = "import numpy as np\n\n\ndef f(x):\n"
    mistakes = {"sine": "float(np.sin(x))", "minus": "-float(np.cos(x))", "one": "1.0"}
    return BARE | {
        "entry": "f",
        "starter": f"{head}    raise NotImplementedError",
        "reference": f"{head}    return float(np.cos(x))",
        "cases": cases,
        "mistakes": [
            {"id": name, "hint": {"en": "Look.", "zh": "再看看。"}, "code": f"{head}    return {code}"}
            for name, code in mistakes.items()
        ],
        **fields,
    }


class TestBlocks:
    """Code blocks of questions."""

    def test_a_failing_assertion(self, tmp_path: Path) -> None:
        """The assertion is told with the file's own line of it, its code, and what was printed."""
        path = written(tmp_path, "question", code=[block("w = 3.5\nprint('w is', w)\nassert w == 3.0, 'not three'")])
        deep = ran(path)
        (problem,) = [one for one in deep.problems if one.key.startswith("prove.block")]
        line = next(n for n, row in enumerate(path.read_text("utf-8").splitlines(), 1) if "w = 3.5" in row)
        assert problem.field == "code.0.text"
        assert problem.line == line + 2
        said = problem_line(problem, Language.EN)
        for words in ("assert w == 3.0, 'not three'", "AssertionError: not three", "w is 3.5"):
            assert words in said
        assert "代码块" in problem_line(problem, Language.ZH)
        assert deep.blocks == 1

    @pytest.mark.parametrize(("text", "key"), [
        ("x = 1", None),
        ("import numpy as np, json, dataclasses, math\nassert np.ones(3).sum() == 3", None),
        ("import sys\nsys.exit()", "prove.block_leaves"),
        ("x = 1\nraise SystemExit(0)\nassert x == 2", "prove.block_leaves"),
        ("import sys\nprint(1)\nsys.exit()\nassert False", "prove.block_leaves_printing"),
        ("try:\n    raise SystemExit\nexcept SystemExit:\n    pass", None),
        ("import sys\nsys.exit(3)", "prove.block_leaves"),
        ("import torch", "prove.block_failed"),
        ("open('/etc/passwd')", "prove.block_failed"),
        ("import socket\nsocket.socket()", "prove.block_failed"),
        ("import os\nos._exit(0)", "prove.block_ended"),
        ("import os\nos.write(3, b'x' * 100)", "prove.block_ended"),
        ("while True: pass", "prove.block_too_slow"),
        ("import time\ntime.sleep(60)", "prove.block_too_slow"),
        ("while True: print('x' * 99)", "prove.block_ended_printing"),
        ("def f(): f()\nf()", "prove.block_failed"),
    ])  # fmt: skip
    def test_however_a_block_ends(self, text: str, key: str | None, tmp_path: Path, monkeypatch: Any) -> None:
        """A block that comes to its end is good; any other end is one problem, confined and within its time."""
        limits = code_blocks.BLOCK_LIMITS
        short = {**limits.__dict__, "cpu_seconds": 0.5, "wall_seconds": 1.5}
        monkeypatch.setattr(code_blocks, "BLOCK_LIMITS", type(limits)(**short))
        deep = ran(written(tmp_path, "question", code=[block(text)]))
        assert [one.key for one in deep.problems if "block" in one.key] == ([key] if key else [])

    def test_what_needs_a_framework_is_named(self, tmp_path: Path) -> None:
        """Blocks that need more than numpy are not run, and are named with what they need."""
        blocks = [
            block("assert False", "torch", ("torch",)),
            block("assert False", "numpy", ("numpy", "scipy")),
            block("print(1)", "numpy", ()),
        ]
        deep = ran(written(tmp_path, "question", code=blocks))
        assert [(one.place, one.packages) for one in deep.not_run] == [(0, ("torch",)), (1, ("numpy", "scipy"))]
        assert deep.blocks == 1
        assert [one.key for one in deep.problems if "block" in one.key] == []


class TestReference:
    """A reference that its own suite refuses."""

    def test_got_and_expected(self, tmp_path: Path) -> None:
        """What the reference gives and what `expect` says are told, at the line of `expect`, and nothing follows."""
        cases = [
            {"group": "example", "inputs": "args(1.0)", "expect": "0.5403"},
            {"group": "edge", "inputs": "args(0.0)", "expect": "1"},
            {"group": "edge", "inputs": "args(0.0)", "expect": "1.0"},
        ]
        survivors = [{"mutant": "line 5: float(np.cos(x)) → np.cos(x)", "why": "none"}]
        path = written(tmp_path, "exercise", **wave(cases, survivors=survivors))
        deep = ran(path)
        assert [(one.key, one.field) for one in deep.problems] == [
            ("prove.reference_differs", "cases.0.expect"),
            ("prove.reference_differs", "cases.1.expect"),
        ]
        rows = path.read_text("utf-8").splitlines()
        assert ["expect" in rows[one.line - 1] for one in deep.problems] == [True, True]
        first, second = (problem_line(one, Language.EN) for one in deep.problems)
        assert "returns 0.54030231, but 0.5403 is expected" in first
        assert "returns 1.0, but 1 is expected. Expected int, got float" in second
        assert "期望值为 0.5403" in problem_line(deep.problems[0], Language.ZH)

    @pytest.mark.parametrize(("code", "outcome", "english", "chinese"), [
        ("raise ValueError('slope must lie in [0, 1)')", {"raises": "TypeError"},
         "the reference raises ValueError('slope must lie in [0, 1)'), but TypeError is expected. "
         "Correct the one that is wrong",
         "参考解答抛出 ValueError('slope must lie in [0, 1)')，而应为 TypeError。请改正有误的一方"),
        ("raise KeyError", {"expect": "5.0"}, "the reference raises KeyError, but 5.0 is expected. Correct",
         "参考解答抛出 KeyError，而应为 5.0。"),
        ("return 5.0", {"raises": "TypeError"}, "the reference returns 5.0, but should raise TypeError. Correct",
         "参考解答得出 5.0，而应抛出 TypeError。"),
    ])  # fmt: skip
    def test_exceptions(self, code: str, outcome: dict[str, str], english: str, chinese: str, tmp_path: Path) -> None:
        """What is raised or should be is told as that, in whole sentences and with nothing beside the point."""
        good = {"group": "example", "inputs": "args(0.0)", "expect": "7.0"}
        cases = [good, {"group": "edge", "inputs": "args(1.0)", **outcome}]
        source = f"def f(x):\n    if x == 1.0:\n        {code}\n    return 7.0"
        deep = ran(written(tmp_path, "exercise", **wave(cases, reference=source)))
        (problem,) = deep.problems
        assert english in problem_line(problem, Language.EN)
        assert chinese in problem_line(problem, Language.ZH)
        assert "dtype" not in problem_line(problem, Language.BOTH)

    def test_many(self, tmp_path: Path) -> None:
        """Of many failing cases the first are told, and how many more there are."""
        cases = [{"group": "example", "inputs": f"args({n}.0)", "expect": "5.0"} for n in range(9)]
        deep = ran(written(tmp_path, "exercise", **wave(cases)))
        assert [one.key for one in deep.problems] == ["prove.reference_differs"] * 5 + ["prove.reference_fails_more"]
        assert deep.problems[-1].facts == {"count": 4}

    def test_a_reference_that_raises_or_stops(self, tmp_path: Path) -> None:
        """So is an exception in place of an answer, in the words that a candidate would read."""
        cases = [{"group": "example", "inputs": "args(1.0)", "expect": "5.0"}]
        source = "def f(x):\n    raise KeyError('no')"
        deep = ran(written(tmp_path, "exercise", **wave(cases, reference=source)))
        assert "KeyError" in problem_line(deep.problems[0], Language.EN)
        assert len(deep.problems) == 1

    def test_what_python_cannot_write_out(self, tmp_path: Path) -> None:
        """A reference of which no mutants can be made is a problem with a remedy, and everything else is tried."""
        cases = [{"group": "example", "inputs": "args(1.0)", "expect": "np.cos(1.0).item()"}]
        # Python 3.11 cannot write out an f-string with a character inside that needs an escape; later ones can.
        source = "import numpy as np\n\n\ndef f(x):\n    y = f\"{'\u200b'}\"\n    return float(np.cos(x))"
        try:
            writable = bool(mutants(source))
        except ValueError:
            writable = False
        deep = ran(written(tmp_path, "exercise", **wave(cases, reference=source)))
        assert ("prove.not_mutable" in [one.key for one in deep.problems]) is not writable
        assert deep.proofs[0].was_tried


REFERENCE = """import numpy as np


def rotate(x):
    out = np.{make}(x)
    out[..., ::2] = -x[..., 1::2]
    out[..., 1::2] = x[..., ::2]
    return out"""


@pytest.mark.parametrize("make", ["empty_like", "empty"])
@pytest.mark.parametrize(("values", "expected"), [
    ("[1.0, 2.0]", "[-2.0, 1.0]"), ("[1, 2]", "[-2, 1]"), ("[0.0, 0.0]", "[-0.0, 0.0]"), ("[0, 0]", "[0, 0]"),
])  # fmt: skip
def test_memory_that_nobody_set_proves_nothing(make: str, values: str, expected: str, tmp_path: Path) -> None:
    """A mutant that leaves elements unset is refused, beside others in one process and alone, every time."""
    reference = REFERENCE.format(make=make).replace("np.empty(x)", "np.empty(x.shape, x.dtype)")
    cases = [{"group": "example", "inputs": f"args(np.array({values}))", "expect": f"np.array({expected})"}]
    fields = {"entry": "rotate", "reference": reference, "starter": "def rotate(x):\n    pass", "cases": cases}
    mistakes = [
        {"id": f"m{n}", "hint": {"en": "Look.", "zh": "再看看。"}, "code": f"def rotate(x):\n    return {n}"}
        for n in range(3)
    ]
    path = written(tmp_path, "exercise", **BARE, **fields, mistakes=mistakes)
    exercise, problems = compile_item(path.read_bytes(), str(path), "compression/scale-rows")
    assert problems == []
    judge = load_judge(exercise, JudgeOptions())
    unset = [one.source for one in mutants(reference) if one.description.endswith("= x[..., ::2] → dropped")]
    unset += [one.source for one in mutants(reference) if one.description.endswith("= -x[..., 1::2] → dropped")]
    assert len(unset) == 2
    for _ in range(2):
        sources = [reference, unset[0], reference, unset[1], reference]
        outcomes = run_many(judge, sources, reference_seconds=0.1, jobs=1)
        assert [one.refused for one in outcomes] == [False, True, False, True, False]
    for source in unset:
        assert not grade(judge, source).accepted
    assert grade(judge, reference).accepted


def test_the_sample_is_proved(tmp_path: Path) -> None:
    """An exercise whose reference passes is tried in full."""
    cases = [
        {"group": "example", "inputs": "args(0.0)", "expect": "1.0"},
        {"group": "general", "generate": "def generate(rng):\n    yield args(float(rng.normal()))"},
    ]
    path = written(tmp_path, "exercise", **wave(cases))
    exercise, _ = compile_item(path.read_bytes(), str(path), "compression/scale-rows")
    proof = prove(exercise, None)
    assert proof.was_tried
    assert proof.mutants > 0


class TestEndless:
    """Code of an exercise that does not end."""

    @pytest.mark.parametrize(("fields", "field", "code", "said"), [
        ({"generate": "def generate(rng):\n    n = 0\n    while True:\n        n += 1\n    yield args(1.0)"},
         "cases.1.generate", ("while True:", "n += 1"), "does not end within 0.5 s of CPU time:"),
        ({"generate": "def generate(rng):\n    while True:\n        try:\n            while True: rng.normal()\n"
                      "        except BaseException:\n            pass\n    yield args(1.0)"},
         "cases.1.generate", ("while True", "rng.normal"), "does not end within 0.5 s of CPU time:"),
        ({"reference": "def f(x):\n    while x == 0.5:\n        x = float(x)\n    return 1.0"},
         "reference", ("while x == 0.5:", "x = float(x)"), "does not end within 0.5 s of CPU time on case 2:"),
        ({"mistake": "def f(x):\n    while x != 0.5:\n        x = float(x)\n    return 2.0"},
         "mistakes.0.code", ("while x != 0.5:", "x = float(x)"), "does not end within 0.5 s of CPU time on case 1:"),
        ({"helpers": "while True:\n    n = 0"}, "helpers", ("while True:", "n = 0"), "within 0.5 s of CPU time:"),
        ({"generate": "import itertools\ndef generate(rng):\n    sum(itertools.repeat(1))\n    yield args(1.0)"},
         "cases.1.generate", ("import itertools",), "does not end within 2 s of CPU time:"),
    ])  # fmt: skip
    def test_told_by_field_line_and_time(
        self,
        fields: dict[str, str],
        field: str,
        code: tuple[str, ...],
        said: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Whichever code does not end, one run tells its field, its line, the case and the time it had."""
        monkeypatch.setattr(suite, "STEP_SECONDS", 0.5)
        monkeypatch.setattr(suite, "JUDGE_LIMITS", replace(suite.JUDGE_LIMITS, cpu_seconds=2))
        fields = dict(fields)
        generate = fields.pop("generate", "def generate(rng):\n    yield args(0.5)")
        cases = [
            {"group": "example", "inputs": "args(0.0)", "expect": "1.0"},
            {"group": "general", "generate": generate},
        ]
        whole = wave(cases)
        if mistake := fields.pop("mistake", ""):
            whole["mistakes"][0]["code"] = mistake
        path = written(tmp_path, "exercise", **{**whole, **fields})
        (problem,) = ran(path).problems
        assert problem.field == field
        assert any(one in path.read_text("utf-8").splitlines()[problem.line - 1] for one in code)
        assert said in problem_line(problem, Language.EN)
        assert "秒" in problem_line(problem, Language.ZH)


@pytest.mark.parametrize(("drawn", "good"), [
    ("yield args(float(rng.normal()))", True),
    ("yield args(0.75)", True),
    ("yield args(float(np.random.normal()))", False),
    ("yield args(float(np.random.default_rng().normal()))", False),
    ("import random\n    yield args(random.random())", False),
    ("import time\n    yield args(time.perf_counter())", False),
    ("for _ in range(np.random.randint(1, 50)):\n        yield args(0.75)", False),
])  # fmt: skip
def test_a_generator_that_draws_from_elsewhere_is_told(drawn: str, good: bool, tmp_path: Path) -> None:
    """Cases that are not the same from the same seed are a problem at their generator."""
    cases = [
        {"group": "example", "inputs": "args(0.0)", "expect": "1.0"},
        {"group": "general", "generate": f"def generate(rng):\n    {drawn}"},
    ]
    deep = ran(written(tmp_path, "exercise", **wave(cases)))
    told = [one for one in deep.problems if one.key == "prove.unrepeatable"]
    assert [one.field for one in told] == ([] if good else ["cases.1.generate"])
    for one in told:
        assert "from rng" in problem_line(one, Language.EN)
        assert "rng" in problem_line(one, Language.ZH)


def test_mistakes_that_no_case_tells_apart_are_told_with_each_other(tmp_path: Path) -> None:
    """Of mistakes that answer alike, each is told with the others' names."""
    cases = [{"group": "example", "inputs": "args(0.0)", "expect": "1.0"}]
    whole = wave(cases)
    whole["mistakes"][2]["code"] = "def f(x):\n    return 0.0 * x"
    deep = ran(written(tmp_path, "exercise", **whole))
    told = {one.facts["name"]: one for one in deep.problems if one.key == "prove.mistake_unnamed"}
    assert {name: one.facts["others"] for name, one in told.items()} == {"sine": ["one"], "one": ["sine"]}
    assert "sine is also explained by one, so none of these is named" in problem_line(told["sine"], Language.EN)
    assert "one" in problem_line(told["sine"], Language.ZH)
    assert not any("—" in problem_line(one, Language.EN) for one in deep.problems)


def test_a_lost_worker_does_not_end_the_run(tmp_path: Path) -> None:
    """A block whose worker is lost is run once more, as all else is."""
    path = written(tmp_path, "question", code=[block("print(1)\n")])
    question, _ = compile_item(path.read_bytes(), str(path), "compression/halving")
    begun: list[int] = []

    def losing() -> Worker:
        begun.append(1)
        if len(begun) == 1:
            raise EnvironmentFault("check.no_worker", reason="gone")
        return start()

    assert list(run_blocks(question, losing)) == []
    assert len(begun) == 2
