"""What happens to a shared place or contact."""

import json
from dataclasses import replace

import pytest
from support.app import ACME, FakeApp, FakeLookup, job
from unit.voice_parser.test_index_step import jobs
from unit.voice_parser.test_vcards import WHATSAPP

from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Customer, Segment
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.stored.stored_notes import StoredNotes
from voice_parser.twilio.shared import people, place

DEPOT = {
    "MessageType": "location",
    "Body": "",
    "Latitude": "47.3769",
    "Longitude": "8.5417",
    "Label": "Depot",
    "Address": "5 Elm Street,\n8001 Zürich",
}
DEPOT_LINE = "Depot, 5 Elm Street, 8001 Zürich, 47.3769, 8.5417"


def words(app: FakeApp, sid: str) -> tuple[Segment, ...]:
    """What the index gets of the note."""
    indexed = StoredNotes(Notes(app.account.ledger), app.account.store).to_index("acme", sid)
    assert indexed
    return indexed.segments


def test_a_place_is_a_note_with_title_and_words(app: FakeApp) -> None:
    assert app.deliver(job("SM1", **DEPOT))
    note = app.note("SM1")
    assert (note.kind, note.status, note.intent, note.title) == ("location", "filed", "other", "Depot")
    types = ("analysis.json", "full_text.txt", "location.json", "segments.json")
    assert app.artifacts() == [f"acme/other/depot_SM1_{name}" for name in types]
    assert words(app, "SM1") == (Segment(0.0, 0.0, DEPOT_LINE, written=True),)
    assert json.loads(app.account.store.get("acme/other/depot_SM1_location.json").body)["Label"] == "Depot"
    assert len(jobs(app)) == 1
    assert (app.replies(), app.analyzer.calls) == (["📍 Place kept: Depot"], 0)


@pytest.mark.parametrize(
    ("location", "title"),
    [
        ({"Latitude": "47.3", "Longitude": "8.5", "Address": "5 Elm Street"}, "5 Elm Street"),
        ({"Latitude": "47.3", "Longitude": "8.5"}, "47.3, 8.5"),
        ({"Latitude": "47.3", "Longitude": "8.5", "Label": "\u200e \u3164", "Address": "\ufeff"}, "47.3, 8.5"),
        ({"Latitude": "47.3", "Longitude": "8.5", "Label": "x" * 5000}, "x" * 98 + "…"),
    ],
)
def test_a_place_is_called_by_its_name_or_address_or_degrees(
    app: FakeApp, location: dict[str, str], title: str
) -> None:
    app.deliver(job("SM1", Body="", **location))
    assert app.note("SM1").title == title


def test_words_beside_a_place_are_understood_with_it(app: FakeApp) -> None:
    app.deliver(job("SM1", **(DEPOT | {"Body": "Bring two valves here by Friday"})))
    (seen,) = app.analyzer.words
    assert (seen.caption, seen.text, seen.times) == ("Bring two valves here by Friday", DEPOT_LINE, None)
    assert [one.text for one in words(app, "SM1")] == ["Bring two valves here by Friday", DEPOT_LINE]
    assert app.note("SM1").intent == "job-to-be-done"
    assert app.replies()[0].startswith("✅ Job filed: Order valves")
    assert app.replies()[0].endswith("📍 Place kept: Depot")


def test_a_name_that_is_repeated_in_the_text_is_no_caption(app: FakeApp) -> None:
    app.deliver(job("SM1", **(DEPOT | {"Body": "Depot"})))
    assert app.analyzer.calls == 0
    assert len(words(app, "SM1")) == 1


def test_a_contact_is_a_note_with_title_and_words(app: FakeApp) -> None:
    assert app.deliver(app.voice(WHATSAPP, content_type="text/vcard", MessageType="contacts"))
    note = app.note("MM1")
    assert (note.kind, note.status, note.intent, note.title) == ("contact", "filed", "other", "Ben Miller")
    types = ("analysis.json", "contact.vcf", "full_text.txt", "segments.json")
    assert app.artifacts() == [f"acme/other/ben-miller_MM1_{name}" for name in types]
    (line,) = words(app, "MM1")
    assert line.text == "Ben Miller, Acme Heating, Service, +1 555 010 9999, ben@acme.example"
    assert (app.replies(), app.analyzer.calls) == (["👤 Contact kept: Ben Miller"], 0)


def test_words_beside_a_contact_are_understood_with_it(app: FakeApp) -> None:
    app.deliver(app.voice(WHATSAPP, content_type="text/vcard", caption="Call him about the roof"))
    assert app.analyzer.words[0].caption == "Call him about the roof"
    assert app.note("MM1").title == "Order valves"
    assert app.replies()[0].endswith("👤 Contact kept: Ben Miller")


def test_a_card_that_tells_of_nobody_is_filed_by_its_caption(app: FakeApp) -> None:
    app.deliver(app.voice(b"no card", content_type="text/vcard", caption="Call him about the roof"))
    assert app.note("MM1").title == "Order valves"
    assert app.replies()[0].startswith("✅ Job filed: Order valves")


def test_a_contact_is_not_read_again_once_its_file_is_cleared(app: FakeApp) -> None:
    def die() -> None:
        raise KeyboardInterrupt

    note = app.voice(WHATSAPP, content_type="text/vcard")
    app.twilio.after = die
    with pytest.raises(KeyboardInterrupt):
        app.deliver(note)
    app.twilio.after = lambda: None
    for waiting in app.artifacts("_receipts/"):
        app.account.store.delete(waiting)
    assert app.deliver(note)
    assert app.note("MM1").status == "filed"
    assert app.replies() == ["👤 Contact kept: Ben Miller"]


def test_many_contacts_are_counted_in_the_title() -> None:
    cards = [WHATSAPP.replace(b"Ben", name) for name in (b"Ana", b"Ben", b"Cem", b"Dov", b"Eva")]
    told = people(cards)
    assert told.title == "Ana Miller, Ben Miller, Cem Miller (+2)"
    assert len(told.text.splitlines()) == 5
    assert place(DEPOT).text == DEPOT_LINE


@pytest.mark.parametrize(
    ("language", "told"), [("es", "📍 Lugar"), ("de", "📍 Ort"), ("fr", "📍 Lieu"), ("pt", "📍 Lugar")]
)
def test_a_place_is_told_in_the_companys_language(app: FakeApp, language: str, told: str) -> None:
    app.lookup = FakeLookup(IdentifiedSender(Customer("sam", "acme", "Sam"), replace(ACME, languages=(language,))))
    app.deliver(job("SM1", **DEPOT))
    assert app.replies()[0].startswith(told)


def test_a_company_that_wants_problems_only_hears_nothing_of_a_place(app: FakeApp) -> None:
    app.lookup = FakeLookup(IdentifiedSender(Customer("sam", "acme", "Sam"), replace(ACME, feedback="problems-only")))
    app.deliver(job("SM1", **DEPOT))
    assert (app.replies(), app.note("SM1").status) == ([], "filed")
