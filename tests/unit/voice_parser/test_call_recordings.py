"""The recording of a call: kept with its note, as long as the call, and then deleted at Twilio."""

import io
import json
import wave

import httpx
import pytest
from support.app import ACME, FakeApp
from support.calls import CALL_ID, live_job, said, started, stopped
from support.erasing import eraser

from ai_voice_shared.calls.after_jobs import CallCheckJob, CallRecordingJob
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.live_records import LiveRecords
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.jobs import NoteJob, notes_job
from voice_parser.live.consoles import Consoles
from voice_parser.live.listening import Listening
from voice_parser.live.session import LiveSession, note_job

RECORDING = "RE00000000000000000000000000000001"
CALL = Call(CALL_ID, ACME.company_id, timestamp(now()), customer="+15550100001", language="en")
JOB = CallRecordingJob(CALL_ID, ACME.company_id, RECORDING, "2026-11-29T09:00:04.000Z")


def wav(seconds: float, channels: int = 2) -> bytes:
    """Loud samples."""
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(channels)
        made.setsampwidth(2)
        made.setframerate(8000)
        made.writeframes(b"\x10\x20" * channels * round(8000 * seconds))
    return file.getvalue()


def talk(app: FakeApp, *events: dict[str, str | list[str]]) -> None:
    Calls(app.account.ledger).begin(CALL)
    session = LiveSession(
        calls=Calls(app.account.ledger),
        records=LiveRecords(app.account.ledger),
        company=lambda _company_id: ACME,
        is_erased=lambda _call_id: False,
        listening=Listening(()),
        consoles=Consoles(lambda _company_id, _messages: None),
        notes_queue=app.account.queue,
        settles_seconds=0,
    )
    for event in events:
        session.take(live_job(event, company_id=ACME.company_id), 1)


@pytest.fixture
def recorded(app: FakeApp) -> FakeApp:
    """A call whose recording, of six seconds, waits at Twilio; the agent answered after four."""
    app.twilio.media[f"{RECORDING}.wav"] = wav(6)
    talk(app, started(), said(2, "Hello, this is Sam.", second=7), stopped(3, 10))
    return app


def audio(app: FakeApp) -> wave.Wave_read:
    (key,) = [key for key in app.note(CALL_ID).artifacts if key.endswith("_audio.wav")]
    return wave.open(io.BytesIO(app.account.store.get(key).body), "rb")


def filed(app: FakeApp) -> None:
    assert app.deliver(note_job(Calls(app.account.ledger).end(CALL, timestamp(now()))))


def test_the_recording_is_kept_and_its_seconds_are_those_of_the_transcript(recorded: FakeApp) -> None:
    filed(recorded)

    assert recorded.deliver(JOB)

    kept = audio(recorded)
    assert (kept.getnchannels(), kept.getnframes() / kept.getframerate()) == (2, 10.0)
    assert not any(kept.readframes(4 * 8000))
    assert any(kept.readframes(8000))
    assert recorded.note(CALL_ID).duration_ms == 10_000


def test_twilio_keeps_no_recording(recorded: FakeApp) -> None:
    filed(recorded)
    recorded.deliver(JOB)

    assert f"{RECORDING}.wav" not in recorded.twilio.media


def test_a_recording_waits_for_its_note(recorded: FakeApp) -> None:
    recorded.account.queued()

    assert recorded.deliver(JOB)

    assert f"{RECORDING}.wav" in recorded.twilio.media
    assert recorded.account.queue.count() == 1


def test_the_job_again_changes_nothing(recorded: FakeApp) -> None:
    filed(recorded)
    recorded.deliver(JOB)
    before = recorded.note(CALL_ID)

    assert recorded.deliver(JOB)

    assert recorded.note(CALL_ID).artifacts == before.artifacts


def test_a_recording_of_one_channel_is_asked_for_as_it_is(recorded: FakeApp) -> None:
    filed(recorded)
    recorded.twilio.media[f"{RECORDING}.wav"] = wav(6, channels=1)
    recorded.twilio.answers.append(httpx.Response(400, json={"code": 20001}))

    assert recorded.deliver(JOB)

    assert audio(recorded).getnchannels() == 1


def test_only_twilio_is_sent_the_credentials(recorded: FakeApp) -> None:
    filed(recorded)
    recorded.deliver(JOB)

    assert recorded.twilio.authorized == {"api.twilio.com"}


def test_a_call_without_words_is_transcribed_from_its_recording(app: FakeApp) -> None:
    app.twilio.media[f"{RECORDING}.wav"] = wav(3)
    talk(app)
    Calls(app.account.ledger).end(CALL, timestamp(now()))

    assert app.deliver(JOB)

    jobs = [notes_job(str(message["Body"])) for message in app.account.queued()]
    (job,) = [job for job in jobs if isinstance(job, NoteJob)]
    assert job.message == {"MessageSid": CALL_ID, "RecordingSid": RECORDING}


def test_an_erased_call_loses_its_recording_at_twilio_too(recorded: FakeApp) -> None:
    filed(recorded)

    receipt = eraser(recorded.account, recorded.twilio).erase(ACME.company_id, CALL_ID)

    assert receipt is not None
    assert f"{RECORDING}.wav" not in recorded.twilio.media
    assert Calls(recorded.account.ledger).get(ACME.company_id, CALL_ID) is None
    assert list(recorded.account.ledger.partition(f"CALL#{CALL_ID}")) == []
    assert recorded.deliver(JOB)
    assert recorded.artifacts() == []


def test_what_to_check_is_said_when_no_transcription_began(app: FakeApp, capsys: pytest.CaptureFixture[str]) -> None:
    talk(app)

    app.deliver(CallCheckJob(CALL_ID, ACME.company_id))

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (line,) = [line for line in lines if line["event"] == "no transcription"]
    assert "32650" in line["check"]


def test_nothing_is_said_of_a_transcription_that_began(app: FakeApp, capsys: pytest.CaptureFixture[str]) -> None:
    talk(app, started())

    app.deliver(CallCheckJob(CALL_ID, ACME.company_id))

    assert "no transcription" not in capsys.readouterr().out
    assert app.account.queue.count() == 1  # it looks again later


def test_a_call_whose_end_nobody_told_is_filed_after_the_longest_that_one_can_last(app: FakeApp) -> None:
    old = Call(CALL_ID, ACME.company_id, "2026-11-20T09:00:00.000Z", language="en")
    Calls(app.account.ledger).begin(old)

    app.deliver(CallCheckJob(CALL_ID, ACME.company_id, 18))

    (job,) = [notes_job(str(message["Body"])) for message in app.account.queued()]
    assert isinstance(job, NoteJob)
    call = Calls(app.account.ledger).get(ACME.company_id, CALL_ID)
    assert call is not None
    assert call.status == "ended"
