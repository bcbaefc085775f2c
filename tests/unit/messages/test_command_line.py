"""Laws of commands that messages name."""

from __future__ import annotations

import shlex

from llmprep.messages.say import CommandLine


def test_a_command_means_the_same_bank() -> None:
    """It can be pasted into a shell, whatever the bank's folder is called, and is one line that no terminal obeys."""
    assert CommandLine().command("start", "t/a") == "llmprep start t/a"
    for folder in ("bank", "my bank", "it's", "$(x)", "--x"):
        command = CommandLine(("--bank", folder)).command("show", "t/a", "--answer")
        assert shlex.split(command) == ["llmprep", "show", "t/a", "--answer", "--bank", folder]
    assert "\x1b" not in CommandLine(("--bank", "\x1b[2J")).command("quiz")
