"""A note's page: it plays from a cited second, its lines are corrected in place, and it is erased with a receipt."""

import re
from typing import Any

import httpx
import pytest
from browser.support import Console, axe, shot
from playwright.sync_api import Page, Route, expect
from support.deployed import Deployed
from support.waiting import HANGS

_SEEKS = (
    "window.seeks = []; document.addEventListener('seeking', (e) => window.seeks.push(e.target.currentTime), true);"
)


def _note(deployed: Deployed, sid: str) -> dict[str, Any]:
    note: dict[str, Any] = deployed.api.get(f"/v1/notes/{sid}")
    return note


def _correct(deployed: Deployed, sid: str, index: int, text: str) -> None:
    api, body = deployed.api, {"segments": [{"index": index, "text": text}]}
    headers = {"x-api-key": api.key}
    httpx.patch(f"{api.url}/v1/notes/{sid}", json=body, headers=headers, timeout=HANGS).raise_for_status()


def _edit(page: Page, line: int, text: str) -> None:
    page.locator(".line").nth(line).locator(".line-text").dblclick()
    page.get_by_label("Words of the line").fill(text)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_note_shows_all_it_has(console: Console, notes: dict[str, str], dark: bool, phone: bool) -> None:  # noqa: FBT001 - parameters
    with console.signed_in(place=f"notes/{notes['job']}", dark=dark, phone=phone) as page:
        expect(page.locator(".note h1")).not_to_be_empty()
        expect(page.get_by_role("slider")).to_be_visible()
        expect(page.locator(".line").first).to_be_visible()
        axe(page)
        shot(page, f"note-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")
        if phone:
            for tab in ("Tasks", "Reply", "Files"):
                page.locator(".note-tabs").get_by_text(tab).click()
                axe(page)
            shot(page, "note-phone-files")


def test_it_plays_from_the_cited_second_with_the_quote_marked(console: Console, notes: dict[str, str]) -> None:
    segments = _note(console.deployed, notes["job"])["segments"]
    cited = segments[1]
    with console.signed_in() as page:
        page.evaluate(_SEEKS)
        quote = " ".join(cited["text"].split()[1:4])
        page.evaluate("(to) => location.hash = to", f"#/notes/{notes['job']}?at={cited['start']}&quote={quote}")
        expect(page.locator(".line mark")).to_have_text(quote)
        expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
        page.wait_for_function("(at) => document.querySelector('audio').currentTime > at", arg=cited["start"])
        assert page.evaluate("window.seeks[0]") == pytest.approx(cited["start"], abs=0.001)
        shot(page, "note-cited")
        page.keyboard.press("Space")
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        page.locator(".line-time").first.click()
        page.wait_for_function("window.seeks.length > 1")
        assert page.evaluate("window.seeks.at(-1)") == pytest.approx(segments[0]["start"], abs=0.001)
        expect(page.locator(".line").first).to_have_attribute("aria-current", "true")


def test_keys_move_and_change_the_speed(console: Console, notes: dict[str, str]) -> None:
    with console.signed_in(place=f"notes/{notes['job']}?at=2") as page:
        expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
        page.keyboard.press("Space")
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        for _ in range(3):  # however far it was played
            page.keyboard.press("ArrowLeft")
        page.wait_for_function("document.querySelector('audio').currentTime === 0")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.querySelector('audio').currentTime === 5")
        page.keyboard.press("Shift+>")
        assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
        expect(page.locator(".player-rates [aria-pressed=true]")).to_have_text("1.25\u00d7")


def test_a_corrected_line_keeps_its_times_and_says_what_it_was(console: Console, notes: dict[str, str]) -> None:
    before = _note(console.deployed, notes["knowledge"])["segments"]
    with console.signed_in(place=f"notes/{notes['knowledge']}") as page:
        page.locator(".line").first.wait_for()
        page.keyboard.press("e")
        page.get_by_label("Words of the line").fill(f"{before[0]['text']} Corrected here.")
        expect(page.get_by_role("button", name="Play this line")).to_be_visible()
        axe(page)
        shot(page, "note-editing")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".line").nth(1).get_by_label("Words of the line")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".line").first.locator(".line-state")).to_contain_text("Saved")
        expect(page.locator(".line").first.locator(".line-state")).to_contain_text(before[0]["text"][:20])
    after = _note(console.deployed, notes["knowledge"])["segments"]
    assert after[0]["text"].endswith("Corrected here.")
    assert [(one["start"], one["end"]) for one in after] == [(one["start"], one["end"]) for one in before]


def test_a_line_that_somebody_else_corrected_is_asked_about(console: Console, notes: dict[str, str]) -> None:
    sid = notes["knowledge"]
    with console.signed_in(place=f"notes/{sid}") as page:
        page.locator(".line").nth(1).wait_for()
        first = [True]

        def meanwhile(route: Route) -> None:
            """Another client corrects the same line before this page's first correction arrives."""
            if route.request.method == "PATCH" and first:
                first.clear()
                _correct(console.deployed, sid, 1, "Somebody else was here.")
            route.continue_()

        page.route(f"**/v1/notes/{sid}", meanwhile)
        _edit(page, 1, "I was here, too.")
        page.keyboard.press("Enter")
        expect(page.get_by_text(re.compile(r"^\w+ corrected this line while you were writing\.$"))).to_be_visible()
        axe(page)
        shot(page, "note-conflict")
        page.get_by_role("button", name="Keep yours").click()
        expect(page.locator(".line").nth(1).locator(".line-state")).to_contain_text("Saved")
    assert _note(console.deployed, sid)["segments"][1]["text"] == "I was here, too."


def test_what_is_typed_offline_is_kept_and_sent_later(console: Console) -> None:
    sent = console.deployed.text("The valve at 9 Mill Lane drips.")  # its own: others search the words of `notes`
    console.deployed.settled(sent.sid)
    with console.signed_in(place=f"notes/{sent.sid}") as page:
        page.locator(".line").first.wait_for()
        page.route("**/v1/notes/**", lambda route: route.abort())
        _edit(page, 0, "Written without a connection.")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Kept here, not sent yet")).to_be_visible()
        shot(page, "note-kept")
        page.unroute("**/v1/notes/**")
        page.reload()
        expect(page.locator(".line").first.locator(".line-state")).to_contain_text("Saved")
    assert _note(console.deployed, sent.sid)["segments"][0]["text"] == "Written without a connection."


def test_title_and_tasks_are_edited(console: Console, notes: dict[str, str]) -> None:
    with console.signed_in(place=f"notes/{notes['job']}") as page:
        page.locator(".note h1").dblclick()
        page.get_by_label("Title", exact=True).fill("Another title")
        page.keyboard.press("Enter")
        expect(page.locator(".note h1")).to_have_text("Another title")
        page.get_by_role("button", name="Add").click()
        page.get_by_label("Task", exact=True).fill("Call the merchant")
        page.get_by_label("By when").fill("tomorrow")
        axe(page)
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".side-tasks")).to_contain_text("Call the merchant")
    note = _note(console.deployed, notes["job"])
    assert (note["title"], note["structure"]["action_items"][-1]["by_when"]) == ("Another title", "tomorrow")


def test_a_read_only_key_sees_nothing_that_would_fail(console: Console, notes: dict[str, str]) -> None:
    with console.signed_in("read", place=f"notes/{notes['job']}") as page:
        page.locator(".line").first.wait_for()
        expect(page.get_by_role("button", name="Edit")).to_have_count(0)
        expect(page.get_by_role("button", name="Add")).to_have_count(0)
        page.get_by_role("button", name="More", exact=True).first.click()
        expect(page.get_by_role("button", name="Erase note")).to_have_count(0)
        page.keyboard.press("e")
        expect(page.get_by_label("Words of the line")).to_have_count(0)


def test_what_a_note_tries_is_shown_as_text(console: Console, notes: dict[str, str]) -> None:
    with console.signed_in(place=f"notes/{notes['hostile']}") as page:
        expect(page.locator(".words")).to_contain_text("<img src=x onerror=alert(1)>")
        expect(page.locator(".note img, .note a[href^='javascript']")).to_have_count(0)
        expect(page.get_by_role("slider")).to_have_count(0)
        axe(page)
        shot(page, "note-text")


def test_an_erased_note_leaves_a_receipt(console: Console) -> None:
    sent = console.deployed.text("Please order two valves for Elm Street by Friday.")
    console.deployed.settled(sent.sid)
    with console.signed_in(place=f"notes/{sent.sid}") as page:
        page.locator(".line").first.wait_for()
        page.locator(".note-acts").get_by_role("button", name="More").click()
        page.get_by_role("button", name="Erase note").click()
        expect(page.get_by_role("button", name="Keep")).to_be_focused()
        axe(page)
        shot(page, "note-erase")
        page.get_by_role("button", name="Erase note").click()
        expect(page.locator(".note-receipt")).to_contain_text("Kept: that it existed.")
        axe(page)
        shot(page, "note-receipt")
        page.reload()
        expect(page.get_by_text("This note is not here.")).to_be_visible()
