"""Everything that a message makes us use is counted, each step once, at any attempt."""

import zlib
from copy import copy
from datetime import timedelta
from functools import partial
from typing import Any

import httpx2
import pytest
from support.account import Account
from support.app import ACME, JOB
from support.openai_server import response

from ai_voice_shared.answering.answers import Answer
from ai_voice_shared.domain import Budget, Company, RecognizedSpeech, Tokens, Transcript, now
from ai_voice_shared.openai.api import OpenAi
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.usage import OverBudget, Usage, Used, month_of
from voice_parser.understanding.analyzers.openai import OpenAiAnalyzer
from voice_parser.understanding.analyzers.rules import RulesAnalyzer
from voice_parser.understanding.understanding import Analysis, Understanding
from voice_parser.worker.metering import Meter

TRANSCRIPT = Transcript("Order two valves.", duration=12.3456)
UNDERSTOOD = Analysis(language="en", note=JOB, engine="fake", tokens=Tokens(900, 120))
ANSWER = Answer((), "The notes do not tell.", "en", "fake", Tokens(3000, 80, 12))


def claimed(account: Account, sid: str = "SM1") -> Checkpoint:
    """The receipt as a new worker reads it; nobody holds it any more."""
    checkpoint = Checkpoints(account.ledger).claim(sid, "acme", timedelta(minutes=5))
    checkpoint.release()
    return checkpoint


def done(checkpoint: Checkpoint, **steps: Any) -> None:
    for step, result in steps.items():
        checkpoint.once(step.replace("_", "-"), partial(copy, result), type(result))


def used(account: Account, company_id: str = "acme") -> Used:
    return Usage(account.ledger).of(company_id, month_of(now()))


@pytest.fixture
def meter(account: Account) -> Meter:
    return Meter(Usage(account.ledger))


def test_a_note_counts_what_it_took(account: Account, meter: Meter) -> None:
    checkpoint = claimed(account)
    done(checkpoint, transcript=TRANSCRIPT, note=UNDERSTOOD, answer=ANSWER, feedback_1="SM8", feedback_2="MM9")
    meter.count(checkpoint)
    assert used(account) == Used(12346, 3900, 200, 1, 2, 12)
    assert used(account, "bolt") == Used()


def test_what_was_heard_twice_counts_twice(account: Account, meter: Meter) -> None:
    checkpoint = claimed(account)
    done(checkpoint, transcript=Transcript("Order two valves.", duration=12.5, heard_again=8.25))
    meter.count(checkpoint)
    assert used(account).audio_milliseconds == 20_750


def test_only_what_twilio_took_counts_as_sent(account: Account, meter: Meter) -> None:
    checkpoint = claimed(account)
    heard = RecognizedSpeech("Order two valves.")
    done(checkpoint, feedback_1="", kept_for_us_1="SM7", waits_1="SM8", window_1_of_2=heard, indexed="SM-not-a-reply")
    meter.count(checkpoint)
    assert used(account) == Used(messages_received=1, messages_sent=2)


def test_counting_again_changes_nothing_whoever_counts(account: Account, meter: Meter) -> None:
    checkpoint = claimed(account)
    done(checkpoint, note=UNDERSTOOD, feedback_1="SM8")
    for again in (checkpoint, checkpoint, claimed(account)):
        meter.count(again)
    assert used(account) == Used(0, 900, 120, 1, 1)


def test_what_is_done_after_a_message_was_parked_is_counted_when_it_is_replayed(account: Account, meter: Meter) -> None:
    parked = claimed(account)
    done(parked, transcript=TRANSCRIPT, kept_for_us_1="SM8")
    meter.count(parked)
    replayed = claimed(account)
    done(replayed, note=UNDERSTOOD, feedback_1="SM9")
    meter.count(replayed)
    assert used(account) == Used(12346, 900, 120, 1, 2)


def test_two_workers_that_know_different_steps_count_each_once(account: Account, meter: Meter) -> None:
    slow, quick = claimed(account), claimed(account)
    done(quick, note=UNDERSTOOD)
    meter.count(quick)
    done(slow, note=UNDERSTOOD, feedback_1="SM8")
    meter.count(slow)
    assert used(account) == Used(0, 900, 120, 1, 1)


def test_a_reply_of_very_many_parts_is_counted_whole(account: Account, meter: Meter) -> None:
    checkpoint = claimed(account)
    done(checkpoint, **{f"feedback_{number}": f"SM{number}" for number in range(130)})
    meter.count(checkpoint)
    assert used(account) == Used(messages_received=1, messages_sent=130)


def test_the_marks_lie_with_the_receipt_and_end_with_its_steps(account: Account, meter: Meter) -> None:
    checkpoint = claimed(account)
    done(checkpoint, note=UNDERSTOOD)
    meter.count(checkpoint)
    items = {str(item["sk"]): item for item in account.ledger.partition("MESSAGE#SM1")}
    assert {"STEP#usage-received", "STEP#usage-note"} <= items.keys()
    assert int(items["STEP#usage-note"]["expires_at"]) >= int(items["STEP#note"]["expires_at"])


def test_a_receipt_of_before_tokens_were_counted_still_reads(account: Account, meter: Meter) -> None:
    checkpoint = claimed(account)
    for step, result in (("note", UNDERSTOOD.model_dump_json(exclude={"tokens"})), ("answer", _old_answer())):
        checkpoint.steps[step] = zlib.compress(result.encode())
    meter.count(checkpoint)
    assert used(account) == Used(messages_received=1)


def _old_answer() -> str:
    return '{"statements": [], "notice": "", "language": "en", "engine": "fake"}'


def test_a_company_over_its_budget_waits_and_others_do_not(account: Account, meter: Meter) -> None:
    checkpoint = claimed(account)
    done(checkpoint, transcript=TRANSCRIPT)
    meter.count(checkpoint)
    meter.check(ACME)
    meter.check(Company("acme", "Acme", budget=Budget(audio_minutes=1, tokens=1, messages=2)))
    meter.check(Company("bolt", "Bolt", budget=Budget(messages=1)))
    with pytest.raises(OverBudget):
        meter.check(Company("acme", "Acme", budget=Budget(messages=1)))


def test_understanding_costs_all_tries_together() -> None:
    good = Understanding(language="en", note=JOB).model_dump_json()
    answers = [response("{}", tokens=(100, 20)), response(good, tokens=(101, 30))]
    transport = httpx2.MockTransport(lambda _request: httpx2.Response(200, json=answers.pop(0)))
    api = OpenAi("sk-test", "https://models.example/v1", "responses", transport)
    analysis = OpenAiAnalyzer("a-model", lambda: api).understand(TRANSCRIPT, ACME)
    assert analysis.certain
    assert analysis.tokens == Tokens(201, 50)
    answers += [response("{}", tokens=(100, 20))] * 2
    assert OpenAiAnalyzer("a-model", lambda: api).understand(TRANSCRIPT, ACME).tokens == Tokens(200, 40)


def test_rules_cost_nothing() -> None:
    assert RulesAnalyzer().understand(TRANSCRIPT, ACME).tokens == Tokens()
