"""Commands of llmprep as messages name them."""

from __future__ import annotations

from typing import NamedTuple

from llmprep.messages.say import flat


class CommandLine(NamedTuple):
    """Writes commands that can be pasted into a shell and mean the same bank as the command that is running."""

    options: tuple[str, ...] = ()
    """Options that every command ends in."""

    def command(self, *words: str) -> str:
        """Return `llmprep` with the words and the options, quoted for a shell, on one line."""
        if not self.options:
            return flat(" ".join(("llmprep", *words)))
        import shlex

        return flat(shlex.join(("llmprep", *words, *self.options)))
