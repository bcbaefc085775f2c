"""The bank as the rest of the program sees it: topics, summaries and items by name, compiled as they are asked for."""

from __future__ import annotations

import json
import os
import re
import stat
from typing import TYPE_CHECKING, NamedTuple

from llmprep.bank.cache import Cache, Entry, Stamp, now_ns, settled, to_json
from llmprep.bank.thaw import freeze, thaw_item, thaw_topics
from llmprep.errors import BankError, EnvironmentFault, Problem, UsageError
from llmprep.model import Exercise, Question, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from llmprep.model import Topic

TOPICS_FILE = "topics.yaml"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Lower-case words with hyphens: what a topic's folder and an item's file are named."""
_BATCH = 100
"""Files compiled between two commits to the cache, so that an interrupted compile is not lost."""
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
"""What cached data raise that this version did not write."""


class Summary(NamedTuple):
    """What lists and searches need of an item."""

    id: str
    kind: str
    title: Text
    difficulty: str
    minutes: int
    tags: tuple[str, ...]
    digest: str

    @property
    def topic(self) -> str:
        """The folder the item is in."""
        return self.id.partition("/")[0]


class Bank:
    """A folder of items. Files are looked at when they are asked for, and compiled when they have changed."""

    def __init__(self, root: Path, cache: Cache, progress: Callable[[int, int], None] | None = None) -> None:
        self.root = root
        self._cache = cache
        self._progress = progress
        self._entries: dict[str, dict[str, Entry]] = {}
        self._topics: tuple[Topic, ...] | None = None

    @classmethod
    def open(cls, root: Path, cache: Path | None, progress: Callable[[int, int], None] | None = None) -> Bank:
        """The bank in a folder.

        Args:
            root: the folder that holds `topics.yaml`.
            cache: where compiled banks are kept; None, or a folder that cannot be written, keeps nothing.
            progress: called as files are compiled, with how many are done and how many there are.

        Raises:
            EnvironmentFault: there is no such folder.
        """
        if not root.is_dir():
            raise EnvironmentFault("bank.no_folder", path=root)
        return cls(root, Cache(cache, root), progress)

    def topics(self) -> tuple[Topic, ...]:
        """The topics, in the order that `topics.yaml` gives.

        Raises:
            BankError: `topics.yaml` is missing or invalid.
        """
        if self._topics is None:
            self._topics = self._read_topics()
        return self._topics

    def topic(self, name: str) -> Topic:
        """One topic.

        Raises:
            UsageError: there is none of that name.
            BankError: `topics.yaml` is missing or invalid.
        """
        for topic in self.topics():
            if topic.id == name:
                return topic
        from llmprep.bank.nearest import nearest

        names = [topic.id for topic in self.topics()]
        raise UsageError("bank.unknown_topic", name=name, nearest=nearest(name, names) or names)

    def summaries(self, topics: Sequence[str] = ()) -> tuple[Summary, ...]:
        """The items of these topics, or of all, in the bank's order of topics and then by slug.

        Raises:
            UsageError: a topic is unknown.
            BankError: an item in them is invalid.
        """
        names = self._in_order(topics)
        return tuple(
            _summary(topic, slug, entry)
            for topic, entries in self._refresh(dict.fromkeys(names)).items()
            for slug, entry in sorted(entries.items())
        )

    def items(self, topics: Sequence[str] = ()) -> tuple[Question | Exercise, ...]:
        """The whole items of these topics, or of all, in the order of `summaries`; raises as it does."""
        found: list[Question | Exercise] = []
        for topic, entries in self._refresh(dict.fromkeys(self._in_order(topics))).items():
            kept = self._cache.bodies(topic)
            found += [self._thaw(topic, slug, entry, kept.get(slug)) for slug, entry in sorted(entries.items())]
        return tuple(found)

    def item(self, name: str) -> Question | Exercise:
        """One item, by its id or by a slug that no other topic has.

        Raises:
            UsageError: there is no such item, or more than one.
            BankError: it is invalid.
        """
        topic, slug = self._find(name)
        entry = self._refresh({topic: slug})[topic][slug]
        return self._thaw(topic, slug, entry, entry.body or self._cache.body(topic, slug))

    def question(self, name: str) -> Question:
        """One question; raises as `item` does, and UsageError where the item is an exercise."""
        item = self.item(name)
        if not isinstance(item, Question):
            raise UsageError("bank.not_a_question", name=item.id)
        return item

    def exercise(self, name: str) -> Exercise:
        """One exercise; raises as `item` does, and UsageError where the item is a question."""
        item = self.item(name)
        if not isinstance(item, Exercise):
            raise UsageError("bank.not_an_exercise", name=item.id)
        return item

    def source_path(self, id: str) -> Path:  # noqa: A002  (what it is)
        """The file an item is written in."""
        return self.root / f"{id}.yaml"

    def _find(self, name: str) -> tuple[str, str]:
        """The topic and slug that a name means."""
        topic, slash, slug = name.strip().removesuffix(".yaml").rpartition("/")
        known = [other.id for other in self.topics()]
        if SLUG.fullmatch(slug):
            among = [topic] if slash else known
            found = [each for each in among if each in known and self.source_path(f"{each}/{slug}").is_file()]
            if len(found) == 1:
                return found[0], slug
            if found:
                raise UsageError("bank.ambiguous_item", name=name, nearest=[f"{each}/{slug}" for each in found])
        from llmprep.bank.nearest import nearest

        ids = [f"{each}/{slug}" for each in known for slug in self._scan(each)]
        raise UsageError("bank.unknown_item", name=name, nearest=nearest(name, ids))

    def _in_order(self, names: Iterable[str]) -> list[str]:
        wanted = {self.topic(name).id for name in names}
        return [topic.id for topic in self.topics() if not wanted or topic.id in wanted]

    def _scan(self, topic: str) -> dict[str, Stamp]:
        """The stamps of a topic's files, by slug. A topic without a folder has no items yet."""
        try:
            with os.scandir(self.root / topic) as folder:
                return {
                    entry.name[:-5]: Stamp.of(entry.stat())
                    for entry in folder
                    if entry.name.endswith(".yaml") and entry.name[0] != "." and entry.is_file()
                }
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise EnvironmentFault("bank.unreadable", path=self.root / topic, reason=error.strerror) from None

    def _refresh(self, wanted: dict[str, str | None]) -> dict[str, dict[str, Entry]]:
        """Bring topics, or one item of each, up to date with their files.

        Args:
            wanted: for each topic a slug, or None for all that is in its folder.
        """
        found: dict[str, dict[str, Entry]] = {}
        changed: list[tuple[str, str, Stamp, Entry | None]] = []
        for topic, slug in wanted.items():
            stamps = self._scan(topic) if slug is None else {slug: self._stamp(f"{topic}/{slug}")}
            kept = self._cache.entries(topic, slug) | self._entries.get(topic, {})
            gone = kept.keys() - stamps.keys() if slug is None else set()
            if gone:
                self._cache.store(topic, {}, gone)
            found[topic] = {
                name: kept[name] for name, stamp in stamps.items() if name in kept and kept[name].stamp == stamp
            }
            changed += [
                (topic, name, stamp, kept.get(name)) for name, stamp in stamps.items() if name not in found[topic]
            ]
            self._entries[topic] = dict(found[topic])
        if changed:
            self._compile(changed, found)
        return found

    def _stamp(self, item_id: str) -> Stamp:
        try:
            status = self.source_path(item_id).stat()
        except OSError as error:
            raise EnvironmentFault("bank.unreadable", path=self.source_path(item_id), reason=error.strerror) from None
        return Stamp.of(status)

    def _compile(self, changed: list[tuple[str, str, Stamp, Entry | None]], found: dict[str, dict[str, Entry]]) -> None:
        problems: list[Problem] = []
        fresh: dict[str, dict[str, Entry]] = {}
        for done, (topic, slug, stamp, known) in enumerate(changed, 1):
            entry, wrong = self._compile_one(topic, slug, stamp, known)
            problems += wrong
            if entry is not None:
                found[topic][slug] = entry
                fresh.setdefault(topic, {})[slug] = entry
            if done % _BATCH == 0 or done == len(changed):
                for name, entries in fresh.items():
                    self._cache.store(name, entries)
                    self._entries.setdefault(name, {}).update(entries)
                fresh = {}
            if self._progress is not None:
                self._progress(done, len(changed))
        if problems:
            raise BankError(problems)

    def _compile_one(
        self, topic: str, slug: str, stamp: Stamp, known: Entry | None
    ) -> tuple[Entry | None, list[Problem]]:
        from llmprep.bank.compiling import compile_item, digest_of

        path = self.source_path(f"{topic}/{slug}")
        began = now_ns()
        content = _content(path)
        if known is not None and known.digest == digest_of(content):
            return known._replace(stamp=settled(stamp, began)), []
        item, problems = compile_item(content, str(path), f"{topic}/{slug}")
        if item is None:
            return None, problems
        summary = to_json([item.kind, item.title.en, item.title.zh, item.difficulty, item.minutes, item.tags])
        return Entry(settled(stamp, began), item.digest, summary, to_json(freeze(item))), []

    def _thaw(self, topic: str, slug: str, entry: Entry, body: str | None) -> Question | Exercise:
        """An item from its kept data, or from its file where these are missing or of another make."""
        if body := entry.body or body:
            try:
                item = thaw_item(json.loads(body))
                if item.digest == entry.digest:
                    return item
            except _UNREADABLE:
                pass
        made, problems = self._compile_one(topic, slug, entry.stamp, None)
        if made is None or made.body is None:
            raise BankError(problems)
        self._cache.store(topic, {slug: made})
        return thaw_item(json.loads(made.body))

    def _read_topics(self) -> tuple[Topic, ...]:
        path = self.root / TOPICS_FILE
        try:
            stamp = Stamp.of(path.stat())
        except OSError:
            raise BankError([Problem(str(path), 1, "", "bank.no_topics_file", {})]) from None
        kept = self._cache.entries("", TOPICS_FILE).get(TOPICS_FILE)
        if kept is not None and kept.stamp == stamp:
            try:
                return thaw_topics(json.loads(kept.summary))
            except _UNREADABLE:
                pass
        from llmprep.bank.compiling import compile_topics, digest_of

        began = now_ns()
        content = _content(path)
        topics, problems = compile_topics(content, str(path))
        if problems:
            raise BankError(problems)
        entry = Entry(settled(stamp, began), digest_of(content), to_json(freeze(topics)))
        self._cache.store("", {TOPICS_FILE: entry})
        return topics


def _content(path: Path) -> bytes:
    """A file's bytes, a little more than the largest that is read at most.

    Raises:
        EnvironmentFault: it cannot be read.
    """
    from llmprep.bank.reading import MAX_BYTES

    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise EnvironmentFault("bank.unreadable", path=path, reason="")
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise EnvironmentFault("bank.unreadable", path=path, reason=error.strerror) from None


def _summary(topic: str, slug: str, entry: Entry) -> Summary:
    kind, english, chinese, difficulty, minutes, tags = json.loads(entry.summary)
    return Summary(f"{topic}/{slug}", kind, Text(english, chinese), difficulty, minutes, tuple(tags), entry.digest)
