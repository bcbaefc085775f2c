"""A class of forty people, with all that goes wrong when forty people hand in their work."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from submitted import FLOODS, HEADER, RIGHT, WRONG

if TYPE_CHECKING:
    from pathlib import Path

SOFTMAX = """# llmprep: mini/softmax
import numpy as np


def softmax(x):
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
"""
PROCESS = f'{HEADER}import os\ntry:\n    os.system("id")\nexcept BaseException:\n    pass\n{RIGHT}'
SOCKET = f"{HEADER}import socket\ntry:\n    socket.socket()\nexcept BaseException:\n    pass\n{RIGHT}"
WRITES = f'{HEADER}try:\n    open("/tmp/x", "w")\nexcept BaseException:\n    pass\n{RIGHT}'
COPIED = f"""{HEADER}
def power(b, e):
    '''Mine, all mine.'''
    # Negative ones first.
    if e < 0: raise ValueError("negative exponent")
    return b ** e
"""
STARTER = HEADER + "def power(base, exponent):\n    raise NotImplementedError\n"


def notebook(*cells: str, **more: object) -> str:
    """A notebook of a heading and these code cells."""
    made = [{"cell_type": "markdown", "source": "# power"}]
    made += [{"cell_type": "code", "source": cell, "outputs": []} for cell in cells]  # type: ignore[dict-item]
    return json.dumps({"cells": made, "nbformat": 4, "nbformat_minor": 5, "metadata": {}, **more})


FILES: dict[str, str | bytes] = {
    # Eight who are accepted, each in a way of their own.
    "ann/power.py": HEADER + RIGHT,
    "bea/POWER.PY": HEADER + RIGHT + "\n\nNAME = 'bea'\n",
    "cai/power.py": b"# -*- coding: gbk -*-\n" + (HEADER + "# \u4f60\u597d\n" + RIGHT + "C = 1\n").encode("gbk"),
    "dee/power.py": b"# coding: latin-1\n" + (HEADER + "# \xe9\n" + RIGHT + "D = 1\n").encode("latin-1"),
    "eli/power.ipynb": notebook("%matplotlib inline\n!pip install numpy\nE = 1", HEADER + RIGHT),
    "fay/power.py": b"\xef\xbb\xbf" + (HEADER + RIGHT + "F = 1\n").encode(),
    "gil/deep/er/power.py": HEADER + RIGHT + "G = 1\n",
    "hua/\u5e42.py": HEADER + RIGHT + "H = 1\n",
    # Several files, helpers, environments, tests.
    "ida/power.py": HEADER + WRONG,
    "ida/power (1).py": HEADER + RIGHT + "I = 1\n",
    "jan/power.py": HEADER + RIGHT + "J = 1\n",
    "jan/helpers.py": "def plot():\n    pass\n",
    "jan/venv/lib/python3/site-packages/m1.py": HEADER + WRONG,
    "jan/env/pyvenv.cfg": "",
    "jan/env/power.py": HEADER + WRONG,
    "jan/__pycache__/power.py": HEADER + WRONG,
    "jan/.ipynb_checkpoints/power.py": HEADER + WRONG,
    "kit/power.py": HEADER + RIGHT + "K = 1\n",
    "kit/softmax.py": SOFTMAX,
    "lou/power.py": HEADER + RIGHT + "L = 1\n",
    "lou/test_power.py": "def test_power():\n    assert False\n",
    # What the sandbox is there for.
    "max/power.py": PROCESS,
    "mia/power.py": SOCKET,
    "moe/power.py": WRITES,
    # The same code; the starter.
    "ned/power.py": COPIED,
    "nia/power.py": STARTER,
    "noa/power.py": STARTER + "# mine\n",
    # Wrong.
    "ole/power.py": HEADER + WRONG,
    "oma/power.py": HEADER + WRONG + "O = 1\n",
    "pam/power.py": HEADER + FLOODS,
    "pia/power.py": HEADER + "def power(base, exponent)\n",
    "quy/power.ipynb": notebook("import numpy as np", HEADER + "def power(base, exponent):\n    return nowhere(base)"),
    "raj/power.ipynb": notebook("x = 1", HEADER + "def power(base, exponent):\n    return (base"),
    # What cannot be graded.
    "rex/power.py": (HEADER + "# \u4f60\u597d\n" + RIGHT).encode("gbk"),
    "roy/power.py": (HEADER + RIGHT).encode() + b"\0",
    "sal/notes.txt": "I was ill.",
    "sam/test_power.py": "def test_power(): ...\n",
    "sky/Power.py": "class Power:\n    pass\n",
    "sue/helpers.py": "def plot():\n    pass\n",
    "tam/power.ipynb": "{",
    "ted/power.ipynb": notebook(""),
    "tia/power.py": "#" * ((1 << 20) + 1),
    "una/power.py": b"PK\x03\x04\x14\0",
    "uwe/power.py": "# llmprep: mini/powder\n" + RIGHT,
    "xia/power.py/main.py": HEADER + RIGHT + "X = 1\n",
    # Beside the people.
    "README.md": "# The class",
    ".DS_Store": b"\0",
}
FOLDERS = ("vic",)
LINKS = {"viv/power.py": "../ann/power.py", "wes": "ann", "bea/deep": "../ann"}


def build(folder: Path) -> Path:
    """The class's folder: forty people; one of them handed in a pipe."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for name in FOLDERS:
        (folder / name).mkdir()
    (folder / "zoe").mkdir()
    os.mkfifo(folder / "zoe/power.py")
    for name, target in LINKS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target)
    return folder


STATUS = {
    **dict.fromkeys(
        [
            "ann",
            "cai",
            "dee",
            "eli",
            "fay",
            "gil",
            "hua",
            "ida",
            "jan",
            "kit",
            "lou",
            "max",
            "mia",
            "moe",
            "ned",
            "xia",
        ],
        "accepted",
    ),
    **dict.fromkeys(["nia", "noa", "quy"], "runtime_error"),
    **dict.fromkeys(["ole", "oma"], "wrong_answer"),
    "pam": "output_limit_exceeded",
    **dict.fromkeys(
        ["pia", "raj", "rex", "roy", "sky", "sue", "tam", "ted", "tia", "una", "uwe", "viv", "wes", "zoe"],
        "invalid_submission",
    ),
    **dict.fromkeys(["sal", "sam", "vic"], "nothing_to_grade"),
}
"""What comes of each person; bea is accepted for a file of hers, while a link of hers is refused."""
REASONS = {
    "raj": "Syntax error in cell 3, line 3",
    "rex": "not UTF-8 text",
    "roy": "NUL byte",
    "sal": "notes.txt",
    "sam": "1 test file",
    "sky": "defines Power, but the exercise",
    "sue": "does not define the entry of any exercise",
    "tam": "not a readable notebook",
    "ted": "The notebook's code cells contain no code",
    "tia": "larger than 1 MiB",
    "una": "ZIP",
    "uwe": "mini/powder",
    "vic": "folder is empty",
    "viv": "is a link out of",
    "wes": "is a link out of",
    "zoe": "not a regular file",
    "bea": "is a link out of",
}
