"""Prints questions, answers, key points, marks and summaries; never asks, never decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmprep.messages.say import one_line, say
from llmprep.store import Rating

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rich.console import Console

    from llmprep.messages.say import CommandLine
    from llmprep.model import Language, Question, Text
    from llmprep.store import Review
    from llmprep.study.deck import AskedCard
    from llmprep.study.events import SessionSummary
    from llmprep.study.marking import Likely

LETTERS = "abcdefghijklmnop"
"""Names of options, in the order shown."""
RULE = 80
"""Columns that a heading's rule takes at most."""


class View:
    """Prints on a console, in a language.

    Args:
        console: where to.
        language: the reader's.
        commands: writes the commands that messages name.
        plain: draw no lines.
    """

    def __init__(self, console: Console, language: Language, commands: CommandLine, *, plain: bool = False) -> None:
        self._console = console
        self.language = language
        self.commands = commands
        self._plain = plain

    def words(self, key: str, /, **facts: object) -> str:
        """Return a message in the reader's language."""
        return say(f"quiz.{key}", self.language, **facts)

    def message(self, key: str, /, *, style: str = "", indent: int = 0, **facts: object) -> None:
        """Print a message, wrapped at the console's width."""
        from rich.text import Text as Drawn

        from llmprep.ui.terminal.wrap import wrapped

        for paragraph in self.words(key, **facts).split("\n"):
            for line in wrapped(Drawn(paragraph, style), self._console.width - indent):
                self._console.print(Drawn(" " * indent).append_text(line), soft_wrap=True)

    def gap(self) -> None:
        """Print an empty line."""
        self._console.print()

    def _heading(self, title: str) -> None:
        from rich.text import Text as Drawn

        from llmprep.ui.terminal.wrap import width_of

        self.gap()
        line = Drawn(title, "bold") if self._plain else Drawn.assemble(("── ", "dim"), (title, "bold"))
        rest = min(self._console.width, RULE) - width_of(line.plain) - 1
        if not self._plain and rest > 0:
            line.append(" " + "─" * rest, "dim")
        self._console.print(line, soft_wrap=True)

    def _prose(self, text: Text, *, indent: int = 0, lead: str = "") -> None:
        from llmprep.content.fields import prose
        from llmprep.ui.terminal.markdown import Markdown

        for number, version in enumerate(prose(text, self.language)):
            if number and not lead:
                self.gap()
            self._console.print(Markdown(version, indent=indent, lead="" if number else lead))

    def question(self, asked: AskedCard) -> None:
        """Print a card: the question, or a choice with its options behind their letters."""
        question = asked.question
        self._heading(f"{asked.position}/{asked.total} · {one_line(question.title, self.language)}")
        self.message(f"about_{question.difficulty}", style="dim", item=question.id, minutes=question.minutes)
        self.gap()
        if asked.choice is None:
            self._prose(question.prompt)
            return
        self._prose(asked.drawn.prompt)
        self.gap()
        for letter, option in zip(LETTERS, asked.order, strict=False):
            self._prose(asked.drawn.options[option].text, indent=5, lead=f"  {letter}) ")

    def draft(self, text: str) -> None:
        """Print what was typed before."""
        self.message("draft")
        for line in text.split("\n"):
            self._console.print(f"> {line}", soft_wrap=True)

    def answer(self, question: Question) -> None:
        """Print the model answer."""
        self._heading(self.words("answer"))
        self._prose(question.answer)

    def key_points(self, question: Question, ticked: Collection[str], likely: Mapping[str, Likely]) -> None:
        """Print the key points with their ticks, and the words that matched."""
        self._heading(self.words("key_points"))
        if likely:
            self.message("likely", style="dim")
        for number, point in enumerate(question.key_points, 1):
            mark = "x" if point.id in ticked else " "
            star = "*" if point.essential else " "
            self._prose(point.text, indent=11, lead=f"  [{mark}] {number:>2} {star} ")
            if point.id in likely:
                words = " … ".join(f"“{' '.join(words.split())}”" for words in likely[point.id].words)
                self.message("matched", style="dim", indent=11, words=words)

    def ticks(self, numbers: Sequence[int], count: int) -> None:
        """Print the numbers of the ticked key points, which stand above."""
        self.message("ticked", numbers=" ".join(map(str, numbers)) or "–", made=len(numbers), count=count)

    def traps(self, question: Question) -> None:
        """Print the traps with their corrections."""
        self._heading(self.words("traps"))
        for number, trap in enumerate(question.traps):
            if number:
                self.gap()
            self._prose(trap.claim, indent=4, lead="  ✗ ")
            self._prose(trap.correction, indent=4, lead="  ✓ ")

    def follow_ups(self, question: Question) -> None:
        """Print the follow-up questions with their answers."""
        self._heading(self.words("follow_ups"))
        for number, follow_up in enumerate(question.follow_ups):
            if number:
                self.gap()
            self._prose(follow_up.prompt, indent=4, lead="  ? ")
            self._prose(follow_up.answer, indent=4)

    def code(self, question: Question) -> None:
        """Print the programs."""
        from llmprep.content.compiled import code_of
        from llmprep.content.markup import Fence
        from llmprep.ui.terminal.markdown import Markdown

        for number, code in enumerate(question.code):
            self._heading(f"{one_line(code.title, self.language)} · {code.framework}")
            text, language, colours = code_of(question, f"code.{number}.text")
            self._console.print(Markdown((Fence(language, text, colours),)), soft_wrap=True)

    def choice_marked(self, asked: AskedCard, picked: int) -> None:
        """Print whether the option picked is right, and the reason of each option."""
        options = asked.drawn.options
        letter = {option: LETTERS[place] for place, option in enumerate(asked.order)}
        right = next(number for number, option in enumerate(options) if option.correct)
        self.gap()
        if picked == right:
            self.message("right", style="bold green", letter=letter[picked])
        else:
            self.message("wrong", style="bold red", letter=letter[picked], right=letter[right])
        for option in asked.order:
            mark = "✓" if options[option].correct else "✗"
            arrow = "→" if option == picked else " "
            self._prose(options[option].why, indent=7, lead=f" {arrow}{mark} {letter[option]}) ")

    def saved(self, review: Review) -> None:
        """Print that a review is saved."""
        self.message(f"saved_{review.rating.name.lower()}", style="dim")

    def undone(self, review: Review) -> None:
        """Print that a review is cancelled."""
        self.message(f"undone_{review.rating.name.lower()}", item=review.item)

    def summary(self, summary: SessionSummary, exercises: Sequence[str]) -> None:
        """Print how the session went, and what to do next."""
        self._heading(self.words("summary"))
        self.message("answered", count=len(summary.reviews), skipped=len(summary.skipped), left=len(summary.left))
        if summary.reviews:
            ratings = summary.ratings
            again, hard, good, easy = (ratings[rating] for rating in Rating)
            self.message("ratings", again=again, hard=hard, good=good, easy=easy)
        if summary.weak:
            self.message("weak")
            for item in summary.weak:
                self._command("show", item)
        if exercises and summary.reviews:
            self.message("next_steps")
            for item in exercises:
                self._command("start", item)

    def _command(self, name: str, item: str) -> None:
        """Print a command on one line, so that it can be copied."""
        self._console.print(f"  {self.commands.command(name, item)}", soft_wrap=True)
