"""Captions, places and contacts on their whole way, from Twilio's webhook to a search that finds them."""

import numpy as np
from support.audio_fixtures import encoded, sample
from support.deployed import Deployed
from support.waiting import eventually

CAPTION = "Serial number of the boiler is ZX-4711, the roof leaks"
CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ben Quill\r\nORG:Acme Heating\r\nTEL:+1 555 010 9977\r\nEND:VCARD\r\n"


def is_found(deployed: Deployed, message_id: str, words: str) -> bool:
    """Whether a search finds the note, once the indexer has had its time."""
    return eventually(lambda: deployed.found(message_id, words))


def test_the_caption_of_a_film_is_filed_beside_what_is_said_and_found(deployed: Deployed) -> None:
    film = encoded(sample("knowledge.ogg").samples, "mp4", "aac", pictures=True)
    sid = deployed.file(film, "video/mp4", CAPTION).sid
    note = deployed.settled(sid)
    assert (note["status"], note["kind"]) == ("filed", "video")
    assert note["full_text"].startswith(f"{CAPTION}\n\n")
    written, *said = note["segments"]
    assert (written["text"], written["written"], written["start"], written["end"]) == (CAPTION, True, None, None)
    assert said
    assert all(one["end"] > one["start"] for one in said)
    assert is_found(deployed, sid, "4711")


def test_a_film_in_which_nobody_speaks_is_filed_by_its_caption(deployed: Deployed) -> None:
    film = encoded(np.zeros(32_000, np.int16), "mp4", "aac", pictures=True)
    sid = deployed.file(film, "video/mp4", "The meter in the cellar shows 90210 units on the first of May.").sid
    note = deployed.settled(sid)
    assert (note["status"], note["intent"]) == ("filed", "knowledge-document")
    assert {"video", "full_text", "segments"} <= {artifact["file_type"] for artifact in note["artifacts"]}
    assert is_found(deployed, sid, "90210")
    assert deployed.replies_with("We heard nothing in the file itself") == 1


def test_a_place_has_a_title_and_is_found_by_its_address(deployed: Deployed) -> None:
    sid = deployed.place(Latitude="47.3769", Longitude="8.5417", Label="North depot", Address="5 Quarry Lane").sid
    note = deployed.settled(sid)
    assert (note["kind"], note["status"], note["title"]) == ("location", "filed", "North depot")
    assert is_found(deployed, sid, "Quarry Lane")
    assert deployed.replies_with("📍 Place kept: North depot") == 1


def test_a_contact_has_a_title_and_is_found_by_its_number(deployed: Deployed) -> None:
    sid = deployed.file(CARD, "text/vcard").sid
    note = deployed.settled(sid)
    assert (note["kind"], note["status"], note["title"]) == ("contact", "filed", "Ben Quill")
    assert note["full_text"] == "Ben Quill, Acme Heating, +1 555 010 9977"
    assert is_found(deployed, sid, "9977")
    assert deployed.replies_with("👤 Contact kept: Ben Quill") == 1
