"""The layers of confinement, by the names that reports and `llmprep doctor` use."""

from __future__ import annotations

from typing import NamedTuple

from llmprep.errors import EnvironmentFault

LAYERS = ("rlimits", "no_new_privileges", "capabilities", "landlock", "seccomp")
"""All layers, in the order in which reports name them."""


def open_in_spite_of(in_force: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a submission can still see of this machine's files: `metadata`, and without Landlock `files`."""
    return ("metadata",) if "landlock" in in_force else ("metadata", "files")


class Required(NamedTuple):
    """The layers without which foreign code must not run: the worker enforces it, the parent reports it."""

    layers: tuple[str, ...] = ()

    def check(self, in_force: tuple[str, ...]) -> None:
        """Raise if one is missing.

        Raises:
            EnvironmentFault: which are missing.
        """
        missing = [layer for layer in self.layers if layer not in in_force]
        if missing:
            raise EnvironmentFault("check.layers_missing", layers=list(missing))


ANY_LAYERS = Required()
"""For code that runs whatever is in force."""
