"""A note's reason: short sentences that a person can act on, for everything that our errors say."""

from datetime import timedelta

import pytest

from ai_voice_shared.domain import now
from ai_voice_shared.errors import DeadLetter, Misconfigured, RetryLater, Wait, reason
from ai_voice_shared.records.checkpoints import Busy
from ai_voice_shared.records.note_lists import Status
from ai_voice_shared.records.notes import Note
from ai_voice_shared.records.usage import OverBudget
from ai_voice_shared.vendor_failures import passing, refusal
from data_api_server.models.reasons import _TEXTS, Reason, reason_of
from voice_parser.dead_letters import DIED
from voice_parser.sound.recording_room import Short
from voice_parser.twilio.api import FeedbackRefused
from voice_parser.worker.late_files import LateFile
from voice_parser.worker.turns import TooMany, Turn

UNTIL = "2026-12-01T00:00:00.000Z"


def _of(status: Status, problem: str, waits_until: str = "", **details: str) -> Reason:
    note = Note("acme", "SM1", "sam", UNTIL, status=status, problem=problem, details=details, waits_until=waits_until)
    found = reason_of(note)
    assert found
    return found


@pytest.mark.parametrize(
    ("error", "code", "service"),
    [
        (OverBudget(), "over_budget", None),
        (TooMany(Turn(now() + timedelta(hours=1))), "too_many", None),
        (LateFile(60), "file_absent", None),
        (Short(), "no_room", None),
        (Busy(3), "busy", None),
        (passing("OpenAI", 429, {}, own=True), "rate_limit", "OpenAI"),
        (passing("OpenAI", 503, {}, own=True), "unreachable", "OpenAI"),
        (RetryLater("OpenAI unreachable, or gone before the end"), "unreachable", "OpenAI"),
        (RetryLater("Twilio's media did not arrive, or was incomplete"), "unreachable", "Twilio"),
        (RetryLater("Secrets Manager did not answer"), "unreachable", "Secrets Manager"),
        (RetryLater("the vectors of m are not all of one length"), "retrying", None),
        (ValueError("text of the message"), "retrying", None),
        (refusal("OpenAI", 401), "retrying", "OpenAI"),
    ],
)
def test_a_note_that_waits_says_for_what(error: Exception, code: str, service: str | None) -> None:
    for status in ("waiting", "retrying"):
        found = _of(status, reason(error), UNTIL)
        assert (found.code, found.values.get("service"), found.values["until"]) == (code, service, UNTIL)


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (
            RetryLater("OpenAI unreachable, or gone before the end"),
            "parked_unreachable",
            "OpenAI did not answer in any",
        ),
        (Wait("OpenAI answered 429", 5), "parked_unreachable", "OpenAI did not answer in any"),
        (refusal("OpenAI", 401), "parked_access", "OpenAI does not let us in"),
        (DeadLetter("Twilio answered 401: check the Twilio secret"), "parked_access", "Twilio does not let us in"),
        (refusal("OpenAI", 429, "insufficient_quota"), "parked_unpaid", "The account at OpenAI is used up"),
        (refusal("OpenAI", 400), "parked_refused", "OpenAI refused our request"),
        (Misconfigured("Secret openai has no api_key: fill it in."), "parked_setup", "Something is not set up"),
        (Misconfigured("OPENAI_SECRET is not set."), "parked_setup", "Something is not set up"),
        (DeadLetter(DIED), "parked_failed", "The work failed in every try"),
        (KeyError("text of the message"), "parked_failed", "The work failed in every try"),
    ],
)
def test_a_parked_note_says_what_to_do_and_that_nothing_is_lost(error: Exception, code: str, told: str) -> None:
    found = _of("parked", reason(error))
    assert (found.code, found.text.startswith(told), "Nothing is lost." in found.text) == (code, True, True)


def test_a_refusal_says_what_its_sender_was_told_with_its_numbers() -> None:
    found = _of("refused", "too_long", minutes="60")
    assert (found.code, found.values) == ("too_long", {"minutes": "60"})
    assert found.text.startswith("Your recording is longer than 60 minutes.")
    assert _of("refused", "too_long").code == "refused"  # of a release that did not keep the numbers
    assert _of("refused", "media_gone", UNTIL).values == {"until": UNTIL}


def test_a_filed_note_says_what_is_wrong_with_it() -> None:
    assert _of("filed", "not_understood").code == "not_understood"
    assert _of("filed", str(FeedbackRefused("63016"))).code == "sender_not_told"
    assert _of("filed", "OpenAI answered 500").code == "not_finished"
    assert reason_of(Note("acme", "SM1", "sam", UNTIL, status="filed")) is None
    assert reason_of(Note("acme", "SM1", "sam", UNTIL, status="received", problem="OpenAI answered 500")) is None


def test_no_reason_says_more_than_its_code_and_its_values() -> None:
    assert all("{" not in text.replace("{service}", "") for text in _TEXTS.values())
    assert "text of the message" not in _of("parked", "unexpected KeyError: text of the message").text
