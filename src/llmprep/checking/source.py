"""Decode Python source: by its byte order mark or coding line (PEP 263), else as UTF-8."""

from __future__ import annotations

import codecs
import re

from llmprep.checking.submission import unreadable

_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
"""A coding line, as PEP 263 has it."""
_NO_CODE = re.compile(rb"^[ \t\f]*(?:[#\r\n]|$)")
"""A first line after which a second may still be a coding line."""
_CHARSETS = re.compile(
    r"utf-8(-sig)?|ascii|iso8859-\d+|cp\d+|latin-1|koi8-[rtu]|kz1048|mac-[a-z]+|hp-roman8|tis-620|ptcp154"
    r"|gb2312|gbk|gb18030|hz|big5(hkscs)?|shift_jis(x0213|_2004)?|euc_(jp|jis_2004|jisx0213|kr)|johab|iso2022_\w+"
)
"""Names of codecs whose cost is linear. Python has others (punycode, unicode_escape), in which no text is written."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY_MAGIC = {b"PK\x03\x04": "ZIP", b"%PDF": "PDF", b"\x7fELF": "ELF", b"\x89PNG": "PNG", b"\x1f\x8b": "gzip"}
"""How files begin that are now and then handed in under a Python file's name."""
_FIRST_BYTES = 2000
"""Bytes within which a coding line is looked for."""


def decode(data: bytes) -> str:
    """Decode Python source by its byte order mark or coding line (PEP 263), else as UTF-8.

    Raises:
        UnreadableSubmissionError: it is no such text; what to do about it is in the finding.
    """
    if kind := next((kind for start, kind in _BINARY_MAGIC.items() if data.startswith(start)), None):
        raise unreadable("binary", kind=kind)
    if data.startswith(_UTF16):
        raise unreadable("utf16")
    if (at := data.find(b"\0")) >= 0:
        raise unreadable("nul", line=_line(data, at))
    marked = data.startswith(codecs.BOM_UTF8)
    body = data.removeprefix(codecs.BOM_UTF8)
    name = _coding(body)
    if name is None or (marked and name.lower().replace("_", "-") in ("utf-8", "utf8")):
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise unreadable("not_text", line=_line(body, error.start)) from None
    if marked:
        raise unreadable("coding_and_mark", name=name)
    try:
        codec = codecs.lookup(name)
    except LookupError:
        raise unreadable("coding_unknown", name=name) from None
    if not _CHARSETS.fullmatch(codec.name):
        raise unreadable("coding_unknown", name=name)
    try:
        text = body.decode(codec.name)
    except UnicodeDecodeError as error:
        raise unreadable("coding_wrong", name=name, line=_line(body, error.start)) from None
    if "\0" in text:
        raise unreadable("nul", line=text[: text.index("\0")].count("\n") + 1)
    return text


def _coding(data: bytes) -> str | None:
    """Return the encoding that one of the first two lines names."""
    for line in data[:_FIRST_BYTES].splitlines()[:2]:
        if found := _CODING.match(line):
            return found[1].decode("ascii", "replace")
        if not _NO_CODE.match(line):
            return None
    return None


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1
