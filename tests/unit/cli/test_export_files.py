"""Where exports go: one file or a folder, and nobody's own files are written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmprep.cli.export_files import MARKER, write_export
from llmprep.errors import EnvironmentFault, UsageError
from llmprep.export import FORMATS, signature

ONE = {"x.bin": b"\x00\xff" + signature("bin").encode() + b"\x00" * 5}
ARCHIVE = {"x.zip": b"PK\x03\x04" + b"\x00" * 5000 + signature("zip").encode()}
MANY = {"index.html": b"<p>", "media/a.png": b"\x89PNG", "media/b.png": b"\x89PNG"}


def write(files, output, *, form="bin", force=False):
    return write_export(files, output, "name", form, force=force)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(("files", "form"), [(ONE, "bin"), (ARCHIVE, "zip")])
def test_one_file(tmp_path, files, form):
    """One file, binary too, is written where it should be, and an earlier export is replaced."""
    path = tmp_path / "out"
    for _ in range(2):
        assert write(files, path, form=form) == path
        assert tree(tmp_path) == {"out": next(iter(files.values()))}


def test_default_names(tmp_path, monkeypatch):
    """By default one file has the format's name for it, and several go into a folder named after the document."""
    monkeypatch.chdir(tmp_path)
    assert write(ONE, None) == Path("x.bin")
    assert write(MANY, None) == Path("name")
    assert tree(tmp_path).keys() == {"x.bin", f"name/{MARKER}", *(f"name/{name}" for name in MANY)}


@pytest.mark.parametrize("own", [b"# notes\n", b"notes: llmprep export --format bin", signature("md").encode()])
def test_a_strangers_file_is_kept(tmp_path, own):
    """A file that is no export of this format is kept, but for `--force`; an empty one is nobody's."""
    path = tmp_path / "out"
    path.write_bytes(own)
    with pytest.raises(UsageError) as caught:
        write(ONE, path)
    assert caught.value.key == "export.would_overwrite"
    assert path.read_bytes() == own
    write(ONE, path, force=True)
    assert path.read_bytes() == ONE["x.bin"]
    path.write_bytes(b"")
    write(ONE, path)
    assert path.read_bytes() == ONE["x.bin"]


def test_a_folder(tmp_path):
    """Several files go into a folder, and what an earlier export left there and this one lacks is taken away."""
    folder = tmp_path / "out"
    folder.mkdir()
    write(MANY, folder)
    (folder / "mine.txt").write_text("kept", "utf-8")
    write({"index.html": b"<b>", "media/c.png": b""}, folder)
    assert tree(folder).keys() == {MARKER, "index.html", "media/c.png", "mine.txt"}
    assert (folder / "index.html").read_bytes() == b"<b>"


def test_a_strangers_folder_is_kept(tmp_path):
    """A folder that holds anything and no marker of ours is refused, but for `--force`, which takes nothing away."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("kept", "utf-8")
    with pytest.raises(UsageError) as caught:
        write(MANY, folder)
    assert caught.value.key == "export.folder_taken"
    assert tree(folder) == {"mine.txt": b"kept"}
    write(MANY, folder, force=True)
    assert tree(folder).keys() == {MARKER, "mine.txt", *MANY}


@pytest.mark.parametrize("marker", [b"no json", b'"name"', b'["../mine.txt", "/etc/passwd", 3]', b"\xff"])
def test_a_marker_names_nothing_outside(tmp_path, marker):
    """Whatever a marker says, nothing outside of its folder is taken away."""
    folder, own = tmp_path / "out", tmp_path / "mine.txt"
    folder.mkdir()
    own.write_text("kept", "utf-8")
    (folder / MARKER).write_bytes(marker)
    write(MANY, folder)
    assert own.read_text("utf-8") == "kept"
    assert tree(folder).keys() == {MARKER, *MANY}


def test_what_is_in_the_way(tmp_path):
    """A folder where a file goes, a file where a folder goes, and a folder that is missing are told."""
    (tmp_path / "file").write_bytes(b"x")
    for files, path, error, key in (
        (ONE, tmp_path, UsageError, "common.is_directory"),
        (MANY, tmp_path / "file", UsageError, "export.no_directory"),
        (ONE, tmp_path / "no/out", EnvironmentFault, "export.no_folder"),
        (MANY, tmp_path / "no/out", EnvironmentFault, "export.no_folder"),
    ):
        with pytest.raises(error) as caught:
            write(files, path, force=True)
        assert caught.value.key == key


def test_every_format_of_one_file_signs_it(tmp_path):
    """What a format writes as one file is known for its own at either end; paths stay inside."""
    from llmprep.bank import Bank
    from llmprep.export import ExportDocument
    from llmprep.model import Language

    bank = Bank.open(Path(__file__).parents[2] / "golden" / "bank", None)
    document = ExportDocument("x", tuple((topic, bank.items([topic.id])) for topic in bank.topics()), Language.EN)
    for form, render in FORMATS.items():
        files = render(document)
        assert files == render(document)
        assert all(not Path(name).is_absolute() and ".." not in Path(name).parts for name in files)
        for _ in range(2):
            write_export(files, tmp_path / form, "x", form, force=False)
