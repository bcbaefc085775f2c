"""The whole check of a bank, a topic's folder or one file, from the files alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from llmprep.bank.compiler import compile_item, compile_topics, in_order
from llmprep.bank.files import content, leads_out, outside
from llmprep.bank.loader import TOPICS_FILE
from llmprep.bank.names import is_there
from llmprep.errors import EnvironmentFault, Problem, UsageError
from llmprep.model import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BESIDE_TOPICS = frozenset({TOPICS_FILE, "README.md", "item.schema.json"})
"""The files that a bank's root may hold."""


class Found(NamedTuple):
    """A valid item's file."""

    path: Path
    id: str
    has_code: bool
    """Return whether the item has code to run: an exercise's suite, or a question's code blocks."""
    kind: str


class Survey(NamedTuple):
    """The files checked, and their problems."""

    files: int
    problems: list[Problem]
    items: list[Found]
    """Return the items that are valid on their own."""


def survey(path: Path, progress: Callable[[int, int], None] | None = None) -> Survey:
    """Check a bank, a topic's folder or one file.

    Args:
        path: as the user wrote it: problems name files below it in the same way.
        progress: called after each file, with how many are done and how many there are.

    Raises:
        UsageError: there is nothing at `path`.
        EnvironmentFault: a folder cannot be read.
    """
    if not is_there(path, "exists"):
        raise UsageError("bank.no_such_path", path=path)
    if not path.is_dir():
        return _survey([path], [], progress)
    try:
        is_bank = (path / TOPICS_FILE).is_file() or not _is_topic(path)
        if not is_bank and path.is_symlink() and leads_out(path, path.absolute().parent):
            return Survey(0, [outside(path)], [])
        files, problems = _bank_files(path) if is_bank else _topic_files(path)
    except OSError as error:
        raise EnvironmentFault("common.unreadable", path=error.filename or path, reason=error.strerror) from None
    return _survey(files, problems, progress)


def _is_topic(folder: Path) -> bool:
    """Return whether a folder without `topics.yaml` is a topic's folder, not a bank that lacks the file."""
    items = (file for file in folder.glob("*.yaml") if file.name != TOPICS_FILE)  # which may be there, and be no file
    return (folder.absolute().parent / TOPICS_FILE).is_file() or any(items)


def _survey(files: list[Path], problems: list[Problem], progress: Callable[[int, int], None] | None) -> Survey:
    known: dict[Path, set[str] | None] = {}
    items: list[Found] = []
    for done, file in enumerate(files, 1):
        folder = file.absolute().parent
        is_topics = file.name == TOPICS_FILE
        try:
            found = content(file, folder if is_topics else folder.parent)
        except OSError as error:
            problems.append(Problem(str(file), 1, "", "bank.cannot_read", {"reason": error.strerror or ""}))
            continue
        if isinstance(found, Problem):
            problems.append(found)
        elif is_topics:
            problems += compile_topics(found, str(file))[1]
        else:
            problems += _place(file, _topics_of(folder.parent, known))
            item, wrong = compile_item(found, str(file), f"{folder.name}/{file.stem}")
            problems += wrong
            if item is not None:
                has_code = not isinstance(item, Question) or bool(item.code)
                items.append(Found(file, item.id, has_code, item.kind))
        if progress is not None:
            progress(done, len(files))
    return Survey(len(files), in_order(problems), items)


def _topics_of(root: Path, known: dict[Path, set[str] | None]) -> set[str] | None:
    """Return the topics that `topics.yaml` lists, or None if it cannot be read."""
    if root not in known:
        try:
            found = content(root / TOPICS_FILE, root)
            topics, problems = ((), [found]) if isinstance(found, Problem) else compile_topics(found, "")
            known[root] = None if problems else {topic.id for topic in topics}
        except OSError:
            known[root] = None
    return known[root]


def _place(file: Path, topics: set[str] | None) -> Iterator[Problem]:
    """Yield the problems of an item file's place and name."""
    topic = file.absolute().parent.name
    if file.suffix != ".yaml":
        yield Problem(str(file), 1, "", "bank.not_yaml", {"name": file.name})
    if topics is not None and topic not in topics:
        from llmprep.bank.suggest import nearest

        yield Problem(str(file), 1, "", "bank.topic_not_listed", {"name": topic, "nearest": nearest(topic, topics)})


def _bank_files(root: Path) -> tuple[list[Path], list[Problem]]:
    """Find a bank's item files, and the files that do not belong in it."""
    files, problems = [root / TOPICS_FILE], []
    if not files[0].is_file():
        files = []
        problems.append(Problem(str(root), 1, "", "bank.no_topics_file", {}))
    for path in sorted(root.iterdir()):
        if path.name.startswith("."):  # what editors and version control leave
            continue
        if path.is_dir() and path.is_symlink() and leads_out(path, root):
            problems.append(outside(path))
        elif path.is_dir():
            below, wrong = _topic_files(path)
            files += below
            problems += wrong
        elif path.name not in BESIDE_TOPICS:
            problems.append(Problem(str(path), 1, "", "bank.stray_file", {}))
    return files, problems


def _topic_files(folder: Path) -> tuple[list[Path], list[Problem]]:
    files, problems = [], []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.suffix == ".yaml" and path.is_file():
            files.append(path)
        else:
            problems.append(Problem(str(path), 1, "", "bank.stray_file", {}))
    return files, problems
