"""Acme's Sam and his evening message, on a driven clock: the sweep finds who is due, the worker sends."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from support.app import LEASE, FakeApp, job

from ai_voice_shared.aws.queues import Delivery
from ai_voice_shared.customers import CustomerLookup, IdentifiedSender
from ai_voice_shared.domain import Company, Customer, timestamp
from ai_voice_shared.jobs import NoteJob, notes_job
from ai_voice_shared.people.evening_job import EveningJob
from ai_voice_shared.people.evenings import Evenings
from ai_voice_shared.people.open_questions import OpenQuestions
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.records.usage import Usage
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.tasks.model import Source, Task
from ai_voice_shared.tasks.tasks import Tasks, new_id
from voice_parser.commands.sources import Sources
from voice_parser.evening.sending import EveningMessages
from voice_parser.evening.waiting_lines import WaitingLines
from voice_parser.replying.outgoing import Outbox
from voice_parser.sweep.due_evenings import DueEvenings

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
"""Friday, in Berlin noon."""

BERLIN = Company("acme", "Acme", ("en",), (), time_zone="Europe/Berlin")


@dataclass
class Scene:
    """Sam, and the clock."""

    app: FakeApp
    moment: datetime = NOON
    sids: int = 0
    jobs: list[EveningJob] = field(default_factory=list)
    template: str = ""

    def __post_init__(self) -> None:
        self.known(BERLIN)

    def known(self, company: Company | None, name: str = "Sam Hill") -> None:
        """Who Sam is by now; nobody without a company."""
        known = IdentifiedSender(Customer("sam", "acme", name), company) if company else None
        self.app.lookup.known, self.app.lookup.company = known, company

    def says(self, text: str, **parameters: str) -> str:
        """Our reply to a message of Sam's at this time."""
        self.sids += 1
        before = len(self.app.replies())
        said: NoteJob = replace(job(f"SM90{self.sids}", Body=text, **parameters), received_at=timestamp(self.moment))
        assert self.app.deliver(said)
        return "\n".join(self.app.replies()[before:])

    def task(self, text: str, due: str = "", owner: str = "Sam Hill", **fields: str) -> Task:
        """An open task that was added by hand."""
        task = Task("acme", fields.get("task_id") or new_id(), text, owner, due)
        Tasks(self.app.account.ledger).add(task)
        return task

    def noted(self, text: str, message_id: str, sender: str, due: str = "", owner: str = "Sam") -> Task:
        """An open task that a note says."""
        received = timestamp(self.moment)
        customer = "sam" if sender.startswith("Sam") else sender.lower()
        Notes(self.app.account.ledger).open(Note("acme", message_id, customer, received, sender, "text"))
        source = Source(message_id, sender, None, f"{owner} will {text}.")
        task = Task("acme", f"{message_id}.{'0' * 20}", text, owner, due, source=source, said=text)
        Tasks(self.app.account.ledger).add(task)
        return task

    def left(self, task: Task) -> Task | None:
        """The task as it is now."""
        return Tasks(self.app.account.ledger).get("acme", task.task_id)

    def tick(self) -> int:
        """The sweep runs, then the worker; returns how many were due."""
        account = self.app.account
        due = DueEvenings(Evenings(account.ledger), account.queue, lambda: self.moment).run()
        for message in account.queued():
            found = notes_job(str(message["Body"]))
            assert isinstance(found, EveningJob)
            self.jobs.append(found)
            self.messages().process(found, LEASE)
        return due

    def until(self, moment: datetime) -> None:
        """The clock goes on, with a tick each quarter of an hour."""
        while self.moment < moment:
            self.moment += timedelta(minutes=15)
            self.tick()

    def messages(self) -> EveningMessages:
        """What sends them, as a new worker has it."""
        account = self.app.account
        notes = Notes(account.ledger)
        return EveningMessages(
            evenings=Evenings(account.ledger),
            checkpoints=Checkpoints(account.ledger),
            customers=CustomerLookup(self.app.lookup, "lookup"),  # type: ignore[arg-type]
            waiting=WaitingLines(
                Tasks(account.ledger), OpenQuestions(account.ledger), notes, StoredNotes(notes, account.store)
            ),
            outbox=Outbox(self.app.twilio.api(account), Replies(account.ledger)),
            sources=Sources(account.ledger),
            usage=Usage(account.ledger),
            template=self.template,
            clock=lambda: self.moment,
        )

    def evenings(self) -> list[str]:
        """The evening messages that Sam has got."""
        return [reply for reply in self.app.replies() if "waits on you" in reply and "🌙 Set" not in reply]

    def deliveries(self, found: EveningJob) -> Delivery:
        """The job as the queue delivers it."""
        return Delivery("1", "no-such-handle", found.to_json(), 1)
