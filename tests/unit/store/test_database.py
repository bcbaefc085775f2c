"""Laws of opening, migrating and backing up."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from llmprep.errors import EnvironmentFault, Exit
from llmprep.store import Mode, Rating, Review, Store, backups, database
from llmprep.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def fill(folder: Path, now: datetime = NOW, item: str = "t/a") -> None:
    with Store.open(folder, now) as store:
        store.record_review(Review(item, now, Mode.RECALL, Rating.GOOD))


def items(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [item for (item,) in connection.execute("SELECT item FROM reviews ORDER BY id")]
    finally:
        connection.close()


def fault(folder: Path) -> EnvironmentFault:
    with pytest.raises(EnvironmentFault) as caught:
        Store.open(folder, NOW)
    assert caught.value.code == Exit.ENVIRONMENT
    return caught.value


def test_a_new_folder_gets_the_latest_schema(tmp_path: Path) -> None:
    """A folder that is not there is made, deep down too."""
    with Store.open(tmp_path / "a" / "b", NOW) as store:
        assert store.reviews() == []
        assert store._connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    """The fault names both versions; the file's bytes do not change."""
    fill(tmp_path)
    path = tmp_path / database.NAME
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    error = fault(tmp_path)
    assert (error.key, error.facts["found"], error.facts["known"]) == ("store.newer", 99, len(MIGRATIONS))
    assert path.read_bytes() == before


def test_migration_keeps_the_rows_and_a_copy_of_what_was(tmp_path: Path) -> None:
    """A step up keeps every review, and the copy put by first opens with the old schema and the same reviews."""
    fill(tmp_path)
    steps = (*MIGRATIONS, ("ALTER TABLE reviews ADD COLUMN mood TEXT",))
    connection = database.connect(tmp_path, NOW, steps)
    assert connection.execute("SELECT item, mood FROM reviews").fetchall() == [("t/a", None)]
    connection.close()
    copy = tmp_path / "backups" / f"llmprep-schema-{len(MIGRATIONS)}.sqlite3"
    assert items(copy) == ["t/a"]
    old = sqlite3.connect(copy)
    assert old.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    old.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    """All steps are taken or none."""
    fill(tmp_path)
    steps = (*MIGRATIONS, ("ALTER TABLE reviews ADD COLUMN mood TEXT", "NO SUCH STATEMENT"))
    with pytest.raises(sqlite3.OperationalError):
        database.connect(tmp_path, NOW, steps)
    with Store.open(tmp_path, NOW) as store:
        assert store._connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        columns = [row[1] for row in store._connection.execute("PRAGMA table_info(reviews)")]
    assert "mood" not in columns


def test_copies_are_made_once_a_day_and_a_few_are_kept(tmp_path: Path) -> None:
    """Each day's first opening puts a copy by of what was there; the oldest go."""
    for day in range(8):
        fill(tmp_path, NOW + day * DAY, f"t/{day}")
        fill(tmp_path, NOW + day * DAY, f"t/{day}-again")
    copies = backups.dailies(tmp_path / database.NAME)
    assert [path.name for path in copies] == [f"llmprep-2026-03-0{day}.sqlite3" for day in range(4, 9)]
    assert items(copies[-1])[-1] == "t/6-again"
    assert not list((tmp_path / "backups").glob("*.partial*"))


def test_a_clock_that_was_ahead_ends_no_copies(tmp_path: Path) -> None:
    """Copies that it named after days to come go like any others; this day's stays, and is made once."""
    path = tmp_path / database.NAME
    fill(tmp_path, NOW - DAY, "t/before")
    for year in range(2091, 2097):
        fill(tmp_path, NOW.replace(year=year), f"t/{year}")
    future = time.time_ns() + 10**18
    for copy in backups.dailies(path):
        os.utime(copy, ns=(future, future))
    for day in range(7):
        fill(tmp_path, NOW + day * DAY, f"t/{day}")
        copy = backups.of_day(path, NOW + day * DAY)
        made = (copy.stat().st_ino, items(copy))
        fill(tmp_path, NOW + day * DAY, f"t/{day}-again")
        assert (copy.stat().st_ino, items(copy)) == made
        assert len(backups.dailies(path)) <= backups.KEEP
        assert backups.newest(path) == copy
    assert [copy.name for copy in backups.dailies(path)] == [f"llmprep-2026-03-0{day}.sqlite3" for day in range(3, 8)]


def test_a_clock_that_fell_behind_costs_no_more_than_the_oldest(tmp_path: Path) -> None:
    """The copy made under it is kept, beside the latest of those before."""
    path = tmp_path / database.NAME
    for day in range(6):
        fill(tmp_path, NOW + day * DAY, f"t/{day}")
    fill(tmp_path, datetime(1970, 1, 1, tzinfo=UTC), "t/battery")
    names = {copy.name for copy in backups.dailies(path)}
    assert names == {"llmprep-1970-01-01.sqlite3", *(f"llmprep-2026-03-0{day}.sqlite3" for day in range(3, 7))}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
@pytest.mark.parametrize("mask", [0o000, 0o002, 0o022])
def test_nobody_else_reads_what_was_answered(tmp_path: Path, mask: int) -> None:
    """Folders are 0700 and files 0600 whatever the umask: the log of what is being written and the copies as well."""
    home = tmp_path / "above" / "home"
    before = os.umask(mask)
    try:
        fill(home)
        with Store.open(home, NOW + DAY) as store:
            store.record_review(Review("t/b", NOW, Mode.RECALL, Rating.GOOD))
            found = {path: mode(path) for path in (home.parent, home, *home.rglob("*"))}
    finally:
        os.umask(before)
    assert len(found) >= 7  # two folders, the database with two files beside it, the folder of copies and one
    assert {path.name: oct(bits) for path, bits in found.items() if bits != (0o700 if path.is_dir() else 0o600)} == {}


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_what_others_could_read_is_closed(tmp_path: Path) -> None:
    """A folder of an earlier version is, with its files, when it is opened."""
    fill(tmp_path)
    fill(tmp_path, NOW + DAY)
    places = [tmp_path, *tmp_path.rglob("*")]
    for path in places:
        path.chmod(0o755 if path.is_dir() else 0o644)
    fill(tmp_path, NOW + DAY)
    assert {oct(mode(path)) for path in places if path.exists()} == {"0o700", "0o600"}


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_a_folder_that_holds_more_than_ours_stays_open(tmp_path: Path) -> None:
    """It may be somebody's home, or /tmp: its own permissions stay, and our files in it are closed."""
    fill(tmp_path)
    (tmp_path / "letters.txt").write_text("")
    tmp_path.chmod(0o755)
    (tmp_path / database.NAME).chmod(0o644)
    (tmp_path / "letters.txt").chmod(0o644)
    fill(tmp_path)
    assert [mode(tmp_path / name) for name in (".", database.NAME, "letters.txt")] == [0o755, 0o600, 0o644]


@pytest.mark.parametrize("spoil", ["PRAGMA user_version = -5", "DROP TABLE sessions", "DROP VIEW standing_reviews"])
def test_a_database_that_lacks_a_part_is_told(tmp_path: Path, spoil: str) -> None:
    """It is named as damaged, with the copy to go back to, whether that shows on opening or on reading."""
    fill(tmp_path)
    fill(tmp_path, NOW + DAY)
    with sqlite3.connect(tmp_path / database.NAME) as connection:
        connection.execute(spoil)
    connection.close()

    def read() -> None:
        with Store.open(tmp_path, NOW + DAY) as store:
            store.history()
            list(store.unfinished_sessions())

    with pytest.raises(EnvironmentFault) as caught:
        read()
    copy = backups.newest(tmp_path / database.NAME)
    assert (caught.value.key, caught.value.facts["backup"]) == ("store.corrupt", copy)


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    """A data folder that cannot be made, since there is a file, is named as what it is; so is that for copies."""
    (tmp_path / "home").write_text("")
    for folder in (tmp_path / "home", tmp_path / "home" / "deeper"):
        error = fault(folder)
        assert (error.key, error.facts["path"]) == ("common.not_a_folder", str(folder))
    fill(tmp_path, NOW, "t/a")
    (tmp_path / "backups").write_text("")
    with pytest.raises(EnvironmentFault) as told:
        fill(tmp_path, NOW + DAY, "t/b")
    assert (told.value.key, told.value.facts["path"]) == ("common.not_a_folder", str(tmp_path / "backups"))


def test_a_folder_in_the_databases_place_is_told(tmp_path: Path) -> None:
    """So is a database that cannot be opened."""
    (tmp_path / database.NAME).mkdir()
    assert fault(tmp_path).key == "common.unwritable"


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    """Without a copy the fault says so; the file stays as it is."""
    path = tmp_path / database.NAME
    path.write_bytes(b"not a database, but long enough to be looked at as one " * 20)
    before = path.read_bytes()
    assert fault(tmp_path).key == "store.corrupt_without_backup"
    assert path.read_bytes() == before


def test_a_damaged_database_never_pushes_out_a_good_copy(tmp_path: Path) -> None:
    """The day's copy is made only of a whole database; the fault names the newest copy."""
    for day in range(3):
        fill(tmp_path, NOW - (3 - day) * DAY, "t/a" * 200)
    path = tmp_path / database.NAME
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    copies = backups.dailies(path)
    error = fault(tmp_path)
    assert (error.key, error.facts["backup"]) == ("store.corrupt", copies[-1])
    assert backups.dailies(path) == copies


def test_a_busy_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some patience a database that another holds is named; once let go of, it takes the review."""
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with Store.open(tmp_path, NOW) as store:
        other = sqlite3.connect(tmp_path / database.NAME, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(EnvironmentFault) as caught:
            store.record_review(Review("t/a", NOW, Mode.RECALL, Rating.GOOD))
        assert caught.value.key == "store.locked"
        other.execute("ROLLBACK")
        other.close()
        store.record_review(Review("t/a", NOW, Mode.RECALL, Rating.GOOD))
        assert len(store.reviews()) == 1


def test_every_fault_has_its_words() -> None:
    """Each key raised here is in the catalogue, with the same fields in both languages."""
    from string import Formatter

    from llmprep.messages.store import MESSAGES

    for english, chinese in MESSAGES.values():
        fields = [{name for _, name, _, _ in Formatter().parse(words) if name} for words in (english, chinese)]
        assert fields[0] == fields[1]
