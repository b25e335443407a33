"""What fails and comes back: the server, the key, too many requests. What was typed stays; the page says what to do."""

import re
from collections.abc import Callable

import httpx
import pytest
from browser.everywhere import axe_finds, go, pages_of
from browser.support import Console, shot, sign_in
from playwright.sync_api import Page, Route, expect
from support.waiting import HANGS, eventually

from ai_voice_shared.records.api_keys import SCOPES

_API = re.compile(r"/(v1|health)\b")


def _answers(status: int, title: str, **headers: str) -> Callable[[Route], None]:
    body = f'{{"title": "{title}", "status": {status}, "detail": "{title}."}}'

    def answer(route: Route) -> None:
        route.fulfill(status=status, body=body, headers={"content-type": "application/problem+json", **headers})

    return answer


def test_every_page_says_that_the_server_is_gone_and_comes_back_with_it(
    console: Console, notes: dict[str, str]
) -> None:
    assert notes
    with console.signed_in(*SCOPES) as page:
        addresses = [address for address in pages_of(page) if _loads(page, address)]
        page.route(_API, lambda route: route.abort())
        for address in addresses:
            page.evaluate("to => location.hash = to", address)
            expect(page.get_by_text("No connection since")).to_be_visible()
            expect(page.locator("main :is(h1, h2)").first).to_be_visible()
        assert axe_finds(page) == []
        page.unroute(_API)
        page.get_by_role("button", name="Try now").click()
        expect(page.get_by_text("No connection since")).to_have_count(0)
        expect(page.locator(".connection")).to_have_text("Live")
        for address in addresses:
            assert _loads(page, address), address


def _loads(page: Page, address: str) -> bool:
    go(page, address)
    return not page.get_by_role("button", name="Try again").count()


def test_a_question_stays_when_the_server_is_gone(console: Console, notes: dict[str, str]) -> None:
    assert notes
    with console.signed_in(place="ask") as page:
        page.route(_API, lambda route: route.abort())
        page.evaluate("dispatchEvent(new Event('offline'))")
        page.locator("#ask-question").fill("How wide is the cellar door?")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="How wide is the cellar door?")).to_be_visible()


def test_a_name_stays_when_no_key_could_be_made(console: Console) -> None:
    with console.signed_in(*SCOPES, place="settings/keys") as page:
        page.get_by_label("Name", exact=True).fill("tablet")
        page.route("**/v1/keys", lambda route: route.abort())
        page.get_by_role("button", name="Create key").click()
        expect(page.get_by_text("Not created: the server did not answer. Your text is still here.")).to_be_visible()
        expect(page.get_by_label("Name", exact=True)).to_have_value("tablet")
        shot(page, "failing-key")


@pytest.mark.parametrize(
    ("locale", "said", "again"),
    [("en-GB", "Parts of this page did not load.", "Try again"), ("de-DE", "Teile dieser Seite", "Erneut versuchen")],
)
def test_a_page_of_which_a_part_does_not_come_says_so_and_comes_when_asked_again(
    console: Console, locale: str, said: str, again: str
) -> None:
    with console.tab(language=locale) as page:
        page.route("**/parts/button.js", lambda route: route.abort())
        page.goto(console.url)
        expect(page.get_by_role("alert")).to_contain_text(said)
        assert axe_finds(page) == []
        shot(page, f"failing-part-{locale[:2]}")
        page.unroute("**/parts/button.js")
        page.get_by_role("button", name=again).click()
        expect(page.locator("#key")).to_be_visible()


def _first_line(page: Page, text: str) -> None:
    page.locator(".line-text").first.dblclick()
    page.get_by_label("Words of the line").fill(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    "answer",
    [_answers(429, "Too Many Requests", **{"retry-after": "1"}), _answers(500, "Internal Server Error")],
    ids=["429", "500"],
)
def test_a_line_that_the_server_does_not_take_now_is_kept_and_sent_by_itself(
    console: Console, notes: dict[str, str], answer: Callable[[Route], None]
) -> None:
    with console.signed_in(place=f"notes/{notes['text']}") as page:
        page.locator(".line").first.wait_for()
        page.clock.install()
        page.route(
            "**/v1/notes/*", lambda route: answer(route) if route.request.method == "PATCH" else route.continue_()
        )
        _first_line(page, "Kept while the server is busy.")
        expect(page.get_by_text("Kept here, not sent yet")).to_be_visible()
        shot(page, "failing-kept")
        page.unroute("**/v1/notes/*")
        page.clock.fast_forward(60_000)
        expect(page.locator(".line-state").first).to_contain_text("Saved")
        _first_line(page, "As it was.")
        expect(page.locator(".line-state").first).to_contain_text("Saved")


def test_what_is_typed_outlives_a_key_that_is_revoked_meanwhile(console: Console, notes: dict[str, str]) -> None:
    api, sid = console.deployed.api, notes["knowledge"]
    key = console.key("read", "write", name="revoked meanwhile")
    with console.tab() as page:
        page.goto(f"{console.url}#/notes/{sid}")
        sign_in(page, key)
        page.locator(".line").first.wait_for()
        for one in api.get("/v1/keys")["keys"]:
            if one["name"] == "revoked meanwhile":
                httpx.delete(f"{api.url}/v1/keys/{one['key_id']}", headers={"x-api-key": api.key}, timeout=HANGS)
        assert eventually(lambda: console.deployed.status("/v1/session", key) in {401, 403}, every=1)
        _first_line(page, "Typed with a key that is revoked.")
        expect(page.get_by_role("alert")).to_contain_text("You are signed out: this key was revoked")
        shot(page, "failing-revoked")
        sign_in(page, console.key())
        expect(page.locator(".line").first).to_contain_text("Typed with a key that is revoked.")
        expect(page.locator(".line-state").first).to_contain_text("Saved")
    assert api.get(f"/v1/notes/{sid}")["segments"][0]["text"] == "Typed with a key that is revoked."


def test_a_slow_page_says_so_after_five_seconds(console: Console, notes: dict[str, str]) -> None:
    held: list[Route] = []
    with console.signed_in(place="usage") as page:
        expect(page.get_by_role("table")).to_be_visible()
        page.clock.install()
        page.route("**/v1/notes/*", lambda route: held.append(route))  # noqa: PLW0108 - a method takes no attribute
        page.evaluate("to => location.hash = to", f"#/notes/{notes['job']}")
        page.clock.fast_forward(4000)
        expect(page.locator(".notes-note .waiting-line").first).to_be_visible()
        expect(page.get_by_text("Slow today. Still trying.")).to_have_count(0)
        page.clock.fast_forward(2000)
        expect(page.get_by_text("Slow today. Still trying.")).to_be_visible()
        assert eventually(lambda: held)
        page.unroute("**/v1/notes/*")
        expect(page.locator(".line").first).to_be_visible()
