"""YAML to plain data, with the line of every field, and every problem at once.

The parser's events are composed here rather than by PyYAML, whose C composer recurses without a bound (a file of a
hundred thousand brackets crashes the process) and whose mappings take a duplicate key without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from llmprep.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES = 4_000_000
"""The largest file that is read: a hundred times a long item."""
MAX_DEPTH = 16
"""The deepest nesting that is read: twice what an item needs."""

_NUMBER_READ_AS_TEXT = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_TAG = "tag:yaml.org,2002:"


@dataclass(slots=True)
class Document:
    """One file's contents. Paths are dotted: `cases.0.generate`."""

    file: str
    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each field, from 1: of its key, or, for an element of a list, of its beginning."""
    begins: dict[str, int] = field(default_factory=dict)
    """The line on which each scalar's text begins: for a block scalar, the line after its `|-`."""
    blocks: set[str] = field(default_factory=set)
    """The scalars written as blocks, whose lines are the file's."""
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: str) -> int:
        """The line of a field; of its nearest ancestor where the field itself is missing."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, 1)

    def refuse(self, path: str, key: str, *, line: int | None = None, **facts: object) -> None:
        """Note a problem at a field."""
        self.problems.append(Problem(self.file, line or self.line(path), path, key, facts))


def read(content: bytes, file: str) -> Document:
    """Read one file.

    Returns:
        The document. `data` is None where nothing could be read; `problems` then says why.
    """
    document = Document(file)
    if len(content) > MAX_BYTES:
        document.refuse("", "bank.too_big", limit=MAX_BYTES)
        return document
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        document.refuse("", "bank.not_utf8", line=content.count(b"\n", 0, error.start) + 1)
        return document
    import yaml

    # The C parser where PyYAML was built with it: four times as fast.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        composer = _Composer(loader(text), document)
        composer.compose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = str(error.problem or error.context)
        line = mark.line + 1 if mark else 1
        if "nesting depth" in reason:
            # libyaml's own limit, far above ours, which brackets in a row reach before any event tells of them.
            document.refuse("", "bank.too_deep", line=line, limit=MAX_DEPTH)
        else:
            document.refuse("", "bank.syntax", line=line, reason=reason)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        character = error.character
        code = character if isinstance(character, int) else ord(character[:1] or "\0")
        document.refuse("", "bank.bad_character", line=line, character=f"U+{code:04X}")
    except _TooDeepError as error:
        document.refuse("", "bank.too_deep", line=error.line, limit=MAX_DEPTH)
    else:
        return document
    # What was read before the syntax error may be read otherwise after its correction: that error is told alone.
    document.data = None
    document.problems = document.problems[-1:]
    return document


class _TooDeepError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Composer:
    """Turns events into data, and notes where everything stands."""

    def __init__(self, loader: Any, document: Document) -> None:
        self.loader = loader
        self.document = document
        self.flow_level = 0

    def compose(self) -> None:
        """Read the one document of the stream."""
        import yaml

        self.loader.get_event()
        if self.loader.check_event(yaml.StreamEndEvent):
            self.document.refuse("", "bank.empty_file", line=1)
            return
        self.loader.get_event()
        root = self.loader.get_event()
        self.document.lines[""] = root.start_mark.line + 1
        self.document.data = self._node(root, "", 0)
        self.loader.get_event()
        if not self.loader.check_event(yaml.StreamEndEvent):
            mark = self.loader.get_event().start_mark
            self.document.refuse("", "bank.many_documents", line=mark.line + 1)

    def _node(self, event: Any, path: str, depth: int) -> Any:
        line: int = event.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise _TooDeepError(line)
        if event.anchor is not None:
            self.document.refuse(path, "bank.anchor", line=line, name=event.anchor)
        name = type(event).__name__
        if name == "AliasEvent":
            return None
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            self.document.refuse(path, "bank.tag", line=line, name=tag.replace(_TAG, "!!"))
        if name in ("MappingStartEvent", "SequenceStartEvent"):
            self.flow_level += bool(event.flow_style)
            found = self._mapping(path, depth) if name == "MappingStartEvent" else self._sequence(path, depth)
            self.flow_level -= bool(event.flow_style)
            return found
        return self._scalar(event, path)

    def _mapping(self, path: str, depth: int) -> dict[str, Any]:
        import yaml

        document = self.document
        found: dict[str, Any] = {}
        while not self.loader.check_event(yaml.MappingEndEvent):
            event = self.loader.get_event()
            line = event.start_mark.line + 1
            is_text = isinstance(event, yaml.ScalarEvent)
            key = event.value if is_text else "?"
            below = f"{path}.{key}" if path else key
            document.lines.setdefault(below, line)
            if not is_text:
                document.refuse(path, "bank.key_not_text", line=line)
                self._node(event, below, depth + 1)
            elif key == "<<" and not event.style:
                document.refuse(path, "bank.merge", line=line)
            elif key in found:
                document.refuse(below, "bank.duplicate_key", line=line, name=key, first=document.lines[below])
            elif event.anchor is not None:
                document.refuse(below, "bank.anchor", line=line, name=event.anchor)
            value = self._node(self.loader.get_event(), below, depth + 1)
            if is_text:
                found.setdefault(key, value)
        self.loader.get_event()
        return found

    def _sequence(self, path: str, depth: int) -> list[Any]:
        import yaml

        found: list[Any] = []
        while not self.loader.check_event(yaml.SequenceEndEvent):
            event = self.loader.get_event()
            below = f"{path}.{len(found)}" if path else str(len(found))
            self.document.lines[below] = event.start_mark.line + 1
            found.append(self._node(event, below, depth + 1))
        self.loader.get_event()
        return found

    def _scalar(self, event: Any, path: str) -> str | int | float | bool | None:
        import yaml

        text: str = event.value
        line: int = event.start_mark.line + 1
        self.document.begins.setdefault(path, line + 1 if event.style in ("|", ">") else line)
        if event.style:
            if event.style == "|":
                self.document.blocks.add(path)
            if event.style == ">":
                self.document.refuse(path, "bank.folded", line=line)
        else:
            kind = self.loader.resolve(yaml.ScalarNode, text, (True, False)).removeprefix(_TAG)
            if kind != "str":
                return self._plain(text, kind, path, line)
            if _NUMBER_READ_AS_TEXT.fullmatch(text):
                self.document.refuse(path, "bank.number_read_as_text", line=line, text=text, spelling=spelling(text))
            if self.flow_level and "?" in text:
                # PyYAML's own parser ends the text there, its C parser does not: a bank is valid with both or neither.
                self.document.refuse(path, "bank.question_mark", line=line)
        if not text.strip():
            self.document.refuse(path, "bank.empty_text", line=line)
        elif any("\ud800" <= character <= "\udfff" for character in text):
            self.document.refuse(path, "bank.bad_character", line=line, character="U+D800–U+DFFF")
            return None
        elif control := _CONTROL.search(text):
            self.document.refuse(path, "bank.bad_character", line=line, character=f"U+{ord(control[0]):04X}")
            return None
        return text

    def _plain(self, text: str, kind: str, path: str, line: int) -> str | int | float | bool | None:
        """A scalar without quotes that YAML 1.1 takes for something other than text."""
        if kind == "null":
            self.document.refuse(path, "bank.empty_field", line=line)
            return None
        if kind == "bool" and text.lower() in ("true", "false"):
            return text.lower() == "true"
        if kind == "int" and _DECIMAL.fullmatch(text):
            return int(text)
        if kind == "float" and not {":", "_", "n", "N"} & set(text):
            number = float(text)
            if abs(number) < float("inf"):
                return number
        self.document.refuse(path, "bank.misread", line=line, text=text)
        return None


def spelling(text: str) -> str:
    """How YAML 1.1 wants a number with an exponent written: with a point and a signed exponent."""
    mantissa, exponent = re.split("[eE]", text)
    if "." not in mantissa:
        mantissa += ".0"
    elif mantissa.endswith("."):
        mantissa += "0"
    return f"{mantissa}e{exponent if exponent[0] in '+-' else '+' + exponent}"


def code_lines(begins: Mapping[str, int]) -> dict[str, int]:
    """Of all scalars, those that something is found out about later, code above all: what `Item.where` keeps."""
    return {path: line for path, line in begins.items() if _CODE.fullmatch(path)}


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal would obey: a double-quoted text can hold it by an escape."""
_CODE = re.compile(
    r"reference|starter|helpers|check|cases\.\d+\.(?:inputs|expect|generate)|mistakes\.\d+\.code|code\.\d+\.text"
    r"|key_points\.\d+\.id|tolerance\.rtol|efficiency\.(?:ratio|growth)|survivors\.\d+\.mutant"
)
