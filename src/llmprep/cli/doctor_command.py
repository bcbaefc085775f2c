"""`llmprep doctor`."""

from __future__ import annotations

import os
import platform
import sys
from typing import TYPE_CHECKING

import typer

from llmprep import __version__
from llmprep.cli.language import LANGUAGE
from llmprep.cli.options import JsonOption, LangOption, text
from llmprep.cli.paths import Paths, cache_folder, exposed, user_paths
from llmprep.errors import EnvironmentFault, Exit, cannot_keep
from llmprep.files import IN_CACHE, IN_DATA, private_folder
from llmprep.messages.say import explain, say

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

UNTRUSTED = {"common.cache_elsewhere", "common.cache_exposed", "common.cache_nowhere"}
"""The faults of a cache that others may write."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=text("check.doctor_help"))
def doctor(*, lang: LangOption = LANGUAGE, as_json: JsonOption = False) -> None:
    """Report the confinement layers in force, what they leave open, and whether folders can be written.

    Exit code 5 if anything falls short.
    """
    from llmprep.sandbox.layers import LAYERS, open_in_spite_of
    from llmprep.sandbox.probe import probe

    in_force, failing = probe()
    left_open = open_in_spite_of(in_force)
    paths = user_paths(os.environ)
    faults = {"data": _fault(paths.data, IN_DATA), "cache": _cache_fault(paths.cache, cache_folder(os.environ))}
    if as_json:
        from llmprep.messages.say import json_text

        data = {
            "version": 1,
            "kind": "doctor",
            "llmprep": __version__,
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "layers": {layer: layer in in_force for layer in LAYERS},
            "open": list(left_open),
            "failing_modules": list(failing),
            "folders": {name: _plain(path, faults[name]) for name, path in _named(paths)},
        }
        typer.echo(json_text(data))
    else:
        typer.echo(f"llmprep {__version__} · Python {platform.python_version()} · {platform.platform()}")
        for layer in LAYERS:
            typer.echo(f"{_mark(layer in in_force)} {say(f'check.layer_{layer}', lang)}")
        for what in left_open:
            typer.echo(f"! {say(f'check.open_{what}', lang)}")
        for name, path in _named(paths):
            typer.echo(f"{_mark(faults[name] is None)} {say(f'check.folder_{name}', lang, path=path)}")
    for fault in filter(None, faults.values()):
        typer.echo(explain(fault, lang), err=True)
    missing = [layer for layer in LAYERS if layer not in in_force]
    if missing:
        typer.echo(say("check.weaker", lang, layers=list(missing)), err=True)
    if failing:
        typer.echo(say("check.failing_modules", lang, names=list(failing)), err=True)
    sys.stdout.flush()
    short = missing or failing or any(faults.values())
    raise typer.Exit(Exit.ENVIRONMENT if short else Exit.YES)


def _named(paths: Paths) -> list[tuple[str, Path]]:
    return [("data", paths.data), ("cache", paths.cache)]


def _plain(path: Path, fault: EnvironmentFault | None) -> dict[str, object]:
    untrusted = fault is not None and fault.key in UNTRUSTED
    return {"path": str(path), "writable": fault is None or untrusted, "trusted": not untrusted}


def _mark(good: bool) -> str:
    return "✓" if good else "✗"


def _cache_fault(cache: Path, used: Path | None) -> EnvironmentFault | None:
    """Return the fault of the cache: writable by others, so that it is not trusted, or not writable.

    Args:
        cache: the user's cache folder.
        used: the one that is used.
    """
    found = exposed(cache)
    if found is not None and used is not None and used != cache:
        return EnvironmentFault("common.cache_elsewhere", path=found, cache=cache, used=used)
    if found is not None and used is not None:
        return EnvironmentFault("common.cache_exposed", path=found)
    if used is None:
        return EnvironmentFault("common.cache_nowhere", path=found or cache, cache=cache)
    return _fault(used, IN_CACHE)


def _fault(folder: Path, known: Collection[str]) -> EnvironmentFault | None:
    """Return why no file can be created there, or None; create the folder if it is missing."""
    import tempfile

    try:
        private_folder(folder, known, believed=known is IN_CACHE)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return cannot_keep(folder, error)
