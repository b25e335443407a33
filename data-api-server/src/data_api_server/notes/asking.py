"""How a question is asked, and how its answer is shown: each citation with its note's title and a URL that plays it."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Answer, Citation, Question, Statement
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.errors import Misconfigured
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.usage import Quotas
from ai_voice_shared.stored import media_types, note_files
from ai_voice_shared.times import zones
from data_api_server.models.ask import NEW, AnswerShown, Ask, CitationShown, StatementShown, Unknown
from data_api_server.realtime.tickets import Principal

_READ_AT_ONCE = 10
"""As many as boto3 keeps connections for."""

type Tell = Callable[[StatementShown], None]


@dataclass(frozen=True)
class Asking:
    """Asks clients' questions, and shows the answers.

    Attributes:
        answering: None if no question can be answered.
        url_seconds: how long a presigned URL works.
    """

    answering: Answering | None
    notes: Notes
    store: ObjectStore
    url_seconds: int
    quotas: Quotas

    def answered(self, asked: Ask, principal: Principal, tell: Tell | None = None) -> AnswerShown:
        """The answer. `tell` gets each statement when its citations are verified, and may raise to end the work.

        Raises OverBudget or TooFast if the company may not ask more for now, Unknown for a note or a conversation that
        does not exist, RetryLater if a service does not answer, DeadLetter if a retry would not help.
        """
        if self.answering is None:
            raise Misconfigured("Questions cannot be answered here: the wiring builds no answering.")
        self.quotas.question(principal.company_id)
        question = self._question(asked, principal)
        self._check(asked, question)
        shown = Shown(self, principal.company_id)
        if tell is None:
            answer = self.answering.ask(question)
        else:
            answer = self.answering.ask(question, lambda statement: tell(shown.statement(statement)))
        self.quotas.asked(principal.company_id, secrets.token_hex(16), answer.tokens)  # it has cost this already
        self.answering.remember(question, answer)
        return shown.answer(answer, question.conversation)

    def _question(self, asked: Ask, principal: Principal) -> Question:
        conversation = secrets.token_hex(8) if asked.conversation == NEW else asked.conversation or ""
        where = zones.company_zone(self.quotas.customers, principal.company_id)
        scope = asked.scope(lambda: where)
        return Question(principal.company_id, principal.key_id, asked.question, scope, conversation, zone=where)

    def _check(self, asked: Ask, question: Question) -> None:
        """With a wrong name, an empty answer would look as if the notes said nothing."""
        if asked.conversation not in {None, NEW} and self.answering and not self.answering.knows(question):
            told = "This conversation does not exist, or it ended, a day after its last question. Begin one with `new`"
            raise Unknown("conversation", told)
        with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
            found = threads.map(lambda one: self.notes.get(question.company_id, one), asked.notes or ())
        missing = next((place for place, note in enumerate(found) if note is None), None)
        if missing is not None:
            raise Unknown(f"notes.{missing}", "This note does not exist")


@dataclass(frozen=True)
class _Source:
    """What a citation shows of its note in addition to its words; both are empty if the note is erased."""

    title: str
    audio_url: str


@dataclass(frozen=True)
class Shown:
    """The citations of one answer or analysis. Each note is read once."""

    asking: Asking
    company_id: str
    sources: dict[str, _Source] = field(default_factory=dict)

    def answer(self, answer: Answer, conversation: str) -> AnswerShown:
        """The whole answer."""
        return AnswerShown(
            answer=" ".join(statement.text for statement in answer.statements) or answer.notice,
            statements=[self.statement(statement) for statement in answer.statements],
            notice=answer.notice,
            left_out=answer.left_out,
            left_out_texts=list(answer.left_out_texts),
            language=answer.language,
            engine=answer.engine,
            conversation=conversation or None,
        )

    def statement(self, statement: Statement) -> StatementShown:
        """One statement, with URLs that play its citations."""
        citations = [self._citation(one) for one in statement.citations]
        return StatementShown(text=statement.text, citations=citations, proven=statement.proven)

    def _citation(self, citation: Citation) -> CitationShown:
        source = self._source(citation.message_id)
        # an answer that was cached by an older release has 0 for written words
        start, end = (citation.start, citation.end) if citation.end else (None, None)
        heard_at = source.audio_url if start is not None else ""
        return CitationShown(
            message_id=citation.message_id,
            start=start,
            end=end,
            quote=citation.quote,
            sentence=citation.sentence,
            before=citation.before,
            sender_name=citation.sender_name,
            received_at=citation.received_at,
            title=source.title or None,
            audio_url=f"{heard_at}#t={start:g}" if heard_at else None,
        )

    def _source(self, message_id: str) -> _Source:
        if message_id not in self.sources:
            note = self.asking.notes.get(self.company_id, message_id)
            self.sources[message_id] = _Source(note.title, self._audio_url(note)) if note else _Source("", "")
        return self.sources[message_id]

    def _audio_url(self, note: Note) -> str:
        """A presigned URL of the note's recording; empty when it has none."""
        recording = note_files.recording(note)
        if recording is None:
            return ""
        kind = media_types.served(recording.extension, recording.file_type)
        key = str(recording)
        return self.asking.store.presigned_url(key, self.asking.url_seconds, kind, key.rpartition("/")[2])
