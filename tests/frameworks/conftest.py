"""What the oracle tests share: the exercise that a module names as EXERCISE, as the bank holds it."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import yaml

BANK = Path(__file__).parents[2] / "bank"


@pytest.fixture(scope="module")
def item(request):
    """The item's fields; the module's EXERCISE is its full id."""
    return yaml.safe_load((BANK / f"{request.module.EXERCISE}.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reference(item):
    """The function or class that the item's reference defines."""
    names = {}
    exec(item["reference"], names)
    return names[item["entry"]]


@pytest.fixture(scope="module")
def judged(item):
    """A function that lists the problems which the item's check finds with a solution's outputs on its statistics."""
    space = {
        "np": np,
        "args": lambda *args, **kwargs: SimpleNamespace(args=args, kwargs=kwargs),
        "generator": np.random.default_rng,
        "problem": lambda index, **words: (index, words["en"]),
    }
    (source,) = (case["generate"] for case in item["cases"] if case["group"] == "statistics")
    exec(source, space)
    exec(item["check"], space)

    def judge(solve, seed):
        cases = list(space["generate"](np.random.default_rng(seed)))
        outputs = [solve(*case.args, **case.kwargs) for case in cases]
        return list(space["statistics"](cases, outputs, outputs))

    return judge
