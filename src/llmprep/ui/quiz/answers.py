"""Parse a script's answers: JSON Lines, one object per answer, from a file or a stream."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from llmprep.errors import UsageError
from llmprep.store import Rating
from llmprep.study.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Answer(Message):
    """One line of a script."""

    line: int
    """From 1."""
    item: str = ""
    """The item that it answers; empty for the current card."""
    answer: str | None = None
    key_points: tuple[str, ...] | None = None
    rating: Rating | None = None
    choice: str | None = None
    """The letter of the option, in the order shown."""
    option: int | None = None
    """The index of the option in the bank."""
    skip: bool = False


_KINDS: dict[str, type | tuple[type, ...]] = {
    "item": str,
    "answer": str,
    "key_points": list,
    "rating": (str, int),
    "choice": str,
    "option": int,
    "skip": bool,
}
_RATINGS = {rating.name.lower(): rating for rating in Rating} | {rating.value: rating for rating in Rating}
_RECALL, _CHOICE = ("answer", "key_points", "rating"), ("choice", "option")


class Answers:
    """The answers of one source, named in error messages.

    Args:
        source: the file's name, or `-`.
        lines: its lines, in UTF-8.
    """

    def __init__(self, source: str, lines: Iterable[bytes]) -> None:
        self.source = source
        self._lines = lines

    def __iter__(self) -> Iterator[Answer]:
        for number, line in enumerate(self._lines, 1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                self.refuse(number, "not_text")
            if text.strip():
                try:
                    answer = self._parse(number, text)
                except RecursionError:
                    self.refuse(number, "too_deep")
                yield answer

    def refuse(self, line: int, key: str, **facts: object) -> NoReturn:
        """Raise the error of a line.

        Raises:
            UsageError: always, with the source and the line.
        """
        raise UsageError(f"quiz.line_{key}", source=self.source, line=line, **facts)

    def _parse(self, number: int, line: str) -> Answer:
        try:
            given = json.loads(line, object_pairs_hook=lambda pairs: self._once(number, pairs))
        except json.JSONDecodeError as error:
            self.refuse(number, "not_json", column=error.colno, reason=error.msg)
        except ValueError as error:
            self.refuse(number, "not_json", column=1, reason=str(error))
        if not isinstance(given, dict):
            self.refuse(number, "not_object")
        for name, value in given.items():
            self._check(number, name, value)
        if given.get("skip") is False:
            self.refuse(number, "skip_false")
        groups = [[name for name in group if name in given] for group in (_RECALL, _CHOICE[:1], _CHOICE[1:], ("skip",))]
        used = [names[0] for names in groups if names]
        if len(used) > 1:
            self.refuse(number, "mixed", first=used[0], second=used[1])
        if not used:
            self.refuse(number, "nothing")
        if "rating" in given:
            given["rating"] = _RATINGS[given["rating"]]
        if "key_points" in given:
            given["key_points"] = tuple(given["key_points"])
        if "answer" in given:
            # JSON can spell half of a surrogate pair, which cannot be stored as UTF-8.
            given["answer"] = given["answer"].encode("utf-8", "replace").decode()
        return Answer(number, **given)

    def _once(self, number: int, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                self.refuse(number, "twice", name=name)
        return dict(pairs)

    def _check(self, number: int, name: str, value: object) -> None:
        kind = _KINDS.get(name)
        if kind is None:
            from difflib import get_close_matches

            nearest = get_close_matches(name, list(_KINDS))
            self.refuse(number, "unknown_field", name=name, nearest=nearest, known_fields=list(_KINDS))
        right = isinstance(value, kind) and (isinstance(value, bool) is (kind is bool))
        if name == "rating" and not (right and value in _RATINGS):
            self.refuse(number, "rating", value=json.dumps(value, ensure_ascii=False))
        if isinstance(value, list):
            right = all(isinstance(each, str) for each in value)
        if not right:
            self.refuse(number, f"kind_{name}", value=json.dumps(value, ensure_ascii=False))


def from_file(path: Path) -> tuple[Answers, list[Answer]]:
    """Read and parse all answers of a file.

    Raises:
        UsageError: the file cannot be read, or a line of it cannot be used.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise UsageError("common.no_such_file", path=path) from None
    except IsADirectoryError:
        raise UsageError("common.is_directory", path=path) from None
    except OSError as error:
        raise UsageError("common.unreadable", path=path, reason=error.strerror) from None
    answers = Answers(str(path), content.split(b"\n"))
    return answers, list(answers)
