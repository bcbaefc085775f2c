"""`llmprep check --snippet PATH`: where a snippet may go, and writing it there."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from llmprep.cli.options import text
from llmprep.errors import EnvironmentFault, UsageError
from llmprep.files import write_whole
from llmprep.messages.say import flat

if TYPE_CHECKING:
    from llmprep.model import Exercise, Language
    from llmprep.verdict import Report


def may_write(path: Path, submission: Path) -> None:
    """Refuse, before anything runs, what a snippet would do harm to.

    Raises:
        UsageError: `path` is a folder, the submission, a file that is no earlier snippet, or a link to nothing.
        EnvironmentFault: its folder is missing, or it cannot be read.
    """
    from llmprep.ui.report.snippet import MARK

    try:
        if path.is_dir():
            raise UsageError("common.is_directory", path=path)
        if not path.parent.is_dir():
            raise EnvironmentFault("check.snippet_no_folder", path=path.parent)
        if not path.exists():
            if path.is_symlink():  # somebody else may have chosen what would come to be at its end
                raise UsageError("check.snippet_exists", path=path)
            return
        own = submission.exists() and path.samefile(submission)
        if own or not path.is_file():
            raise UsageError("check.snippet_exists", path=path)
        with path.open("rb") as file:
            head = file.read(len(MARK))
    except OSError as error:
        raise EnvironmentFault("check.cannot_write", path=path, reason=error.strerror) from None
    if head != MARK.encode():
        raise UsageError("check.snippet_exists", path=path)


def write_snippet(path: Path, submission: Path, report: Report, exercise: Exercise | None, language: Language) -> None:
    """Write the first failing case's snippet, if there is such a case, and say so.

    Raises:
        UsageError: `path` has become somebody's own file meanwhile.
        EnvironmentFault: it cannot be written.
    """
    from llmprep.ui.report.snippet import snippet

    failure = report.first_failure
    if exercise is None or failure is None:
        key = "check.snippet_nothing" if report.accepted else "check.snippet_no_case"
        typer.echo(text(key, path=path), err=True)
        return
    may_write(path, submission)
    file = os.path.relpath(submission.resolve(), path.resolve().parent)
    source = snippet(exercise, failure, file, language)
    try:
        write_whole(path, source.encode())
    except OSError as error:
        raise EnvironmentFault("check.cannot_write", path=path, reason=error.strerror) from None
    typer.echo(text("check.snippet_wrote", path=flat(shlex.quote(str(path)))), err=True)
