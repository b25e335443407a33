"""A compound that no note has is found by its parts, as far as the company's own notes have them."""

from pathlib import Path

import pytest
from support.account import Account

from ai_voice_shared.answering.extracts import choosing
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.domain import Segment
from ai_voice_shared.search.compounds import parts
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.segment_index import SegmentIndexes


def note(message_id: str, text: str, language: str = "de") -> IndexedNote:
    said = (Segment(0.0, 1.0, text),)
    return IndexedNote(message_id, "other", "sam", "", "2026-11-20T10:00:00.000Z", language, said)


@pytest.fixture
def indexes(account: Account, tmp_path: Path) -> SegmentIndexes:
    return SegmentIndexes(account.store, tmp_path)


def found(indexes: SegmentIndexes, question: str) -> list[str]:
    return [hit.message_id for hit in indexes.search("acme", question)]


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("de", "Der Schlüssel für die Kellertür hängt am Brett.", "Kellertürschlüssel"),
        (
            "de",
            "Der Schlüssel für die Kellertür hängt am Brett.",
            "Wo ist der Kellertuerschlüssel? Kellertürschlüssel!",
        ),
        ("de", "Der Schlüssel für die Tür im Keller hängt am Brett.", "Wo ist der Kellertürschlüssel?"),
        ("de", "Das Ventil der Heizung klemmt.", "Heizungsventile"),
        ("de", "Die Heizung im Fußboden ist kalt.", "FUSSBODENHEIZUNG"),
        ("nl", "De sleutel van de kelderdeur hangt aan het bord.", "kelderdeursleutel"),
        ("nl", "De ketel van de verwarming lekt.", "verwarmingsketel"),
        ("sv", "Hans nyckel till källardörren hänger på tavlan.", "källardörrsnyckel"),
        ("sv", "Pumpen för värme står stilla.", "värmepump"),
        ("da", "Nøglen til kælderdøren hænger på tavlen.", "kælderdørsnøgle"),
        ("nb", "Nøkkelen til kjellerdøren henger på tavlen.", "kjellerdørsnøkkel"),
        ("fi", "Kellarin avain on taululla.", "Missä on kellarinavain?"),
        ("fi", "Lattia on märkä, ja lämmitys on poikki.", "lattialämmitys"),
    ],
)
def test_a_compound_is_found_by_its_parts(indexes: SegmentIndexes, language: str, text: str, asked: str) -> None:
    indexes.change("acme", [note("parts", text, language), note("other", "Radio", language)])
    assert found(indexes, asked) == ["parts"]


def test_what_has_all_parts_comes_first(indexes: SegmentIndexes) -> None:
    some = [note(f"key{place}", "Ein Schlüssel, der Schlüssel.") for place in range(5)]
    indexes.change("acme", [*some, note("both", "Der Schlüssel der alten Kellertür hängt am Brett.")])
    assert found(indexes, "Kellertürschlüssel")[0] == "both"


@pytest.mark.parametrize(
    ("known", "word", "expected"),
    [
        ({"kellertur", "schlussel", "keller", "tur"}, "Kellertürschlüssel", ["kellertur", "schlussel"]),
        ({"schlussel", "keller", "tur"}, "Kellertürschlüssel", ["keller", "tur", "schlussel"]),
        ({"schlussel"}, "Kellertürschlüssel", []),
        ({"kellertur"}, "Kellertürschlüssel", []),
        ({"und", "rat", "unrat"}, "Undrat", []),
        ({"reg", "ent", "onn", "tag"}, "Regentonntag", []),
        ({"radi", "rat"}, "Radirat7", []),
    ],
)  # fmt: skip
def test_a_word_is_taken_apart_only_where_words_make_all_of_it(known: set[str], word: str, expected: list[str]) -> None:
    assert parts(word, ("de",), known.__contains__) == expected
    assert parts(word, ("en", ""), known.__contains__) == []


def test_a_compound_that_a_note_has_is_not_taken_apart(indexes: SegmentIndexes) -> None:
    indexes.change(
        "acme", [note("itself", "Der Kellertürschlüssel fehlt."), note("key", "Ein Schlüssel. Die Kellertür.")]
    )
    assert found(indexes, "Kellertürschlüssel") == ["itself"]


def test_nothing_is_taken_apart_while_all_words_are_known(
    indexes: SegmentIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexes.change("acme", [note("key", "Der Schlüssel der Kellertür hängt am Brett.")])
    monkeypatch.setattr("ai_voice_shared.search.missing.asked", lambda *_of: pytest.fail("it looked further"))
    assert found(indexes, "Wo hängt der Schlüssel der Kellertür?") == ["key"]


def test_the_parts_are_told_so_that_they_are_marked_and_make_an_extract(indexes: SegmentIndexes) -> None:
    key = note("key", "Der Schlüssel der Kellertür hängt am Brett.")
    indexes.change("acme", [key])
    (hit,) = indexes.search("acme", "Kellertürschlüssel")
    assert hit.compounds == ("kellertur", "schlussel")
    (best,) = choosing.best("Wo ist der Kellertürschlüssel?", [Found(key, 0, compounds=hit.compounds)])
    assert best.text == key.segments[0].text
