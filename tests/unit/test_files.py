"""Laws of writing files, of private ones, and of what others may have written."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from llmprep import files
from llmprep.files import others_may_write, ours_to_make, private_folder, write_new, write_whole

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
ROOT = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root gives files away")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("write", [write_whole, write_new])
@pytest.mark.parametrize("step", ["fsync", "open"])
def test_a_full_disk_leaves_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: object, step: str) -> None:
    """Neither a part of the new content nor a file left over; the old content is whole."""
    path = tmp_path / "a"
    if write is write_whole:
        path.write_bytes(b"old")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space"):
        write(path, b"new")  # type: ignore[operator]
    monkeypatch.undo()
    assert [entry.name for entry in tmp_path.iterdir()] == (["a"] if write is write_whole else [])
    assert write is write_new or path.read_bytes() == b"old"


def test_the_content_is_on_the_disk_before_the_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is synchronised, then renamed, then its folder is synchronised."""
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synchronise(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def rename(self: Path, target: Path) -> Path:
        steps.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synchronise)
    monkeypatch.setattr(Path, "replace", rename)
    for _ in range(2):
        write_whole(tmp_path / "a", b"x")
    assert steps == ["file", "rename", "folder"] * 2


@POSIX
def test_permissions_are_kept_or_as_the_umask_has_them(tmp_path: Path) -> None:
    """A file keeps its own, tighter or wider; a new one gets what is asked for less the umask."""
    path = tmp_path / "a"
    for own in (0o600, 0o640, 0o666, 0o755):
        path.write_bytes(b"old")
        path.chmod(own)
        write_whole(path, b"new")
        assert (mode(path), path.read_bytes()) == (own, b"new")
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "b", b"")
        write_new(tmp_path / "c", b"")
        write_whole(tmp_path / "d", b"", mode=0o600)
    finally:
        os.umask(before)
    assert [mode(tmp_path / name) for name in "bcd"] == [0o640, 0o640, 0o600]


@POSIX
def test_the_umask_is_never_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the process's: to read it is to set it, and another thread may be making a file just then."""
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the umask was set"))
    write_whole(tmp_path / "a", b"")
    write_new(tmp_path / "b", b"")
    private_folder(tmp_path / "c")


def test_many_threads_write_one_file(tmp_path: Path) -> None:
    """One of the contents is there in the end, whole, and nothing else."""
    contents = [bytes([number]) * 100_000 for number in range(8)]
    threads = [threading.Thread(target=write_whole, args=(tmp_path / "a", content)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tmp_path / "a").read_bytes() in contents
    assert len(list(tmp_path.iterdir())) == 1


def test_a_link_stays_and_what_it_names_is_replaced(tmp_path: Path) -> None:
    """Also one that leads nowhere yet."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "deep" / "a")
    for content in (b"one", b"two"):
        write_whole(tmp_path / "link", content)
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "deep" / "a").read_bytes() == content


@POSIX
def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    """A pipe, like /dev/null, is not replaced by a file."""
    os.mkfifo(tmp_path / "pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write_whole(tmp_path / "pipe", b"content")
    reader.join()
    assert read == [b"content"]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_takes_nobodys_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """Not a file's, a folder's, nor that of a link to nothing; also where the file system knows no hard links."""
    if not links:

        def unknown(*_: object) -> None:
            raise PermissionError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", unknown)
    write_new(tmp_path / "new", b"content")
    assert (tmp_path / "new").read_bytes() == b"content"
    (tmp_path / "folder").mkdir()
    (tmp_path / "nothing").symlink_to("nowhere")
    for name in ("new", "folder", "nothing"):
        with pytest.raises(FileExistsError):
            write_new(tmp_path / name, b"other")
    assert (tmp_path / "new").read_bytes() == b"content"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "new", "nothing"]


@POSIX
@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda root: None, None),
        (lambda root: root.chmod(0o755), None),
        (lambda root: root.chmod(0o775), "."),
        (lambda root: root.chmod(0o702), "."),
        (lambda root: (root / "in").chmod(0o777), "in"),
        (lambda root: (root / "in" / "file").chmod(0o660), "in/file"),
        (lambda root: (root / "in" / "file").chmod(0o606), "in/file"),
        (lambda root: ((root / "in" / "file").unlink(), (root / "in" / "file").symlink_to("/etc/passwd")), "in/file"),
        (lambda root: (root / "in" / "file").unlink(), None),
    ],
)
def test_what_others_may_write_is_found(tmp_path: Path, spoil: object, found: str | None) -> None:
    """The folder, what is in it on the way, and the file itself; a link within is never followed."""
    root = tmp_path / "root"
    (root / "in").mkdir(parents=True)
    (root / "in" / "file").write_text("")
    for path, bits in ((root, 0o700), (root / "in", 0o700), (root / "in" / "file", 0o600)):
        path.chmod(bits)
    spoil(root)  # type: ignore[operator]
    assert others_may_write(root / "in" / "file", root) == (root / found if found else None)


@ROOT
@pytest.mark.parametrize("place", [".", "in", "in/file"])
def test_what_is_another_users_is_found(tmp_path: Path, place: str) -> None:
    """Root may write it, but did not: under sudo a home may be somebody else's. It is not given to root either."""
    (tmp_path / "in").mkdir(mode=0o700)
    (tmp_path / "in" / "file").touch(0o600)
    os.chown(tmp_path / place, 12345, -1)
    assert others_may_write(tmp_path / "in" / "file", tmp_path) == tmp_path / place
    (tmp_path / "in").chmod(0o755)
    private_folder(tmp_path / "in", ("file",))
    assert (tmp_path / place).stat().st_uid == 12345
    assert mode(tmp_path / "in") == (0o755 if place == "in" else 0o700)


@ROOT
def test_root_makes_no_folder_in_another_users(tmp_path: Path) -> None:
    """It would be root's, and in its owner's way."""
    assert ours_to_make(tmp_path / "a" / "b")
    os.chown(tmp_path, 12345, -1)
    assert not ours_to_make(tmp_path / "a" / "b")


@POSIX
@pytest.mark.parametrize("bits", [0o720, 0o702, 0o777])
def test_what_is_believed_is_not_made_to_look_private(tmp_path: Path, bits: int) -> None:
    """A cache that others may write stays so, and so does a file of it, for its readers to see; a log is closed."""
    for known, believed in ((files.IN_CACHE, True), (files.IN_DATA, False)):
        folder = tmp_path / str(believed)
        folder.mkdir()
        file = folder / ("bank-1.sqlite" if believed else "llmprep.sqlite3")
        for opened in (bits, 0o755):
            file.touch()
            file.chmod(0o666)
            folder.chmod(opened)
            private_folder(folder, known, believed=believed)
            writable = opened & 0o022
            assert mode(folder) == (opened if believed and writable else 0o700)
            assert mode(file) == (0o666 if believed else 0o600)
            assert (others_may_write(file, folder) is None) == (not believed)


@POSIX
def test_a_folder_for_many_stays_so(tmp_path: Path) -> None:
    """A sticky folder, as /tmp is, is not closed even while it holds nothing else."""
    tmp_path.chmod(0o1777)
    private_folder(tmp_path, files.IN_DATA)
    assert mode(tmp_path) == 0o1777
