"""Every page, at every width, light and dark: axe-core finds nothing, nothing is wider than its place."""

from collections.abc import Callable, Iterator

import pytest
from browser.everywhere import go, looked_at, pages_of, ready, resize
from browser.support import Console, sign_in
from playwright.sync_api import Page, Route, expect

from ai_voice_shared.records.api_keys import SCOPES

NOBODY = "corner-roofing"
"""A company that no test sends a note for."""

_STATES = {"desk": ("light",), "phone": ("dark",)}
"""Where the states of a page are looked at; the page itself is looked at everywhere."""


@pytest.fixture(scope="module")
def shown(console: Console, notes: dict[str, str]) -> Iterator[Page]:
    """One signed-in tab for all looks of this file."""
    assert notes
    with console.signed_in(*SCOPES) as page:
        ready(page)
        yield page


def test_every_page_fits_and_can_be_read(shown: Page) -> None:
    wrong = []
    for address in pages_of(shown):
        go(shown, address)
        wrong += looked_at(shown, f"page{address.replace('/', '-').strip('#')}")
    assert wrong == []


@pytest.mark.parametrize("which", ["job", "knowledge", "text", "hostile"])
def test_every_kind_of_note_fits_and_can_be_read(shown: Page, notes: dict[str, str], which: str) -> None:
    go(shown, f"#/notes/{notes[which]}")
    assert looked_at(shown, f"page-note-{which}") == []


def _searched(page: Page) -> None:
    go(page, "#/notes")
    page.get_by_role("searchbox").fill("boiler")
    expect(page.locator("q mark").first).to_be_visible()


def _answered(page: Page) -> None:
    go(page, "#/ask")
    page.locator("#ask-question").fill("What did we measure after the repair?")
    page.keyboard.press("Enter")
    expect(page.locator("article[aria-busy=true]")).to_have_count(0)
    page.locator(".statement .citation").first.click()
    expect(page.locator(".source-card")).to_be_visible()


def _keys_explained(page: Page) -> None:
    go(page, "#/notes")
    page.get_by_role("searchbox").fill("")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("open_it", [_searched, _answered, _keys_explained])
def test_what_opens_on_a_page_fits_and_can_be_read(shown: Page, open_it: Callable[[Page], None]) -> None:
    resize(shown, "desk")
    open_it(shown)
    wrong = looked_at(shown, f"page{open_it.__name__.replace('_', '-')}")
    shown.keyboard.press("Escape")
    assert wrong == []


def test_the_way_in_fits_and_can_be_read(console: Console) -> None:
    with console.tab() as page:
        page.goto(console.url)
        expect(page.locator("#key")).to_be_focused()
        wrong = looked_at(page, "page-sign-in")
        sign_in(page, "avt_wrong")
        expect(page.get_by_role("alert")).not_to_be_empty()
        assert wrong + looked_at(page, "page-sign-in-refused") == []


def _all_of(page: Page, name: str, settled: Callable[[Page], None]) -> list[str]:
    """Looks at one state of every page of the navigation."""
    wrong = []
    for address in pages_of(page, ready=settled):
        resize(page, "desk")
        go(page, address, ready=settled)
        wrong += looked_at(page, f"{name}{address.replace('/', '-').strip('#')}", _STATES)
    return wrong


def test_pages_of_a_company_without_notes_say_what_to_do(console: Console) -> None:
    with console.tab() as page:
        page.goto(console.url)
        sign_in(page, console.key(*SCOPES, company=NOBODY))
        expect(page.get_by_text("No notes yet.")).to_be_visible()
        assert _all_of(page, "empty", ready) == []


def test_long_german_words_fit(console: Console, notes: dict[str, str]) -> None:
    with console.signed_in(*SCOPES, language="de") as page:
        assert _all_of(page, "german", ready) == []
        go(page, f"#/notes/{notes['job']}")
        assert looked_at(page, "german-note", _STATES) == []


def _reads(page: Page, answer: Callable[[Route], None]) -> None:
    """From now on every page's own data come from here; the session and the WebSocket go on as they are."""
    page.route(lambda url: "/v1/" in url and not url.endswith(("/v1/session", "/v1/tickets")), answer)


def _broken(route: Route) -> None:
    problem = '{"title": "Internal Server Error", "status": 500, "detail": "Something failed here."}'
    route.fulfill(status=500, content_type="application/problem+json", body=problem)


def test_pages_that_do_not_load_say_so(console: Console) -> None:
    with console.tab() as page:
        _reads(page, _broken)
        page.goto(console.url)
        sign_in(page, console.key(*SCOPES))
        assert _all_of(page, "error", ready) == []


def test_pages_that_are_slow_show_grey_lines_then_words(console: Console) -> None:
    with console.tab() as page:
        page.clock.install()
        _reads(page, lambda _route: None)
        page.goto(console.url)
        sign_in(page, console.key(*SCOPES))
        assert _all_of(page, "loading", _slow) == []


def _slow(page: Page) -> None:
    expect(page.locator("main :is(h1, h2)").first).to_be_visible()
    page.clock.fast_forward(6000)
    expect(page.locator("main .waiting", has_not_text="Slow today. Still trying.")).to_have_count(0)
