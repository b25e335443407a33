"""The ways that only a platform with a language model has, each gone once; the model is a server of the tests."""

from collections.abc import Iterator

import httpx
from integration.roles.walk import over_websocket, searchable
from support.deployed import Deployed
from support.waiting import HANGS, eventually

from ai_voice_shared.answering.passages import PROMPT_CHARACTERS


def model_ways(deployed: Deployed) -> Iterator[str]:
    """Goes one way after the other; yields what has been done."""
    spoken = deployed.voice("knowledge.ogg").sid
    assert deployed.settled(spoken)["status"] == "filed"
    searchable(deployed, spoken)
    yield "a voice note that a model understands"
    assert deployed.api.post("/v1/ask", question="When was the repair measured?")["statements"]
    assert [one["type"] for one in over_websocket(deployed)][-1] == "done"
    deployed.settled(deployed.text("When was the repair measured?").sid)
    yield "questions that a model answers"
    _analysed(deployed, spoken, _long_notes(deployed))
    yield "an analysis, and the erasure of one of its notes"


def _long_notes(deployed: Deployed) -> list[str]:
    """More words than a model reads at once."""
    text = "The pump in building seven was measured on Tuesday. " * 75
    sids = [deployed.text(text).sid for _ in range(1 + PROMPT_CHARACTERS // len(text))]
    for sid in sids:  # each is filed; who sends so many at once gets one answer to several
        searchable(deployed, sid)
    return sids


def _analysed(deployed: Deployed, message_id: str, others: list[str]) -> None:
    api, headers = deployed.api, {"x-api-key": deployed.platform.api_key}
    wanted = {"template_id": "summary", "note_ids": [message_id, *others]}
    asked = httpx.post(f"{api.url}/v1/analyses", json=wanted, headers=headers, timeout=HANGS)
    assert asked.status_code == 202, asked.text
    path = f"/v1/analyses/{asked.json()['analysis_id']}"
    assert eventually(lambda: api.get(path)["status"] == "ready"), api.get(path)
    assert httpx.delete(f"{api.url}/v1/notes/{message_id}", headers=headers, timeout=HANGS).status_code == 200
    assert api.get(path)["erased_notes"] == 1
