"""Laws of reading a submission's file and of telling which exercise it solves."""

from __future__ import annotations

import codecs
import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.checking.identify import Exercises, guess_exercise, named_exercise
from llmprep.checking.source import decode
from llmprep.checking.submission import LARGEST_SOURCE, UnreadableSubmissionError
from llmprep.checking.submission_file import SubmissionFile, read_submission
from llmprep.errors import UsageError

NI_HAO = "# 你好\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"x = '\xe9\x9b\xb6'\r\n", "x = '零'\r\n"),
        (b"\xef\xbb\xbfx = 1", "x = 1"),
        (b"\xef\xbb\xbf# coding: utf-8\nx = 1", "# coding: utf-8\nx = 1"),
        (b"# -*- coding: gbk -*-\n" + NI_HAO.encode("gbk"), f"# -*- coding: gbk -*-\n{NI_HAO}"),
        (b"# -*- coding: GB18030 -*-\n" + NI_HAO.encode("gb18030"), f"# -*- coding: GB18030 -*-\n{NI_HAO}"),
        (b"#!/usr/bin/env python\n# vim: set fileencoding=latin-1 :\n# \xe9", None),
        (b"\n# coding: cp1252\n# \x80", "\n# coding: cp1252\n# €"),
        (b"# coding: big5\n" + "# 好".encode("big5"), "# coding: big5\n# 好"),
        (b"# coding: shift_jis\n" + "# 日".encode("shift_jis"), "# coding: shift_jis\n# 日"),
        (b"# coding: euc-kr\n" + "# 한".encode("euc-kr"), "# coding: euc-kr\n# 한"),
        (b"x = 1\n# coding: gbk\n", "x = 1\n# coding: gbk\n"),
        (b"", ""),
    ],
)
def test_source_is_decoded_as_python_decodes_it(content: bytes, text: str | None) -> None:
    """By its byte order mark or its coding line (PEP 263), else as UTF-8; Python's own compiler reads it alike."""
    assert decode(content) == (text if text is not None else content.decode("latin-1"))
    compile(content, "", "exec")


@pytest.mark.parametrize(
    ("content", "key", "facts"),
    [
        (b"x = 1\n# \xff", "check.invalid_not_text", {"line": 2}),
        (NI_HAO.encode("gbk"), "check.invalid_not_text", {"line": 1}),
        (b"x = 1\ny = 2\0", "check.invalid_nul", {"line": 2}),
        (b"# coding: gbk\nx = 1\0", "check.invalid_nul", {"line": 2}),
        ("x = 1".encode("utf-16"), "check.invalid_utf16", {}),
        (codecs.BOM_UTF16_BE + "x".encode("utf-16-be"), "check.invalid_utf16", {}),
        (b"# coding: ascii\n# \xe9", "check.invalid_coding_wrong", {"name": "ascii", "line": 2}),
        (b"# coding: gbk\n\n# \xff\xff", "check.invalid_coding_wrong", {"name": "gbk", "line": 3}),
        (b"# coding: klingon\n", "check.invalid_coding_unknown", {"name": "klingon"}),
        (b"\xef\xbb\xbf# coding: gbk\n", "check.invalid_coding_and_mark", {"name": "gbk"}),
        *(
            (f"# coding: {name}\nx".encode(), "check.invalid_coding_unknown", {"name": name})
            for name in (
                "punycode",
                "idna",
                "unicode_escape",
                "raw_unicode_escape",
                "utf-7",
                "zip",
                "rot13",
                "undefined",
            )
        ),
        (b"PK\x03\x04\x14\0\0", "check.invalid_binary", {"kind": "ZIP"}),
        (b"%PDF-1.7", "check.invalid_binary", {"kind": "PDF"}),
    ],
)
def test_what_is_no_source_is_told_with_its_remedy(content: bytes, key: str, facts: dict[str, object]) -> None:
    """Each thing by its name, and on which line."""
    with pytest.raises(UnreadableSubmissionError) as error:
        decode(content)
    assert (error.value.finding.key, error.value.finding.facts) == (key, facts)


@given(
    st.binary(max_size=200)
    | st.builds(
        lambda name, rest: b"# coding: " + name + b"\n" + rest,
        st.sampled_from([b"gbk", b"hz", b"utf-8", b"big5", b"latin-1", b"zip", b"x" * 90]),
        st.binary(max_size=80),
    )
)
def test_any_bytes_are_text_or_told(content: bytes) -> None:
    """Nothing else comes of any bytes."""
    with contextlib.suppress(UnreadableSubmissionError):
        assert "\0" not in decode(content)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"\xff\xfe\x00x", "check.invalid_nul"),
        (b"x = 1\0", "check.invalid_nul"),
        (b"#" * (LARGEST_SOURCE + 1), "check.invalid_too_large"),
    ],
)
def test_an_unreadable_file_may_name_its_exercise(tmp_path: Path, content: bytes, key: str) -> None:
    """A file that is there and is no source code comes with the head that may name its exercise."""
    path = tmp_path / "a.py"
    path.write_bytes(b"# llmprep: a/b\n" + content)
    with pytest.raises(UnreadableSubmissionError) as error:
        read_submission(path)
    assert error.value.finding.key == key
    assert named_exercise(error.value.head) == "a/b"


def test_what_is_no_file_is_a_usage_error(tmp_path: Path) -> None:
    """A missing file, a folder and a pipe are each told apart, and a pipe never blocks; one's own or a stranger's."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name, key in (("none", "no_such_file"), ("folder", "folder_for_file"), ("pipe", "not_a_file")):
        for own in (None, tmp_path, tmp_path / name):
            with pytest.raises(UsageError) as error:
                read_submission(tmp_path / name, own)
            assert error.value.key.endswith(key)


LINKS: list[tuple[str, str, bool]] = [
    ("own.py", "real.py", True),
    ("deep/up.py", "../real.py", True),
    ("chain.py", "own.py", True),
    ("around.py", "../ann/real.py", True),
    ("other.py", "../bob/theirs.py", False),
    ("through.py", "deep/out/theirs.py", False),
    ("absolute.py", "/etc/hostname", False),
    ("self.py", "/proc/self/environ", False),
    ("descriptor.py", "/proc/self/fd/0", False),
    ("folder.py", "../bob", False),
    ("nowhere.py", "../nobody/x.py", False),
    ("up.py", "..", False),
]


@pytest.fixture
def class_of_two(tmp_path: Path) -> Path:
    """Ann, with a folder in hers, beside Bob; a link in Ann's leads to Bob's folder."""
    for name in ("ann/real.py", "ann/deep/more.py", "bob/theirs.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    (tmp_path / "ann/deep/out").symlink_to("../../bob")
    (tmp_path / "ann/own.py").symlink_to("real.py")
    return tmp_path


@pytest.mark.parametrize(("name", "target", "follows"), LINKS)
def test_no_link_leads_out_of_a_persons_folder(class_of_two: Path, name: str, target: str, follows: bool) -> None:
    """A link to the person's own work is read, whatever way it goes; no other is. A file alone may be no link."""
    ann = class_of_two / "ann"
    if not (ann / name).is_symlink():
        (ann / name).symlink_to(target)
    if follows:
        assert SubmissionFile(ann / name, "ann", ann).read().text == "# ann/real.py\n"
    for entry in ([] if follows else [SubmissionFile(ann / name, "ann", ann)]) + [SubmissionFile(ann / name, "ann")]:
        with pytest.raises(UsageError) as error:
            entry.read()
        assert error.value.key == "check.link_leads_out"


def test_a_folder_that_becomes_a_link_is_not_followed(class_of_two: Path) -> None:
    """What counts is what is opened, not what was there when the folder was looked through."""
    entry = SubmissionFile(class_of_two / "ann/deep/theirs.py", "ann", class_of_two / "ann")
    for each in ("out", "more.py"):
        (class_of_two / "ann/deep" / each).unlink()
    (class_of_two / "ann/deep").rmdir()
    (class_of_two / "ann/deep").symlink_to("../bob")
    with pytest.raises(UsageError) as error:
        entry.read()
    assert error.value.key == "check.link_leads_out"


def test_reading_leaves_nothing_open(class_of_two: Path) -> None:
    """However a read ends, the descriptors that it took are closed."""
    ann = class_of_two / "ann"
    os.mkfifo(ann / "pipe.py")
    descriptors = Path("/dev/fd")
    before = len(list(descriptors.iterdir()))
    for name in ("real.py", "deep/more.py", "deep/out/theirs.py", "none.py", "pipe.py", "deep"):
        for own in (ann, ann / name, None):
            with contextlib.suppress(UsageError):
                read_submission(ann / name, own)
    assert len(list(descriptors.iterdir())) == before


def test_ones_own_link_is_followed(class_of_two: Path) -> None:
    """What is checked alone is one's own work, wherever it lies."""
    (class_of_two / "link.py").symlink_to("ann/real.py")
    assert SubmissionFile(class_of_two / "link.py", "link", is_own_work=True).read().text == "# ann/real.py\n"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("# llmprep: compression/rope\n", "compression/rope"),
        ("#!/usr/bin/env python\n#llmprep:   a-1/b-2 (edited)\n", "a-1/b-2"),
        ("x = 1  # llmprep: a/b\n", None),
        ("# llmprep: no-slash\n", None),
        ("", None),
    ],
)
def test_a_first_line_names_the_exercise(source: str, name: str | None) -> None:
    """What `start` writes is found again; a comment after code is not it."""
    assert named_exercise(source) == name


def test_an_entry_names_the_exercise(tmp_path: Path) -> None:
    """One exercise's entry among the definitions decides; none, or more than one, is a usage error that says so."""
    entries = {"t/one": "one", "t/two": "Two"}
    assert guess_exercise("def helper(): ...\nclass Two: ...\n", entries, tmp_path) == "t/two"
    with pytest.raises(UsageError) as error:
        guess_exercise("def one(): ...\nclass Two: ...", entries, tmp_path)
    assert error.value.key == "check.ambiguous"


@pytest.mark.parametrize(
    "source",
    [
        "async def one(): ...",
        "one = lambda x: x",
        "one: Callable[[int], int] = lambda x: x",
        "def _one(x): ...\n\none = _one  # as asked",
        "Two = None\none = lambda x: x",
        "Two = load('data')\ndef one(): ...",
    ],
)
def test_whatever_makes_a_function_names_the_exercise(source: str) -> None:
    """A lambda, another name of a function, an async one too: what is wrong with that is for the check to say."""
    assert guess_exercise(source + "\n", {"t/one": "one", "t/two": "Two"}, Path("x.py")) == "t/one"


@pytest.mark.parametrize(
    ("source", "key", "found", "wanted"),
    [
        ("class MagnitudePrune: ...", "check.entry_near", "MagnitudePrune", "magnitude_prune"),
        ("def Softmax(x): ...", "check.entry_near", "Softmax", "softmax"),
        ("def soft_max(x): ...", "check.entry_near", "soft_max", "softmax"),
        ("def sofmax(x): ...", "check.entry_near", "sofmax", "softmax"),
        ("class lossscaler: ...", "check.entry_near", "lossscaler", "LossScaler"),
        ("class Solution:\n    def softmax(self, x): ...", "check.entry_nested", "softmax", "softmax"),
        ("if True:\n    def softmax(x): ...", "check.entry_nested", "softmax", "softmax"),
        ("def plot(): ...", "check.unknown_exercise", None, None),
        ("", "check.unknown_exercise", None, None),
        ("softmax = None", "check.unknown_exercise", None, None),
        ("softmax = 3\nx.softmax = f\nif softmax == f: ...", "check.unknown_exercise", None, None),
        ("softmax = load('scores')", "check.entry_assigned", "softmax", "softmax"),
        ("softmax = jit(\n    lambda x: x)", "check.entry_assigned", "softmax", "softmax"),
        ("softmax = scores", "check.entry_assigned", "softmax", "softmax"),
        ("def roc_auc(scores, labels): ...", "check.entry_near", "roc_auc", "roc_curve_auc"),
        ("async def soft_max(x): ...", "check.entry_near", "soft_max", "softmax"),
        ("class Solution:\n    async def softmax(self, x): ...", "check.entry_nested", "softmax", "softmax"),
        ("def curve(x): ...", "check.unknown_exercise", None, None),
    ],
)
def test_the_nearest_entry_is_named(source: str, key: str, found: str | None, wanted: str | None) -> None:
    """Where no entry is defined, what comes nearest to one is told with it and its exercise, if anything does."""
    entries = {
        "t/prune": "magnitude_prune",
        "t/softmax": "softmax",
        "t/scaler": "LossScaler",
        "t/auc": "roc_curve_auc",
    }
    with pytest.raises(UsageError) as error:
        guess_exercise(source, entries, Path("x.py"))
    facts = error.value.facts
    assert (error.value.key, facts.get("found"), facts.get("wanted")) == (key, found, wanted)
    assert found is None or entries[str(facts["exercise"])] == wanted


def test_a_bank_is_looked_through_once_and_no_body_is_read() -> None:
    """The entries are in the summaries: only the exercise that is found is loaded, once."""
    asked: list[str] = []

    class Summary:
        def __init__(self, id: str, entry: str) -> None:  # noqa: A002
            self.id, self.entry, self.kind = id, entry, "exercise"

    class Bank:
        def summaries(self) -> list[Summary]:
            asked.append("summaries")
            return [Summary("t/one", "one"), Summary("t/two", "two")]

        def exercise(self, name: str) -> str:
            asked.append(name)
            return f"the exercise {name}"

    exercises = Exercises(Bank())  # type: ignore[arg-type]
    for source in ("def two(): ...", "# llmprep: t/two\n", "def two(x): ..."):
        assert exercises.of_source(source, Path("x.py")) == "the exercise t/two"  # type: ignore[comparison-overlap]
    assert asked == ["summaries", "t/two"]
    assert exercises.of_head("x = 1") is None
