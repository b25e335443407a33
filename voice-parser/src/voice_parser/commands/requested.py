"""What a message asks of us instead of telling a note: to hear a source, to forget a note, to answer a question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Answer
from ai_voice_shared.domain import Company, Transcript
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.receipt import Receipt
from ai_voice_shared.times import zones
from voice_parser.commands import questions, sources
from voice_parser.commands.forget import Forgetter, Target
from voice_parser.commands.play import Played, Player, Wanted
from voice_parser.replying.telling import Teller
from voice_parser.twilio.message import InboundMessage
from voice_parser.understanding.understanding import Understood

type Request = Callable[[], str]
"""Does what is asked for, once, and returns what to tell the sender; raises RetryLater or DeadLetter."""


@dataclass(frozen=True)
class Requested:
    """One message's requests.

    Attributes:
        answering: None where nothing can be asked; a question is then a note like any other.
    """

    answering: Answering | None
    player: Player
    forgetter: Forgetter
    teller: Teller
    job: NoteJob
    message: InboundMessage
    receipt: Receipt
    company: Company

    def in_words(self, words: Transcript) -> Request | None:
        """What a message that says this and nothing more asks for at once; None when it holds a note, or a question.

        A number beside a file tells which one it is: it is no request to hear a source.
        """
        if words.caption:
            return None
        text, beside = words.text, bool(self.message.media) and not words.duration
        wanted = self.player.wanted(self.job, self.message, text)
        if wanted and (wanted.certain or not beside):
            return partial(self._play, wanted)
        if language := self.forgetter.wanted(self.message, text):
            return partial(self._forget, language, certain=not words.uncertain)
        return None

    def in_note(self, understood: Understood) -> Request | None:
        """The question in a note that was understood; None when it asks nothing."""
        question = questions.question(self.job, self.company, understood)
        if self.answering is None or question is None:
            return None
        answering = self.answering
        asked = datetime.fromisoformat(self.job.received_at).astimezone(zones.zone(self.company.time_zone))
        return lambda: questions.reply(questions.ask(answering, question, self.receipt), asked)

    def remember(self) -> None:
        """Keeps what the sender was told, so that a follow-up is understood and its sources can be asked for."""
        answer, understood = self.receipt.result("answer", Answer), self.receipt.result("note", Understood)
        if answer is None or understood is None:
            return
        question = questions.question(self.job, self.company, understood)
        if self.answering and question:
            self.answering.remember(question, answer)
        told_by = [step for step in self.receipt.steps if step.startswith("feedback-")]
        sids = [self.receipt.result(step, str) or "" for step in told_by]
        self.player.sources.remember(
            self.job.company_id, self.job.customer_id, sources.told(answer), [sid for sid in sids if sid]
        )

    def _play(self, wanted: Wanted, /) -> str:
        """Sends what is asked for, or says why there is nothing to hear."""
        language = self.company.usual_language
        played = self.receipt.once("clip", lambda: self.player.play(self.job, self.message, wanted, language), Played)
        if played.clip:
            self.teller.send("feedback-1", "", self.player.clips.url(played.clip))
        return played.words

    def _forget(self, language: str, /, *, certain: bool) -> str:
        """Erases what is asked for, or says why it can not be; what may be misheard is asked about first."""
        if not certain:
            return phrase("forget_unsure", language)
        target = self.receipt.once("target", lambda: self.forgetter.target(self.job, self.message), Target)
        return self.forgetter.forget(self.job, target, language)
