"""A queue body is read as it was written, or parked with a reason."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.jobs import VERSION, AnalyzeJob, FollowUpJob, NoteJob, Parameters, notes_job

JOB = NoteJob(
    {"MessageSid": "SM1", "Body": "Ventil prüfen, 明日 🔧\n", "Label": ["b", "a"], "New": ""},
    "acme",
    "ann",
    "2026-11-22T09:14:07.123Z",
)


def body(**changes: Any) -> str:
    return json.dumps(json.loads(JOB.to_json()) | changes)


def test_a_job_is_read_as_it_was_written() -> None:
    assert NoteJob.from_json(JOB.to_json()) == JOB
    assert json.loads(JOB.to_json())["version"] == VERSION


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text(), min_size=2)))
def test_whatever_twilio_sends_reaches_the_worker_untouched(message: Parameters) -> None:
    assert NoteJob.from_json(NoteJob(message, "acme", "ann", "now").to_json()).message == message


@pytest.mark.parametrize(
    "broken",
    ["", "nonsense", "[]", "null", "[" * 100_000, "{}", body(extra=1), body(message=[]), body(company_id=""),
     body(customer_id=7), body(received_at=None)],
)  # fmt: skip
def test_a_body_that_is_no_job_is_parked(broken: str) -> None:
    with pytest.raises(DeadLetter, match="not a note job"):
        NoteJob.from_json(broken)


def test_a_body_of_another_version_is_parked_and_both_versions_are_named() -> None:
    with pytest.raises(DeadLetter, match=f"has version 2; this worker reads version {VERSION}"):
        NoteJob.from_json(body(version=2))


def test_the_message_id_is_twilios() -> None:
    assert JOB.message_id == "SM1"
    assert NoteJob({"SmsMessageSid": "SM2"}, "acme", "ann", "now").message_id == "SM2"


@pytest.mark.parametrize("sid", ["", "../SM1", "SM 1", "SM\u0661", ["SM1", "SM2"]])
def test_a_message_id_that_could_leave_its_place_is_parked(sid: str | list[str]) -> None:
    with pytest.raises(DeadLetter, match="no usable MessageSid"):
        _ = NoteJob({"MessageSid": sid}, "acme", "ann", "now").message_id


FOLLOW_UP = FollowUpJob("SM1", "acme", "feedback-1", our_number="whatsapp:+15550100000", sender="whatsapp:+15550100001")


def test_the_queue_of_notes_holds_notes_and_follow_ups() -> None:
    assert notes_job(JOB.to_json()) == JOB
    assert notes_job(FOLLOW_UP.to_json()) == FOLLOW_UP
    assert json.loads(FOLLOW_UP.to_json())["kind"] == "follow-up"


@pytest.mark.parametrize("broken", ["", "[]", "[" * 100_000, "{}", '{"kind": "note"}', body(kind="follow-up")])
def test_what_is_neither_is_parked(broken: str) -> None:
    with pytest.raises(DeadLetter, match=r"is not a (note|follow-up) job"):
        notes_job(broken)


@pytest.mark.parametrize(
    "changes", [{"message_id": "../SM1"}, {"company_id": ""}, {"step": 1}, {"sender": None}, {"our_number": ""}]
)
def test_a_follow_up_that_names_nobody_is_parked(changes: dict[str, Any]) -> None:
    with pytest.raises(DeadLetter, match="not a follow-up job"):
        notes_job(json.dumps(json.loads(FOLLOW_UP.to_json()) | changes))


def test_a_follow_up_of_another_version_is_parked() -> None:
    with pytest.raises(DeadLetter, match="has version 2"):
        notes_job(json.dumps(json.loads(FOLLOW_UP.to_json()) | {"version": 2}))


ANALYZE = AnalyzeJob(f"an_{'0' * 24}", "acme")


def test_a_job_to_make_an_analysis_is_read_as_it_was_written() -> None:
    assert notes_job(ANALYZE.to_json()) == ANALYZE
    assert ANALYZE.message_id == ANALYZE.analysis_id


@pytest.mark.parametrize(
    "wrong", [{"analysis_id": "SM1"}, {"analysis_id": 7}, {"company_id": "../acme"}, {"company_id": None}, {"more": 1}]
)
def test_a_job_to_make_no_analysis_is_parked(wrong: dict[str, Any]) -> None:
    with pytest.raises(DeadLetter, match="not a job to make an analysis"):
        notes_job(json.dumps(json.loads(ANALYZE.to_json()) | wrong))
