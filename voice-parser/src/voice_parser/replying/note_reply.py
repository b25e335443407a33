"""The reply to the sender of a filed note, with a sentence about its file."""

from dataclasses import dataclass

from ai_voice_shared.domain import Company, Transcript
from ai_voice_shared.phrases import phrase
from voice_parser.replying import feedback
from voice_parser.replying.literal_text import literal
from voice_parser.replying.saying import Saying
from voice_parser.twilio.shared import Shared
from voice_parser.understanding.understanding import Analysis
from voice_parser.worker.message_words import Problem

_UNHEARD = ("no_speech", "unreadable_audio")
"""Problems whose phrase asks for another recording, although the caption may have everything."""


@dataclass(frozen=True)
class NoteReply:
    """The reply to one note.

    Attributes:
        year: of the note; days in it are shown without the year.
        problem: why the file could not be used; the sender hears this with every setting of the company.
    """

    analysis: Analysis
    company: Company
    words: Transcript
    problem: Problem | None
    year: int = 0

    def filed(self, *, beside: bool) -> Saying:
        """The reply to a note of any intent; `beside` a picture or a document, whose words alone were understood."""
        return self._offering(self._joined(self._answer(), self._unless_brief("kept_beside") if beside else ""))

    def shared(self, thing: Shared, *, explained: bool) -> Saying:
        """The reply to a place or a contact, after the words that explain it."""
        kept = phrase(thing.phrase, self.analysis.language, title=literal(thing.title)) if thing.title else ""
        if self.company.feedback == "problems-only":
            kept = ""
        told = self._joined(self._answer() if explained else "", kept)
        return self._offering(told) if explained else Saying(told)

    def answered(self, answer: str) -> str:
        """The reply to a question."""
        return self._joined(answer)

    def _offering(self, told: str) -> Saying:
        """What was told, with the other kinds to choose from, where it says as what the note is filed."""
        offers = self.company.feedback != "problems-only"
        return Saying(told, self.analysis.note.intent if offers else "", self.analysis.language)

    def _answer(self) -> str:
        return feedback.answer(self.analysis, self.company, self.words, self.year)

    def _unless_brief(self, name: str) -> str:
        return phrase(name, self.analysis.language) if self.company.feedback == "summary" else ""

    def _joined(self, *paragraphs: str) -> str:
        told = [*paragraphs, self._trouble()]
        return "\n\n".join(paragraph for paragraph in told if paragraph)

    def _trouble(self) -> str:
        if self.problem is None:
            return ""
        name = "nothing_heard" if self.problem.phrase in _UNHEARD else self.problem.phrase
        return phrase(name, self.analysis.language, **self.problem.details)
