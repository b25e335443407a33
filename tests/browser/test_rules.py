"""Rules in the settings: written, tried on past notes, changed by two at once, refused at their field, deleted."""

import json
import re
from collections.abc import Iterator

import pytest
from browser.everywhere import looked_at
from browser.support import Console, axe, shot
from playwright.sync_api import Page, Route, expect
from support import patient
from support.waiting import eventually

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.ledger import Ledger

PLACE = "settings/rules"
POINTS = "- Notice is **three months**.\n- Offer a *date*.\n\n<img src=x onerror=alert(1)> [press](javascript:alert(2))"


@pytest.fixture(autouse=True)
def nothing_left(console: Console) -> Iterator[None]:
    """Each test begins without a rule."""
    yield
    ledger = Ledger(patient.dynamodb(), console.deployed.platform.outputs.table)
    ledger.delete_all(f"RULES#{COMPANY}", ledger.places(f"RULES#{COMPANY}"))


def write(page: Page, name: str, words: str) -> None:
    page.get_by_role("button", name="New rule").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Words and phrases").fill(words)


def saved(page: Page, name: str) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_a_rule_is_written_tried_on_past_notes_and_saved(console: Console, notes: dict[str, str]) -> None:
    assert notes
    with console.signed_in(place=PLACE) as page:
        expect(page.get_by_text("No rule yet.")).to_be_visible()
        axe(page)
        write(page, "Boiler", "boiler\ncellar door\n")
        page.get_by_label("What you can say").fill(POINTS)
        expect(page.locator(".rule-preview b")).to_have_text("three months")
        expect(page.locator(".rule-preview img, .rule-preview a")).to_have_count(0)
        page.get_by_role("button", name="Try it on past notes").click()
        expect(page.get_by_text(re.compile(r"Found in \d+ places?\."))).to_be_visible()
        expect(page.locator(".rule-try mark").first).to_contain_text(re.compile("boiler|cellar", re.IGNORECASE))
        axe(page)
        shot(page, "rules-tried")
        page.get_by_role("checkbox", name="English").check()
        expect(page.locator(".rule-try li")).to_have_count(0)  # it is another rule now
        page.get_by_label("Valid until").fill("2020-01-01T12:00")
        saved(page, "Boiler")
        expect(page.locator(".rule")).to_contain_text("English")
        expect(page.locator(".rule")).to_contain_text("ended Wed, 1 Jan 2020")
        axe(page)
        shot(page, "rules-list")


def test_a_hit_in_a_recording_plays(console: Console, notes: dict[str, str]) -> None:
    assert notes
    with console.signed_in(place=PLACE) as page:
        write(page, "Any", "the")
        page.get_by_label("Regular expressions").fill(r"\bthe\b")
        page.get_by_role("button", name="Try it on past notes").click()
        play = page.locator(".rule-try").get_by_role("button", name=re.compile("^Play ")).first
        play.click()
        expect(page.locator(".citation[data-playing=true]")).to_have_count(1)
        assert eventually(lambda: page.evaluate("document.querySelector('audio').readyState") > 1)


def test_what_the_api_refuses_stands_at_its_field(console: Console) -> None:
    with console.signed_in(place=PLACE) as page:
        write(page, "Look", "")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-field=words]").get_by_role("alert")).to_contain_text("Write something to listen for")
        page.get_by_label("Regular expressions").fill("ok\n(?<=a)b")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-field=expressions]").get_by_role("alert")).to_contain_text("“(?<=a)b”: ")
        expect(page.get_by_label("Regular expressions")).to_have_value("ok\n(?<=a)b")
        axe(page)
        shot(page, "rules-refused")
        page.route("**/v1/rules", lambda route: route.abort())
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("The server did not answer. Your text is still here.")).to_be_visible()


def test_what_is_written_stays_when_somebody_leaves_and_comes_back(console: Console) -> None:
    with console.signed_in(place=PLACE) as page:
        write(page, "Half", "half a rule")
        page.evaluate("location.hash = '#/settings/language'")
        expect(page.get_by_role("heading", name="Language")).to_be_visible()
        page.evaluate("location.hash = '#/settings/rules'")
        expect(page.get_by_label("Words and phrases")).to_have_value("half a rule")
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("button", name="New rule")).to_be_focused()


def test_two_who_change_a_rule_at_once_see_both(console: Console) -> None:
    with console.signed_in(place=PLACE) as page:
        write(page, "Leaves", "cancel the contract")
        saved(page, "Leaves")
        page.get_by_role("button", name="Edit Leaves").click()
        page.get_by_label("What you can say").fill("Mine.")
        page.evaluate(_SAVE_MEANWHILE, "Theirs.")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("Theirs.")
        expect(page.get_by_label("What you can say")).to_have_value("Mine.")
        axe(page)
        shot(page, "rules-conflict")
        page.get_by_role("button", name="Keep yours").click()
        page.locator(".rule summary").click()
        expect(page.locator(".rule .markdown")).to_have_text("Mine.")


def test_a_rule_is_deleted_after_a_question(console: Console) -> None:
    with console.signed_in(place=PLACE) as page:
        write(page, "Gone", "gone")
        saved(page, "Gone")
        page.get_by_role("button", name="Delete Gone").click()
        expect(page.get_by_role("button", name="Keep")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Delete Gone")).to_be_focused()
        page.keyboard.press("Enter")
        axe(page)
        page.get_by_role("button", name="Delete rule").click()
        expect(page.get_by_text("No rule yet.")).to_be_visible()


def test_a_key_that_only_reads_sees_no_button_that_would_fail(console: Console) -> None:
    with console.signed_in(place=PLACE) as page:
        write(page, "Read", "read")
        saved(page, "Read")
    with console.signed_in("read", place=PLACE) as page:
        expect(page.get_by_role("heading", name="Read")).to_be_visible()
        expect(page.locator(".settings-section button")).to_have_count(0)


def test_long_german_words_fit_every_size_and_theme(console: Console) -> None:
    long = ["Donaudampfschifffahrtsgesellschaftskapitänsmütze", "den Wartungsvertrag außerordentlich kündigen"]
    rule = _RULE | {"name": "Kündigungsandrohung wegen Verzögerung", "words": long, "languages": ["de", "en"]}

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body=json.dumps({"rules": [rule]}))

    with console.tab(language="de-DE") as page:
        page.route("**/v1/rules", answer)
        page.goto(f"{console.url}#/{PLACE}")
        page.locator("#key").fill(console.key())
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Kündigungsandrohung")).to_be_visible()
        assert looked_at(page, "rules", {"desk": ("light",), "phone": ("light", "dark")}) == []
        page.get_by_role("button", name="Kündigungsandrohung wegen Verzögerung bearbeiten").click()
        expect(page.get_by_label("Worte und Wendungen")).to_be_visible()
        assert looked_at(page, "rules-form") == []


_RULE = {
    "rule_id": "ru_1",
    "expressions": [r"\b(?:sehr )?unzufrieden(?:heit)?\b"],
    "priority": 80,
    "cool_down": 120,
    "valid_from": None,
    "valid_until": "2099-01-01T00:00:00.000Z",
    "points": POINTS,
    "updated_at": "2026-11-20T09:12:04.000Z",
    "etag": '"1"',
}
_SAVE_MEANWHILE = """async (points) => {
  const headers = { "x-api-key": sessionStorage.getItem("console.key"), "content-type": "application/json" };
  const { rules } = await (await fetch("v1/rules", { headers })).json();
  const { rule_id, etag, name, words } = rules[0];
  const body = JSON.stringify({ name, words, points });
  await fetch(`v1/rules/${rule_id}`, { method: "PUT", headers: { ...headers, "if-match": etag }, body });
}"""
