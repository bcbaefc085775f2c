"""The wheel: what is in it, and that it runs where nothing but it and its dependencies are installed.

Installing those dependencies needs the network, or pip's cache; all else runs without.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from llmprep.bank import Bank
from llmprep.errors import Exit

ROOT = Path(__file__).resolve().parents[2]
SUPPORTED = ("3.11", "3.12", "3.13")
EXERCISE = "compression/magnitude-prune"
PROBE = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"


def pythons() -> dict[str, Path]:
    """An interpreter of each supported version on this machine, by version; and the one that runs this.

    Looked for on PATH, and before that where version managers install, who keep a version out of PATH until it is
    chosen: beside the running interpreter, and in the folders of pyenv and uv.
    """
    home, own = Path.home(), Path(sys.base_prefix)
    pyenv = Path(os.environ.get("PYENV_ROOT", home / ".pyenv"))
    managed = [own.parent, pyenv / "versions", home / ".local/share/uv/python"]
    found = {f"{sys.version_info.major}.{sys.version_info.minor}": Path(sys.executable)}
    for version in SUPPORTED:
        name = f"python{version}"
        kept = [path for folder in managed for path in sorted(folder.glob(f"*/bin/{name}"))]
        for candidate in [*kept, *(Path(folder, name) for folder in os.get_exec_path())]:
            if version not in found and _version(candidate) == version:
                found[version] = candidate
    return found


def _version(python: Path) -> str | None:
    """Its version, if it runs and can make environments."""
    if not os.access(python, os.X_OK):
        return None
    done = subprocess.run([python, "-I", "-c", PROBE], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


PYTHONS = pythons()


def succeed(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command that must succeed; its standard output."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment or None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == Exit.YES, f"{command}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(source: Path, folder: Path, *targets: str) -> None:
    """Build with this environment's hatchling, whose version the locks pin."""
    options = [word for target in targets for word in ("--target", target)]
    succeed(sys.executable, "-m", "hatchling", "build", "--directory", folder, *options, cwd=source)


def record(wheel: Path) -> list[str]:
    """The wheel's list of its files, each with its hash and size."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
        return sorted(archive.read(name).decode().splitlines())


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("built")
    build(ROOT, folder, "sdist", "wheel")
    return folder


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


def test_the_sdist_builds_the_same_wheel(built: Path, wheel: Path, tmp_path: Path) -> None:
    """What is built from the sdist holds the same files, of the same contents, as what is built from the clone."""
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # from 3.11.4 on
        archive.extractall(tmp_path, **safely)
    build(tmp_path / sdist.name.removesuffix(".tar.gz"), tmp_path, "wheel")
    assert record(tmp_path / wheel.name) == record(wheel)


def test_the_wheel_holds_the_package_and_its_bank(wheel: Path) -> None:
    """Every module and every item, and nothing beside the package and its metadata."""
    wanted = {f"llmprep/{path.relative_to(ROOT / 'src/llmprep')}" for path in (ROOT / "src/llmprep").rglob("*.py")}
    wanted |= {f"llmprep/_bank/{path.relative_to(ROOT / 'bank')}" for path in (ROOT / "bank").glob("*/*.yaml")}
    names = {line.split(",")[0] for line in record(wheel)}
    assert wanted - names == set()
    assert {name.partition("/")[0] for name in names} == {"llmprep", wheel.name.rpartition("-py3")[0] + ".dist-info"}


@pytest.mark.parametrize("version", PYTHONS)
def test_the_wheel_runs_in_a_bare_environment(version: str, wheel: Path, tmp_path: Path) -> None:
    """Installed with its locked dependencies only, it asks, checks, exports and validates, in an empty folder."""
    environment, folder = tmp_path / "environment", tmp_path / "empty"
    folder.mkdir()
    succeed(PYTHONS[version], "-I", "-m", "venv", environment, cwd=folder)
    bin_folder = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = [bin_folder / "python", "-I", "-m", "pip", "--disable-pip-version-check"]
    succeed(
        *pip, "install", "--no-compile", "--require-hashes", "--requirement", ROOT / "scripts/locks/run.txt", cwd=folder
    )
    succeed(*pip, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    succeed(*pip, "check", cwd=folder)

    def llmprep(*arguments: str | Path) -> str:
        bare = {"LLMPREP_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        return succeed(bin_folder / "llmprep", *arguments, cwd=folder, **bare)

    answers, solution, document = (tmp_path / name for name in ("answers.jsonl", "solution.py", "bank.md"))
    answers.write_text('{"rating": "good"}\n{"skip": true}\n', encoding="utf-8")
    told = [json.loads(line) for line in llmprep("quiz", "--count", "2", "--answers", answers, "--json").splitlines()]
    assert [line["kind"] for line in told] == ["question", "review", "question", "skip", "summary"]

    exercise = Bank.open(ROOT / "bank", None).exercise(EXERCISE)
    solution.write_text(f"# llmprep: {EXERCISE}\n{exercise.reference}", encoding="utf-8")
    report = json.loads(llmprep("check", solution, "--json"))
    assert (report["verdict"], report["passed"]) == ("accepted", report["total"])

    llmprep("export", "--format", "md", "--lang", "both", "--output", document)
    assert exercise.title.en in document.read_text(encoding="utf-8")

    assert json.loads(llmprep("validate", "--json"))["problems"] == []
    assert list(folder.iterdir()) == []
    shutil.rmtree(environment)
