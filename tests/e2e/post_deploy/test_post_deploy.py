"""What a platform has to do after it is deployed; the same on this machine and in AWS."""

import os
import secrets
from collections.abc import Iterator

import httpx
import pytest
from support.reached import Reached, here, there
from support.waiting import HANGS, eventually


@pytest.fixture(scope="session")
def reached(request: pytest.FixtureRequest) -> Iterator[Reached]:
    """The environment that ENV names, else the platform on this machine."""
    environment = os.environ.get("ENV", "local")
    if environment == "local":
        yield here(request.getfixturevalue("deployed"))
    else:
        with there(environment) as found:
            yield found


def test_the_data_api_answers(reached: Reached) -> None:
    assert reached.call("GET", "/health").json() == {"status": "ok"}


def test_nobody_reads_without_a_key_that_works(reached: Reached) -> None:
    assert reached.call("GET", "/v1/notes").status_code == 401
    assert reached.call("GET", "/v1/notes", **{"x-api-key": "avt_nobodys"}).status_code == 403


def test_a_webhook_that_twilio_did_not_sign_is_refused(reached: Reached) -> None:
    assert httpx.post(reached.webhook_url, data={"Body": "hello"}, timeout=HANGS).status_code == 403
    forged = {"X-Twilio-Signature": "Zm9yZ2Vk"}
    assert httpx.post(reached.webhook_url, data={"Body": "hello"}, headers=forged, timeout=HANGS).status_code == 403


def test_a_note_is_filed_answered_found_cited_and_forgotten(reached: Reached) -> None:
    word = f"valve{secrets.randbelow(10**9)}"
    sid, answer = reached.text(f"Please order two pieces of {word} for the boiler in Harbour Lane by Friday.")
    assert (answer.status_code, "<Response/>" in answer.text) == (200, True)
    note = reached.note(sid, lambda found: "searchable" in found["steps"] and "feedback-1" in found["steps"])
    assert note["status"] == "filed"
    text = next(artifact for artifact in note["artifacts"] if artifact["file_type"] == "full_text")
    assert word in httpx.get(text["url"], timeout=HANGS).text
    assert eventually(lambda: found_by(reached, word)[:1] == [sid])  # it looks for a newer index every few seconds
    answered = reached.api.post("/v1/ask", question=f"How many pieces of {word} are to be ordered?")
    quotes = [citation["quote"] for statement in answered["statements"] for citation in statement["citations"]]
    assert any(word in quote for quote in quotes)
    erased = reached.call("DELETE", f"/v1/notes/{sid}", **{"x-api-key": reached.api.key})
    assert erased.status_code == 200
    assert reached.api.note(sid) is None
    assert httpx.get(text["url"], timeout=HANGS).status_code == 404


def found_by(reached: Reached, word: str) -> list[str]:
    """The notes that a search for the word finds, the best first; others may hold a part of it."""
    return [passage["message_id"] for passage in reached.api.get("/v1/search", q=word)["passages"]]
