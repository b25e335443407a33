"""Messages in work, as a new worker gets them: only with what the ledger has."""

from datetime import timedelta

from support.app import ACME, FakeApp, job

from ai_voice_shared.domain import Company
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.replies import Replies
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.follow_up import FollowUp
from voice_parser.replying.outgoing import Outbox
from voice_parser.replying.whatsapp import WhatsAppReplies
from voice_parser.twilio.inbound import WhatsApp

OVER_AT_ONCE = timedelta(seconds=-1)
"""A lease that nobody has to wait for."""


def whatsapp(app: FakeApp, template: str = "") -> WhatsAppReplies:
    """The way to answer over the app's Twilio."""
    notes, outbox = Notes(app.account.ledger), Outbox(app.twilio.api(app.account), Replies(app.account.ledger))
    return WhatsAppReplies(outbox, notes, FollowUp(outbox, notes, template))


def in_work(app: FakeApp, asked: NoteJob | None = None, template: str = "", company: Company = ACME) -> MessageInWork:
    """A message from WhatsApp; its lease is over at once."""
    asked = asked or job("SM1")
    source = WhatsApp(app.twilio.api(app.account), whatsapp(app, template))
    checkpoint = Checkpoints(app.account.ledger).claim(asked.message_id, asked.company_id, OVER_AT_ONCE)
    return MessageInWork(asked, source.read(asked), source, checkpoint, company)
