"""The snippet of a failing case reproduces it: outside of the checker, plain Python comes to what the report shows."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

from llmprep.model import Language
from llmprep.sandbox.codec import decode
from llmprep.ui.report.snippet import snippet
from llmprep.ui.report.values import show
from llmprep.values import Raised, Script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from llmprep.model import Exercise
    from llmprep.verdict import Report

RUNNER = """
import builtins, runpy, sys
from llmprep.sandbox.codec import encode
from llmprep.sandbox.worker.convert import to_plain
from llmprep.sandbox.worker.run_case import plain_error
told = {}
for path in sys.argv[1:]:
    seen = told[path] = []
    def kept(value):
        seen.append(plain_error(value) if isinstance(value, Exception) else to_plain(value, 1 << 30))
        return builtins.repr(value)
    try:
        runpy.run_path(path, init_globals={"repr": kept}, run_name="__main__")
    except Exception as error:
        seen.append(plain_error(error))
sys.stdout.flush()
sys.stderr.write(encode(told).hex())
"""


def test_a_mistakes_first_failing_case_is_reproduced(
    exercise: Exercise, graded: Callable[..., Report], tmp_path: Path
) -> None:
    """What a snippet prints is the output that the report shows, for each mistake."""
    wanted: dict[str, Any] = {}
    for mistake in exercise.mistakes:
        report = graded(exercise, mistake.code)
        failure = report.first_failure
        assert failure is not None
        name = f"{mistake.id} 1.py"
        (tmp_path / name).write_text(mistake.code, encoding="utf-8")
        source = snippet(exercise, failure, name, Language.BOTH)
        path = tmp_path / f"snippet-{mistake.id}.py"
        path.write_text(source, encoding="utf-8")
        assert exercise.reference.strip() not in source
        wanted[str(path)] = failure
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, *wanted],
        env={"PYTHONPATH": ":".join(sys.path), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    told = decode(bytes.fromhex(done.stderr.splitlines()[-1]))
    for path, failure in wanted.items():
        steps = isinstance(failure.inputs, Script) and type(failure.got) is list
        shown = failure.got if steps else [failure.got]
        found = told[path][: len(shown)]
        ends_early = found and isinstance(found[-1], Raised)
        assert len(found) == len(shown) or ends_early, path
        for place, one in enumerate(found):
            assert show(one) == show(shown[place]), path
            assert not isinstance(one, Raised) or one.message == shown[place].message
