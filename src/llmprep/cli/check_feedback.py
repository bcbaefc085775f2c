"""`llmprep check --feedback FOLDER`: where the reports may go, and writing them there."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from llmprep.cli.options import bank_options, text
from llmprep.errors import EnvironmentFault, UsageError
from llmprep.files import is_folder, write_whole
from llmprep.ui.report.feedback import MARK, drawn, feedback, file_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.checking.batch import Graded
    from llmprep.checking.gradebook import Row
    from llmprep.model import Language
    from llmprep.ui.report.batch import FileOutcome


def may_write(folder: Path, paths: Sequence[Path]) -> None:
    """Refuse, before anything runs, a folder that holds anything but earlier feedback or lies among what is graded.

    Raises:
        UsageError: it does.
        EnvironmentFault: it, or the folder it is to be made in, cannot be looked into.
    """
    real = os.path.realpath(folder)
    for path in paths:
        if is_folder(path) and Path(real).is_relative_to(os.path.realpath(path)):
            raise UsageError("check.feedback_inside", path=folder, folder=path)
    try:
        if not os.path.lexists(folder):
            if not folder.parent.is_dir():
                raise EnvironmentFault("check.feedback_no_folder", path=folder.parent)
            return
        if not folder.is_dir():
            raise UsageError("check.feedback_foreign", path=folder, name=folder.name)
        with os.scandir(folder) as entries:
            for entry in entries:
                if not _is_ours(Path(entry.path)):
                    raise UsageError("check.feedback_foreign", path=folder, name=entry.name)
    except OSError as error:
        raise EnvironmentFault("check.cannot_write", path=folder, reason=error.strerror) from None


def _is_ours(path: Path) -> bool:
    """Whether it is a page of an earlier run; a link never is."""
    if not stat.S_ISREG(path.lstat().st_mode) or path.suffix != ".md":
        return False
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK.encode()


def report_text(graded: Graded, exercise: str | None, bank: Path | None, language: Language) -> str:
    """The report that checking the file alone shows, with the commands that follow, less those for whoever grades."""
    from llmprep.checking.submission_file import is_notebook
    from llmprep.cli.check_onward import SNIPPET, again
    from llmprep.ui.report.next_steps import Checked

    file = Path(graded.entry.path.name)
    whole = (file, exercise, bank)
    snippet = "" if is_notebook(file.name) else again(*whole, "--snippet", SNIPPET, seed=graded.report.seed)
    checked = Checked(file.name, snippet, False, again(*whole, "--explain"), None, bank_options(bank))
    return drawn(graded, language, checked)


def write_feedback(
    folder: Path, rows: Sequence[Row], outcomes: Sequence[FileOutcome], reports: Sequence[str], language: Language
) -> None:
    """Write a page for each person, whole or not at all, and say how many.

    Raises:
        EnvironmentFault: the folder or a page cannot be written.
    """
    theirs: dict[str, list[Row]] = {}
    for row in rows:
        theirs.setdefault(row.person, []).append(row)
    try:
        folder.mkdir(exist_ok=True)
        for name, (person, own) in zip(file_names(theirs), theirs.items(), strict=True):
            path = folder / name
            if os.path.lexists(path) and not _is_ours(path):  # come in between
                raise UsageError("check.feedback_foreign", path=folder, name=name)
            write_whole(path, feedback(person, own, outcomes, reports, language).encode(errors="backslashreplace"))
    except OSError as error:
        raise EnvironmentFault("check.cannot_write", path=error.filename or folder, reason=error.strerror) from None
    typer.echo(text("check.feedback_wrote", count=len(theirs), path=folder), err=True)
