"""Where things live on this machine."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from llmprep.errors import EnvironmentFault
from llmprep.files import IN_CACHE, IN_SUITES, others_may_write, ours_to_make, private_folder

if TYPE_CHECKING:
    from collections.abc import Mapping


class Paths(NamedTuple):
    """The user's own folders; neither need exist yet."""

    data: Path
    """Reviews, attempts and settings; must not be lost."""
    cache: Path
    """Derived data, which can be rebuilt."""


def user_paths(environ: Mapping[str, str]) -> Paths:
    """Return the user's folders: under `LLMPREP_HOME` if it is set, else the system's defaults.

    Raises:
        EnvironmentFault: `LLMPREP_HOME` names an unknown user, or the working folder was deleted.
    """
    if home := environ.get("LLMPREP_HOME"):
        try:
            root = Path(home).expanduser().absolute()
        except (RuntimeError, OSError):
            raise EnvironmentFault("common.home_nowhere", home=home) from None
        return Paths(root, root / "cache")
    import platformdirs

    return Paths(platformdirs.user_data_path("llmprep"), platformdirs.user_cache_path("llmprep"))


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the cache folder: the user's, unless others may write to it.

    The cache decides verdicts. One that others may write is neither read nor written: a second folder beside it is
    used instead, and if that is exposed too, or the folders belong to another user, nothing is cached.

    Raises:
        EnvironmentFault: as `user_paths`.
    """
    cache = user_paths(environ).cache
    for folder in (cache, cache.with_name(f"{cache.name}-private")):
        if others_may_write(folder / "suites", folder) is not None:
            continue
        if folder.is_dir():
            with suppress(OSError):
                private_folder(folder, IN_CACHE, believed=True)
                if (suites := folder / "suites").is_dir():
                    private_folder(suites, IN_SUITES, believed=True)
            return folder
        if ours_to_make(folder):
            return folder
    return None


def exposed(cache: Path) -> Path | None:
    """Return the first path in a cache folder that others may have written or that belongs to another user."""
    if found := others_may_write(cache, cache):
        return found
    try:
        within = sorted([*cache.glob(IN_CACHE[0]), *cache.glob("suites"), *cache.glob("suites/*")])
    except OSError:
        return cache
    return next(filter(None, (others_may_write(path, cache) for path in within)), None)


def bank_folder() -> Path:
    """Return the packaged bank: inside a wheel, or beside `src/` in a clone."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_bank"
    return inside if inside.is_dir() else package.parent.parent / "bank"
