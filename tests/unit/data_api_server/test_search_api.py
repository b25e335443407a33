"""The search over HTTP."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.account import Account
from support.api import quotas, served, services
from support.indexes import FakeIndexes
from support.stored import BOILER, CAPTION, file_image, file_text, file_voice, key, stored_notes
from support.vowel_signs import SPOKEN
from unit.data_api_server.gateway import Gateway

from ai_voice_shared.domain import Segment, now
from ai_voice_shared.records.usage import Usage, Used, month_of
from ai_voice_shared.search.model import Hit
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.stored.stored_notes import StoredNotes
from data_api_server.models.shown import MOST
from data_api_server.notes.highlighting import marked, sought_at

type Index = Callable[..., None]


@pytest.fixture
def indexes() -> FakeIndexes:
    return FakeIndexes()


@pytest.fixture
def stored(account: Account) -> StoredNotes:
    return stored_notes(account)


@pytest.fixture
def api(account: Account, indexes: FakeIndexes, stored: StoredNotes) -> Gateway:
    """The API with an index in memory, as a client of acme sees it."""
    return Gateway(served(services(account, indexes=indexes, stored=stored)))


@pytest.fixture
def index(indexes: FakeIndexes, stored: StoredNotes) -> Index:
    """Indexes notes that are stored."""

    def index(*sids: str, company_id: str = "acme") -> None:
        indexes.change(company_id, [note for sid in sids if (note := stored.read(company_id, sid))])

    return index


def _found(api: Gateway, **parameters: object) -> list[dict[str, Any]]:
    answer = api.get("/v1/search", **parameters)
    assert answer.status == 200, answer.body
    passages: list[dict[str, Any]] = answer.json()["passages"]
    return passages


def test_each_search_counts_what_the_vector_of_its_words_cost(
    account: Account, api: Gateway, index: Index, indexes: FakeIndexes
) -> None:
    file_voice(account, "SM1")
    index("SM1")
    _found(api, q="boiler")
    assert Usage(account.ledger).of("acme", month_of(now())) == Used()
    indexes.tokens = 3
    _found(api, q="boiler")
    _found(api, q="boiler")
    assert Usage(account.ledger).of("acme", month_of(now())) == Used(embedding_tokens=6)


def test_a_stretch_tells_its_note_its_words_and_where_to_hear_it(account: Account, api: Gateway, index: Index) -> None:
    file_voice(account, "SM1")
    index("SM1")
    (passage,) = _found(api, q="Who ordered valves?")
    url = passage.pop("audio_url")
    assert passage == {
        "message_id": "SM1",
        "title": "Boiler",
        "intent": "job-to-be-done",
        "sender_name": "Ana Ruiz",
        "received_at": "2026-11-20T09:12:04.000Z",
        "first": 1,
        "last": 1,
        "start": 5.3,
        "end": 8.0,
        "text": "Ben, please order two valves today.",
        "highlighted": "Ben, please <mark>order</mark> two <mark>valves</mark> today.",
        "score": 1.0,
        "near": False,
    }
    assert "/acme/job-to-be-done/boiler_SM1_audio.ogg?" in url
    assert "X-Amz-Signature=" in url
    assert url.endswith("#t=5.3")


def test_a_stretch_of_several_segments_is_shown_as_one(
    account: Account, api: Gateway, indexes: FakeIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_voice(account, "SM1")
    monkeypatch.setattr(indexes, "search", lambda *_, **__: [Hit("SM1", 0, 1, 2.5)])
    (passage,) = _found(api, q="boiler")
    assert passage["text"] == f"{BOILER[0].text} {BOILER[1].text}"
    assert (passage["first"], passage["last"], passage["start"], passage["end"]) == (0, 1, 1.2, 8.0)


def test_the_best_come_first_and_no_more_than_asked_for(account: Account, api: Gateway, index: Index) -> None:
    for number in range(12):
        file_text(account, f"SM{number}", "A boiler")
    file_text(account, "SM99", "The boiler on Elm Street")
    index(*[f"SM{number}" for number in range(12)], "SM99")
    assert [one["message_id"] for one in _found(api, q="boiler Elm", limit=1)] == ["SM99"]
    assert len(_found(api, q="boiler")) == 10


def _pages(api: Gateway, between: Callable[[], None] = lambda: None, **parameters: object) -> list[list[str]]:
    """The notes on each page until there is no next."""
    pages: list[list[str]] = []
    cursor: dict[str, object] = {}
    while True:
        page = api.get("/v1/search", **parameters, **cursor).json()
        pages.append([one["message_id"] for one in page["passages"]])
        if page["next"] is None:
            return pages
        cursor = {"cursor": page["next"]}
        between()


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_pages_show_every_stretch_once(account: Account, api: Gateway, index: Index, limit: int) -> None:
    sids = [f"SM{number}" for number in range(7)]
    for sid in sids:
        file_text(account, sid, "The valve drips.")
    index(*sids)
    pages = _pages(api, q="valve", limit=limit)
    assert sorted(sid for page in pages for sid in page) == sids
    assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)
    assert pages[-1]


def test_nothing_comes_twice_and_nothing_is_left_out_while_notes_are_filed(
    account: Account, api: Gateway, index: Index
) -> None:
    for number in range(6):
        file_text(account, f"SM{number}", "The valve drips.")
    index(*(f"SM{number}" for number in range(6)))
    later = iter(["SM7", "SM8"])

    def between() -> None:
        for sid in [next(later, "")]:
            if sid:
                file_text(account, sid, "Another valve, and a valve drips: this is better.")
                index(sid)

    shown = [sid for page in _pages(api, between, q="another valve drips", limit=2) for sid in page]
    assert sorted(shown) == ["SM0", "SM1", "SM2", "SM3", "SM4", "SM5", "SM7", "SM8"]


def test_the_real_index_is_paged_whole_though_its_order_depends_on_how_many_are_asked_for(
    account: Account, stored: StoredNotes, tmp_path: Path
) -> None:
    indexes = SegmentIndexes(account.store, tmp_path)
    sids = [f"SM{number:02}" for number in range(24)]
    for number, sid in enumerate(sids):
        lines = [f"Valve {number} drips.", "Order a pump." * (number % 3), f"The valve of house {number % 5} again."]
        file_text(account, sid, "\n".join(lines))
    indexes.change("acme", [note for sid in sids if (note := stored.read("acme", sid))])
    api = Gateway(served(services(account, indexes=indexes, stored=stored)))
    whole = [(one["message_id"], one["first"], one["last"]) for one in _found(api, q="valve", limit=50)]
    pages = _pages(api, q="valve", limit=5)
    assert sorted(sid for page in pages for sid in page) == sorted(sid for sid, _, _ in whole)
    assert len(whole) == len(set(whole)) == 24


def test_a_search_ends_after_as_many_stretches_as_are_documented(
    account: Account, api: Gateway, indexes: FakeIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_voice(account, "SM1")
    asked: list[int] = []

    def found(_company: str, _words: str, _scope: object, limit: int, **_: object) -> list[Hit]:
        asked.append(limit)
        return [Hit(f"SM{number}", 0, 0, 1.0) for number in range(limit)]

    monkeypatch.setattr(indexes, "search", found)
    assert len(_pages(api, q="boiler", limit=50)) == 4
    assert max(asked) == MOST
    assert str(MOST) in api.get("/openapi.json").json()["paths"]["/v1/search"]["get"]["description"]


@pytest.mark.parametrize("cursor", ["", "a", "!!!!", "AAAA", "A" * 1068, "A" * 5000, "é"])
def test_what_is_no_cursor_is_refused(api: Gateway, cursor: str) -> None:
    answer = api.get("/v1/search", q="valve", cursor=cursor)
    assert answer.status == 422
    assert answer.json()["errors"][0]["field"] == "cursor"


def test_a_written_note_has_nothing_to_hear(account: Account, api: Gateway, index: Index) -> None:
    file_text(account, "SM1", "Two valves")
    file_image(account, "SM2", "The broken valve")
    index("SM1", "SM2")
    assert {one["message_id"]: one["audio_url"] for one in _found(api, q="two broken")} == {"SM1": None, "SM2": None}


def test_written_words_have_no_seconds(account: Account, api: Gateway, index: Index) -> None:
    file_text(account, "SM1", "Two valves")
    file_voice(account, "SM2", (*CAPTION, *BOILER))
    index("SM1", "SM2")
    for sought in ("valves", "4711"):
        (passage,) = [one for one in _found(api, q=sought) if one["start"] is None]
        assert (passage["end"], passage["audio_url"]) == (None, None)


def test_a_stretch_of_a_caption_and_speech_is_heard_where_the_speech_begins(
    account: Account, api: Gateway, indexes: FakeIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_voice(account, "SM1", (*CAPTION, *BOILER))
    monkeypatch.setattr(indexes, "search", lambda *_, **__: [Hit("SM1", 0, 3, 2.5)])
    (passage,) = _found(api, q="boiler")
    assert passage["text"].startswith(CAPTION[0].text)
    assert (passage["start"], passage["end"]) == (BOILER[0].start, BOILER[1].end)
    assert passage["audio_url"].endswith("#t=1.2")


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, {"SM1", "SM2"}),
        ({"intent": "other"}, {"SM2"}),
        ({"sender": "ben"}, {"SM2"}),
        ({"since": "2026-11-20T12:00:00+02:00"}, {"SM2"}),
        ({"until": "2026-11-20"}, set()),
        ({"until": "2026-11-21"}, {"SM1"}),
        ({"note": "SM1"}, {"SM1"}),
        ({"note": ["SM1", "SM2"]}, {"SM1", "SM2"}),
    ],
)
def test_filters_restrict_what_is_searched(
    account: Account, api: Gateway, index: Index, parameters: dict[str, object], expected: set[str]
) -> None:
    file_voice(account, "SM1")
    file_voice(account, "SM2", intent="other", customer_id="ben", received_at="2026-11-21T08:00:00.000Z")
    index("SM1", "SM2")
    query = {name: value for name, value in parameters.items() if name != "note"}
    notes = parameters.get("note", [])
    path = "&".join(f"note={sid}" for sid in ([notes] if isinstance(notes, str) else notes))  # type: ignore[attr-defined]
    answer = api.ask("GET", "/v1/search", f"q=boiler&{path}" + "".join(f"&{k}={v}" for k, v in _quoted(query)))
    assert {one["message_id"] for one in answer.json()["passages"]} == expected


def test_a_day_is_one_of_the_companys_time_zone(
    account: Account, indexes: FakeIndexes, stored: StoredNotes, index: Index
) -> None:
    allowed = quotas(account, time_zone="Pacific/Auckland")
    api = Gateway(served(services(account, indexes=indexes, stored=stored, quotas=allowed)))
    file_voice(account, "SM1", received_at="2026-11-20T10:59:00.000Z")
    file_voice(account, "SM2", received_at="2026-11-20T23:30:00.000Z")
    index("SM1", "SM2")
    assert [one["message_id"] for one in _found(api, q="boiler", since="2026-11-21")] == ["SM2"]
    assert [one["message_id"] for one in _found(api, q="boiler", until="2026-11-21")] == ["SM1"]


def _quoted(query: dict[str, object]) -> list[tuple[str, str]]:
    return [(name, str(value).replace("+", "%2B")) for name, value in query.items()]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=%20%09", "q"),
        ("q=" + "x" * 501, "q"),
        ("q=x&limit=0", "limit"),
        ("q=x&limit=51", "limit"),
        ("q=x&intent=nonsense", "intent"),
        ("q=x&note=../x", "note.0"),
        ("q=x&since=2026-11-02&until=2026-11-01", "query"),
        ("q=x&company_id=bolt", "company_id"),
    ],
)
def test_what_can_not_be_searched_is_named(api: Gateway, query: str, field: str) -> None:
    answer = api.ask("GET", "/v1/search", query)
    assert answer.status == 422
    assert answer.is_problem
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_a_company_without_an_index_finds_nothing(api: Gateway) -> None:
    assert _found(api, q="boiler") == []


def test_a_company_finds_nothing_of_anothers(account: Account, api: Gateway, index: Index) -> None:
    file_voice(account, "SM1", company_id="bolt")
    index("SM1", company_id="bolt")
    assert _found(api, q="boiler") == []
    assert len(_found(Gateway(api.handle, "bolt"), q="boiler")) == 1
    assert Gateway(api.handle, None).get("/v1/search", q="boiler").status == 401


def test_what_the_index_still_holds_of_a_gone_note_is_left_out(account: Account, api: Gateway, index: Index) -> None:
    file_voice(account, "SM1")
    file_voice(account, "SM2")
    index("SM1", "SM2")
    account.store.delete(key("acme", "SM1", "segments.json"))
    assert [one["message_id"] for one in _found(api, q="boiler")] == ["SM2"]
    account.store.put(key("acme", "SM2", "segments.json"), b"{", "application/json")
    assert _found(api, q="boiler") == []


def test_a_stretch_that_a_correction_cut_off_is_left_out(account: Account, api: Gateway, index: Index) -> None:
    file_voice(account, "SM1")
    index("SM1")
    file_voice(account, "SM1", BOILER[:1])
    assert _found(api, q="Thursday") == []


def test_only_the_notes_on_the_page_are_read(
    account: Account, api: Gateway, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        file_voice(account, f"SM{number}")
    index(*[f"SM{number}" for number in range(9)])
    read: list[str] = []
    usual = account.store.client.get_object

    def counted(**what: Any) -> object:
        read.append(what["Key"])
        return usual(**what)

    monkeypatch.setattr(account.store.client, "get_object", counted)
    assert len(_found(api, q="Thursday", limit=3)) == 3
    assert len(read) == 3


def test_html_in_a_note_stays_text(account: Account, api: Gateway, index: Index) -> None:
    file_text(account, "SM1", 'Pay <script>alert("valve")</script> & go')
    index("SM1")
    (passage,) = _found(api, q="valve")
    shown = "Pay &lt;script&gt;alert(&quot;<mark>valve</mark>&quot;)&lt;/script&gt; &amp; go"
    assert passage["highlighted"] == shown


@pytest.mark.parametrize(
    ("language", "text", "sought", "expected"),
    [
        ("en", "He promised valves", "What did we promise? A valve?", "He <mark>promised</mark> <mark>valves</mark>"),
        ("en", "heating and heart", "heat", "<mark>heating</mark> and heart"),
        ("en-GB", "the Elm and the oak", "the tree in Elm Street", "the <mark>Elm</mark> and the oak"),
        ("de", "Die Stra\u00dfe, 42", "Strasse 42", "Die <mark>Stra\u00dfe</mark>, <mark>42</mark>"),
        ("es", "la presi\u00f3n baja", "presion", "la <mark>presi\u00f3n</mark> baja"),
        ("", "Valve, valves", "valve", "<mark>Valve</mark>, valves"),
        ("en", "to be or not", "be or", "to <mark>be</mark> <mark>or</mark> not"),
        ("en", "nothing alike", "valve", "nothing alike"),
        ("fr", "l\u2019eau fuit", "eau", "l\u2019<mark>eau</mark> fuit"),
        ("en", "fit AB-1042/7, not 1042", "ab1042", "fit <mark>AB-1042</mark>/7, not <mark>1042</mark>"),
        ("en", "anti-freeze, please", "antifreeze", "<mark>anti-freeze</mark>, please"),
        ("en", "at fifty two degrees", "52", "at <mark>fifty two</mark> degrees"),
        ("en", "call +49 170 123 45 67", "01701234567", "call +<mark>49 170 123 45 67</mark>"),
        ("fr", "chaudière fermée", "fermee", "chaudière <mark>fermée</mark>"),
        ("hi", "कम है, कमरे में", "कम", "<mark>कम</mark> है, कमरे में"),
        ("th", "พรุ่งนี้น้ำรั่วมาก", "น้ำรั่ว", "พรุ่งนี้<mark>น้ำรั่ว</mark>มาก"),
        ("zh", "水泵坏了。水很多", "水泵", "<mark>水泵</mark>坏了。水很多"),
        ("zh", "水泵坏了", "泵", "水<mark>泵</mark>坏了"),
        (
            "en",
            "naive na\u00efve nai\u0308ve",
            "na\u00efve",
            "<mark>naive</mark> <mark>na\u00efve</mark> <mark>nai\u0308ve</mark>",
        ),
    ],
)
def test_what_is_marked_is_what_the_index_compares(language: str, text: str, sought: str, expected: str) -> None:
    assert marked(text, sought_at(text, sought, language)) == expected


def test_compounds_of_what_is_sought_are_marked_as_a_whole() -> None:
    text = "Fußbodenheizung kalt, Heizungsventil fest"
    places = sought_at(text, "Was ist mit der Heizung?", "de", ("fussbodenheiz", "heizungsventil"))
    assert marked(text, places) == "<mark>Fußbodenheizung</mark> kalt, <mark>Heizungsventil</mark> fest"


def test_a_segment_with_a_speaker_is_found_and_shown_without(account: Account, api: Gateway, index: Index) -> None:
    file_voice(account, "SM1", [replace(Segment(0, 1, "It leaks."), speaker="Ben")])
    index("SM1")
    assert [one["text"] for one in _found(api, q="Ben")] == ["It leaks."]


def test_where_nothing_is_found_what_is_near_is_shown_as_near(account: Account, api: Gateway, index: Index) -> None:
    file_voice(account, "SM1")
    index("SM1")
    (passage,) = _found(api, q="boyler")
    assert (passage["near"], passage["highlighted"]) == (True, BOILER[0].text.replace("boiler", "<mark>boiler</mark>"))
    assert [one["near"] for one in _found(api, q="boiler boyler")] == [False]
    assert _found(api, q='"boyler"') == []


def test_what_only_the_index_takes_for_near_is_left_out(
    account: Account, api: Gateway, indexes: FakeIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_voice(account, "SM1")
    monkeypatch.setattr(indexes, "near", lambda *_, **__: [Hit("SM1", 0, 1, 2.5)])
    assert _found(api, q="boilermaker") == []


def test_words_with_vowel_signs_are_found_and_marked_as_a_whole(
    account: Account, stored: StoredNotes, tmp_path: Path
) -> None:
    indexes = SegmentIndexes(account.store, tmp_path)
    for place, (_, text, _) in enumerate(SPOKEN):
        file_text(account, f"SM{place}", text)
    indexes.change("acme", [note for place in range(len(SPOKEN)) if (note := stored.read("acme", f"SM{place}"))])
    api = Gateway(served(services(account, indexes=indexes, stored=stored)))
    for place, (_, text, word) in enumerate(SPOKEN):
        best = _found(api, q=word)[0]
        assert best["message_id"] == f"SM{place}"
        assert best["highlighted"] == text.replace(word, f"<mark>{word}</mark>")


def test_compounds_and_what_is_near_are_shown_by_the_real_index(
    account: Account, stored: StoredNotes, tmp_path: Path
) -> None:
    indexes = SegmentIndexes(account.store, tmp_path)
    file_text(account, "SM1", "Das Heizungsventil von Frau Okonkwo klemmt.")
    indexes.change("acme", [replace(note, language="de") for note in [stored.read("acme", "SM1")] if note])
    api = Gateway(served(services(account, indexes=indexes, stored=stored)))
    (compound,), (near,) = _found(api, q="Ventil"), _found(api, q="Okonk")
    assert (compound["near"], near["near"]) == (False, True)
    assert "<mark>Heizungsventil</mark>" in compound["highlighted"]
    assert near["highlighted"] == "Das Heizungsventil von Frau <mark>Okonkwo</mark> klemmt."


def test_a_misspelt_word_beside_a_found_one_is_shown_last_and_marked(
    account: Account, stored: StoredNotes, tmp_path: Path
) -> None:
    indexes = SegmentIndexes(account.store, tmp_path)
    file_text(account, "SM1", "The pump hums.")
    file_text(account, "SM2", "The boiler beside the Pumpernickel leaks.")
    file_text(account, "SM3", "The boxers came.")
    indexes.change("acme", [note for sid in ("SM1", "SM2", "SM3") if (note := stored.read("acme", sid))])
    api = Gateway(served(services(account, indexes=indexes, stored=stored)))
    exact, near = _found(api, q="pump boyler")
    assert (exact["near"], exact["highlighted"]) == (False, "The <mark>pump</mark> hums.")
    assert (near["near"], near["highlighted"]) == (True, "The <mark>boiler</mark> beside the Pumpernickel leaks.")
    assert exact["score"] >= near["score"]
