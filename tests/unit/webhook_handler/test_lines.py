"""A call to a company's own line: bridged to its agent, transcribed and recorded as the company allows."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from support.account import Account
from support.calls import said, started
from unit.webhook_handler.phone import ACME, BASE, CALL, CALLS, LINE, RECORDING, Lookup, Phone

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.calls.after_jobs import CallCheckJob, CallRecordingJob
from ai_voice_shared.calls.calls import Calls
from ai_voice_shared.calls.company_calls import CompanyCalls
from ai_voice_shared.calls.live_job import LiveJob
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.jobs import notes_job
from ai_voice_shared.live.watchers import Watcher, Watchers

EVENTS = f"{BASE}/transcription"


def calling(account: Account, settings: CompanyCalls = CALLS) -> Phone:
    """A call to the line."""
    return Phone(account, to=LINE, lookup=Lookup(replace(ACME, calls=settings)))


def event(phone: Phone, company: str = "acme", **fields: str) -> dict[str, object]:
    """An event of the transcription."""
    told = {name: str(value) for name, value in said(2, "My boiler is cold.").items()} | {"CallSid": CALL} | fields
    return phone.request(f"{EVENTS}?language=en-GB&company={company}", **told)


def queued(account: Account) -> list[LiveJob]:
    return [LiveJob.from_json(str(message["Body"])) for message in account.queued(account.calls_queue)]


def test_the_announcement_comes_first_then_the_transcription_then_the_agent(account: Account) -> None:
    phone = calling(account)
    phone.get()

    assert phone.verbs == ["Say", "Start", "Dial"]
    assert phone.said == "This call is transcribed."
    transcription = phone.verb("Transcription").attrib
    assert transcription["track"] == "both_tracks"
    assert transcription["profanityFilter"] == "false"
    assert transcription["partialResults"] == "false"
    assert transcription["languageCode"] == "en-GB"
    assert transcription["hints"] == "Elm Street,Rohrbach"
    assert parse_qs(urlsplit(transcription["statusCallbackUrl"]).query)["company"] == ["acme"]
    assert "record" not in phone.verb("Dial").attrib


def test_partial_words_are_asked_for_while_a_console_watches(account: Account) -> None:
    Watchers(account.ledger).add("acme", Watcher("connection", "key"), 4_000_000_000)
    phone = calling(account)
    phone.get()

    assert phone.verb("Transcription").attrib["partialResults"] == "true"


def test_a_call_is_recorded_only_where_the_company_says_so(account: Account) -> None:
    phone = calling(account, replace(CALLS, records=True))
    phone.get()

    assert phone.verb("Dial").attrib["record"] == "record-from-answer-dual"


def test_an_agent_is_called_from_the_line_for_a_caller_by_whatsapp(account: Account) -> None:
    for caller, shown in (("whatsapp:+15550100001", LINE), ("+15550100001", None)):
        phone = Phone(account, caller, to=LINE, lookup=Lookup(replace(ACME, calls=CALLS)))
        phone.get()
        assert phone.verb("Dial").attrib.get("callerId") == shown


def test_a_company_that_wants_no_transcription_gets_none(account: Account) -> None:
    phone = calling(account, replace(CALLS, transcribes=False))
    phone.get()

    assert phone.verbs == ["Say", "Dial"]
    assert account.queued() == []


def test_the_call_is_kept_and_somebody_looks_whether_its_transcription_begins(account: Account) -> None:
    calling(account).get()
    calling(account).get()  # Twilio asks again

    call = Calls(account.ledger).get("acme", CALL)
    assert call is not None
    assert (call.customer_id, call.line, call.agent_name, call.status) == ("ann", LINE, "Robin", "live")
    assert account.queue.count() == 2
    assert notes_job(CallCheckJob(CALL, "acme").to_json()) == CallCheckJob(CALL, "acme")


def test_a_ledger_that_fails_keeps_nobody_from_the_agent(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise RetryLater("DynamoDB did not answer")

    monkeypatch.setattr(Ledger, "write_all", fails)
    monkeypatch.setattr(Ledger, "latest", fails)
    phone = calling(account)
    phone.get()

    assert phone.verbs == ["Say", "Start", "Dial"]


def test_an_event_goes_into_the_queue_of_calls_in_its_calls_order_and_once(account: Account) -> None:
    phone = calling(account)
    for _ in range(2):
        assert event(phone)["statusCode"] == 200

    (job,) = queued(account)
    assert (job.call_id, job.company_id, job.fields["SequenceId"]) == (CALL, "acme", "2")


@pytest.mark.parametrize("wrong", [{"TranscriptionEvent": "x"}, {"SequenceId": ""}, {"TranscriptionData": "["}])
def test_what_is_no_event_is_refused(account: Account, wrong: dict[str, str]) -> None:
    assert event(calling(account), **wrong)["statusCode"] == 400
    assert queued(account) == []


def test_a_url_that_names_no_company_is_refused(account: Account) -> None:
    assert event(calling(account), company="_x")["statusCode"] == 400


def test_the_end_of_the_agents_call_ends_the_call(account: Account) -> None:
    phone = calling(account)
    phone.get()
    phone.get(phone.verb("Dial").attrib["action"], DialCallStatus="completed")

    (job,) = queued(account)
    assert not job.is_event
    assert phone.verbs == ["Hangup"]


def test_an_agent_who_does_not_answer_is_told_of(account: Account) -> None:
    phone = calling(account)
    phone.get()

    assert phone.get(phone.verb("Dial").attrib["action"], DialCallStatus="no-answer")


def test_a_recording_that_is_complete_is_fetched_by_the_worker(account: Account) -> None:
    phone = calling(account)
    url = f"{BASE}/recording?language=en-GB&company=acme"
    told = {"RecordingSid": RECORDING, "RecordingStartTime": "Sun, 29 Nov 2026 09:00:04 +0000"}

    assert phone.request(url, RecordingStatus="in-progress", **told)["statusCode"] == 200
    assert phone.request(url, RecordingStatus="completed", **told)["statusCode"] == 200

    (message,) = account.queued()
    assert notes_job(str(message["Body"])) == CallRecordingJob(CALL, "acme", RECORDING, "2026-11-29T09:00:04.000Z")


def test_started_events_are_taken_as_well(account: Account) -> None:
    phone = calling(account)
    told = {name: str(value) for name, value in started().items()} | {"CallSid": CALL}

    assert phone.request(f"{EVENTS}?company=acme", **told)["statusCode"] == 200
    assert len(queued(account)) == 1
