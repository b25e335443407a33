"""The picture of the console that README.md shows: a company's notes, and one of them half played."""

import os
from functools import partial

from browser.everywhere import ready
from browser.support import PICTURES, Console, shot, sign_in
from playwright.sync_api import Locator, Page, expect
from support.deployed import OGG, SAMPLES
from support.waiting import eventually

from ai_voice_local.templates import INFRASTRUCTURE
from ai_voice_shared.records.api_keys import SCOPES

COMPANY, PHONE = "nordic-lifts", "+15550100002"
PICTURE = INFRASTRUCTURE.parent / "data-api-server" / "console.png"
LARGEST = 200_000  # bytes

_WRITTEN = (
    "The door of lift 2 at 9 Harbour Street sticks on the third floor. Please order two rollers by Thursday.",
    "Lift 4 in the hospital is back in service. The brake has 0.4 mm of play, the limit is 0.7 mm.",
    "Please tell the caretaker at 20 Mill Lane that we come on Tuesday at eight.",
)


def _is_listed(page: Page, row: Locator) -> bool:
    """Opens the page again, since a list with a chosen note does not move for a new one."""
    page.reload()
    expect(page.locator("a[data-id]").first).to_be_visible()
    ready(page)
    return row.count() == 1


def test_the_picture_that_the_readme_shows(console: Console) -> None:
    twilio = console.deployed.platform.twilio
    voices = (SAMPLES / name for name in ("knowledge.ogg", "job.ogg", "long.ogg"))
    sent = [twilio.deliver(PHONE, text=text) for text in _WRITTEN]
    sent += [twilio.deliver(PHONE, media=voice.read_bytes(), content_type=OGG) for voice in voices]
    with console.tab() as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{console.url}#/notes/{sent[-1].sid}")
        sign_in(page, console.key(*SCOPES, company=COMPANY))
        ready(page)
        for one in sent:
            row = page.locator(f".row:has(a[data-id={one.sid}])")
            assert eventually(partial(_is_listed, page, row)), f"{one.sid} is not listed"
            expect(row.locator("[data-status=searchable]")).to_be_visible()
        page.locator(".line-time").nth(5).click()
        page.wait_for_function("document.querySelector('audio').currentTime > 0.1")
        page.evaluate("document.querySelector('audio').pause()")
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur(); document.querySelector('.notes-note').scrollTo(0, 0)")
        shot(page, "readme")
    taken = PICTURES / "readme.png"
    assert taken.stat().st_size <= LARGEST
    if os.environ.get("README_PICTURE"):
        PICTURE.write_bytes(taken.read_bytes())
