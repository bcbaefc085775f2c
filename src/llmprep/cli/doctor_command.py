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
from llmprep.cli.paths import Paths, user_paths
from llmprep.errors import Exit, cannot_keep
from llmprep.messages.say import explain, say

if TYPE_CHECKING:
    from pathlib import Path

    from llmprep.errors import EnvironmentFault

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=text("check.doctor_help"))
def doctor(*, lang: LangOption = LANGUAGE, as_json: JsonOption = False) -> None:
    """Tell which layers of confinement are in force and whether the user's folders can be written.

    Exit code 5 if anything falls short.
    """
    from llmprep.sandbox.layers import LAYERS
    from llmprep.sandbox.probe import layers_in_force

    in_force = layers_in_force()
    paths = user_paths(os.environ)
    faults = {name: _fault(path) for name, path in paths._asdict().items()}
    if as_json:
        from llmprep.messages.say import json_text

        data = {
            "version": 1,
            "kind": "doctor",
            "llmprep": __version__,
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "layers": {layer: layer in in_force for layer in LAYERS},
            "folders": {name: {"path": str(path), "writable": faults[name] is None} for name, path in _named(paths)},
        }
        typer.echo(json_text(data))
    else:
        typer.echo(f"llmprep {__version__} · Python {platform.python_version()} · {platform.platform()}")
        for layer in LAYERS:
            typer.echo(f"{_mark(layer in in_force)} {say(f'check.layer_{layer}', lang)}")
        for name, path in _named(paths):
            typer.echo(f"{_mark(faults[name] is None)} {say(f'check.folder_{name}', lang, path=path)}")
    for fault in filter(None, faults.values()):
        typer.echo(explain(fault, lang), err=True)
    missing = [layer for layer in LAYERS if layer not in in_force]
    if missing:
        typer.echo(say("check.weaker", lang, layers=list(missing)), err=True)
    sys.stdout.flush()
    raise typer.Exit(Exit.YES if not missing and not any(faults.values()) else Exit.ENVIRONMENT)


def _named(paths: Paths) -> list[tuple[str, Path]]:
    return [("data", paths.data), ("cache", paths.cache)]


def _mark(good: bool) -> str:
    return "✓" if good else "✗"


def _fault(folder: Path) -> EnvironmentFault | None:
    """Why no file can be made there, if none can; the folder is made if it is missing."""
    import tempfile

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return cannot_keep(folder, error)
