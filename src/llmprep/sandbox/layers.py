"""The layers of confinement, by the names that reports and `llmprep doctor` use."""

from __future__ import annotations

LAYERS = ("rlimits", "no_new_privileges", "capabilities", "landlock", "seccomp")
"""All layers, in the order in which a worker puts them in force."""
