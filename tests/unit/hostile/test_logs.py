"""Nothing that anybody wrote or said, no name, number or secret ever gets into the logs."""

import importlib
import json
import logging
import os
from dataclasses import replace
from datetime import timedelta
from typing import cast
from unittest import mock

import httpx
import pytest
from support.account import AUTH_TOKEN, Account
from support.answering_fake import FakeAnswering
from support.api import served, services
from support.app import JOB, LEASE, FakeAnalyzer, FakeApp, FakeTranscriber, job
from support.app import FakeAnswering as FakeAnswers
from support.erasing import eraser, erasing, function
from support.indexes import FakeIndexes
from support.stored import file_voice, stored_notes
from unit.data_api_server.gateway import ACME, SID, Gateway
from unit.webhook_handler.desk import MESSAGE, SENDER, Desk, form_event, json_event

from ai_voice_local.templates import INFRASTRUCTURE
from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Answer, Citation, Statement
from ai_voice_shared.aws.queues import Delivery
from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Company, Customer, Segment, now
from ai_voice_shared.errors import DeadLetter, RetryLater, TellSender
from ai_voice_shared.jobs import IndexJob
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.usage import Usage
from data_api_server.realtime.connection_tickets import ConnectionTickets
from data_api_server.realtime.tickets import Tickets
from voice_parser import eraser_handler
from voice_parser.eraser.retention import Retention
from voice_parser.indexer.indexer import Indexer
from voice_parser.indexer.metering import IndexMeter
from voice_parser.understanding.understanding import Analysis

WORDS = "zanzibarquokka"
NAME = "Quillfeather"
PHONE = "4915199988877"
MARKERS = [WORDS, NAME, PHONE, SENDER.lstrip("+"), AUTH_TOKEN, "sk-test"]
SAMPLES = INFRASTRUCTURE / "local" / "samples"
SAID = f"please order the {WORDS} by friday"
TOLD = Answer(
    (Statement(SAID, (Citation("SM1", 0, 1.0, 2.0, SAID, NAME, "2026-11-20T10:00:00.000Z"),)),),
    notice=WORDS,
    language="en",
    engine="fake",
)


class Logs:
    """All that was written: standard output and error, and Python's own logging."""

    def __init__(self, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
        self._capfd = capfd
        self._caplog = caplog

    def clean(self, *events: str, secrets: tuple[str, ...] = ()) -> None:
        """Fails when a marker was written, or when one of the events was not: nothing would be proven."""
        out, err = self._capfd.readouterr()
        written = f"{out}{err}{self._caplog.text}"
        found = [marker for marker in (*MARKERS, *secrets) if marker.casefold() in written.casefold()]
        assert not found
        for event in events:
            assert event in written


@pytest.fixture
def logs(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Logs:
    caplog.set_level(logging.INFO)  # Lambda's own, for JSON logs
    return Logs(capfd, caplog)


@pytest.fixture
def app(account: Account) -> FakeApp:
    """A worker whose sender, words and names are all marked."""
    note = JOB.model_copy(update={"title": WORDS, "tag": WORDS, "summary": SAID})
    app = FakeApp(
        account,
        transcriber=FakeTranscriber(SAID),
        analyzer=FakeAnalyzer(Analysis(language="en", note=note, engine="fake")),
        answering=FakeAnswers([TOLD]),
    )
    app.lookup.known = IdentifiedSender(Customer("sam", "acme", NAME), Company("acme", NAME, ("en",), (WORDS,)))
    return app


MARKED = {"From": f"whatsapp:+{PHONE}", "WaId": PHONE, "ProfileName": NAME}


def test_filed_notes_and_answered_questions_leave_no_words(app: FakeApp, logs: Logs) -> None:
    assert app.deliver(app.voice((SAMPLES / "job.ogg").read_bytes(), **MARKED))
    assert app.deliver(job("SM2", **MARKED | {"Body": SAID}))
    assert app.deliver(job("SM3", **MARKED | {"Body": f"What did we say about the {WORDS}?"}))
    assert any(WORDS in reply for reply in app.replies())
    assert any(WORDS in key for key in app.artifacts())
    logs.clean("message settled", "MM1", "SM2", "SM3")


def test_where_media_is_fetched_from_with_a_signature_is_not_told(app: FakeApp, logs: Logs) -> None:
    signed = {"location": f"https://mms.twiliocdn.com/ME1?signature={WORDS}"}
    app.twilio.answers = [httpx.Response(307, headers=signed)]
    app.deliver(app.voice((SAMPLES / "job.ogg").read_bytes(), **MARKED))
    logs.clean("MM1")


def test_refusals_and_failures_leave_no_words(app: FakeApp, logs: Logs) -> None:
    def fail(error: Exception) -> None:
        raise error

    assert app.deliver(app.voice((SAMPLES / "silence.ogg").read_bytes(), "MM2", **MARKED))
    assert app.deliver(app.voice(WORDS.encode(), "MM3", **MARKED))
    assert app.deliver(app.voice(WORDS.encode(), "MM4", f"{WORDS}/{NAME}", **MARKED))
    for number, error in enumerate((ValueError(SAID), KeyError(PHONE), TellSender("unreadable_audio"))):
        app.analyzer.before = lambda error=error: fail(error)  # type: ignore[misc]
        for attempt in (1, 2, 3):
            app.deliver(job(f"SM5{number}", **MARKED | {"Body": SAID}), attempt)
    app.worker().work([Delivery("1", "x", json.dumps({WORDS: PHONE}), 1)], LEASE)
    app.worker().work([Delivery("2", "x", json.dumps({"version": WORDS}), 1)], LEASE)
    logs.clean("AttemptFailed", "MessageParked", "unexpected ValueError", "MM2")


def test_indexing_leaves_no_words(account: Account, logs: Logs) -> None:
    indexes = FakeIndexes()
    file_voice(account, SID, [Segment(0.0, 1.0, SAID, NAME)])
    meter = IndexMeter(Notes(account.ledger), Usage(account.ledger))
    indexer = Indexer(meter, stored_notes(account), indexes, account.index_queue, account.index_dead_letters, 3, 1)
    body = IndexJob(ACME, SID).to_json()
    assert indexer.work([Delivery("1", "h", body, 1, ACME)]) == []
    indexes.failures = [ValueError(SAID), ValueError(SAID)]
    indexer.work([Delivery("2", "h", body, 3, ACME)])
    indexer.work([Delivery("3", "h", json.dumps({"version": 1, WORDS: PHONE}), 1, ACME)])
    logs.clean("index changed", "IndexJobParked", "unexpected ValueError")


def test_the_webhook_leaves_no_words(account: Account, logs: Logs) -> None:
    desk = Desk(account)
    message = MESSAGE | {"Body": SAID, "ProfileName": NAME}
    assert desk.status(form_event(message)) == 200
    assert desk.status(form_event(message | {"From": f"whatsapp:+{PHONE}"})) == 200
    assert desk.status(form_event(message, token=WORDS)) == 403
    assert desk.status(form_event(message | {"AccountSid": WORDS})) == 400
    assert desk.status(form_event(message | {"MessageSid": f"{WORDS}/{PHONE}"})) == 400
    assert desk.status(json_event(WORDS)) == 400
    desk.lookup.reachable = False
    assert desk.status(form_event(message | {"From": f"whatsapp:+{PHONE[::-1]}"})) == 503
    logs.clean("enqueued", "unknown-sender", "not-twilio", "malformed", "unavailable")


def test_the_api_leaves_no_words(account: Account, logs: Logs) -> None:
    file_voice(account, SID, [Segment(0.0, 1.0, SAID, NAME)], intent="other")
    answering = FakeAnswering(TOLD)
    office = ConnectionTickets(Tickets(account.ledger), "wss://live.example.com")
    wired = services(account, answering=answering, connection_tickets=office)
    note = stored_notes(account).to_index(ACME, SID)
    assert note
    wired.indexes.change(ACME, [note])
    failing = replace(wired, answering=cast("Answering", FakeAnswering(TOLD, before=_fail_with_words)))
    for handle in (served(wired), served(failing)):
        for method, path, query, body in (
            ("GET", f"/v1/notes/{SID}", "", None),
            ("GET", "/v1/notes", f"text={WORDS}&sender={PHONE}", None),
            ("GET", "/v1/search", f"q={WORDS}", None),
            ("GET", f"/v1/{WORDS}", f"{NAME}={PHONE}", None),
            ("GET", "/v1/files/url", f"key={WORDS}", None),
            ("POST", "/v1/ask", "", {"question": SAID, "conversation": "new"}),
            ("POST", "/v1/ask", "", {"question": SAID, NAME: PHONE}),
            ("PATCH", f"/v1/notes/{SID}", "", {"segments": [{"index": 0, "text": SAID}]}),
        ):
            event = Gateway(handle).event(method, path, query)
            event["headers"] = event["headers"] | {"content-type": "application/json", "x-api-key": f"avt_{WORDS}"}
            handle(event | ({"body": json.dumps(body)} if body else {}), None)
    assert answering.told == 1
    logs.clean("UnexpectedError")


def test_erasing_leaves_no_words(app: FakeApp, account: Account, logs: Logs) -> None:
    assert app.deliver(job("MM1", **MARKED | {"Body": SAID}))
    assert app.deliver(job("MM2", **MARKED | {"Body": SAID}))
    handle = Gateway(served(services(account, erasing=erasing(function(account, app.twilio)))))
    app.twilio.answers = [httpx.ConnectError(f"{PHONE} {WORDS}")]
    assert handle.ask("DELETE", "/v1/notes/MM1").status == 503
    assert handle.ask("DELETE", "/v1/notes/MM1").status == 200
    app.twilio.answers = [httpx.Response(400, json={"message": f"{NAME} {WORDS}"})]
    old = Retention(account.ledger, eraser(account, app.twilio), lambda: {ACME: 1}, lambda: now() + timedelta(days=99))
    with pytest.raises(RetryLater):
        eraser_handler.expire(old, _Patient())
    assert eraser_handler.expire(old, _Patient()) == {"erased": 1}
    logs.clean("message erased", "MM1", "expired note not erased", "RetentionFailed", "NotesExpired", "MM2")


class _Patient:
    """A Lambda context with time enough."""

    def get_remaining_time_in_millis(self) -> int:
        return 900_000


def _fail_with_words(_number: int) -> None:
    raise ValueError(SAID)


@pytest.mark.parametrize("error", [DeadLetter, RetryLater])
def test_what_is_said_of_a_failure_to_us_is_not_said_of_the_message(
    app: FakeApp, logs: Logs, error: type[Exception]
) -> None:
    def fail() -> None:
        raise error("OpenAI answered 500") from ValueError(SAID)

    app.analyzer.before = fail
    for attempt in (1, 2, 3):
        app.deliver(job("SM6", **MARKED | {"Body": SAID}), attempt)
    logs.clean("OpenAI answered 500")


def test_keys_and_tickets_are_in_no_log(account: Account, logs: Logs) -> None:
    keys = ApiKeys(account.ledger)
    secret, _ = keys.create(ACME, NAME)
    with mock.patch.dict(os.environ, {"TABLE": account.ledger.table}):  # its module is a Lambda entry
        authorizer = importlib.import_module("data_api_server.authorizer").Authorizer(keys)
    allowed = authorizer.authorize({"headers": {"x-api-key": secret}})
    assert allowed["isAuthorized"]
    authorizer.authorize({"headers": {"x-api-key": WORDS}})
    office = ConnectionTickets(Tickets(account.ledger), "wss://live.example.com")
    handle = served(services(account, connection_tickets=office))
    ticket = json.loads(handle(Gateway(handle).event("POST", "/v1/tickets"), None)["body"])["ticket"]
    assert secret
    assert ticket
    logs.clean("authorized", "ticket_sold", secrets=(secret, ticket))
