"""Look up messages in the catalogue and format them in the reader's language."""

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
    """Return a message's English and Chinese templates; the key begins with the name of its catalogue module."""
    module = import_module(f"llmprep.messages.{key.partition('.')[0]}")
    english, chinese = module.MESSAGES[key]
    return english, chinese


def say(key: str, language: Language, /, **facts: object) -> str:
    """Format a message in the reader's language with `facts`; for both languages, English / Chinese.

    A list is joined as each language does, and a path is escaped to one line. A command that ends the message in both
    languages appears once.
    """
    templates = list(pair(key))
    if language is Language.BOTH and all(template.endswith(COMMAND) for template in templates):
        templates[0] = templates[0].removesuffix(COMMAND).rstrip(": ")
    lines = {name: flat(str(fact)) if isinstance(fact, PurePath) else fact for name, fact in facts.items()}
    english, chinese = (
        _format(
            template,
            **{name: mark.join(map(str, fact)) if isinstance(fact, list) else fact for name, fact in lines.items()},
        )
        for template, mark in zip(templates, (", ", "、"), strict=True)
    )
    if language is Language.BOTH:
        return (
            english if english == chinese else f"{english}\n{chinese}" if "\n" in english else f"{english} / {chinese}"
        )
    return chinese if language is Language.ZH else english


def one_line(text: Text, language: Language) -> str:
    """Format a short text, such as a title, on one line in the reader's language."""
    return f"{text.en} / {text.zh}" if language is Language.BOTH else text.in_language(language)


def explain(error: LlmprepError, language: Language) -> str:
    """Format an error. `nearest` is appended as "Did you mean …?"; if empty, the `known_*` list is appended instead.

    These are in a fact that begins with `known_`, for which the catalogue has a message `common.known_…`. Facts
    may come from untrusted files: each is escaped to one line.
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
    """Escape control characters in a submission's text, so that no terminal interprets them."""
    return "".join(one if one.isprintable() or one in "\n\t" else _escaped(ord(one)) for one in text)


def _escaped(code: int) -> str:
    """Return a character's escape sequence as Python writes it."""
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


def flat(text: str) -> str:
    """Escape a name or a submission's text to one line, so that it cannot imitate llmprep's own output."""
    return escape(text.replace("\n", "\\n").replace("\t", "\\t"))


def json_text(data: object) -> str:
    """Serialize data as JSON that is safe to print: control characters are written as JSON escapes."""
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
