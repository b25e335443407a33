"""A call is answered at once: a caller who is proven asks; others enter a PIN, or leave a note."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.account import ACCOUNT_SID, Account
from unit.webhook_handler.desk import form_event
from unit.webhook_handler.phone import ACME, BASE, CALL, CALLS, LINE, QUESTION, RECORDING, Lookup, Phone, whatsapp

from ai_voice_shared.calls.asking import AskedTurn
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.phrases import phrase
from webhook_handler.voice.asking.waiting import WAITS
from webhook_handler.voice.voices import voice_of


def metrics(printed: str, name: str) -> int:
    return printed.count(f'"{name}"')


def test_a_whatsapp_caller_is_greeted_by_name_and_asked(account: Account) -> None:
    phone = whatsapp(account)
    assert phone.get().startswith("Hello Ann <b>. What would you like to know?")
    gather, say = phone.verb("Gather"), phone.verb("Say")
    assert gather.attrib["hints"] == "Elm Street,Rohrbach"
    assert (gather.attrib["language"], say.attrib["language"], say.attrib["voice"]) == (
        "en-GB",
        "en-GB",
        "Polly.Amy-Neural",
    )
    assert (gather.attrib["speechTimeout"], gather.attrib["actionOnEmptyResult"]) == ("2", "true")
    call = phone.calls.get(CALL)
    assert call is not None
    assert (call.company_id, call.customer_id, call.known_as) == ("acme", "ann", "whatsapp")


def test_a_stranger_is_told_whom_to_ask_and_counted(account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    phone = Phone(account, sender="+15550109999")
    assert "not registered" in phone.get()
    assert phone.verbs == ["Say", "Hangup"]
    assert metrics(capsys.readouterr().out, "UnknownCaller")
    assert phone.calls.get(CALL) is None
    assert "not registered" in Phone(account, sender="").get()


@pytest.mark.parametrize(
    ("languages", "language"),
    [
        (("en", "de-AT"), "de-AT"),  # Ann calls from Germany
        (("fr-CA", "nl"), "fr-CA"),
        (("da", "nl"), "nl"),
        (("da",), "en"),
        ((), "en"),
    ],
)
def test_a_call_speaks_the_callers_language_if_their_company_does(
    account: Account, languages: tuple[str, ...], language: str
) -> None:
    phone = whatsapp(account, lookup=Lookup(replace(ACME, languages=languages)))
    assert phrase("call_ask", language) in phone.get()
    assert (
        phone.verb("Say").attrib["language"] == phone.verb("Gather").attrib["language"] == voice_of(language).language
    )


def test_a_stranger_is_told_so_in_the_language_of_their_country(account: Account) -> None:
    assert phrase("call_unknown", "fr") in Phone(account, sender="+33145678900").get()
    assert phrase("call_unknown", "en") in Phone(account, sender="anonymous").get()


@pytest.mark.parametrize(
    ("accepts", "told", "known_as"),
    [
        (True, "TN-Validation-Passed-A", "attested"),
        (True, "TN-Validation-Passed-B", "number"),
        (True, "TN-Validation-Passed-A-Diverted", "number"),
        (True, "", "number"),
        (False, "TN-Validation-Passed-A", "number"),
    ],
)
def test_only_a_full_attestation_counts_and_only_where_the_company_accepts_it(
    account: Account,
    accepts: bool,  # noqa: FBT001 - a row of the table
    told: str,
    known_as: str,
) -> None:
    company = replace(ACME, calls=replace(CALLS, accepts_attestation=accepts))
    phone = Phone(account, more={"StirVerstat": told}, lookup=Lookup(company))
    said = phone.get()
    call = phone.calls.get(CALL)
    assert call is not None
    assert call.known_as == known_as
    assert ("What would you like to know" in said) == (known_as == "attested")


def test_an_attestation_that_nobody_signed_opens_nothing(account: Account) -> None:
    company = replace(ACME, calls=replace(CALLS, accepts_attestation=True))
    phone = Phone(account, lookup=Lookup(company))
    told = {"CallSid": CALL, "AccountSid": ACCOUNT_SID, "From": phone.sender, "To": phone.to}
    signed = form_event(told, url=BASE) | {"rawPath": "/twilio/voice"}
    answer = phone.endpoint.answer(signed | {"body": f"{signed['body']}&StirVerstat=TN-Validation-Passed-A"})
    assert (answer["statusCode"], "you need a PIN" in str(answer["body"])) == (200, True)
    call = phone.calls.get(CALL)
    assert call is not None
    assert call.known_as == "number"
    assert phone.endpoint.answer(signed | {"body": f"{signed['body']}&Digits=1"})["statusCode"] == 403


def test_a_number_alone_opens_nothing(account: Account) -> None:
    phone = Phone(account)
    assert "you need a PIN" in phone.get()
    assert phone.verb("Gather").attrib["input"] == "dtmf"
    for url in (f"{BASE}/turn?turn=1", f"{BASE}/wait?turn=1"):
        phone.calls.ask(CALL, 1, "not by this caller")
        phone.calls.move(CALL, AskedTurn(1, "", "answered", say="the secret"), since=("asked",))
        assert "secret" not in phone.get(url, SpeechResult=QUESTION, known_as="pin")
    assert phone.jobs() == []


def test_the_right_pin_opens_the_notes(account: Account) -> None:
    phone = Phone(account)
    phone.has_pin("4711")
    assert "enter your PIN" in phone.get()
    assert phone.verb("Gather").attrib["finishOnKey"] == "#"
    assert "not right" in phone.answer(digits="4712")
    assert "What would you like to know?" in phone.answer(digits="4711")
    phone.answer(QUESTION)
    assert [job["what"] for job in phone.jobs()] == ["asked"]


def test_three_wrong_pins_lock_and_the_customer_is_to_be_told(account: Account) -> None:
    phone = Phone(account)
    phone.has_pin("471147")
    phone.get()
    assert "not right" in phone.answer(digits="1111")
    other = Phone(account, call_id="CA2")
    other.get()
    assert "not right" in other.answer(digits="2222")
    assert "locked" in other.answer(digits="3333")
    assert [job["what"] for job in phone.jobs()] == ["locked"]
    assert "locked" in phone.answer(digits="471147")
    phone.has_pin("4711")
    third = Phone(account, call_id="CA3")
    third.get()
    assert "What would you like to know?" in third.answer(digits="4711")


def test_a_pin_is_nowhere_in_clear(account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    phone = Phone(account)
    phone.has_pin("47114711")
    phone.get()
    phone.answer(digits="47114712")
    phone.answer(digits="47114711")
    kept = account.ledger.client.scan(TableName=account.ledger.table)["Items"]
    assert "4711471" not in f"{kept}{capsys.readouterr().out}{phone.jobs()}"


def test_a_question_goes_to_the_worker_and_the_caller_waits_within_four_seconds_each(account: Account) -> None:
    phone = whatsapp(account)
    phone.get()
    assert phone.answer(QUESTION) == "I am looking through the notes."
    (job,) = phone.jobs()
    assert {name: job[name] for name in ("call_id", "company_id", "customer_id", "turn", "what")} == {
        "call_id": CALL,
        "company_id": "acme",
        "customer_id": "ann",
        "turn": 1,
        "what": "asked",
    }
    for _ in range(WAITS - 1):
        phone.redirected()
        pause = int(phone.verb("Pause").attrib["length"])
        assert phone.verbs[-1] == "Redirect"
        assert pause + 2 * len(list(phone.page.iter("Say"))) <= 4
    assert "by WhatsApp" in phone.redirected()
    assert phone.verbs[0] == "Gather"
    (turn,) = phone.calls.turns(CALL)
    assert (turn.status, turn.question) == ("later", QUESTION)


def test_the_answer_is_said_with_its_source_and_its_clip_can_be_heard(account: Account) -> None:
    phone = whatsapp(account)
    phone.get()
    phone.answer(QUESTION)
    until = timestamp(now() + timedelta(minutes=50))
    clip = "https://bucket.s3.amazonaws.com/clip.wav?a=1&b=2"
    answered = AskedTurn(1, "", "answered", "A valve by Friday. Sam said so.", clip, until)
    phone.calls.move(CALL, answered, since=("asked",))
    assert phone.redirected().startswith("A valve by Friday. Sam said so. To hear it, say play")
    phone.answer("Play it.")
    assert phone.verb("Play").text == clip
    assert phone.verb("Gather").find("Play") is not None
    phone.answer("And by when?")
    assert [(turn.turn, turn.status) for turn in phone.calls.turns(CALL)] == [(1, "said"), (2, "asked")]


def test_a_clip_whose_time_is_over_is_not_played(account: Account) -> None:
    phone = whatsapp(account)
    phone.get()
    assert "nothing to play" in phone.answer(digits="2")
    phone.answer(QUESTION)
    answered = AskedTurn(1, "", "answered", "Yes.", "https://x/clip.wav", timestamp(now()))
    phone.calls.move(CALL, answered, since=("asked",))
    phone.redirected()
    assert "nothing to play" in phone.answer(digits="2")


def test_a_model_that_fails_is_apologised_for(account: Account) -> None:
    phone = whatsapp(account)
    phone.get()
    phone.answer(QUESTION)
    phone.calls.move(CALL, AskedTurn(1, "", "failed"), since=("asked",))
    assert "something went wrong" in phone.redirected()
    assert phone.verbs[0] == "Gather"


def test_silence_is_asked_about_then_helped_and_ends_the_call(
    account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = whatsapp(account)
    phone.get()
    assert phone.answer() == phrase("call_nothing_heard", "en")
    assert phrase("call_help", "en") in phone.answer()
    assert phone.answer() == phrase("call_goodbye", "en")
    assert phone.verbs == ["Say", "Hangup"]
    assert metrics(capsys.readouterr().out, "CallSilent")


def test_keys_lead_to_a_note_and_to_a_person(account: Account) -> None:
    phone = whatsapp(account)
    phone.get()
    phone.answer(digits="0")
    assert phone.verb("Number").text == "+15550100022"
    assert phone.verb("Dial").attrib["callerId"] == phone.to  # a telephone cannot be called from a WhatsApp number
    assert "Nobody can be reached" in phone.get(phone.verb("Dial").attrib["action"], DialCallStatus="no-answer")
    assert "You can ask" in phone.answer(digits="7")
    phone.answer(digits="1")
    assert phone.verb("Record").attrib["playBeep"] == "true"


@pytest.mark.parametrize(
    ("language", "words", "verb"),
    [
        ("en-US", "Record a note.", "Record"),
        ("de-DE", "Eine Notiz aufnehmen", "Record"),
        ("es-ES", "dejar una nota", "Record"),
        ("fr-FR", "Enregistrer une note", "Record"),
        ("it-IT", "registra una nota", "Record"),
        ("nl-NL", "notitie opnemen", "Record"),
        ("pt-BR", "gravar uma nota", "Record"),
        ("en-US", "Goodbye", "Hangup"),
        ("de-DE", "Das war's", "Hangup"),
        ("es-ES", "Adiós.", "Hangup"),
        ("fr-FR", "Au revoir", "Hangup"),
        ("it-IT", "Arrivederci", "Hangup"),
        ("nl-NL", "tot ziens", "Hangup"),
        ("pt-PT", "não obrigado", "Hangup"),
        ("de-DE", "Ich möchte mit jemandem sprechen", "Dial"),
    ],
)
def test_fixed_words_do_it_too_in_each_language(account: Account, language: str, words: str, verb: str) -> None:
    phone = whatsapp(account, lookup=Lookup(replace(ACME, languages=(language,))))
    phone.get()
    phone.answer(words)
    assert verb in phone.verbs
    assert {say.attrib["language"] for say in phone.page.iter("Say")} == {language}


def test_a_note_by_phone_needs_no_proof_and_says_how_its_caller_was_known(account: Account) -> None:
    phone = Phone(account)
    phone.get()
    phone.answer(digits="1")
    record = phone.verb("Record").attrib
    assert phone.get(record["action"], RecordingSid=RECORDING, RecordingDuration="7").startswith("Thank you")
    told = phone.request(record["recordingStatusCallback"], RecordingSid=RECORDING, RecordingStatus="completed")
    assert told["body"].endswith("<Response/>")
    first, second = phone.jobs()
    assert (
        first["message"]
        == second["message"]
        == {
            "MessageSid": RECORDING,
            "CallSid": CALL,
            "AccountSid": first["message"]["AccountSid"],
            "From": phone.sender,
            "To": phone.to,
            "KnownAs": "number",
        }
    )
    assert (first["source"], first["company_id"], first["customer_id"]) == ("phone", "acme", "ann")


def test_a_hang_up_during_the_recording_loses_nothing(account: Account) -> None:
    phone = Phone(account)
    phone.get()
    phone.answer(digits="1")
    callback = phone.verb("Record").attrib["recordingStatusCallback"]
    phone.request(f"{BASE}/status", CallStatus="completed", CallDuration="31")
    assert phone.request(callback, RecordingSid=RECORDING, RecordingStatus="completed")["statusCode"] == 200
    assert [job.get("source", job.get("what")) for job in phone.jobs()] == ["ended", "phone"]


def test_an_empty_recording_is_no_note(account: Account) -> None:
    phone = whatsapp(account)
    phone.get()
    phone.answer(digits="1")
    assert "did not hear a note" in phone.redirected()
    callback = f"{BASE}/note?callback=1"
    assert phone.request(callback, RecordingSid=RECORDING, RecordingStatus="absent")["body"].endswith("<Response/>")
    assert phone.jobs() == []


def test_the_end_of_a_call_is_kept_and_sent_to_the_worker(account: Account) -> None:
    phone = whatsapp(account)
    phone.get()
    phone.request(f"{BASE}/status", CallStatus="ringing")
    assert phone.jobs() == []
    assert phone.request(f"{BASE}/status", CallStatus="completed", CallDuration="65")["body"].endswith("<Response/>")
    call = phone.calls.get(CALL)
    assert call is not None
    assert (call.seconds, bool(call.ended_at)) == (65, True)
    assert [job["what"] for job in phone.jobs()] == ["ended"]


def test_a_call_to_a_companys_line_is_announced_and_bridged(account: Account) -> None:
    phone = Phone(account, sender="+15550107777", to=LINE)
    assert phone.get() == CALLS.announcement
    assert phone.verb("Number").text == "+15550100021"
    assert "Nobody can be reached" in phone.get(phone.verb("Dial").attrib["action"], DialCallStatus="busy")


def test_a_request_of_an_unknown_call_or_account_is_not_answered_with_anybodys_words(account: Account) -> None:
    phone = whatsapp(account)
    assert "cannot take your call" in phone.get(f"{BASE}/turn?turn=1", SpeechResult=QUESTION)
    assert "cannot take your call" in phone.get(BASE, AccountSid="AC2")
    assert phone.request(f"{BASE}/elsewhere")["statusCode"] == 404
    assert phone.jobs() == []
