"""Ask: an answer comes with sources that play from their second, with the quote marked in its sentence."""

import json
import re

import pytest
from browser.support import Console, axe, shot
from playwright.sync_api import Page, Route, expect
from support.waiting import eventually

QUESTION = "How wide is the cellar door?"
PLAYED = "What did we measure after the repair?"


def no_live(route: Route) -> None:
    """As where the WebSocket API is not deployed."""
    route.fulfill(status=501, json={"title": "Not Implemented", "status": 501, "detail": ""})


def ask(page: Page, question: str) -> None:
    page.locator("#ask-question").fill(question)
    page.keyboard.press("Enter")


def answered(page: Page) -> None:
    expect(page.locator("article[aria-busy=true]")).to_have_count(0)
    expect(page.locator(".statement").first).to_be_visible()


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_source_plays_from_the_second_that_is_cited(console: Console, dark: bool, phone: bool) -> None:  # noqa: FBT001 - parameters
    with console.signed_in("read", place="ask", dark=dark, phone=phone) as page:
        expect(page.locator(".connection[data-state=live]")).to_have_count(1)
        expect(page.locator("#ask-question")).to_be_visible()
        axe(page)
        shot(page, f"ask-empty-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")
        ask(page, PLAYED)
        answered(page)
        chip = page.locator(".statement .citation:not([data-written])").first
        minutes, seconds = re.findall(r"(\d+):(\d\d)$", chip.inner_text().strip())[0]
        page.evaluate(
            "document.querySelector('audio').addEventListener('play', (event) => event.target.pause(), { once: true })"
        )
        chip.click()  # and it stands where it would have played from
        assert eventually(lambda: page.evaluate("document.querySelector('audio').readyState") > 1)
        at = page.evaluate("document.querySelector('audio').currentTime")
        assert int(at) == int(minutes) * 60 + int(seconds)
        chip.click()
        expect(chip).to_have_attribute("data-playing", "true")
        expect(page.locator(".source mark")).to_be_visible()
        expect(page.locator(".source-how")).to_contain_text(f"aid at {minutes}:{seconds}")
        axe(page)
        shot(page, f"ask-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")
        page.keyboard.press("Escape")
        expect(page.locator(".source-card")).to_have_count(0)


@pytest.mark.usefixtures("notes")
def test_an_answer_comes_over_the_websocket_and_without_it_over_http(console: Console) -> None:
    with console.signed_in("read", place="ask") as page:
        expect(page.locator(".connection[data-state=live]")).to_be_visible()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        ask(page, QUESTION)
        answered(page)
        expect(page.locator(".citation[data-written]").first).to_contain_text("written")
        expect(page.get_by_text("No language model wrote this")).to_be_visible()
        assert not [url for url in asked if url.endswith("/v1/ask")]
    with console.tab() as page:
        page.route("**/v1/tickets", no_live)
        page.goto(f"{console.url}#/ask")
        page.locator("#key").fill(console.key("read"))
        page.keyboard.press("Enter")
        with page.expect_response("**/v1/ask"):
            ask(page, QUESTION)
        answered(page)


@pytest.mark.usefixtures("notes")
def test_earlier_questions_are_kept_for_the_tab_and_go_with_the_key(console: Console) -> None:
    with console.signed_in("read", place="ask") as page:
        ask(page, QUESTION)
        answered(page)
        page.get_by_role("button", name="Ask only this note").click()
        expect(page.get_by_role("button", name="1 note", exact=True)).to_be_visible()
        expect(page.locator("#ask-question")).to_be_focused()
        ask(page, "And the stairs?")
        expect(page.locator("article[aria-busy=false]")).to_have_count(2)
        page.reload()
        expect(page.locator("#ask-question")).to_be_visible()
        page.get_by_role("button", name="Earlier questions").click()
        page.get_by_role("button", name=QUESTION).click()
        expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
        expect(page.locator("article")).to_have_count(2)
        page.get_by_role("button", name="New question").click()
        expect(page.locator("article")).to_have_count(0)
        page.get_by_role("button", name="Sign out").click()
        assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.usefixtures("notes")
def test_a_question_can_be_limited_to_notes_a_time_and_a_sender(console: Console, notes: dict[str, str]) -> None:
    with console.signed_in("read", place=f"ask?note={notes['knowledge']}&title=Chosen") as page:
        page.route("**/v1/tickets", no_live)
        page.reload()
        expect(page.get_by_role("button", name="1 note", exact=True)).to_be_visible()
        page.get_by_role("button", name="Any time").click()
        page.get_by_role("button", name="Last 7 days").click()
        page.get_by_role("button", name="Anyone").click()
        sender = page.locator(".menu-panel .menu-item").nth(1)
        name = sender.inner_text().strip()
        sender.click()
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
        with page.expect_request("**/v1/ask") as sent:
            ask(page, QUESTION)
        body = json.loads(sent.value.post_data or "")
        assert body["notes"] == [notes["knowledge"]]
        assert body["sender"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", body["since"])
        expect(page.locator("article[aria-busy=false]")).to_have_count(1)
        axe(page)


@pytest.mark.usefixtures("notes")
def test_a_question_without_an_answer_says_so(console: Console) -> None:
    with console.signed_in("read", place="ask") as page:
        ask(page, "Who repaired the submarine periscope in Reykjavik?")
        expect(page.locator("article[aria-busy=false]")).to_have_count(1)
        expect(page.locator(".turn-nothing, .statement").first).to_be_visible()
        shot(page, "ask-no-answer")


def test_what_was_left_out_is_named_and_what_failed_can_be_asked_again(console: Console) -> None:
    answer = {
        "answer": "",
        "statements": [],
        "notice": "",
        "left_out": 2,
        "left_out_texts": ["The visit is <b>free</b>.", "The vessel is red."],
        "language": "en",
        "engine": "x",
        "conversation": None,
    }
    failing = [True]

    def answer_it(route: Route) -> None:
        if failing.pop() if failing else False:
            route.fulfill(status=503, json={"title": "Service Unavailable", "status": 503, "detail": "Try again."})
        else:
            route.fulfill(json=answer)

    with console.tab() as page:
        page.route("**/v1/tickets", no_live)
        page.route("**/v1/ask", answer_it)
        page.goto(f"{console.url}#/ask")
        page.locator("#key").fill(console.key("read"))
        page.keyboard.press("Enter")
        ask(page, QUESTION)
        expect(page.get_by_role("alert")).to_contain_text("No answer came.")
        axe(page)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text("2 statements were left out")).to_be_visible()
        expect(page.get_by_text("No note speaks of this.")).to_be_visible()
        expect(page.get_by_text("The vessel is red.")).to_have_count(0)
        page.get_by_role("button", name="Show them").press("Enter")
        expect(page.get_by_text("The visit is <b>free</b>.")).to_be_visible()
        axe(page)
        shot(page, "ask-left-out")
        page.get_by_role("button", name="Hide").click()
        expect(page.get_by_text("The vessel is red.")).to_have_count(0)


def test_escape_stops_a_question(console: Console) -> None:
    with console.tab() as page:
        page.route("**/v1/tickets", no_live)
        page.route("**/v1/ask", lambda _route: None)  # never answered
        page.goto(f"{console.url}#/ask")
        page.locator("#key").fill(console.key("read"))
        page.keyboard.press("Enter")
        ask(page, QUESTION)
        expect(page.get_by_text("Looking in the notes")).to_be_visible()
        axe(page)
        shot(page, "ask-running")
        page.keyboard.press("Escape")
        expect(page.get_by_text("Stopped before the end.")).to_be_visible()
        expect(page.get_by_role("button", name="Ask again")).to_be_visible()


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt"])
def test_every_language_has_its_words(console: Console, language: str) -> None:
    with console.signed_in("read", place="ask", phone=True, language=language) as page:
        expect(page.locator("#ask-question")).to_be_visible()
        assert re.findall(r"\b(?:ask|source|usage)\.[a-z-]+", page.locator("main").inner_text()) == []
        axe(page)
