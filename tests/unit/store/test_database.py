"""Laws of opening, migrating and backing up."""

from __future__ import annotations

import sqlite3
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
