"""Write the files of an export: one file, or a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from llmprep.errors import EnvironmentFault, UsageError
from llmprep.export.document import SIGNED, signature
from llmprep.files import is_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKER = ".llmprep"
"""The file in a folder of ours; it names the files of the last export, which the next one replaces."""


def write_export(files: Mapping[str, bytes], output: Path | None, name: str, form: str, *, force: bool) -> Path:
    """Write an export, each file whole or not at all.

    Args:
        files: the contents by relative path; several go into a folder.
        output: the file or folder to write; by default one named after the document in the current folder.
        name: the document's name, and the default folder's.
        form: the format's name.
        force: whether a file or folder that no earlier export wrote may be written over.

    Returns:
        The file or folder that was written.

    Raises:
        UsageError: `output` exists and is not an earlier export.
        EnvironmentFault: its folder is missing, or it cannot be written.
    """
    ((default, content), *others) = files.items()
    path = output or Path(name if others else default)
    if not is_folder(path.parent):
        raise EnvironmentFault("export.no_folder", path=path.parent)
    try:
        if others:
            _write_folder(path, files, force=force)
        else:
            _write_file(path, content, form, force=force)
    except OSError as error:
        raise EnvironmentFault("export.unwritable", path=path.resolve(), reason=error.strerror or error) from None
    return path


def _write_file(path: Path, content: bytes, form: str, *, force: bool) -> None:
    if path.is_dir():
        raise UsageError("common.is_directory", path=path)
    if not force and path.exists() and not _is_ours(path, form):
        raise UsageError("export.would_overwrite", path=path)
    write_whole(path, content)


def _is_ours(path: Path, form: str) -> bool:
    """Return whether a file is an earlier export, by its signature at either end; an empty file counts as one."""
    with path.open("rb") as file:
        ends = file.read(SIGNED)
        size = file.seek(0, 2)
        file.seek(max(size - SIGNED, 0))
        ends += file.read(SIGNED)
    return not size or signature(form).encode() in ends


def _write_folder(path: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """Write a folder, and delete files of an earlier export that this one does not write."""
    if path.exists() and not path.is_dir():
        raise UsageError("export.no_directory", path=path)
    marker = path / MARKER
    if path.is_dir() and not force and not marker.is_file() and any(path.iterdir()):
        raise UsageError("export.folder_taken", path=path)
    old = _written(marker)
    path.mkdir(exist_ok=True)
    # Named before they are written: what an interrupted export leaves is ours too.
    write_whole(marker, json.dumps(sorted({*old, *files})).encode())
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content)
    for name in old - set(files):
        (path / name).unlink(missing_ok=True)
    write_whole(marker, json.dumps(sorted(files)).encode())


def _written(marker: Path) -> set[str]:
    """Return the files that the last export wrote: names inside the folder, whatever the marker says."""
    try:
        names = json.loads(marker.read_bytes())
    except (OSError, ValueError):
        return set()
    known = {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()
    return {name for name in known if not Path(name).is_absolute() and ".." not in Path(name).parts}
