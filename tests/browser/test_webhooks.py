"""Webhooks in the settings: an endpoint is added, tested, paused, changed and deleted, and its log shows what it got.

The receiver is a real one, on loopback: only the local stack lets an endpoint be there.
"""

import re
from collections.abc import Iterator

import httpx
import pytest
from browser.support import Console, axe, shot
from playwright.sync_api import Locator, Page, expect
from standardwebhooks import Webhook
from support import patient
from support.receiver import Receiver, receiving, wait_until_known
from support.waiting import HANGS, eventually

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.webhooks.endpoints import Endpoints


@pytest.fixture(autouse=True)
def endpoints(console: Console) -> Iterator[Endpoints]:
    """The company's endpoints; there are none before and after a test."""
    made = Endpoints(Ledger(patient.dynamodb(), console.deployed.platform.outputs.table))
    yield made
    for one in made.of_company(COMPANY):
        made.delete(one)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


def added(page: Page, receiver: Receiver) -> tuple[Locator, str]:
    """Adds the endpoint as a person does; its card, and the secret that is shown once."""
    page.get_by_role("button", name="Add endpoint").click()
    page.get_by_label("Address").fill(receiver.url)
    page.get_by_role("button", name="Add endpoint").click()
    card = page.get_by_role("article", name=receiver.url)
    return card, card.get_by_role("group", name="Copy this secret now. It is not shown again.").locator(
        "code"
    ).inner_text()


def test_an_endpoint_is_added_tested_renewed_and_deleted(
    console: Console, receiver: Receiver, endpoints: Endpoints
) -> None:
    assert endpoints.of_company(COMPANY) == []
    with console.signed_in(place="settings/webhooks") as page:
        expect(page.get_by_text("No endpoint yet.")).to_be_visible()
        axe(page)
        shot(page, "webhooks-none")
        page.get_by_role("button", name="Add endpoint").click()
        expect(page.get_by_label("Address")).to_be_focused()
        page.get_by_label("Address").fill("ftp://example.com")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert").filter(has_text="Should begin with https://")).to_be_visible()
        axe(page)
        shot(page, "webhooks-add-refused")
        page.get_by_role("button", name="Cancel").click()
        card, secret = added(page, receiver)
        expect(card.get_by_role("button", name="Copy")).to_be_focused()
        axe(page)
        shot(page, "webhooks-secret")
        card.get_by_role("button", name="Done").click()
        card.get_by_role("button", name=re.compile("Send a test")).click()
        expect(card.locator("[data-state=ok]")).to_contain_text("204 in")
        ((headers, body),) = receiver.received
        Webhook(secret).verify(body.decode(), headers)
        card.get_by_role("button", name=re.compile("^Show: webhook.test")).click()
        expect(card.get_by_label("Headers and text")).to_contain_text(f"webhook-id: {headers['webhook-id']}")
        axe(page)
        shot(page, "webhooks-delivered")
        card.get_by_role("button", name=re.compile("Renew secret:")).click()
        expect(card.get_by_role("button", name="Keep")).to_be_focused()
        shot(page, "webhooks-renew")
        card.get_by_role("button", name="Renew secret", exact=True).click()
        expect(card.get_by_text("The secret before signs, too, until")).to_be_visible()
        assert card.locator(".fresh-key code").inner_text() != secret
        card.get_by_role("button", name="Done").click()
        card.get_by_role("button", name=f"More for {receiver.url}").click()
        card.get_by_role("button", name="Delete endpoint").click()
        axe(page)
        shot(page, "webhooks-delete")
        card.get_by_role("button", name="Delete endpoint").click()
        expect(page.get_by_role("status").filter(has_text=f"Deleted {receiver.url}")).to_be_visible()
        expect(page.get_by_role("article")).to_have_count(0)
    assert endpoints.of_company(COMPANY) == []


def test_a_failure_shows_its_tries_and_the_next_and_is_sent_again(console: Console, receiver: Receiver) -> None:
    receiver.statuses = [503]
    with console.signed_in(place="settings/webhooks") as page:
        card, _ = added(page, receiver)
        card.get_by_role("button", name="Done").click()
        card.get_by_role("button", name=re.compile("Send a test")).click()
        expect(card.locator("[data-state=waiting]")).to_contain_text("503")
        expect(card.get_by_text(re.compile("· next try "))).to_be_visible()
        card.get_by_role("button", name=re.compile("^Show")).click()
        expect(card.get_by_text("next try, then less often, for a day")).to_be_visible()
        axe(page)
        shot(page, "webhooks-failed")
        card.get_by_role("button", name=re.compile("^Send again")).click()
        expect(card.locator("[data-state=ok]")).to_contain_text("204 in")
        expect(card.get_by_text("50% of 2 tries delivered")).to_be_visible()
    assert len(receiver.received) == 2
    assert len({headers["webhook-id"] for headers, _ in receiver.received}) == 1


def test_an_endpoint_that_is_gone_says_so_and_gets_what_was_kept_when_it_is_resumed(
    console: Console, receiver: Receiver
) -> None:
    receiver.statuses = [410]
    with console.signed_in(place="settings/webhooks") as page:
        card, _ = added(page, receiver)
        card.get_by_role("button", name="Done").click()
        card.get_by_role("button", name=re.compile("Send a test")).click()
        expect(card.get_by_text("the address said that it is gone (410). 1 event is kept for a day")).to_be_visible()
        expect(card.get_by_text("Kept: paused")).to_be_visible()
        axe(page)
        shot(page, "webhooks-gone")
        card.get_by_role("button", name=re.compile("^Resume")).click()
        expect(card.locator("[data-state=ok]")).to_contain_text("204 in")
        expect(card.get_by_text("Paused")).to_have_count(0)


def test_a_keyboard_pauses_changes_and_leaves(console: Console, receiver: Receiver, endpoints: Endpoints) -> None:
    endpoints.create(COMPANY, receiver.url, ["note.filed"])
    with console.signed_in(place="settings/webhooks") as page:
        more = page.get_by_role("button", name=f"More for {receiver.url}")
        more.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Address")).to_be_focused()
        page.keyboard.press("Escape")
        expect(more).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_label("Address").fill(f"{receiver.url}/new")
        page.get_by_role("checkbox", name=re.compile("task is added")).focus()
        page.keyboard.press("Space")
        page.get_by_label("Address").focus()
        page.keyboard.press("Enter")
        card = page.get_by_role("article", name=f"{receiver.url}/new")
        expect(card.locator(".tag")).to_have_text(["note.filed", "task.added"])
        card.get_by_role("button", name=re.compile("More for")).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(card.get_by_text("Paused since")).to_be_visible()
        axe(page)
        shot(page, "webhooks-paused")


def test_a_key_that_only_reads_has_no_buttons_that_would_fail(console: Console, endpoints: Endpoints) -> None:
    endpoints.create(COMPANY, "http://127.0.0.1:9/hooks", ["note.filed"])
    with console.signed_in("read", place="settings/webhooks") as page:
        card = page.get_by_role("article")
        expect(card.get_by_text("Nothing was sent in the last 7 days.")).to_be_visible()
        expect(card.get_by_role("button")).to_have_count(1)  # what opens the log
        expect(page.get_by_role("button", name="Add endpoint")).to_have_count(0)


@pytest.mark.parametrize("language", ["en-GB", "de", "es", "fr", "pt"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_log_fits_a_desk_and_a_phone_in_every_language(
    console: Console,
    receiver: Receiver,
    endpoints: Endpoints,
    notes: dict[str, str],
    dark: bool,  # noqa: FBT001 - a parameter
    language: str,
) -> None:
    receiver.statuses = [204, 503, 422]
    endpoints.create(COMPANY, receiver.url, ["note.filed", "note.changed", "task.added", "task.changed"])
    _, failing = endpoints.create(COMPANY, "https://jobs.lindenhof.example/hooks/notes", ["note.filed"])
    endpoints.pause(failing, "failures", "certificate")
    wait_until_known()
    api = console.deployed.api
    for number in range(3):
        title = {"title": f"12 Elm Street: boiler in the cellar {number}"}
        url = f"{api.url}/v1/notes/{notes['text']}"
        assert httpx.patch(url, json=title, headers={"x-api-key": api.key}, timeout=HANGS).is_success
        assert eventually(lambda seen=number: len(receiver.received) > seen)
    for phone in (False, True):
        with console.signed_in(place="settings/webhooks", dark=dark, phone=phone, language=language) as page:
            expect(page.locator(".hook-log tbody")).to_have_count(3)
            page.locator(".hook-log tbody").nth(1).locator("[aria-expanded]").click()
            expect(page.locator(".hook-open")).to_be_visible()
            assert re.findall(r"settings\.[a-z.-]+", page.locator("main").inner_text()) == []
            assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
            axe(page)
            shot(page, f"webhooks-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}-{language[:2]}")
