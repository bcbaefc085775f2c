"""Compare files with their cache entries and compile only those that have changed."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from llmprep.bank.cache import Cache, CacheEntry, Stamp, now_ns, settled
from llmprep.bank.files import content, leads_out, outside
from llmprep.bank.names import is_there
from llmprep.bank.serialization import deserialize_item, deserialize_topics, serialize
from llmprep.errors import BankError, EnvironmentFault, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import NoReturn

    from llmprep.model import Exercise, Question, Topic

TOPICS_FILE = "topics.yaml"
BATCH = 100
"""Files compiled between two commits to the cache, so that little of a killed compile is lost."""
NOT_OURS = (KeyError, TypeError, ValueError, AttributeError)
"""What kept data raise that this version did not write."""


class Loader:
    """The files of one bank and what is kept of them, in memory and in the cache."""

    def __init__(self, root: Path, cache: Cache, progress: Callable[[int, int], None] | None) -> None:
        self.root = root
        self._cache = cache
        self._progress = progress
        self._seen: dict[str, dict[str, CacheEntry]] = {}

    def path(self, topic: str, slug: str) -> Path:
        """Return the file of an item."""
        return self.root / topic / f"{slug}.yaml"

    def scan(self, topic: str) -> dict[str, Stamp]:
        """Return the stamps of a topic's files, by slug. A topic without a folder has no items yet."""
        where = self.root / topic
        if where.is_symlink() and leads_out(where, self.root):  # the names in it are none of the bank's
            raise BankError([outside(where)])
        try:
            with os.scandir(where) as folder:
                return {
                    entry.name[:-5]: Stamp.of(entry.stat())
                    for entry in folder
                    if entry.name.endswith(".yaml") and entry.name[0] != "." and entry.is_file()
                }
        except FileNotFoundError:
            return {}
        except OSError as error:
            _unreadable(where, error)

    def entries(self, wanted: Mapping[str, str | None]) -> dict[str, dict[str, CacheEntry]]:
        """Bring topics' entries up to date with their files; return them by topic and slug.

        Args:
            wanted: for each topic a slug, or None for all that is in its folder.

        Raises:
            BankError: a file is invalid.
            EnvironmentFault: a file cannot be read.
        """
        found: dict[str, dict[str, CacheEntry]] = {}
        changed: list[tuple[str, str, Stamp, CacheEntry | None]] = []
        for topic, slug in wanted.items():
            stamps = self.scan(topic) if slug is None else {slug: self._stamp(self.path(topic, slug))}
            kept = self._cache.entries(topic, slug) | self._seen.get(topic, {})
            if slug is None and (gone := kept.keys() - stamps.keys()):
                self._cache.store(topic, {}, gone)
                self._seen.pop(topic, None)
            found[topic] = fresh = {}
            for name, stamp in stamps.items():
                entry = kept.get(name)
                if entry is not None and entry.stamp == stamp:
                    fresh[name] = entry
                else:
                    changed.append((topic, name, stamp, entry))
        self._bring_up_to_date(changed, found)
        return found

    def items(self, topic: str, entries: Mapping[str, CacheEntry]) -> list[Question | Exercise]:
        """Return the whole items of some of a topic's entries."""
        if len(entries) == 1:
            bodies = {slug: self._cache.body(topic, slug) for slug in entries}
        else:
            bodies = dict(self._cache.bodies(topic))
        return [self._item(topic, slug, entry, entry.body or bodies.get(slug)) for slug, entry in entries.items()]

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics in the order of their file.

        Raises:
            BankError: the file is missing or invalid.
        """
        path = self.root / TOPICS_FILE
        if not is_there(path, "is_file"):
            raise BankError([Problem(str(path), 1, "", "bank.no_topics_file", {})])
        stamp = self._stamp(path)
        kept = self._cache.entries("", TOPICS_FILE).get(TOPICS_FILE)
        if kept is not None and kept.stamp == stamp:
            try:
                return deserialize_topics(kept.summary)
            except NOT_OURS:
                pass
        from llmprep.bank.compiler import compile_topics, digest_of

        began, found = now_ns(), _content(path, self.root)
        if isinstance(found, Problem):
            raise BankError([found])
        topics, problems = compile_topics(found, str(path))
        if problems:
            raise BankError(problems)
        entry = CacheEntry(settled(stamp, began), digest_of(found), serialize(topics, trees=True))
        self._cache.store("", {TOPICS_FILE: entry})
        return topics

    def _bring_up_to_date(
        self, changed: list[tuple[str, str, Stamp, CacheEntry | None]], found: dict[str, dict[str, CacheEntry]]
    ) -> None:
        """Compile the changed files; put the valid ones into `found` and the cache, raise the others' problems."""
        problems: list[Problem] = []
        fresh: dict[str, dict[str, CacheEntry]] = {}
        try:
            for done, (topic, slug, stamp, known) in enumerate(changed, 1):
                entry, wrong = self._compile(topic, slug, stamp, known)
                problems += wrong
                if entry is not None:
                    found[topic][slug] = entry
                    fresh.setdefault(topic, {})[slug] = entry
                if done % BATCH == 0:
                    self._keep(fresh)
                if self._progress is not None:
                    self._progress(done, len(changed))
        finally:  # also where the user has had enough: the next start goes on from here
            self._keep(fresh)
        if problems:
            raise BankError(problems)

    def _keep(self, fresh: dict[str, dict[str, CacheEntry]]) -> None:
        """Commit what was compiled."""
        for topic, entries in fresh.items():
            self._cache.store(topic, entries)
            self._seen.setdefault(topic, {}).update(entries)
        fresh.clear()

    def _compile(
        self, topic: str, slug: str, stamp: Stamp, known: CacheEntry | None
    ) -> tuple[CacheEntry | None, list[Problem]]:
        from llmprep.bank.compiler import compile_item, digest_of

        path = self.path(topic, slug)
        began, found = now_ns(), _content(path, self.root)
        if isinstance(found, Problem):
            return None, [found]
        if known is not None and known.digest == digest_of(found):
            return known._replace(stamp=settled(stamp, began)), []
        item, problems = compile_item(found, str(path), f"{topic}/{slug}")
        if item is None:
            return None, problems
        name = item.entry if item.kind == "exercise" else ""
        summary = [item.kind, item.title.en, item.title.zh, item.difficulty, item.minutes, list(item.tags), name]
        body = json.dumps(serialize(item, trees=True), ensure_ascii=False, separators=(",", ":"))
        return CacheEntry(settled(stamp, began), item.digest, summary, body), []

    def _item(self, topic: str, slug: str, entry: CacheEntry, body: str | None) -> Question | Exercise:
        """Read an item from its cached data, or from its file if the data are missing or of another version."""
        if body is not None:
            try:
                item = deserialize_item(json.loads(body), self.path(topic, slug))
            except NOT_OURS:
                pass
            else:
                if item.digest == entry.digest:
                    return item
        made, problems = self._compile(topic, slug, entry.stamp, None)
        if made is None or made.body is None:
            raise BankError(problems)
        self._cache.store(topic, {slug: made})
        return deserialize_item(json.loads(made.body), self.path(topic, slug))

    @staticmethod
    def _stamp(path: Path) -> Stamp:
        try:
            return Stamp.of(path.stat())
        except OSError as error:
            _unreadable(path, error)


def _content(path: Path, root: Path) -> bytes | Problem:
    """Read a file's bytes; return the problem of one that is not to be read."""
    try:
        return content(path, root)
    except OSError as error:
        _unreadable(path, error)


def _unreadable(path: Path, error: OSError) -> NoReturn:
    raise EnvironmentFault("common.unreadable", path=path, reason=error.strerror) from None
