"""Laws of what others may read and write of a user's, held by the installed command."""

from __future__ import annotations

import json
import os
import resource
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from quizbank import LLMPREP, Quiz, compiled_bank

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")

RIGHT = "# llmprep: alpha/code\ndef double(x):\n    return 2 * x\n"
WRONG = "# llmprep: alpha/code\ndef double(x):\n    return 9 * x\n"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled_bank(tmp_path_factory.mktemp("bank"))


class User(Quiz):
    """Somebody with the installed command and a small bank."""

    def __call__(self, *arguments: object, most: int | None = None, **environ: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error; no file may grow beyond `most` bytes."""

        def limit() -> None:
            os.umask(0)
            if most is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        done = subprocess.run(
            [LLMPREP, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=self.folder,
            env=self.environ | environ,
            timeout=60,
            check=False,
            preexec_fn=limit,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    def check(self, name: str = "right.py") -> int:
        return self("check", name, "--bank", self.bank)[0]


@pytest.fixture
def user(tmp_path: Path, bank: Path) -> User:
    (tmp_path / "right.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    found = User(tmp_path, bank)
    shutil.rmtree(found.home)
    return found


def open_to_others(home: Path) -> dict[str, str]:
    return {
        str(path.relative_to(home)): oct(path.stat().st_mode)
        for path in (home, *home.rglob("*"))
        if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
    }


def use(user: User) -> None:
    """Have everything written that is kept for a user."""
    assert user("--set-lang", "en")[0] == 0
    assert user.check() == 0
    assert user.run("--answers", "-", answers='{"rating": 3}\n').returncode == 0
    assert user("hint", "alpha/code", "--bank", user.bank)[0] == 0
    assert user("doctor")[0] == 0


def test_all_that_is_kept_is_ones_own(user: User) -> None:
    """Without any umask: settings, log, copies, compiled bank and suites."""
    use(user)
    kept = {path.name for path in user.home.rglob("*")}
    assert {"settings.json", "llmprep.sqlite3", "backups", "cache", "suites"} <= kept
    assert open_to_others(user.home) == {}


def test_what_others_could_read_is_closed(user: User) -> None:
    """What an earlier version left readable is closed by the commands that use it."""
    use(user)
    for path in (user.home, *user.home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    use(user)
    assert open_to_others(user.home) == {}


@pytest.mark.parametrize("place", ["cache", "cache/suites", "a suite", "a bank"])
@pytest.mark.parametrize("around", [0, 0o755])
def test_a_cache_that_others_may_write_is_told_and_not_used(user: User, place: str, around: int) -> None:
    """Verdicts stay right, doctor names it in both languages with its remedy, and following that ends it."""
    use(user)
    files = {"a suite": "cache/suites/*.bin", "a bank": "cache/bank-*"}
    (exposed,) = user.home.glob(files.get(place, place))
    exposed.chmod(exposed.stat().st_mode | 0o022)
    if around:
        for path in {user.home, user.home / "cache", user.home / "cache" / "suites"} - {exposed}:
            path.chmod(around)
    user("list", "--bank", "nowhere")
    for lang, words in (("en", "the cache decides verdicts"), ("zh", "缓存的内容会左右评判结果")):
        code, out, err = user("doctor", "--lang", lang)
        assert code == 5
        assert str(exposed) in err
        assert words in err
        assert "✗" in out
    code, out, _ = user("doctor", "--json")
    assert (code, json.loads(out)["folders"]["cache"]["trusted"]) == (5, False)
    before = {path: path.read_bytes() for path in (user.home / "cache").rglob("*") if path.is_file()}
    assert [user.check("right.py"), user.check("wrong.py")] == [0, 1]
    if exposed.is_dir():
        assert {path: path.read_bytes() for path in before} == before
        assert list((user.home / "cache-private" / "suites").iterdir())
        shutil.rmtree(user.home / "cache")
    assert user("doctor")[0] == 0
    assert open_to_others(user.home) == {}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root is in another's home")
def test_root_in_anothers_home_leaves_no_cache_there(user: User) -> None:
    """As under sudo: theirs is not believed, nothing is given to root, and none is made in their folder."""
    user.home.mkdir()
    os.chown(user.home, 12345, 12345)
    assert user.check() == 0
    assert not (user.home / "cache").exists()
    code, _, err = user("doctor")
    assert code == 5
    assert str(user.home / "cache") in err
    (user.home / "cache" / "suites").mkdir(parents=True)
    os.chown(user.home / "cache", 12345, 12345)
    assert user.check() == 0
    assert not list((user.home / "cache" / "suites").iterdir())
    assert not (user.home / "cache-private").exists()
    assert (user.home.stat().st_uid, (user.home / "cache").stat().st_uid) == (12345, 12345)


def test_settings_survive_a_full_disk(user: User) -> None:
    """What was set stays set, exit 5, and nothing is left half written."""
    assert user("--set-lang", "zh")[0] == 0
    code, _, err = user("--set-lang", "en", most=3)
    assert code == 5
    assert str(user.home) in err
    assert json.loads((user.home / "settings.json").read_text(encoding="utf-8")) == {"lang": "zh"}
    assert [path.name for path in user.home.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", ["[" * 100_000, '{"lang": ["en"]}', "\0", "9" * 10_000])
def test_settings_of_nonsense_count_as_none(user: User, content: str) -> None:
    """Whatever the file holds."""
    user.home.mkdir()
    (user.home / "settings.json").write_text(content, encoding="utf-8")
    assert user("--help")[0] == 0


def test_a_starter_takes_a_files_place_whole_or_not_at_all(user: User) -> None:
    """--force keeps a file's permissions, and on a full disk the file; without it nobody's file is touched."""
    own = user.folder / "own.py"
    own.write_text("mine\n", encoding="utf-8")
    own.chmod(0o640)
    on = ("start", "alpha/code", "--bank", user.bank, "--output", own)
    user("list", "--bank", user.bank)
    assert user(*on)[0] == 2
    assert user(*on, "--force", most=10)[0] == 5
    assert own.read_text(encoding="utf-8") == "mine\n"
    assert user(*on, "--force")[0] == 0
    assert own.read_text(encoding="utf-8").startswith("# llmprep: alpha/code\n")
    assert stat.S_IMODE(own.stat().st_mode) == 0o640
    fresh = user.folder / "fresh.py"
    assert user(*on[:-1], fresh, most=10)[0] == 5
    assert not fresh.exists()
    assert not list(user.folder.glob(".llmprep-*"))
    assert user(*on[:-1], "/dev/null", "--force")[0] == 0
    assert Path("/dev/null").is_char_device()
