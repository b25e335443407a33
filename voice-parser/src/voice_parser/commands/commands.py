"""What a message may ask instead of being a note: to hear a source, to change or erase a note, an answer, help."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ai_voice_shared import steps
from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Answer
from ai_voice_shared.domain import Transcript
from ai_voice_shared.phrases import FALLBACK, phrase
from ai_voice_shared.times import zones
from voice_parser.commands import guide, questions, sources
from voice_parser.commands.forget import Forgetter, Target
from voice_parser.commands.pin import PinSetter
from voice_parser.commands.play import ClipRequest, Played, Player
from voice_parser.evening.evening_commands import EveningCommands
from voice_parser.fixing.fixes import Fixes
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.saying import Saying
from voice_parser.understanding.understanding import Analysis

type Request = Callable[[], Saying]
"""Does what is asked for, once, and returns the reply; raises RetryLater or DeadLetter."""


@dataclass(frozen=True)
class Commands:
    """What messages can ask for.

    Attributes:
        answering: None if questions cannot be answered; a question is then a note like any other.
    """

    answering: Answering | None
    player: Player
    forgetter: Forgetter
    fixes: Fixes
    evening: EveningCommands
    pins: PinSetter

    def in_words(self, work: MessageInWork, words: Transcript) -> Request | None:
        """What a message that says this and nothing more asks for at once; None when it holds a note, or a question.

        A number that is sent with a file names the file: it is not a request to hear a source.
        """
        if words.caption or work.message.asks_nothing:
            return None
        text, beside = words.text, bool(work.message.media) and not words.duration
        if not beside and (change := self._change(work, text)):
            return change
        wanted = self.player.wanted(work, text)
        if wanted and (wanted.certain or not beside):
            return partial(self._play, work, wanted)
        if language := self.forgetter.wanted(work.message, text):
            return partial(self._forget, work, language, certain=not words.uncertain)
        if not work.message.media and (language := guide.asked(text, work.language or FALLBACK)):
            return partial(_help, language, answers=self.answering is not None)
        return None

    def _change(self, work: MessageInWork, text: str) -> Request | None:
        """What is to become of the PIN, of the evening message's lines, or of a note that the message quotes."""
        if self.pins.is_wanted(work, text):
            return lambda: Saying(self.pins.set(work))
        if evening := self.evening.asked(work, text):
            return lambda: Saying(evening())
        return self.fixes.wanted(work, text)

    def in_note(self, work: MessageInWork, analysis: Analysis) -> Request | None:
        """The question in a note that was understood; None when it asks nothing."""
        question = questions.question(work, analysis)
        if self.answering is None or question is None or work.message.asks_nothing:
            return None
        answering = self.answering
        asked = work.received_at.astimezone(zones.zone(work.company.time_zone))
        return lambda: Saying(questions.reply(questions.ask(answering, question, work.checkpoint), asked))

    def remember(self, work: MessageInWork) -> None:
        """Keeps what the sender was told, so that a follow-up is understood and its sources can be asked for."""
        answer, analysis = (
            work.checkpoint.result(steps.ANSWER, Answer),
            work.checkpoint.result(steps.NOTE, Analysis),
        )
        if answer is None or analysis is None:
            return
        question = questions.question(work, analysis)
        if question:
            self.evening.answered(work, question, answer)
        if self.answering and question:
            self.answering.remember(question, answer)
        told_by = [step for step in work.checkpoint.steps if steps.is_part(steps.FEEDBACK, step)]
        sids = [work.checkpoint.result(step, str) or "" for step in told_by]
        self.player.sources.remember(
            work.job.company_id, work.job.customer_id, sources.told(answer), [sid for sid in sids if sid]
        )

    def _play(self, work: MessageInWork, wanted: ClipRequest, /) -> Saying:
        """Sends what is asked for, or says why there is nothing to hear."""
        played = work.checkpoint.once(steps.CLIP, lambda: self.player.play(work, wanted), Played)
        if played.clip:
            work.play(steps.FEEDBACK, self.player.clips.url(played.clip))
        return Saying(played.words)

    def _forget(self, work: MessageInWork, language: str, /, *, certain: bool) -> Saying:
        """Erases what is asked for, or says why it cannot be; what may be misheard is asked about first."""
        if not certain:
            return Saying(phrase("forget_unsure", language))
        target = work.checkpoint.once(steps.TARGET, lambda: self.forgetter.target(work.job, work.message), Target)
        return Saying(self.forgetter.forget(work.job, target, language))


def _help(language: str, /, *, answers: bool) -> Saying:
    return Saying(guide.lines(language, answers=answers))
