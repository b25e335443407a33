"""A new sender is greeted once, with the answer to their first message, whatever happens to that message."""

from dataclasses import replace

import httpx
import pytest
from support.account import Account
from support.app import ACME, FakeAnalyzer, FakeApp, job
from support.erasing import eraser

from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Company, Customer
from ai_voice_shared.intents import KnowledgeDocument
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.notes import Note, Notes
from voice_parser.replying.clusters import units
from voice_parser.understanding.understanding import Analysis

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")
GREETING = phrase("greeting", "en", company="Acme")


@pytest.fixture
def app(account: Account) -> FakeApp:
    return FakeApp(account, greeted=False)


def of(app: FakeApp, company: Company) -> None:
    app.lookup.known = IdentifiedSender(Customer("sam", "acme", "Sam"), company)


def greeted(app: FakeApp) -> list[str]:
    return [reply for reply in app.replies() if "👋" in reply]


def test_the_first_message_is_answered_with_a_greeting_in_the_same_message(app: FakeApp) -> None:
    assert app.deliver(job("SM1", Body="Order two valves"))
    (first,) = app.replies()
    assert first.startswith(f"{GREETING}\n\n✅ Job filed: Order valves")
    assert app.deliver(job("SM2", Body="Order three valves"))
    assert not greeted(app)[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_language_of_the_message(app: FakeApp, language: str) -> None:
    app.analyzer = FakeAnalyzer(app.analyzer.analysis.model_copy(update={"language": language}))
    assert app.deliver(job("SM1", Body="Order two valves"))
    assert app.replies()[0].startswith(phrase("greeting", language, company="Acme"))


def test_who_first_asks_for_help_is_greeted_in_the_language_of_that_word(app: FakeApp) -> None:
    assert app.deliver(job("SM1", Body="Hilfe"))
    assert app.replies()[0].startswith(phrase("greeting", "de", company="Acme"))


def test_a_greeting_that_leaves_no_room_for_the_answer_goes_first(app: FakeApp) -> None:
    said = " ".join(f"Sentence {number} of a long report." for number in range(45))
    note = KnowledgeDocument(
        intent="knowledge-document", title="Report", tag="report", summary=said, key_points=["None."]
    )
    app.analyzer = FakeAnalyzer(Analysis(language="en", note=note, engine="fake"))
    app.transcriber.text = said
    assert app.deliver(job("SM1", Body="Look"))
    if len(app.replies()) == 1:  # what was written is not told again
        assert units(app.replies()[0]) <= 1600
    assert len(greeted(app)) == 1


def test_of_two_messages_at_the_same_time_one_is_greeted(app: FakeApp) -> None:
    for sid in ("SM1", "SM2"):  # both are listed before either is answered
        Notes(app.account.ledger).open(Note("acme", sid, "sam", "2026-11-20T10:00:00.000Z", "Sam", "text"))
    assert app.deliver(job("SM2", Body="The second"))
    assert app.deliver(job("SM1", Body="The first"))
    assert len(greeted(app)) == 1


def test_a_message_that_is_delivered_again_is_not_greeted_again(app: FakeApp) -> None:
    app.twilio.after = lambda: httpx.Response(500)
    assert not app.deliver(job("SM1", Body="Order two valves"))
    app.twilio.after = lambda: None
    assert app.deliver(job("SM1", Body="Order two valves"), attempt=2)
    assert app.deliver(job("SM1", Body="Order two valves"), attempt=3)
    assert len(app.replies()) == 1
    assert len(greeted(app)) == 1


def test_who_wrote_before_there_were_greetings_gets_none(app: FakeApp) -> None:
    Notes(app.account.ledger).open(Note("acme", "SM0", "sam", "2026-01-01T10:00:00.000Z", "Sam", "text"))
    assert app.deliver(job("SM1", Body="Order two valves"))
    assert not greeted(app)


def test_a_company_that_wants_no_answers_wants_no_greeting(app: FakeApp) -> None:
    of(app, replace(ACME, feedback="problems-only"))
    assert app.deliver(job("SM1", Body="Order two valves"))
    assert app.replies() == []


def test_who_erases_the_first_message_is_not_greeted_again_but_who_is_forgotten_is(app: FakeApp) -> None:
    assert app.deliver(job("SM1", Body="Order two valves"))
    assert app.deliver(job("SM2", Body="forget that", OriginalRepliedMessageSid="SM1"))
    assert app.deliver(job("SM3", Body="Order two valves"))
    assert len(greeted(app)) == 1
    ledger = app.account.ledger
    for record in eraser(app.account, app.twilio).records:
        record.of_person(Note("acme", "", "sam", "")).erase()
    assert ledger.places("SENDERS#acme") == []
