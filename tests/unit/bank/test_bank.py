"""The bank by name: topics, summaries, items, and what is said to who asks for something else."""

from __future__ import annotations

import shutil

import pytest

from llmprep.bank import Bank
from llmprep.errors import BankError, EnvironmentFault, UsageError
from llmprep.model import Exercise, Question, Text


@pytest.fixture
def bank(bank_root, tmp_path):
    return Bank.open(bank_root, tmp_path / "cache")


def test_topics_in_the_order_of_their_file(bank):
    """Topics come as `topics.yaml` lists them, with items or without."""
    assert [topic.id for topic in bank.topics()] == ["compression", "inference"]
    assert bank.topic("inference").title == Text("Inference", "推理")


def test_summaries(bank, bank_root):
    """Summaries come by topic and then by slug, with what lists need."""
    (bank_root / "inference").mkdir()
    shutil.copy(bank_root / "compression/halving.yaml", bank_root / "inference/a.yaml")
    assert [entry.id for entry in bank.summaries()] == ["compression/halving", "compression/scale-rows", "inference/a"]
    assert [entry.id for entry in bank.summaries(["inference"])] == ["inference/a"]
    assert bank.summaries(["inference", "compression"])[0].id == "compression/halving"
    entry = bank.summaries(["compression"])[0]
    item = bank.item(entry.id)
    assert entry == (item.id, item.kind, item.title, item.difficulty, item.minutes, item.tags, item.digest, "")
    assert entry.topic == "compression"
    exercises = [entry for entry in bank.summaries() if entry.kind == "exercise"]
    assert exercises
    assert all(entry.entry == bank.exercise(entry.id).entry for entry in exercises)


def test_items(bank):
    """`items` gives whole items in the order of `summaries`, the same cold and warm."""
    cold = bank.items()
    assert [item.id for item in cold] == [entry.id for entry in bank.summaries()]
    assert bank.items(["compression"]) == cold
    assert bank.items(["inference"]) == ()


@pytest.mark.parametrize("name", ["compression/halving", "halving", " halving ", "compression/halving.yaml"])
def test_an_item_by_its_id_or_its_slug(bank, name):
    """An id finds its item, and so does a slug that no other topic has."""
    item = bank.item(name)
    assert isinstance(item, Question)
    assert item.id == "compression/halving"
    assert item.path.is_file()


def test_a_slug_of_two_topics(bank, bank_root):
    """A slug that two topics have is not guessed at."""
    shutil.copytree(bank_root / "compression", bank_root / "inference")
    with pytest.raises(UsageError) as caught:
        bank.item("halving")
    assert caught.value.key == "bank.ambiguous_item"
    assert caught.value.facts["nearest"] == ["compression/halving", "inference/halving"]


@pytest.mark.parametrize(("name", "nearest"), [
    ("compression/halvng", ["compression/halving"]),
    ("compresion/halving", ["compression/halving"]),
    ("inference/halving", ["compression/halving"]),
    ("scale_rows", ["compression/scale-rows"]),
    ("Scale-Rows", ["compression/scale-rows"]),
    ("rows", ["compression/scale-rows"]),
    ("../../etc/passwd", []),
    ("/", []),
    ("", []),
    ("x" * 5000, []),
    ("compression/" + "x" * 5000, []),
])  # fmt: skip
def test_unknown_items(bank, name, nearest):
    """An unknown name comes with those it was probably meant to be; no name reaches out of the bank."""
    with pytest.raises(UsageError) as caught:
        bank.item(name)
    assert caught.value.key == "bank.unknown_item"
    assert caught.value.facts["nearest"] == nearest


def test_unknown_topics(bank):
    """An unknown topic comes with the nearest, if any is near, and with all."""
    for name, nearest in (("compresion", ["compression"]), ("zzz", [])):
        for ask in (bank.topic, lambda name: bank.summaries([name])):
            with pytest.raises(UsageError) as caught:
                ask(name)
            assert (caught.value.key, caught.value.facts["nearest"]) == ("bank.unknown_topic", nearest)
            assert caught.value.facts["known_topics"] == ["compression", "inference"]


def test_kinds(bank):
    """A question is not served as an exercise, nor an exercise as a question."""
    assert isinstance(bank.question("halving"), Question)
    assert isinstance(bank.exercise("scale-rows"), Exercise)
    with pytest.raises(UsageError, match="not_an_exercise"):
        bank.exercise("halving")
    with pytest.raises(UsageError, match="not_a_question"):
        bank.question("scale-rows")


def test_invalid_items(bank, bank_root):
    """Every problem of the topics asked for is told at once; other topics, and other items by name, still serve."""
    for name in ("a", "b"):
        (bank_root / f"compression/{name}.yaml").write_text("kind: question\n", "utf-8")
    with pytest.raises(BankError) as caught:
        bank.summaries()
    assert {problem.file for problem in caught.value.problems} == {
        str(bank_root / f"compression/{name}.yaml") for name in ("a", "b")
    }
    with pytest.raises(BankError):
        bank.item("compression/a")
    assert bank.item("halving").id == "compression/halving"
    assert bank.summaries(["inference"]) == ()


def test_a_bank_without_topics_file(bank, bank_root):
    """`topics.yaml` is needed, and the problem names it."""
    (bank_root / "topics.yaml").unlink()
    with pytest.raises(BankError) as caught:
        bank.topics()
    assert [problem.key for problem in caught.value.problems] == ["bank.no_topics_file"]


@pytest.mark.parametrize("name", ["nothing", "bank/topics.yaml", "x" * 5000])
def test_no_folder(tmp_path, bank_root, name):
    """What is no folder is no bank."""
    with pytest.raises(EnvironmentFault, match="no_folder"):
        Bank.open(tmp_path / name, None)


def test_what_is_no_item_is_passed_over(bank, bank_root):
    """Editors' hidden files, folders and other files do not disturb; `validate` tells of the latter."""
    (bank_root / "compression/.#halving.yaml").write_text("x", "utf-8")
    (bank_root / "compression/notes.txt").write_text("x", "utf-8")
    (bank_root / "compression/folder.yaml").mkdir()
    assert len(bank.summaries()) == 2
