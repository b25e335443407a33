"""A company with many notes: what its list loads, and how many rows the browser holds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from browser.support import Console, sign_in
from browser.wire import wire
from playwright.sync_api import Page, expect
from support import many_notes, patient
from support.waiting import eventually

from ai_voice_shared.aws.ledger import Ledger

_COMPANY = "nordic-lifts"
_COUNT = 400
_AGO = timedelta(days=2)
"""Notes that other tests send come before them."""
_AT_ONCE = 6
_DRAWN_AT_MOST = 200
_ROWS = "a[data-id]"


@pytest.fixture(scope="module")
def key(console: Console) -> str:
    """A key of a company with many notes."""
    many_notes.write(Ledger(patient.dynamodb(), console.deployed.platform.outputs.table), _COMPANY, _COUNT, _AGO)
    key = console.deployed.company(_COMPANY).key
    with ThreadPoolExecutor(_AT_ONCE) as browser:  # which asks for so much at once, of functions that are cold
        asked = partial(browser.map, console.deployed.status, ["/v1/notes"] * _AT_ONCE, [key] * _AT_ONCE)
        assert eventually(lambda: set(asked()) == {200})
    return key


@pytest.fixture
def page(console: Console, key: str) -> Iterator[Page]:
    """Its list."""
    with console.tab() as shown:
        shown.goto(console.url)
        sign_in(shown, key)
        expect(shown.locator(_ROWS).first).to_be_visible()
        yield shown


def _row(page: Page, number: int) -> None:
    expect(page.locator(f'a[data-id="{many_notes.message_id(number)}"]')).to_be_visible()


def test_a_first_visit_loads_little(console: Console, key: str) -> None:
    with console.tab() as shown, wire(shown) as seen:
        shown.goto(console.url)
        sign_in(shown, key)
        expect(shown.locator(_ROWS).first).to_be_visible()
        shown.wait_for_load_state("networkidle")
    print(f"\nthe first visit to the list of notes: {seen.told()}")  # noqa: T201 - a figure to read
    assert sum(seen.sizes.values()) < 150_000


def test_rows_far_away_are_left_out_and_come_back(page: Page) -> None:
    scroller = page.locator(".notes-side")
    for _ in range(_COUNT):
        scroller.evaluate("list => list.scrollTo(0, list.scrollHeight)")
        if page.locator(f'a[data-id="{many_notes.message_id(_COUNT - 1)}"]').count():
            break
        page.wait_for_timeout(50)
    _row(page, _COUNT - 1)
    assert page.locator(_ROWS).count() < _DRAWN_AT_MOST
    scroller.evaluate("list => list.scrollTo(0, 0)")
    _row(page, 0)
    expect(page.locator(f'a[data-id="{many_notes.message_id(_COUNT - 1)}"]')).to_have_count(0)


def test_keys_walk_on_over_rows_that_were_left_out(page: Page) -> None:
    there = page.locator(":focus")
    page.locator(f'a[data-id="{many_notes.message_id(0)}"]').focus()
    for number in range(1, 90):
        _row(page, number)  # the next page may still be on its way
        page.keyboard.press("j")
        expect(there).to_have_attribute("data-id", many_notes.message_id(number))
    page.locator(".notes-side").evaluate("list => list.scrollTo(0, 0)")
    _row(page, 0)
    expect(there).to_have_attribute("data-id", many_notes.message_id(89))
    page.keyboard.press("k")
    expect(there).to_have_attribute("data-id", many_notes.message_id(88))
