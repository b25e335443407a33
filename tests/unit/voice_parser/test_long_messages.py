"""A message of any length is kept and filed: nothing of it is lost, and no record of it is too large to keep."""

import json
import random

import pytest
from support.app import FakeApp, job

from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.stored.stored_notes import StoredNotes
from voice_parser.understanding.analyzers.rules import RulesAnalyzer

LARGEST = 1_048_576
"""Bytes that the queue takes (SQS)."""


def filled(text: str) -> str:
    """As much of the text as fits into the queue with its message."""
    room = LARGEST - len(job(Body="").to_json())
    count = room // (len(json.dumps(text[:1000])) - 2) * 1000
    return text[:count]


def random_text(characters: str, count: int) -> str:
    chance = random.Random(1)  # noqa: S311 - the same every time
    return "".join(chance.choices(characters, k=count))


TEXTS = {
    "one word": "a" * 1_000_000,
    "words": random_text("abcdefghij     ", 1_000_000),
    "sentences": random_text("abcdefghij    . ", 1_000_000),
    "orders": "Please order two valves. " * 40_000,
    "questions": "Where is the key of the cellar? " * 30_000,
    "Chinese": random_text("".join(map(chr, range(0x4E00, 0x9FFF))) + "。", 1_000_000),
    "flags": "Flags: " + "\U0001f1e6" * 80_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_of_a_megabyte_is_filed_and_found_whole(app: FakeApp, text: str) -> None:
    text = filled(text)
    app.analyzer = RulesAnalyzer()  # type: ignore[assignment]
    assert app.deliver(job("SM1", Body=text))
    note = app.note("SM1")
    assert note.status == "filed"
    (kept,) = [key for key in app.artifacts() if key.endswith("full_text.txt")]
    assert app.account.store.get(kept).body.decode().strip() == text.strip()
    stored = StoredNotes(Notes(app.account.ledger), app.account.store).find("acme", "SM1")
    assert stored
    assert "".join(" ".join(one.text for one in stored.segments).split()) == "".join(text.split())
    assert app.replies()


@pytest.mark.parametrize("name", ["ProfileName", "Label", "Address", "OriginalRepliedMessageSid", "ButtonPayload"])
def test_a_parameter_of_a_megabyte_keeps_no_message_from_being_filed(app: FakeApp, name: str) -> None:
    long: NoteJob = job("SM1", Body="Please order two valves.", **{name: "x" * 900_000})
    assert app.deliver(long)
    assert app.note("SM1").status == "filed"


def test_an_address_book_of_random_words_is_filed(app: FakeApp) -> None:
    cards = (
        "BEGIN:VCARD\nFN:Anna\n"
        + "".join(f"NOTE:{random_text('abcdefghijklmnopqrstuvwxyzäöü', 290)}\n" for _ in range(29))
        + "END:VCARD\n"
        for _ in range(100)
    )
    assert app.deliver(app.voice("".join(cards).encode(), content_type="text/vcard"))
    assert app.note("MM1").status == "filed"
