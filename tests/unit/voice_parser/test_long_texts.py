"""A long text note, from its filing to its correction: a search finds and cites a sentence of it, not a page."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from support.api import served, services
from support.app import FakeApp, job
from support.models import FakeOpenAi, segments_of
from support.stored import file_text, stored_notes
from unit.data_api_server.gateway import Gateway
from unit.data_api_server.test_correction import corrected

from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Answer, Question
from ai_voice_shared.answering.model import AnswerModel
from ai_voice_shared.answering.passages import Passages
from ai_voice_shared.jobs import UnderstandJob, notes_job
from ai_voice_shared.records.conversations import AnswerCache, Conversations
from ai_voice_shared.search.segment_index import SegmentIndexes
from voice_parser.understanding.analyzers.rules import RulesAnalyzer

VISIT = "On 13 May Mr. Hill looked at the pump in the cellar of house {0}, and it ran approx. as loud as before."
VALVE = "Do not open the valve of the boiler before the new seal is there."
PAGE = " ".join([*(VISIT.format(house) for house in range(1, 8)), VALVE, *(VISIT.format(house) for house in "89")])
TEXT = f"For Anna\n\n{PAGE}  Thanks."
TABLE = " ".join(VISIT.format(house) for house in range(100, 160))
"""Beside which a note is too long to be read whole for an answer."""


@dataclass(frozen=True)
class House:
    """The worker, the index and the API around one account."""

    app: FakeApp
    indexes: SegmentIndexes
    api: Gateway

    def file(self, text: str) -> None:
        assert self.app.deliver(job("SM1", Body=text))
        self.index()

    def index(self) -> None:
        note = stored_notes(self.app.account).to_index("acme", "SM1")
        assert note
        self.indexes.change("acme", [note])

    def segments(self) -> list[str]:
        """As the API shows them."""
        return [one["text"] for one in self.note()["segments"]]

    def note(self) -> dict[str, Any]:
        note: dict[str, Any] = self.api.get("/v1/notes/SM1").json()
        return note

    def found(self, text: str) -> dict[str, Any]:
        """The best stretch that a search shows."""
        best: dict[str, Any] = self.api.get("/v1/search", q=text).json()["passages"][0]
        return best

    def ask(self, text: str, model: FakeOpenAi | None = None) -> Answer:
        ledger = self.app.account.ledger
        read = stored_notes(self.app.account).read
        asked = AnswerModel("a-model", lambda: cast("Any", model)) if model else None
        answering = Answering(self.indexes, Passages(read), Conversations(ledger), AnswerCache(ledger), asked)
        return answering.ask(Question("acme", "sam", text))


@pytest.fixture
def house(app: FakeApp, tmp_path: Path) -> House:
    app.analyzer = RulesAnalyzer()  # type: ignore[assignment]
    indexes = SegmentIndexes(app.account.store, tmp_path, fresh_seconds=0)
    return House(app, indexes, Gateway(served(services(app.account, indexes=indexes))))


def test_a_page_is_filed_in_groups_of_sentences(house: House) -> None:
    house.file(TEXT)
    texts = house.segments()
    assert texts[0] == "For Anna"
    assert len(texts) > 5
    assert all(len(text) <= 240 for text in texts)
    assert " ".join(texts[1:]).split() == f"{PAGE} Thanks.".split()
    assert house.note()["full_text"] == TEXT


def test_a_citation_of_a_page_is_a_sentence_of_a_segment(house: House) -> None:
    house.file(TEXT)
    (statement,) = house.ask("When may the valve of the boiler be opened?").statements[:1]
    (citation,) = statement.citations
    assert citation.quote == VALVE
    assert VALVE in house.segments()[citation.segment]


@pytest.mark.parametrize("text", [TEXT, f"{TABLE} {TEXT} {TABLE}"], ids=["read whole", "read around what is found"])
def test_a_model_cites_a_sentence_of_a_page(house: House, text: str) -> None:
    house.file(text)

    def quoting(prompt: str) -> object:
        (label,) = [one["label"] for one in segments_of(prompt) if "the valve of the boiler" in one["text"]]
        source = {"segment": label, "quote": "open the valve of the boiler"}
        return {"language": "en", "statements": [{"text": "Do not open the boiler's valve yet.", "sources": [source]}]}

    ((citation,),) = [one.citations for one in house.ask("What of the boiler's valve?", FakeOpenAi(quoting)).statements]
    assert citation.sentence == VALVE
    assert VALVE in house.segments()[citation.segment]


def test_a_search_shows_less_than_a_page(house: House) -> None:
    house.file(f"{TABLE} {TEXT} {TABLE}")
    best = house.found("valve of the boiler")
    assert VALVE in best["text"]
    assert len(best["text"]) < 1000
    assert best["text"] == " ".join(house.segments()[best["first"] : best["last"] + 1])
    assert "<mark>valve</mark> of the <mark>boiler</mark>" in best["highlighted"]


def test_a_group_is_corrected_in_its_place(house: House) -> None:
    house.file(TEXT)
    position = next(place for place, text in enumerate(house.segments()) if VALVE in text)
    right = house.segments()[position].replace("valve", "tap")
    note = corrected(house.api, "SM1", {"segments": [{"index": position, "text": right}]})
    assert note["full_text"] == TEXT.replace("valve", "tap")
    assert note["segments"][position]["text"] == right
    house.index()
    assert "<mark>tap</mark>" in house.found("tap of the boiler")["highlighted"]


def test_the_whole_text_is_corrected_and_cut_again(house: House) -> None:
    house.file(TEXT)
    before = house.segments()
    note = corrected(house.api, "SM1", {"full_text": TEXT.replace("house 3", "the house behind the church")})
    after = [one["text"] for one in note["segments"]]
    assert note["full_text"] == TEXT.replace("house 3", "the house behind the church")
    assert [text for text in after if "church" not in text] == [text for text in before if "house 3" not in text]
    again = corrected(house.api, "SM1", {"full_text": note["full_text"]})
    assert again["steps"] == note["steps"]


def test_a_page_that_an_earlier_release_filed_keeps_its_positions_until_its_text_is_sent_again(house: House) -> None:
    account = house.app.account
    file_text(account, "SM1", TEXT)
    house.index()
    assert house.segments() == ["For Anna", f"{PAGE}  Thanks."]
    (citation,) = house.ask("When may the valve of the boiler be opened?").statements[0].citations
    assert citation.quote == VALVE
    assert VALVE in house.segments()[citation.segment]
    note = corrected(house.api, "SM1", {"segments": [{"index": 0, "text": "For Ben"}]})
    assert note["full_text"] == TEXT.replace("Anna", "Ben")
    note = corrected(house.api, "SM1", {"full_text": TEXT})
    assert len(note["segments"]) > 5


def test_a_caption_is_cut_like_a_text_note_and_what_is_said_stays(house: House, voice_note: bytes) -> None:
    assert house.app.deliver(house.app.voice(voice_note, caption=PAGE))
    (kept,) = [key for key in house.app.artifacts() if key.endswith("segments.json")]
    segments = json.loads(house.app.account.store.get(kept).body)["segments"]
    written = [one["text"] for one in segments if one.get("written")]
    assert len(written) > 4
    assert " ".join(written) == PAGE
    note = corrected(house.api, "MM1", {"segments": [{"index": 1, "text": "Nothing new."}]})
    spoken = [one for one in note["segments"] if not one["written"]]
    said = " ".join(one["text"] for one in spoken)
    assert note["full_text"] == f"{PAGE.replace(written[1], 'Nothing new.')}\n\n{said}"
    note = corrected(house.api, "MM1", {"full_text": f"{PAGE.replace('valve', 'tap')}\n\n{said}"})
    assert [one for one in note["segments"] if not one["written"]] == spoken
    texts = [one["text"] for one in note["segments"] if one["written"]]
    assert " ".join(texts) == PAGE.replace("valve", "tap")
    assert len(texts) > 4


def test_a_page_is_understood_again_as_it_stands(app: FakeApp) -> None:
    assert app.deliver(job("SM1", Body=TEXT))
    corrected(Gateway(served(services(app.account))), "SM1", {"understand": True})
    (wanted,) = [notes_job(str(one["Body"])) for one in app.account.queued()]
    assert isinstance(wanted, UnderstandJob)
    assert app.deliver(wanted)
    assert [words.text for words in app.analyzer.words] == [TEXT, TEXT]
