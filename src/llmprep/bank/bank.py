"""The bank as the rest of the program sees it: topics, summaries and items by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from llmprep.bank.cache import Cache, CacheEntry
from llmprep.bank.loader import Loader
from llmprep.bank.names import SLUG, is_there
from llmprep.errors import EnvironmentFault, UsageError
from llmprep.model import Exercise, Question, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from llmprep.model import Topic


class Summary(NamedTuple):
    """The fields of an item that lists and searches need."""

    id: str
    kind: str
    title: Text
    difficulty: str
    minutes: int
    tags: tuple[str, ...]
    digest: str
    entry: str = ""
    """An exercise's function or class."""

    @property
    def topic(self) -> str:
        """The folder the item is in."""
        return self.id.partition("/")[0]


class Bank:
    """A folder of items. Files are looked at when they are asked for, and compiled when they have changed."""

    def __init__(self, loader: Loader) -> None:
        self.root = loader.root
        self._loader = loader
        self._topics: tuple[Topic, ...] | None = None

    @classmethod
    def open(cls, root: Path, cache: Path | None, progress: Callable[[int, int], None] | None = None) -> Bank:
        """Open the bank in a folder.

        Args:
            root: the folder that holds `topics.yaml`.
            cache: where compiled banks are kept; None, or a folder that cannot be written, keeps nothing.
            progress: called as files are compiled, with how many are done and how many there are.

        Raises:
            EnvironmentFault: there is no such folder.
        """
        if not is_there(root, "is_dir"):
            raise EnvironmentFault("bank.no_folder", path=root)
        return cls(Loader(root, Cache(cache, root), progress))

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics in the order of `topics.yaml`.

        Raises:
            BankError: `topics.yaml` is missing or invalid.
        """
        if self._topics is None:
            self._topics = self._loader.topics()
        return self._topics

    def topic(self, name: str) -> Topic:
        """Return one topic.

        Raises:
            UsageError: there is none of that name.
            BankError: `topics.yaml` is missing or invalid.
        """
        for topic in self.topics():
            if topic.id == name:
                return topic
        from llmprep.bank.suggest import nearest

        names = [topic.id for topic in self.topics()]
        raise UsageError("bank.unknown_topic", name=name, nearest=nearest(name, names), known_topics=list(names))

    def summaries(self, topics: Sequence[str] = ()) -> tuple[Summary, ...]:
        """Return the summaries of these topics, or of all, in the bank's order of topics and then by slug.

        Raises:
            UsageError: a topic is unknown.
            BankError: an item in them is invalid.
        """
        names = self._in_order(topics)
        return tuple(
            _summary(topic, slug, entry)
            for topic, entries in self._loader.entries(dict.fromkeys(names)).items()
            for slug, entry in sorted(entries.items())
        )

    def items(self, topics: Sequence[str] = ()) -> tuple[Question | Exercise, ...]:
        """Return the full items of these topics, or of all, in the order of `summaries`; raise as it does."""
        found: list[Question | Exercise] = []
        for topic, entries in self._loader.entries(dict.fromkeys(self._in_order(topics))).items():
            found += self._loader.items(topic, dict(sorted(entries.items())))
        return tuple(found)

    def item(self, name: str) -> Question | Exercise:
        """Return one item, by its id or by a slug that no other topic has.

        Raises:
            UsageError: there is no such item, or more than one.
            BankError: it is invalid.
        """
        topic, slug = self._find(name)
        (item,) = self._loader.items(topic, self._loader.entries({topic: slug})[topic])
        return item

    def question(self, name: str) -> Question:
        """Return one question; raise as `item` does, and UsageError if the item is an exercise."""
        item = self.item(name)
        if not isinstance(item, Question):
            raise UsageError("bank.not_a_question", name=item.id)
        return item

    def exercise(self, name: str) -> Exercise:
        """Return one exercise; raise as `item` does, and UsageError if the item is a question."""
        item = self.item(name)
        if not isinstance(item, Exercise):
            raise UsageError("bank.not_an_exercise", name=item.id)
        return item

    def __contains__(self, id: str) -> bool:  # noqa: A002  (what it is)
        """Return whether an item of that id exists, valid or not."""
        topic, _, slug = id.partition("/")
        listed = any(topic == each.id for each in self.topics())
        return listed and bool(SLUG.fullmatch(slug)) and is_there(self._loader.path(topic, slug), "is_file")

    def without_plans(self, item: Question | Exercise) -> Question | Exercise:
        """Return the item without related ids that do not exist yet; authors may name items before they are written."""
        return replace(item, related=tuple(name for name in item.related if name in self))

    def _find(self, name: str) -> tuple[str, str]:
        """Resolve a name to its topic and slug."""
        topic, slash, slug = name.strip().removesuffix(".yaml").rpartition("/")
        known = [other.id for other in self.topics()]
        if SLUG.fullmatch(slug):
            found = [each for each in ([topic] if slash else known) if f"{each}/{slug}" in self]
            if len(found) == 1:
                return found[0], slug
            if found:
                raise UsageError("bank.ambiguous_item", name=name, nearest=[f"{each}/{slug}" for each in found])
        from llmprep.bank.suggest import nearest

        ids = [f"{each}/{slug}" for each in known for slug in self._loader.scan(each)]
        raise UsageError("bank.unknown_item", name=name, nearest=nearest(name, ids))

    def _in_order(self, names: Iterable[str]) -> list[str]:
        wanted = {self.topic(name).id for name in names}
        return [topic.id for topic in self.topics() if not wanted or topic.id in wanted]


def _summary(topic: str, slug: str, entry: CacheEntry) -> Summary:
    kind, english, chinese, difficulty, minutes, tags, name = entry.summary
    return Summary(
        f"{topic}/{slug}", kind, Text(english, chinese), difficulty, minutes, tuple(tags), entry.digest, name
    )
