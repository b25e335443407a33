"""An answering that gives the answers it was given, and remembers the questions."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ai_voice_shared.answering.answers import Answer, Citation, Question, Statement

_DAY = "2026-11-20T09:12:04.000Z"
VOICE, WRITTEN = "SM00000000000000000000000000000001", "SM00000000000000000000000000000002"


def statement(text: str, *message_ids: str, start: float | None = 1.2, end: float | None = 4.9) -> Statement:
    """A statement with a citation of each note."""
    citations = (
        Citation(one, 0, start, end, f"{text}, says {one}", "Ana Ruiz", _DAY, "He said: ", " Or later.")
        for one in message_ids
    )
    return Statement(text, tuple(citations))


TOLD = Answer((statement("Thursday.", VOICE), statement("Bring a valve.", VOICE, WRITTEN)), "", "en", "fake")
SILENT = Answer((), "The notes do not tell.", "en", "fake")


@dataclass
class FakeAnswering:
    """Stands for an `Answering`.

    Attributes:
        before: called with a statement's number before it is told; may raise, as everything in the answering may.
        before_remembering: what remembering raises.
        told: how many statements have been told.
        model: the language model, which it does not have.
    """

    answer: Answer = TOLD
    before: Callable[[int], None] = lambda _number: None
    questions: list[Question] = field(default_factory=list)
    remembered: list[tuple[str, Answer]] = field(default_factory=list)
    conversations: set[tuple[str, str, str]] = field(default_factory=set)
    told: int = 0
    before_remembering: Exception | None = None
    model: object = None

    def ask(self, question: Question, tell: Callable[[Statement], None] = lambda _statement: None) -> Answer:
        """What it was told to answer."""
        self.questions.append(question)
        for number, one in enumerate(self.answer.statements):
            self.before(number)
            tell(one)
            self.told += 1
        self.before(len(self.answer.statements))
        return self.answer

    def remember(self, question: Question, answer: Answer) -> None:
        """Adds to what is remembered."""
        if self.before_remembering:
            raise self.before_remembering
        self.remembered.append((question.text, answer))
        self.conversations.add((question.company_id, question.user, question.conversation))

    def knows(self, question: Question) -> bool:
        """Whether something of the question's conversation is remembered."""
        return (question.company_id, question.user, question.conversation) in self.conversations
