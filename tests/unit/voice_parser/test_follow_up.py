"""A sender whom free text does not reach gets one template, also after failures and repeated jobs."""

import json
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from support.app import OUR_NUMBER, FakeApp
from support.finished import finish
from support.in_work import OVER_AT_ONCE, in_work

from ai_voice_shared.errors import RetryLater, Wait
from ai_voice_shared.jobs import FollowUpJob
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.replies import Replies, Reply
from voice_parser.replying.follow_up import FollowUp
from voice_parser.replying.outgoing import Outbox

TEMPLATE_STEP = "template-1"
TEMPLATE = "HX" + "0" * 32
SENDER = "whatsapp:+15550100001"
LATE = httpx.Response(400, json={"code": 63016})


def follow_up(app: FakeApp, template: str = TEMPLATE) -> FollowUp:
    """Of a new worker."""
    ledger = app.account.ledger
    return FollowUp(Outbox(app.twilio.api(app.account), Replies(ledger)), Notes(ledger), template)


class ErasedMeanwhile(Replies):
    """Replies to a message that is erased as soon as one begins."""

    def begin(self, message_id: str, company_id: str, step: str, text: str = "") -> Reply | None:
        """As always, and too late."""
        Checkpoints(self.ledger).bury(message_id)
        return super().begin(message_id, company_id, step, text)


def answer(app: FakeApp) -> None:
    """Answers the message as a new worker does."""
    in_work(app, template=TEMPLATE).reply("feedback", "Filed.")


def told_too_late(app: FakeApp, title: str = "Order\n two   valves") -> None:
    """A note whose reply Twilio took and could not deliver."""
    Notes(app.account.ledger).open(Note("acme", "SM1", "sam", "2026-11-20T10:00:00.000Z"))
    Notes(app.account.ledger).update("acme", "SM1", {"title": title})
    finish(Checkpoints(app.account.ledger).claim("SM1", "acme", OVER_AT_ONCE))
    Replies(app.account.ledger).begin("SM1", "acme", "feedback-1")


def asked(step: str = "feedback-1", company_id: str = "acme") -> FollowUpJob:
    return FollowUpJob("SM1", company_id, step, OUR_NUMBER, SENDER)


def test_the_template_tells_the_notes_title_on_one_line(app: FakeApp) -> None:
    told_too_late(app)
    follow_up(app).process(asked())
    (sent,) = app.twilio.sent
    assert (sent["From"], sent["To"], sent["ContentSid"]) == (OUR_NUMBER, SENDER, TEMPLATE)
    assert json.loads(sent["ContentVariables"]) == {"1": "Order two valves"}
    assert "Body" not in sent


def test_a_title_does_nothing_in_a_template(app: FakeApp) -> None:
    told_too_late(app, title="*Pay* at evil.example")
    follow_up(app).process(asked())
    (sent,) = app.twilio.sent
    assert json.loads(sent["ContentVariables"]) == {"1": "\u2060*\u2060Pay\u2060*\u2060 at evil.\u2060example"}


def test_a_note_without_a_title_has_a_template_all_the_same(app: FakeApp) -> None:
    told_too_late(app, title=" ")
    follow_up(app).process(asked())
    assert json.loads(app.twilio.sent[0]["ContentVariables"]) == {"1": "…"}


def test_several_parts_that_fail_lead_to_one_template(app: FakeApp) -> None:
    told_too_late(app)
    for step in ("feedback-1", "feedback-2", "feedback-1"):
        follow_up(app).process(asked(step))
    assert len(app.twilio.sent) == 1


def test_killed_when_twilio_had_it_the_template_is_not_sent_again(app: FakeApp) -> None:
    told_too_late(app)
    app.twilio.after = lambda: (_ for _ in ()).throw(RuntimeError("killed"))
    with pytest.raises(RuntimeError):
        follow_up(app).process(asked())
    app.twilio.after = lambda: None
    follow_up(app).process(asked())
    assert len(app.twilio.sent) == 1


def test_killed_before_twilio_had_it_the_template_is_sent(app: FakeApp) -> None:
    told_too_late(app)
    app.twilio.answers = [httpx.Response(200, json={"messages": [], "next_page_uri": None}), RuntimeError("killed")]
    with pytest.raises(RuntimeError):
        follow_up(app).process(asked())
    follow_up(app).process(asked())
    assert len(app.twilio.sent) == 1


def test_two_workers_do_not_send_it_at_the_same_time(app: FakeApp) -> None:
    told_too_late(app)
    replies = Replies(app.account.ledger)
    replies.begin("SM1", "acme", TEMPLATE_STEP)
    with replies.held("SM1", TEMPLATE_STEP, timedelta(minutes=5)), pytest.raises(Wait, match="another worker"):
        follow_up(app).process(asked())
    follow_up(app).process(asked())
    assert len(app.twilio.sent) == 1


def test_a_template_that_fails_too_ends_it(app: FakeApp) -> None:
    told_too_late(app)
    empty = httpx.Response(200, json={"messages": [], "next_page_uri": None})
    app.twilio.answers = [empty, LATE]
    follow_up(app).process(asked())
    follow_up(app).process(asked())
    assert app.twilio.sent == []
    failed = Replies(app.account.ledger).get("SM1", TEMPLATE_STEP)
    assert failed is not None
    assert (failed.state, failed.code) == ("failed", "63016")


def test_a_passing_fault_is_tried_again(app: FakeApp) -> None:
    told_too_late(app)
    app.twilio.answers = [httpx.Response(503)]
    with pytest.raises(RetryLater):
        follow_up(app).process(asked())
    follow_up(app).process(asked())
    assert len(app.twilio.sent) == 1


@pytest.mark.parametrize("template", ["", TEMPLATE], ids=["no template", "another company"])
def test_nothing_is_sent_without_a_template_or_for_another_company(app: FakeApp, template: str) -> None:
    told_too_late(app)
    follow_up(app, template).process(asked(company_id="bolt" if template else "acme"))
    assert app.twilio.sent == []


def test_nothing_is_sent_about_an_erased_message(app: FakeApp) -> None:
    told_too_late(app)
    app.account.ledger.update("MESSAGE#SM1", "RECEIPT", {"erased_at": "2026-11-20T10:00:00.000Z"})
    follow_up(app).process(asked())
    assert app.twilio.sent == []


def test_nothing_is_sent_when_the_message_is_erased_just_before(app: FakeApp) -> None:
    told_too_late(app)
    usual = follow_up(app)
    erased = ErasedMeanwhile(app.account.ledger)
    replace(usual, outbox=replace(usual.outbox, replies=erased)).process(asked())
    assert app.twilio.sent == []


def test_a_reply_refused_at_once_as_too_late_leads_to_the_template(app: FakeApp) -> None:
    app.twilio.answers = [LATE]
    answer(app)
    answer(app)
    assert [message.get("ContentSid") for message in app.twilio.sent] == [TEMPLATE]


def test_a_reply_refused_for_another_reason_leads_to_nothing(app: FakeApp) -> None:
    app.twilio.answers = [httpx.Response(400, json={"code": 21610})]
    answer(app)
    assert app.twilio.sent == []
