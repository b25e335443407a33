"""A recording waits until it has the memory that it needs; it is refused only if it fails without others."""

import threading
from pathlib import Path

import av
import pytest
from support.app import FakeApp, job
from support.waiting import HANGS

from ai_voice_shared.errors import TellSender, Wait
from voice_parser.sound import decoding, memory, recording_room
from voice_parser.sound.budget import Budget
from voice_parser.sound.recording_room import Short

HOUR = 3600.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of a megabyte."""
    made = tmp_path / "note.ogg"
    made.write_bytes(bytes(1_000_000))
    return made


@pytest.fixture
def budget(monkeypatch: pytest.MonkeyPatch) -> Budget:
    """Room for one recording, and nobody has the patience to wait for it."""
    made = Budget(60_000_000)
    monkeypatch.setattr(recording_room, "_budget", lambda: made)
    monkeypatch.setattr(recording_room, "PATIENCE", 0.0)
    return made


def test_what_the_memory_cannot_hold_now_waits_and_is_not_refused(path: Path, budget: Budget) -> None:
    with recording_room.taken(path, HOUR):
        assert budget.held > 0
        with pytest.raises(Wait), recording_room.taken(path, HOUR):
            pass
    with recording_room.taken(path, HOUR):
        pass
    assert budget.held == 0


def test_a_recording_has_its_turn_as_soon_as_another_gives_its_memory_back(
    path: Path, budget: Budget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording_room, "PATIENCE", HANGS)
    entered = threading.Event()

    def take() -> None:
        with recording_room.taken(path, HOUR):
            entered.set()

    other = threading.Thread(target=take)
    with recording_room.taken(path, HOUR):
        other.start()
        assert not entered.wait(0.1)
    assert entered.wait(HANGS)
    other.join()
    assert budget.held == 0


def test_alone_means_that_no_other_recording_takes_memory(tmp_path: Path, budget: Budget) -> None:
    short = tmp_path / "short.ogg"
    short.write_bytes(b"short")
    with recording_room.taken(short, HOUR), pytest.raises(Wait), recording_room.taken(short, HOUR, alone=True):
        pass
    with (
        recording_room.taken(short, HOUR, alone=True),
        pytest.raises(Wait),
        recording_room.taken(short, HOUR),
    ):
        pass
    assert budget.held == 0


@pytest.mark.parametrize("shortage", [MemoryError(), RuntimeError("can't start new thread")])
def test_too_little_memory_refuses_only_what_is_alone(path: Path, shortage: Exception) -> None:
    with pytest.raises(Short), recording_room.taken(path, HOUR):
        raise shortage
    with pytest.raises(TellSender, match="unreadable_audio"), recording_room.taken(path, HOUR, alone=True):
        raise shortage


def test_another_failure_is_not_taken_for_too_little_memory(path: Path) -> None:
    with pytest.raises(RuntimeError, match="something else"), recording_room.taken(path, HOUR):
        raise RuntimeError("something else")


def refused() -> None:
    raise TellSender("unreadable_audio")


def test_a_refusal_while_the_memory_is_nearly_full_is_not_believed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "left", lambda: 1_000_000)
    with recording_room.taken(path, HOUR) as room, pytest.raises(Short):
        room.certain(refused)
    with recording_room.taken(path, HOUR) as room, pytest.raises(Short):
        room.certain(lambda: "a part of it, perhaps")
    with recording_room.taken(path, HOUR, alone=True) as room, pytest.raises(TellSender):
        room.certain(refused)


def test_what_was_read_while_an_allocation_failed_elsewhere_is_not_believed(path: Path) -> None:
    def read() -> str:
        with pytest.raises(Short), recording_room.taken(path, HOUR):
            raise MemoryError
        return "a part of it, perhaps"

    with recording_room.taken(path, HOUR) as room, pytest.raises(Short):
        room.certain(read)


def test_a_refusal_beside_others_is_tried_once_more(path: Path) -> None:
    answers: list[TellSender | str] = [TellSender("unreadable_audio"), "all of it"]

    def read() -> str:
        if isinstance(answer := answers.pop(0), TellSender):
            raise answer
        return answer

    with recording_room.taken(path, HOUR) as room:
        assert room.certain(read) == "all of it"


def test_the_decoder_s_own_lack_of_memory_is_not_taken_for_a_broken_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise av.error.MemoryError(12, "Cannot allocate memory")

    monkeypatch.setattr(av, "open", fail)
    with pytest.raises(MemoryError):
        decoding.decode(path, longest=60)


def test_a_note_that_met_the_limit_beside_others_is_heard_alone_later(app: FakeApp, voice_note: bytes) -> None:
    failures = [MemoryError()]

    def fail_once() -> None:
        if failures:
            raise failures.pop()

    app.transcriber.before = fail_once
    note = app.voice(voice_note)
    assert app.deliver(note, app.max_attempts)
    assert app.note("MM1").status == "waiting"
    assert app.account.queue.count() == 1
    assert app.account.queued(app.account.dead_letters) == []
    assert app.deliver(note)
    assert app.note("MM1").status == "filed"


def test_a_note_that_meets_the_limit_alone_is_refused_and_its_sender_hears_so(app: FakeApp, voice_note: bytes) -> None:
    def fail() -> None:
        raise MemoryError

    app.transcriber.before = fail
    note = app.voice(voice_note)
    assert app.deliver(note)
    assert app.note("MM1").status == "waiting"
    assert app.deliver(note)
    assert app.note("MM1").status == "refused"
    assert app.note("MM1").problem == "unreadable_audio"
    assert "could not" in app.replies()[-1]


def test_a_text_that_meets_the_limit_beside_a_recording_waits_and_alone_it_failed(app: FakeApp, path: Path) -> None:
    def fail() -> None:
        raise MemoryError

    app.analyzer.before = fail
    text = job("SM1", Body="Please order two valves by Friday.")
    with recording_room.taken(path, HOUR):
        assert app.deliver(text, app.max_attempts)
    assert app.note("SM1").status == "waiting"
    assert not app.deliver(text)
    assert app.note("SM1").status == "retrying"
