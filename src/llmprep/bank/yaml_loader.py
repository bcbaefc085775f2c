"""YAML to plain data, with the line of every field, and every problem at once.

The parser's events are composed here rather than by PyYAML, whose C composer recurses without a bound (a file of a
hundred thousand brackets crashes the process) and whose mappings take a duplicate key without a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from llmprep.bank.document import Document

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES = 4_000_000
"""The largest file that is read: a hundred times a long item."""
MAX_DEPTH = 16
"""The deepest nesting that is read: twice what an item needs."""
MAX_FIELDS = 10_000
"""The most fields that are read: twenty times what a long item needs. A path is kept for each."""
LONGEST_KEY = 100
"""The longest name of a field, in characters: every path of a field below holds it."""
LONGEST_TEXT = 30_000
"""The longest text of a field, in characters: nearly four times the longest program of the bank."""

# Possessive: a run of digits is never tried again from its middle.
_NUMBER_READ_AS_TEXT = re.compile(r"[-+]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)[eE][-+]?[0-9]++")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_TAG = "tag:yaml.org,2002:"


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
        composer = _Composer(loader(text), document)  # looks at the characters
        composer.compose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, reason = mark.line + 1 if mark else 1, str(error.problem or error.context)
        if "nesting depth" in reason:  # libyaml's own limit, which it may reach before its events reach us
            _refuse_all(document, "bank.too_deep", line, limit=MAX_DEPTH)
        else:
            _refuse_all(document, "bank.syntax", line, reason=reason)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        character = error.character
        code = character if isinstance(character, int) else ord(character[:1] or "\0")
        _refuse_all(document, "bank.bad_character", line, character=f"U+{code:04X}")
    except _StopError as error:
        _refuse_all(document, error.key, error.line, limit=error.limit)
    except (ValueError, OverflowError) as error:  # PyYAML's own parser, of an escape or version with too large a number
        _refuse_all(document, "bank.syntax", 1, reason=str(error))
    else:
        _refuse_hidden(text, document)
        if composer.too_long:  # rules would find that what is not there is missing
            document.data = None
    return document


def _refuse_all(document: Document, key: str, line: int, **facts: object) -> None:
    """Record the one problem of a file that could not be parsed to its end.

    Text before a syntax error may parse differently once it is corrected, so nothing else is reported.
    """
    document.data, document.problems, document.more = None, [], 0
    document.refuse("", key, line=line, **facts)


class _StopError(Exception):
    """The file goes over a limit: nothing after that place is read."""

    def __init__(self, key: str, line: int, limit: int) -> None:
        super().__init__(key, line, limit)
        self.key, self.line, self.limit = key, line, limit


def _refuse_hidden(text: str, document: Document) -> None:
    """Refuse controls of direction also where they are in no field's text, as in comments and names."""
    told = {problem.line for problem in document.problems if problem.key == "bank.direction"}
    line, at = 1, 0
    for found in _DIRECTION.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        if line not in told:
            document.refuse("", "bank.direction", line=line, character=f"U+{ord(found[0]):04X}")
            told.add(line)


class _Composer:
    """Builds data from parser events, and records the line of everything."""

    def __init__(self, loader: Any, document: Document) -> None:
        self.loader = loader
        self.document = document
        self.flow_level = 0
        self.too_long = False
        """Return whether a text was too long to be examined."""

    def compose(self) -> None:
        """Load the single document of the stream."""
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
            raise _StopError("bank.too_deep", line, MAX_DEPTH)
        if len(self.document.lines) > MAX_FIELDS:
            raise _StopError("bank.too_many_fields", line, MAX_FIELDS)
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
            if len(key) > LONGEST_KEY:
                raise _StopError("bank.key_too_long", line, LONGEST_KEY)
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
        if len(text) > LONGEST_TEXT:
            self.document.refuse(path, "bank.text_too_long", line=line, length=len(text), limit=LONGEST_TEXT)
            self.too_long = True
            return None
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
        elif found := _REFUSED.search(text):
            if path in self.document.blocks:
                line += 1 + text.count("\n", 0, found.start())
            key = "bank.direction" if _DIRECTION.match(found[0]) else "bank.bad_character"
            self.document.refuse(path, key, line=line, character=f"U+{ord(found[0]):04X}")
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


_CONTROLS_OF_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_DIRECTION = re.compile(f"[{_CONTROLS_OF_DIRECTION}]")
"""What makes a reader see other text than is there; neither English nor Chinese has a use for it."""
_REFUSED = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_CONTROLS_OF_DIRECTION}]")
"""Beside it, what a terminal would obey and what is no character: a double-quoted text can hold these by an escape."""
_CODE = re.compile(
    r"reference|starter|helpers|check|cases\.\d+\.(?:inputs|expect|generate)|mistakes\.\d+\.code|code\.\d+\.text"
    r"|key_points\.\d+\.id|tolerance\.rtol|efficiency\.(?:ratio|growth)|survivors\.\d+\.mutant"
)
