"""The list of notes: it moves by itself, is searched and filtered, and says what is wrong."""

import re

import pytest
from browser.support import Console, axe, shot
from playwright.sync_api import Dialog, Page, Route, expect

_ROWS = "a[data-id]"


def _row(message_id: str) -> str:
    return f'a[data-id="{message_id}"]'


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_list_shows_each_note(console: Console, notes: dict[str, str], dark: bool, phone: bool) -> None:  # noqa: FBT001 - parameters
    with console.signed_in(dark=dark, phone=phone) as page:
        for message_id in notes.values():
            expect(page.locator(_row(message_id))).to_be_visible()
        expect(page.get_by_role("heading", name="Notes")).to_be_visible()
        axe(page)
        shot(page, f"notes-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")


def test_a_note_opens_beside_the_list_and_on_a_phone_in_its_place(console: Console, notes: dict[str, str]) -> None:
    with console.signed_in() as page:
        page.locator(_row(notes["text"])).click()
        expect(page).to_have_url(re.compile(f"#/notes/{notes['text']}"))
        expect(page.locator(".notes-note")).to_contain_text("cellar")
        expect(page.locator(_row(notes["job"]))).to_be_visible()
        expect(page.locator(_row(notes["text"]))).to_have_attribute("aria-current", "true")
    with console.signed_in(phone=True) as page:
        page.locator(_row(notes["text"])).click()
        expect(page.locator(".notes-note")).to_contain_text("cellar")
        expect(page.locator(_row(notes["job"]))).to_be_hidden()
        page.locator(".notes-back").click()
        expect(page.locator(_row(notes["job"]))).to_be_visible()


def test_a_note_that_comes_moves_by_itself(console: Console, page: Page) -> None:
    expect(page.locator(_ROWS).first).to_be_visible()
    sent = console.deployed.text("The gate at 5 Mill Lane sticks, please oil it on Monday.")
    expect(page.locator(f".row:has({_row(sent.sid)}) .status-mark[data-status=searchable]")).to_be_visible()
    assert page.locator(_ROWS).first.get_attribute("data-id") == sent.sid


def test_new_notes_wait_on_top_while_a_note_is_open(console: Console, notes: dict[str, str], page: Page) -> None:
    page.locator(_row(notes["text"])).click()
    sent = console.deployed.text("The pump at 5 Mill Lane is loud again.")
    fresh = page.get_by_role("button", name=re.compile(r"^\d+ new$"))
    expect(fresh).to_be_visible()
    expect(page.locator(_row(sent.sid))).to_have_count(0)
    shot(page, "notes-new")
    axe(page)
    fresh.click()
    expect(page.locator(_row(sent.sid))).to_be_visible()
    expect(page.locator(_row(notes["text"]))).to_have_attribute("aria-current", "true")


def test_words_that_were_said_are_found_and_marked(page: Page, notes: dict[str, str]) -> None:
    expect(page.locator(_row(notes["text"]))).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("boiler cellar")
    expect(page.locator(f"{_row(notes['text'])} mark").first).to_be_visible()
    axe(page)
    shot(page, "notes-search")
    page.get_by_role("searchbox").fill("flange")
    expect(page.get_by_text("Nobody said “flange”. Try one word, or all months.")).to_be_visible()
    shot(page, "notes-search-nothing")
    page.keyboard.press("Escape")
    expect(page.locator(_row(notes["job"]))).to_be_visible()


def test_notes_are_filtered(page: Page, notes: dict[str, str]) -> None:
    page.get_by_role("button", name="Filter").click()
    axe(page)
    shot(page, "notes-filter")
    page.get_by_label("Kind").select_option("knowledge-document")
    expect(page.locator(_row(notes["knowledge"]))).to_be_visible()
    expect(page.locator(_row(notes["job"]))).to_have_count(0)
    page.get_by_role("button", name="Show all notes").click()
    expect(page.locator(_row(notes["job"]))).to_be_visible()
    page.get_by_role("button", name=re.compile("^Needs you")).click()
    expect(page.get_by_text("No note fits these filters.")).to_be_visible()


def test_keys_move_and_open(page: Page) -> None:
    expect(page.locator(_ROWS).first).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(_ROWS).first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(_ROWS).nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(_ROWS).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#/notes/SM"))
    expect(page.locator(".note h1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("#/notes$"))


def test_a_hostile_note_is_text_everywhere(page: Page, notes: dict[str, str]) -> None:
    said: list[str] = []

    def note(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    row = page.locator(_row(notes["hostile"]))
    expect(row).to_be_visible()
    page.get_by_role("searchbox").fill("HYPERLINK")
    expect(page.locator(f"{_row(notes['hostile'])} q")).to_contain_text("<img src=x")
    assert page.locator(f"{_row(notes['hostile'])} :is(img, b, script)").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0
    shot(page, "notes-hostile")
    assert said == []


def test_a_company_without_notes_is_told_how_to_begin(console: Console) -> None:
    for dark in (False, True):
        with console.tab(dark=dark) as page:
            page.goto(console.url)
            _sign_in_elsewhere(console, page)
            expect(page.get_by_text("No notes yet. Send the first one any of these ways.")).to_be_visible()
            axe(page)
            shot(page, f"first-run-{'dark' if dark else 'light'}")


def _sign_in_elsewhere(console: Console, page: Page) -> None:
    page.locator("#key").fill(console.key(company="corner-roofing"))
    page.locator("form button[type=submit]").click()


def test_without_a_server_the_page_says_since_when_and_comes_back(page: Page, notes: dict[str, str]) -> None:
    expect(page.locator(_row(notes["job"]))).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^Moving")).click()
    expect(page.get_by_text("Read and correct what is loaded.")).to_be_visible()
    expect(page.locator(".connection")).to_contain_text("Offline since")
    axe(page)
    shot(page, "notes-offline")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try now").click()
    expect(page.locator(".connection")).to_have_text("Live")


def test_a_list_that_does_not_load_says_so_and_is_tried_again(console: Console, notes: dict[str, str]) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=500, content_type="application/problem+json", body='{"title": "Oh", "detail": "Broken."}')

    with console.tab() as page:
        page.route("**/v1/notes?*", refuse)
        page.goto(console.url)
        page.locator("#key").fill(console.key())
        page.locator("form button[type=submit]").click()
        expect(page.get_by_role("alert")).to_contain_text("The notes did not load.")
        axe(page)
        shot(page, "notes-error")
        page.unroute("**/v1/notes?*")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(_row(notes["job"]))).to_be_visible()


def test_a_slow_list_shows_grey_lines_then_words(console: Console, notes: dict[str, str]) -> None:
    held: list[Route] = []
    with console.tab() as page:
        page.route("**/v1/notes?*", lambda route: held.append(route))  # noqa: PLW0108 - a method takes no attribute
        page.goto(console.url)
        page.locator("#key").fill(console.key())
        page.locator("form button[type=submit]").click()
        expect(page.locator(".waiting-line").first).to_be_visible()
        shot(page, "notes-loading")
        expect(page.get_by_text("Slow today. Still trying.")).to_be_visible()
        axe(page)
        for route in held:
            route.continue_()
        held.clear()
        page.unroute("**/v1/notes?*")
        expect(page.locator(_row(notes["job"]))).to_be_visible()


def test_a_dropped_connection_comes_back_with_a_new_ticket(console: Console, notes: dict[str, str]) -> None:
    tickets: list[str] = []
    with console.tab() as page:
        page.add_init_script(_KEPT_SOCKETS)
        page.on("request", lambda request: tickets.append(request.url) if "tickets" in request.url else None)
        page.goto(console.url)
        page.locator("#key").fill(console.key())
        page.locator("form button[type=submit]").click()
        expect(page.locator(".connection")).to_have_text("Live")
        before = len(tickets)
        page.evaluate("sockets.at(-1).close()")
        expect(page.locator(".connection")).not_to_have_text("Live")
        expect(page.locator(".connection")).to_have_text("Live")
        assert len(tickets) > before
        assert len(set(page.evaluate("sockets.map((one) => one.url)"))) == page.evaluate("sockets.length")
        assert notes


@pytest.mark.usefixtures("notes")
def test_the_list_asks_what_it_missed_when_its_tab_is_seen_and_after_each_connection(console: Console) -> None:
    asks = re.compile(r"/v1/notes\?.*updated_since=")
    with console.tab() as page:
        page.add_init_script(_KEPT_SOCKETS)
        page.goto(console.url)
        page.locator("#key").fill(console.key())
        page.locator("form button[type=submit]").click()
        expect(page.locator(".connection")).to_have_text("Live")
        expect(page.locator(_ROWS).first).to_be_visible()
        with page.expect_request(asks):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        with page.expect_request(asks):
            page.evaluate("sockets.at(-1).close()")


def test_an_expired_ticket_is_replaced(console: Console) -> None:
    with console.tab() as page:
        page.add_init_script(_KEPT_SOCKETS + _FIRST_TICKET_IS_WRONG)
        page.goto(console.url)
        page.locator("#key").fill(console.key())
        page.locator("form button[type=submit]").click()
        expect(page.locator(".connection")).to_have_text("Live")
        assert page.evaluate("sockets.length") > 1


_KEPT_SOCKETS = """
const Real = WebSocket;
globalThis.sockets = [];
globalThis.WebSocket = class extends Real {
  constructor(url) {
    super(globalThis.changed?.(url) ?? url);
    sockets.push(this);
  }
};
"""
_FIRST_TICKET_IS_WRONG = """
globalThis.changed = (url) => (sockets.length ? url : url.replace(/ticket=.*/, `ticket=${"x".repeat(43)}`));
"""
