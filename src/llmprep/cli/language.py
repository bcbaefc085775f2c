"""The reader's language, settled before any help text is made."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from llmprep.cli.paths import user_paths
from llmprep.errors import EnvironmentFault
from llmprep.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def settings_file(environ: Mapping[str, str]) -> Path:
    """Return the path of the settings file."""
    return user_paths(environ).data / "settings.json"


def from_arguments(arguments: Sequence[str]) -> str | None:
    """Return the value of the last `--lang` in the arguments, at any position."""
    found = None
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and index + 1 < len(arguments):
            found = arguments[index + 1]
        elif argument.startswith("--lang="):
            found = argument.partition("=")[2]
    return found


def saved(environ: Mapping[str, str]) -> str | None:
    """Return the saved default, or None if the settings file is missing, unreadable or foreign."""
    try:
        value = json.loads(settings_file(environ).read_text(encoding="utf-8")).get("lang")
    except (OSError, ValueError, RecursionError, AttributeError, EnvironmentFault):
        return None
    return value if isinstance(value, str) else None


def choose(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """Return `--lang`, else the saved setting, else the locale's language."""
    for name in (from_arguments(arguments), saved(environ)):
        if name in set(Language):
            return Language(name)
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return Language.ZH if locale.lower().startswith("zh") else Language.EN


LANGUAGE = choose(sys.argv[1:], os.environ)
"""The language of this process."""
