"""If no note has the words, notes with similar words are offered; no word is similar to a number or a code."""

from pathlib import Path
from typing import Any

import pytest
from support.account import Account

from ai_voice_shared.domain import Segment
from ai_voice_shared.search.model import IndexedNote, Scope
from ai_voice_shared.search.near import near_at
from ai_voice_shared.search.segment_index import SegmentIndexes


def note(message_id: str, text: str, language: str = "en", sender: str = "sam") -> IndexedNote:
    said = (Segment(0.0, 1.0, text),)
    return IndexedNote(message_id, "other", sender, "", "2026-11-20T10:00:00.000Z", language, said)


NOTES = [
    note("thermostat", "The thermostat in the hall shows nothing."),
    note("boiler", "The boiler was serviced by Mr Okonkwo, who has anti-freeze from O'Brien."),
    note("order", "Order 1043 and part AB-1043/7 came, meter 4711 did not. The WXYZ-22 is here."),
    note("calibration", "Its calibration is overdue, and so is the heating."),
    note("ventil", "Das Sicherheitsventil am Heizkörper tropft.", "de"),
    note("chaudiere", "La chaudière est fermée.", "fr"),
    note("termostat", "Термостат в коридоре сломан.", "ru"),
    note("mikhanat", "المضخة معطلة منذ الأمس", "ar"),
    note("mashaba", "המשאבה מקולקלת מאתמול", "he"),
    note("tapman", "पंप का तापमान बहुत ज्यादा है", "hi"),
    note("pump-zh", "七号楼的水泵坏了。", "zh"),
]
TEXTS = {one.message_id: one.segments[0].text for one in NOTES}
LANGUAGES = {one.message_id: one.language for one in NOTES}


@pytest.fixture
def indexes(account: Account, tmp_path: Path) -> SegmentIndexes:
    made = SegmentIndexes(account.store, tmp_path)
    made.change("acme", NOTES)
    return made


def offered(indexes: SegmentIndexes, typed: str, scope: Scope = Scope(), **how: Any) -> dict[str, list[str]]:  # noqa: B008 - frozen
    """The notes with something near, and what that is."""
    assert indexes.search("acme", typed, scope, verbatim=True) == []
    near = [hit.message_id for hit in indexes.near("acme", typed, scope, **how)]
    places = {one: near_at(TEXTS[one], typed, LANGUAGES[one]) for one in near}
    return {one: [TEXTS[one][start:end] for start, end in places[one]] for one in near if places[one]}


@pytest.mark.parametrize(
    ("typed", "message_id", "expected"),
    [
        ("thermostatt", "thermostat", ["thermostat"]),
        ("thremostat", "thermostat", ["thermostat"]),
        ("boyler", "boiler", ["boiler"]),
        ("Where is the BOYLER?", "boiler", ["boiler"]),
        ("bolier", "boiler", ["boiler"]),
        ("okonk", "boiler", ["Okonkwo"]),
        ("Oko", "boiler", ["Okonkwo"]),
        ("Okonkvo's", "boiler", ["Okonkwo"]),
        ("antifrese", "boiler", ["anti-freeze"]),
        ("OBrian", "boiler", ["O'Brien"]),
        ("calibratio", "calibration", ["calibration"]),
        ("heatng", "calibration", ["heating"]),
        ("Sicherheitsvenntil", "ventil", ["Sicherheitsventil"]),
        ("Sicherheits", "ventil", ["Sicherheitsventil"]),
        ("Heizkorpar", "ventil", ["Heizkörper"]),
        ("chaudeire", "chaudiere", ["chaudière"]),
        ("термастат", "termostat", ["Термостат"]),
        ("المضخه", "mikhanat", ["المضخة"]),
        ("משאבהה", "mashaba", []),
        ("המשאבהה", "mashaba", ["המשאבה"]),
        ("तापमाण", "tapman", ["तापमान"]),
    ],
)
def test_another_spelling_or_the_beginning_of_a_word_is_offered(
    indexes: SegmentIndexes, typed: str, message_id: str, expected: list[str]
) -> None:
    assert offered(indexes, typed).get(message_id, []) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "1042",
        "471",
        "CD-1042",
        "cd1042",
        "WXYA-23",
        "WXYA23",
        "ok",
        "bxyler",
        "Werkstatt",
        "水朋",
        '"boyler"',
        "when why",
        "?",
        "",
    ],
)
def test_nothing_is_near_to_numbers_codes_other_words_and_demanded_phrases(indexes: SegmentIndexes, typed: str) -> None:
    assert offered(indexes, typed, verbatim=True) == {}


def test_a_number_in_words_is_near_to_no_other_one(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [note("seventy", "It shows seventy.")])
    assert indexes.near("acme", "seven") == []


def test_the_nearest_comes_first(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [note("far", "The thermosttat is new."), note("begins", "The thermostatic valve.")])
    assert [hit.message_id for hit in indexes.near("acme", "thermostatt")][:1] == ["thermostat"]


def test_what_is_near_stays_in_scope_and_company(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [note("ann's", "The boiler hums.", sender="ann")])
    indexes.change("bolt", [note("other", "A boiler elsewhere.")])
    assert [hit.message_id for hit in indexes.near("acme", "boyler", Scope(sender="ann"))] == ["ann's"]
    assert [hit.message_id for hit in indexes.near("bolt", "boyler")] == ["other"]
    assert indexes.near("nobody", "boyler") == []


def test_a_removed_note_is_near_to_nothing(indexes: SegmentIndexes) -> None:
    indexes.change("acme", [], ["boiler"])
    assert indexes.near("acme", "boyler") == []


def test_a_long_question_and_a_long_word_are_no_obstacle(indexes: SegmentIndexes) -> None:
    many = " ".join(f"wort{chr(97 + place % 26)}{chr(97 + place // 26)}" for place in range(200))
    assert indexes.near("acme", many) == []
    assert indexes.near("acme", "x" * 500) == []
    assert near_at("y" * 100_000, "x" * 500, "en") == []
