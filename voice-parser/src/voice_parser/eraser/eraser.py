"""What is erased of a message, and in which order: killed anywhere and repeated, it is all gone, and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.artifacts import CLIPS_PREFIX, RECEIPTS_PREFIX, ArtifactKey
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore, Version
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasing import Counts, Erasure
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.jobs import IndexJob
from ai_voice_shared.records.conversations import AnswerCache, Conversations
from ai_voice_shared.records.glossary import Glossary
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.receipt import Receipt
from ai_voice_shared.records.receipts import Receipts
from ai_voice_shared.records.replies import FAILED, Replies, Reply
from ai_voice_shared.telemetry import log
from voice_parser.commands.sources import Sources
from voice_parser.dead_letters import DeadLetters
from voice_parser.twilio.api import TwilioApi

_LEASE = timedelta(minutes=1)
"""From the claim to the tombstone, which keeps workers off from then on."""


@dataclass(frozen=True)
class Traces:
    """What there is of a message besides its note and its receipt.

    Attributes:
        at_twilio: paths, in the order in which they have to go.
        folders: below what its objects are.
        kept_for_answers: the places of the ledger's items that may quote it, by their partition.
        suggestions: the places of the words that a correction of it suggested.
        may_be_parked: whether it, or what should have followed up a reply to it, can be among the dead letters.
    """

    at_twilio: Sequence[str]
    folders: Sequence[str]
    versions: Sequence[Version]
    kept_for_answers: dict[str, list[str]]
    suggestions: Sequence[str]
    steps: Sequence[str]
    replies: Sequence[str]
    may_be_parked: bool


@dataclass(frozen=True)
class Eraser:
    """Erases messages.

    The tombstone comes first, so that nobody works on the message any more; the note's own item goes last, so that
    whoever is killed can be told from whoever is done.
    """

    ledger: Ledger
    receipts: Receipts
    notes: Notes
    replies: Replies
    store: ObjectStore
    twilio: TwilioApi
    index_queue: Queue
    parked: DeadLetters
    lease: timedelta = _LEASE

    def erase(self, company_id: str, message_id: str) -> Erasure | None:
        """Erases the company's message and returns the receipt, the same one however often it is asked.

        Returns None when there is no such message of this company. Raises Busy while a worker is at the message,
        RetryLater or DeadLetter.
        """
        note = self.notes.get(company_id, message_id)
        if note is None:
            return self.receipts.erasure(company_id, message_id)
        receipt = self._bury(note)
        self._unindex(note)
        traces = self._find(note, receipt)
        erasure = self.receipts.keep_erasure(_erasure(note, traces))
        self._delete(note, traces)
        log("message erased", message_id=message_id, company_id=company_id)
        return erasure

    def _bury(self, note: Note) -> Receipt:
        receipt = self.receipts.claim(note.message_id, note.company_id, self.lease)
        if receipt.company_id != note.company_id:
            receipt.release()
            raise DeadLetter("the message was first received for another company")
        self.receipts.bury(note.message_id)
        return receipt

    def _unindex(self, note: Note) -> None:
        job = IndexJob(note.company_id, note.message_id, "remove")
        # Never deduplicated: the note may have been removed, and added again, within the last five minutes.
        self.index_queue.send_once(job.to_json(), job.company_id, job.deduplication_id(timestamp(now())))

    def _find(self, note: Note, receipt: Receipt) -> Traces:
        replies = self.replies.of(note.message_id)
        sids = (note.message_id, *(reply.sid for reply in replies if reply.sid))
        partitions = (
            AnswerCache.partition(note.company_id),
            Conversations.partition(note.company_id),
            Sources.partition(note.company_id, note.customer_id),
        )
        folders = prefixes(note, receipt)
        return Traces(
            at_twilio=[path for sid in sids for path in self.twilio.paths_of(sid)],
            folders=folders,
            versions=self._versions(folders),
            kept_for_answers={pk: self.ledger.places(pk) for pk in partitions},
            suggestions=Glossary(self.ledger).of_note(note.company_id, note.message_id),
            steps=self.receipts.steps(note.message_id),
            replies=[reply.step for reply in replies],
            may_be_parked=_may_be_parked(note, replies),
        )

    def _versions(self, folders: Sequence[str]) -> list[Version]:
        return [version for folder in folders for version in self.store.versions(folder)]

    def _delete(self, note: Note, traces: Traces) -> None:
        for path in traces.at_twilio:
            self.twilio.delete(path)
        self._delete_versions(traces)
        self._unindex(note)  # again, for a correction meanwhile that had its words indexed
        for pk, places in traces.kept_for_answers.items():
            self.ledger.delete_all(pk, places)
        self.ledger.delete_all(Glossary.partition(note.company_id), traces.suggestions)
        if traces.may_be_parked:
            self.parked.drop(lambda one: (one.company_id, one.message_id) == (note.company_id, note.message_id))
        self.replies.forget(note.message_id)
        self.receipts.forget_steps(note.message_id, traces.steps)  # they tell the prefixes, so they go late
        self.notes.forget(note.company_id, note.message_id)

    def _delete_versions(self, traces: Traces) -> None:
        """Until there are none: a correction may write one meanwhile, and no more once it finds none to replace."""
        versions = traces.versions
        while versions:
            self.store.delete_versions(versions)
            versions = self._versions(traces.folders)


def prefixes(note: Note, receipt: Receipt) -> list[str]:
    """Below what this message's objects are, and no other message's: a key's grammar sees to that."""
    folders = (receipt.result(step, str) for step in receipt.steps if step.startswith("folder"))
    steps = (receipt.result(step, list[str]) or [] for step in ("artifacts", "parked"))
    parked = str(ArtifactKey(note.company_id, "other", "parked", note.message_id, "audio", "ogg"))
    written = (*note.artifacts, *(key for keys in steps for key in keys), parked)
    keys = (*written, *(f"{folder}audio.ogg" for folder in folders))
    staged = (f"{prefix}{note.company_id}/{note.message_id}/" for prefix in (RECEIPTS_PREFIX, CLIPS_PREFIX))
    return [*dict.fromkeys(_own_folders(note, keys)), *staged]


def _own_folders(note: Note, keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        try:
            artifact = ArtifactKey.parse(key)
        except ValueError:  # says the key, whose tag comes from what was said
            raise DeadLetter("the note names something that is no artifact") from None
        if (artifact.company_id, artifact.message_id) != (note.company_id, note.message_id):
            raise DeadLetter("the note names an artifact that is not its own")
        yield key.removesuffix(f"{artifact.file_type}.{artifact.extension}")


def _may_be_parked(note: Note, replies: Sequence[Reply]) -> bool:
    """One that is filed is parked with a problem when its sender could not be told, or it not be understood again."""
    in_queue = bool(note.problem or note.understanding)
    return note.status != "filed" or in_queue or any(reply.state in FAILED for reply in replies)


def _erasure(note: Note, traces: Traces) -> Erasure:
    answers, conversations, sources = map(len, traces.kept_for_answers.values())
    media = sum("/Media/" in path for path in traces.at_twilio)
    counts = Counts(
        artifacts=len({version.key for version in traces.versions}),
        versions=len(traces.versions),
        twilio_media=media,
        twilio_messages=len(traces.at_twilio) - media,
        replies=len(traces.replies),
        receipt_steps=len(traces.steps),
        answers=answers,
        conversations=conversations,
        sources=sources,
        parked=int(note.status == "parked"),
    )
    return Erasure(note.company_id, note.message_id, timestamp(now()), counts)
