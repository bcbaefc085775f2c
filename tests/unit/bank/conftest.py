"""A small bank of one good question and one good exercise, and ways to spoil them."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from llmprep.bank.compiler import compile_item

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmprep.errors import Problem

SAMPLE = Path(__file__).parent / "sample"


@pytest.fixture
def bank_root(tmp_path: Path) -> Path:
    """A bank's folder that a test may change."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "bank"))


@pytest.fixture(scope="session")
def good() -> dict[str, dict[str, Any]]:
    """The plain data of the sample's items, by kind."""
    texts = {"question": "compression/halving", "exercise": "compression/scale-rows"}
    return {kind: yaml.safe_load((SAMPLE / f"{name}.yaml").read_text("utf-8")) for kind, name in texts.items()}


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Write what occurs twice out twice."""
        return True


def place(data: Any, path: str) -> tuple[Any, Any]:
    """What holds a dotted path's value, and under which key or index."""
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in steps:
        data = data[step]
    return data, last


@pytest.fixture
def spoiled(good: dict[str, dict[str, Any]]) -> Callable[..., list[Problem]]:
    """Compiles a sample with some of its values replaced; `...` takes a value out."""

    def spoil(kind: str, /, **changes: Any) -> list[Problem]:
        data = copy.deepcopy(good[kind])
        for path, value in changes.items():
            holder, last = place(data, path)
            if value is ...:
                del holder[last]
            else:
                holder[last] = value
        text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
        return compile_item(text.encode(), "x.yaml", "compression/spoiled").problems

    return spoil
