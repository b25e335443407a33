"""An analyst that writes what it was told to, from the passages that it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ai_voice_shared.analyses.model import Choice
from ai_voice_shared.analyses.writing import DraftAnalysis, Drafted, DraftSection
from ai_voice_shared.answering.model import DraftStatement, Passage, Source
from ai_voice_shared.domain import Tokens

TOKENS = Tokens(700, 50)


def says(passage: Passage) -> DraftStatement:
    """A statement that repeats the passage, and cites all of it."""
    return DraftStatement(text=passage.text, sources=[Source(segment=passage.label, quote=passage.text)])


def invents(passage: Passage) -> DraftStatement:
    """A statement that no passage proves, with a quote that is none."""
    return DraftStatement(text="The pump is blue.", sources=[Source(segment=passage.label, quote="the pump is blue")])


@dataclass
class FakeAnalyst:
    """Writes one statement of each passage.

    Attributes:
        writes: the statements of a passage.
        heading: under which it writes all of them.
        usable: whether its answers are.
        before: called before it answers; may raise.
    """

    writes: Callable[[Passage], list[DraftStatement]] = lambda passage: [says(passage)]
    heading: str = ""
    usable: bool = True
    before: Callable[[], None] = lambda: None
    asked: list[tuple[Choice, Sequence[Passage]]] = field(default_factory=list)

    def write(self, choice: Choice, passages: Sequence[Passage], _today: str) -> Drafted:
        """What it was told."""
        self.before()
        self.asked.append((choice, passages))
        statements = [statement for passage in passages for statement in self.writes(passage)]
        draft = DraftAnalysis(language="en", sections=[DraftSection(heading=self.heading, statements=statements)])
        return Drafted(draft if self.usable else None, TOKENS)
