"""Words for keys: looks messages up in the catalogue, in the reader's language."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import PurePath
from string import Formatter
from typing import TYPE_CHECKING, Any

from llmprep.model import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.errors import LlmprepError
    from llmprep.model import Text


COMMAND = "{command}"


class _Plurals(Formatter):
    """Formats templates in which a number chooses its words: `{count:# file|# files}`, where `#` is the number."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        """Format one field; a specification with a bar holds the singular and the plural."""
        one, bar, other = format_spec.partition("|")
        if not bar:
            return super().format_field(value, format_spec)
        return (one if value == 1 else other).replace("#", str(value))


_format = _Plurals().format


def pair(key: str) -> tuple[str, str]:
    """A message's English and Chinese templates; the key's part before its first dot names the catalogue module."""
    module = import_module(f"llmprep.messages.{key.partition('.')[0]}")
    english, chinese = module.MESSAGES[key]
    return english, chinese


def say(key: str, language: Language, /, **facts: object) -> str:
    """A message in the reader's language, its `{fields}` filled with `facts`; for both, English / Chinese.

    A fact that is a list is told as each language does, and a path is one line, whatever its name holds. A command that
    both languages end with is there once.
    """
    templates = list(pair(key))
    if language is Language.BOTH and all(template.endswith(COMMAND) for template in templates):
        templates[0] = templates[0].removesuffix(COMMAND).rstrip(": ")
    told = {name: flat(str(fact)) if isinstance(fact, PurePath) else fact for name, fact in facts.items()}
    english, chinese = (
        _format(
            template,
            **{name: mark.join(map(str, fact)) if isinstance(fact, list) else fact for name, fact in told.items()},
        )
        for template, mark in zip(templates, (", ", "、"), strict=True)
    )
    if language is Language.BOTH:
        return (
            english if english == chinese else f"{english}\n{chinese}" if "\n" in english else f"{english} / {chinese}"
        )
    return chinese if language is Language.ZH else english


def one_line(text: Text, language: Language) -> str:
    """A short text, such as a title, on one line in the reader's language."""
    return f"{text.en} / {text.zh}" if language is Language.BOTH else text.in_language(language)


def explain(error: LlmprepError, language: Language) -> str:
    """An error's message. A fact `nearest` (names) becomes an offer at its end; without any, all the names there are.

    These are in a fact that begins with `known_`, for which the catalogue has a message `common.known_…`. Facts are
    names and words of strangers': each is one line.
    """
    facts = {name: flat(fact) if isinstance(fact, str) else fact for name, fact in error.facts.items()}
    nearest = facts.pop("nearest", ())
    known = {name: facts.pop(name) for name in error.facts if name.startswith("known_")}
    if facts.get("source") == "-":  # as an option names it; a file of that name is ./-
        facts["source"] = say("common.standard_input", language)
    message = say(error.key, language, **facts)
    if not nearest:
        for name, names in known.items():
            message += "\n" + say(f"common.{name}", language, names=names)
    elif isinstance(nearest, (tuple, list)):
        message += "\n" + say("common.nearest", language, names=[flat(str(name)) for name in nearest])
    return message


def escape(text: str) -> str:
    """Text of a submission's, with nothing in it that a terminal would obey."""
    return "".join(one if one.isprintable() or one in "\n\t" else _escaped(ord(one)) for one in text)


def _escaped(code: int) -> str:
    """A character by its number, as Python writes it."""
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


def flat(text: str) -> str:
    """A name, or text of a submission's, on one line, so that it cannot pass for lines of ours."""
    return escape(text.replace("\n", "\\n").replace("\t", "\\t"))


def json_text(data: object) -> str:
    """Data as JSON that is safe to see: whatever a terminal would obey is written as JSON escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return "".join(
        one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] if ord(one) != 127 else "\\u007f"  # noqa: PLR2004
        for one in text
    )


class CommandLine:
    """Writes commands that can be pasted into a shell and mean the same bank as the command that is running.

    Args:
        options: what every command ends in.
    """

    def __init__(self, options: Sequence[str] = ()) -> None:
        self._options = options

    def command(self, *words: str) -> str:
        """Return `llmprep` with the words and the options, quoted for a shell, on one line."""
        if not self._options:
            return flat(" ".join(("llmprep", *words)))
        import shlex

        return flat(shlex.join(("llmprep", *words, *self._options)))
