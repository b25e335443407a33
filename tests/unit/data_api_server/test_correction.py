"""A note's words corrected over HTTP."""

import json
from typing import Any

import pytest
from support.account import Account
from support.api import served, services
from support.stored import BOILER, CAPTION, file_image, file_text, file_voice, key
from unit.data_api_server.gateway import Answer, Gateway

from ai_voice_shared.records.notes import Notes

_LASTING = ("segments", "full_text", "steps", "status")


@pytest.fixture
def api(account: Account) -> Gateway:
    """The API as a client of acme sees it."""
    return Gateway(served(services(account)))


def patch(api: Gateway, sid: str, body: object) -> Answer:
    """What the client gets."""
    event = api.event("PATCH", f"/v1/notes/{sid}")
    event["headers"] |= {"content-type": "application/json"}
    answer = api.handle(event | {"body": json.dumps(body)}, None)
    return Answer(answer["statusCode"], answer["headers"], answer["body"])


def corrected(api: Gateway, sid: str, body: object) -> dict[str, Any]:
    """The note as the client gets it back."""
    answer = patch(api, sid, body)
    assert answer.status == 200, answer.body
    note: dict[str, Any] = answer.json()
    return note


def test_a_segment_gets_another_text_and_keeps_its_times(account: Account, api: Gateway) -> None:
    file_voice(account, "SM1")
    note = corrected(api, "SM1", {"segments": [{"index": 1, "text": "Ben, please order\ntwo pumps today."}]})
    assert [one["text"] for one in note["segments"]] == [
        BOILER[0].text,
        "Ben, please order two pumps today.",
        BOILER[2].text,
    ]
    assert [(one["start"], one["end"]) for one in note["segments"]] == [(one.start, one.end) for one in BOILER]
    assert note["full_text"] == f"{BOILER[0].text} Ben, please order two pumps today. {BOILER[2].text}"
    content = json.loads(account.store.get(key("acme", "SM1", "segments.json")).body)
    assert note["steps"]["corrected"] == content["corrected_at"]
    assert note["title"] == "Boiler"


def test_a_corrected_note_is_indexed_again_and_the_same_correction_twice_is_not(account: Account, api: Gateway) -> None:
    file_voice(account, "SM1")
    right = {"segments": [{"index": 1, "text": "Ben, please order two pumps today."}]}
    first = corrected(api, "SM1", right)
    again = corrected(api, "SM1", right)
    assert [again[name] for name in _LASTING] == [first[name] for name in _LASTING]
    (job,) = account.queued(account.index_queue)
    assert json.loads(str(job["Body"])) == {
        "version": 1,
        "company_id": "acme",
        "message_id": "SM1",
        "action": "add",
    }


def test_a_correction_of_a_correction_is_indexed_too(account: Account, api: Gateway) -> None:
    file_voice(account, "SM1")
    for text in ("pumps", "valves", "pumps"):
        corrected(api, "SM1", {"segments": [{"index": 1, "text": text}]})
    assert len(account.queued(account.index_queue)) == 3


def test_the_whole_text_of_a_spoken_note_finds_its_segments(account: Account, api: Gateway) -> None:
    file_voice(account, "SM1")
    text = (
        "The old boiler on Oak Street loses pressure. Ben, please order two valves today. They expect us on Thursday."
    )
    note = corrected(api, "SM1", {"full_text": text})
    assert note["full_text"] == text
    assert [(one["start"], one["text"]) for one in note["segments"]] == [
        (1.2, "The old boiler on Oak Street loses pressure."),
        (5.3, BOILER[1].text),
        (8.4, "They expect us on Thursday."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BOILER[0].text} {BOILER[2].text}", [BOILER[0], BOILER[2]]),
        (BOILER[1].text, [BOILER[1]]),
    ],
)
def test_a_sentence_that_nobody_said_is_gone_with_its_times(
    account: Account, api: Gateway, text: str, expected: list[Any]
) -> None:
    file_voice(account, "SM1")
    note = corrected(api, "SM1", {"full_text": text})
    assert [(one["start"], one["text"]) for one in note["segments"]] == [(one.start, one.text) for one in expected]


def test_words_before_all_others_go_to_the_first_segment(account: Account, api: Gateway) -> None:
    file_voice(account, "SM1")
    note = corrected(api, "SM1", {"full_text": "Hello! " + " ".join(one.text for one in BOILER)})
    assert note["segments"][0]["text"] == f"Hello! {BOILER[0].text}"


def test_a_text_note_is_parted_into_its_paragraphs_again(account: Account, api: Gateway) -> None:
    file_text(account, "SM1", "Two walves\n\nThanks")
    note = corrected(api, "SM1", {"full_text": "Two valves\n\nBy Friday\n\nThanks"})
    assert [one["text"] for one in note["segments"]] == ["Two valves", "By Friday", "Thanks"]
    assert note["full_text"] == "Two valves\n\nBy Friday\n\nThanks"


def test_a_paragraph_of_a_text_note_is_corrected_in_its_place(account: Account, api: Gateway) -> None:
    file_text(account, "SM1", "Two walves\n\nThanks")
    note = corrected(api, "SM1", {"segments": [{"index": 0, "text": "Two valves"}]})
    assert note["full_text"] == "Two valves\n\nThanks"


@pytest.mark.parametrize(
    "right", [{"full_text": "The broken valve"}, {"segments": [{"index": 0, "text": "The broken valve"}]}]
)
def test_a_caption_is_corrected_like_a_text_note(account: Account, api: Gateway, right: dict[str, Any]) -> None:
    file_image(account, "SM1", "The broken walve")
    assert corrected(api, "SM1", right)["full_text"] == "The broken valve"
    assert len(account.queued(account.index_queue)) == 1


CAPTIONED = (*CAPTION, *BOILER)
SAID = " ".join(one.text for one in BOILER)


@pytest.mark.parametrize(
    ("text", "written", "said"),
    [
        ("Serial number ZX-4712\nThe roof leaks\n\n" + SAID, ["Serial number ZX-4712", "The roof leaks"], 3),
        ("Serial number ZX-4711\n\nThe roof leaks\n\n" + SAID, ["Serial number ZX-4711", "The roof leaks"], 3),
        (
            "New words\nSerial number ZX-4711\n\nAnd more\n\n" + SAID,
            ["New words", "Serial number ZX-4711", "And more"],
            3,
        ),
        ("Serial number ZX-4711\nThe roof leaks\n\nWell. " + SAID, ["Serial number ZX-4711", "The roof leaks"], 3),
        (f"The roof leaks\n\n{BOILER[0].text}\n\n{BOILER[2].text}", ["The roof leaks"], 2),
        (SAID, [], 3),
        (f"{BOILER[0].text}\n\n{BOILER[1].text}", [], 2),
        ("Serial number ZX-4711 The roof leaks " + SAID, ["Serial number ZX-4711", "The roof leaks"], 3),
        ("Serial number ZX-4711\n\nThe roof leaks", ["Serial number ZX-4711", "The roof leaks"], 0),
    ],
)
def test_the_whole_text_of_a_captioned_recording_keeps_both_apart(
    account: Account, api: Gateway, text: str, written: list[str], said: int
) -> None:
    file_voice(account, "SM1", CAPTIONED)
    note = corrected(api, "SM1", {"full_text": text})
    assert note["full_text"] == text
    assert [one["text"] for one in note["segments"] if one["written"]] == written
    spoken = [one for one in note["segments"] if not one["written"]]
    assert len(spoken) == said
    assert {one["start"] for one in spoken} <= {one.start for one in BOILER}
    assert all(one["start"] is None for one in note["segments"] if one["written"])


@pytest.mark.parametrize(
    ("index", "right", "full_text"),
    [
        (1, "The roof is dry", "Serial number ZX-4711\nThe roof is dry\n\n" + SAID),
        (4, "Bye.", f"Serial number ZX-4711\nThe roof leaks\n\n{BOILER[0].text} {BOILER[1].text} Bye."),
    ],
)
def test_a_segment_of_a_captioned_recording_is_corrected_in_its_place(
    account: Account, api: Gateway, index: int, right: str, full_text: str
) -> None:
    file_voice(account, "SM1", CAPTIONED)
    note = corrected(api, "SM1", {"segments": [{"index": index, "text": right}]})
    assert note["full_text"] == full_text
    assert note["segments"][index]["text"] == right
    assert [one["written"] for one in note["segments"]] == [True, True, False, False, False]


def test_a_text_note_of_an_earlier_release_is_written_before_and_after_a_correction(
    account: Account, api: Gateway
) -> None:
    file_text(account, "SM1", "Two walves\n\nThanks")
    for text in ("Two walves", "Two valves"):
        note = corrected(api, "SM1", {"segments": [{"index": 0, "text": text}]})
        assert [(one["written"], one["start"], one["end"]) for one in note["segments"]] == [(True, None, None)] * 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"segments": []}, "segments"),
        ({"segments": [{"index": 0, "text": "x"}], "full_text": "x"}, "body"),
        ({"segments": [{"index": -1, "text": "x"}]}, "segments.0.index"),
        ({"segments": [{"index": 3, "text": "x"}]}, "segments"),
        ({"segments": [{"index": 0, "text": " \n "}]}, "segments.0.text"),
        ({"full_text": "  "}, "full_text"),
        ({"full_text": "x", "company_id": "bolt"}, "company_id"),
        ({"segments": [{"index": 0, "text": "x"}, {"index": 1, "text": "y"}, {"index": 0, "text": "z"}]}, "body"),
        ("text", "body"),
    ],
)
def test_what_can_not_be_a_correction_is_refused_by_name(
    account: Account, api: Gateway, body: object, field: str
) -> None:
    file_voice(account, "SM1")
    answer = patch(api, "SM1", body)
    assert answer.status == 422, answer.body
    assert answer.is_problem
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert account.queued(account.index_queue) == []


def test_a_note_without_words_can_not_be_corrected(account: Account, api: Gateway) -> None:
    file_voice(account, "SM1")
    Notes(account.ledger).update("acme", "SM1", {"status": "refused"})
    answer = patch(api, "SM1", {"full_text": "x"})
    assert answer.status == 422
    assert "no words" in answer.json()["detail"]


def test_another_companys_note_is_not_there_and_stays_as_it_is(account: Account, api: Gateway) -> None:
    file_voice(account, "SM1", company_id="bolt")
    for sid in ("SM1", "SM404", "x%2Fy"):
        assert patch(api, sid, {"full_text": "x"}).status == 404
    unauthorized = Gateway(api.handle, None)
    assert patch(unauthorized, "SM1", {"full_text": "x"}).status == 401
    assert json.loads(account.store.get(key("bolt", "SM1", "segments.json")).body)["segments"][0]["text"].endswith(
        "pressure."
    )


def test_of_two_corrections_at_once_one_is_asked_to_try_again(
    account: Account, api: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_voice(account, "SM1")
    usual = account.store.client.put_object

    def somebody_was_faster(**what: Any) -> object:
        monkeypatch.setattr(account.store.client, "put_object", usual)
        account.store.put(what["Key"], b'{"segments": []}', "application/json")
        return usual(**what)

    monkeypatch.setattr(account.store.client, "put_object", somebody_was_faster)
    answer = patch(api, "SM1", {"full_text": "x"})
    assert answer.status == 503
    assert answer.headers["retry-after"] == "5"
