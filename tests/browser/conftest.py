"""One platform and one browser for all tests of the console, and the notes they look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.bot import Bot, Simulator, bot, simulator
from browser.support import LONGEST, Console, chromium
from playwright.sync_api import Browser, Page, expect, sync_playwright
from support.deployed import Deployed, deployed
from support.waiting import eventually

__all__ = ["deployed"]

_TEXT = (
    "The client at 12 Elm Street wants the new boiler in the cellar, not in the kitchen. "
    "The cellar door is 78 cm wide, the stairs turn left. Please order the 18-litre vessel by Friday."
)
_HOSTILE = (
    '<img src=x onerror=alert(1)> <svg onload=alert(2)> [press](javascript:alert(3)) =HYPERLINK("//evil.test","x") '
    "\u202etxt.exe\u202c & <b>bold</b>"
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that is installed here."""
    expect.set_options(timeout=LONGEST)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(**chromium())
        yield running
        running.close()


@pytest.fixture(scope="session")
def console(deployed: Deployed, browser: Browser) -> Console:
    """The console without a note, until a test asks for `notes`."""
    return Console(deployed, browser)


@pytest.fixture(scope="session")
def notes(deployed: Deployed) -> dict[str, str]:
    """Message ids of real notes, each sent in through the signed webhook, filed and searchable, by a short name."""
    sent = {
        "job": deployed.voice("job.ogg"),
        "knowledge": deployed.voice("knowledge.ogg"),
        "text": deployed.text(_TEXT),
        "hostile": deployed.text(_HOSTILE),
    }
    for one in sent.values():
        deployed.settled(one.sid)
    assert eventually(lambda: deployed.found(sent["text"].sid, "boiler in the cellar"))
    return {name: one.sid for name, one in sent.items()}


@pytest.fixture
def page(console: Console, notes: dict[str, str]) -> Iterator[Page]:
    """The console on a desk, signed in with every scope, at the list of notes."""
    assert notes
    with console.signed_in() as shown:
        yield shown


@pytest.fixture
def sam(tmp_path: Path) -> Iterator[Bot]:
    """A bot with a box of its own, and Sam's phone in it."""
    with bot(tmp_path / "twilio") as one:
        yield one


@pytest.fixture
def shown(sam: Bot, browser: Browser) -> Iterator[Simulator]:
    """The simulator of this bot."""
    with simulator(browser, sam.box.page_url) as one:
        yield one
