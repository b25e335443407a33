"""The keyboard alone: one walk through every page, from the key to the way out, without a press of the mouse."""

import re

from browser.support import Console, shot
from playwright.sync_api import Locator, Page, expect
from support.audio_fixtures import SAMPLES

from ai_voice_shared.records.api_keys import SCOPES

_PRESSES = """
globalThis.presses = [];
addEventListener("pointerdown", (event) => presses.push(event.target.outerHTML), true);
"""

_MOST_TABS = 1_000
"""Lists grow with what the tests before have sent."""


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Presses Tab until the target has the focus; the focus has to be visible there."""
    expect(target).to_be_visible()
    for _ in range(_MOST_TABS):
        if target.evaluate("one => one === document.activeElement"):
            assert target.evaluate("one => one.matches(':focus-visible')")
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab does not reach {target}")


def press(page: Page, role: str, name: str) -> None:
    """Goes to a button or link by Tab, and presses it."""
    tab_to(page, page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def jump(page: Page, key: str, heading: str) -> None:
    """Goes to a page by G and its letter."""
    page.keyboard.press("g")
    page.keyboard.press(key)
    expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_visible()


def test_one_walk_through_every_page_without_a_mouse(console: Console, notes: dict[str, str]) -> None:

    with console.tab() as page:
        page.add_init_script(_PRESSES)
        page.goto(console.url)
        expect(page.locator("#key")).to_be_focused()
        page.keyboard.type(console.key(*SCOPES))
        page.keyboard.press("Enter")
        expect(page.locator(".shell")).to_be_visible()
        _a_note_is_played_and_corrected(page, notes["knowledge"])
        _a_question_is_asked(page)
        _a_task_is_done(page)
        _a_key_is_made_and_revoked(page)
        _a_file_goes_up(page)
        _each_page_is_reached_by_tab(page)
        press(page, "button", "Sign out")
        expect(page.locator("#key")).to_be_focused()
        assert page.evaluate("presses") == []


def _a_note_is_played_and_corrected(page: Page, message_id: str) -> None:
    jump(page, "n", "Notes")
    row = page.locator(f"a[data-id={message_id}]")
    expect(page.locator("a[data-id]").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    for _ in range(200):  # how many other tests have sent
        page.keyboard.press("j")
        if row.count() and row.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".line").first).to_be_visible()
    press(page, "button", "Play")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("e")
    field = page.get_by_label("Words of the line")
    expect(field).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" By keyboard.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".line-state", has_text="Saved").first).to_be_visible()
    page.keyboard.press("Escape")
    shot(page, "keyboard-note")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("#/notes$"))


def _a_question_is_asked(page: Page) -> None:
    jump(page, "a", "Ask")
    expect(page.locator("#ask-question")).to_be_focused()
    page.keyboard.type("What did we measure after the repair?")
    page.keyboard.press("Enter")
    source = page.locator(".statement .citation:not([data-written])").first
    tab_to(page, source)
    page.keyboard.press("Enter")
    expect(source).to_have_attribute("data-playing", "true")
    expect(page.locator(".source mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".source-card")).to_have_count(0)


def _a_task_is_done(page: Page) -> None:
    jump(page, "t", "Tasks")
    expect(page.locator(".task").first).to_be_visible()
    page.keyboard.press("j")
    chosen = page.locator(".task[data-chosen=true]")
    expect(chosen).to_have_count(1)
    page.keyboard.press(" ")
    expect(chosen.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("z")
    expect(chosen.get_by_role("checkbox")).not_to_be_checked()
    press(page, "button", "Export")
    tab_to(page, page.get_by_role("button", name="Spreadsheet"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert "MM" in download.value.path().read_text(encoding="utf-8")


def _a_key_is_made_and_revoked(page: Page) -> None:
    jump(page, "s", "Settings")
    tab_to(page, page.get_by_label("Name", exact=True))
    page.keyboard.type("made by keyboard")
    press(page, "button", "Create key")
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_focused()
    press(page, "button", "Done")
    press(page, "button", "Revoke made by keyboard")
    expect(page.get_by_role("button", name="Keep", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="made by keyboard")).to_have_count(0)


def _a_file_goes_up(page: Page) -> None:
    press(page, "link", "Upload")
    button = page.get_by_role("button", name="Choose files", exact=True)
    tab_to(page, button)
    page.evaluate("window.showOpenFilePicker = undefined")  # as in Firefox or Safari: tests cannot serve the other one
    with page.expect_file_chooser() as chooser:  # the browser's own window comes now, which a keyboard serves, too
        page.keyboard.press(" ")
    chooser.value.set_files(SAMPLES / "silence.ogg")
    row = page.locator(".upload-row", has_text="silence.ogg")
    tab_to(page, row.get_by_role("button", name="Hide silence.ogg"))
    page.keyboard.press("Enter")
    expect(row).to_have_count(0)


def _each_page_is_reached_by_tab(page: Page) -> None:
    for name in page.locator(".nav ul .nav-name").all_inner_texts():
        press(page, "link", name)
        expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute("aria-current", "page")
        expect(page.get_by_role("heading", name=name, exact=True).first).to_be_visible()
