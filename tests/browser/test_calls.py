"""Calls: which there are, what is said in one while it lasts, what helps to answer, and what becomes of it."""

import json
from typing import Any

import pytest
from browser.calls_api import CallsApi, opened
from browser.calls_sample import AGENT, CALL_ID, CUSTOMER, THREAT, as_note, brief, escalation, keyword, recovered, whole
from browser.everywhere import looked_at
from browser.support import Console, axe, shot, sign_in
from playwright.sync_api import expect
from support.waiting import eventually

from ai_voice_shared.calls.model import Hint, Sentence
from ai_voice_shared.calls.transcript import Gap, Partial
from data_api_server.models.models import NoteDetail

LIVE = f"calls/{CALL_ID}"
SAYING = Partial("agent", 19, "Of course. I’ll ask Priya to ring you within the")


def hint(shown: dict[str, Any]) -> Hint:
    return Hint(**shown)


def test_a_live_call_is_seen_as_it_is_spoken(console: Console, notes: dict[str, str]) -> None:
    api = CallsApi.of(whole(notes["knowledge"]))
    with opened(console, LIVE, api, live=True) as page:
        expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
        expect(page.get_by_role("link", name="Calls 1 live")).to_be_visible()
        expect(page.get_by_text("Escalated at 4:18: said or asked the same again, asked for a manager")).to_be_visible()
        expect(page.get_by_text("About 6 seconds are missing here.")).to_be_visible()
        expect(page.locator(".said mark").last).to_have_text("cancel the contract")
        api.push(lambda consoles, call: consoles.saying(call, SAYING))
        expect(page.locator("[data-partial=true]")).to_contain_text("ring you within the")
        expect(page.get_by_role("button", name="Following what is said")).to_be_visible()
        expect(page.locator(".said li").last).to_be_in_viewport()
        axe(page)
        shot(page, "call-desk-light")
        final = Sentence(19, "agent", "Of course. I’ll ask Priya to ring you within the hour.", 267.0, 271.0)
        api.push(lambda consoles, call: consoles.said(call, final, (), ()))
        expect(page.locator("[data-partial=true]")).to_have_count(0)
        expect(page.locator(".said-gap")).to_have_count(0)
        expect(page.locator(".said li").last).to_contain_text("within the hour.")
        expect(page.locator(".said li").last).to_be_in_viewport()


def test_a_live_call_fits_every_size_and_theme(console: Console) -> None:
    api = CallsApi.of(whole())
    with opened(console, LIVE, api, live=True, language="de-DE") as page:
        api.push(lambda consoles, call: consoles.saying(call, SAYING))
        expect(page.locator("[data-partial=true]")).to_be_visible()
        assert looked_at(page, "call") == []
        page.locator(".call-tabs button").last.click()
        expect(page.get_by_role("heading", name="Was Sie sagen können")).to_be_visible()
        assert looked_at(page, "call-beside", {"phone": ("light", "dark")}) == []


def test_scrolling_away_ends_following_and_the_button_begins_again(console: Console) -> None:
    api = CallsApi.of(whole())
    with opened(console, LIVE, api, live=True) as page:
        page.set_viewport_size({"width": 1440, "height": 640})
        expect(page.get_by_role("button", name="Following what is said")).to_be_visible()
        page.locator(".call-words").evaluate("one => one.scrollTo(0, 0)")
        follow = page.get_by_role("button", name="Follow what is said")
        expect(follow).to_be_visible()
        more = Sentence(20, "customer", "And then there is the invoice.", 280.0, 283.0)
        api.push(lambda consoles, call: consoles.said(call, more, (), None))
        expect(page.get_by_text("And then there is the invoice.")).to_be_attached()
        expect(page.get_by_text("And then there is the invoice.")).not_to_be_in_viewport()
        follow.press("Enter")
        expect(page.get_by_text("And then there is the invoice.")).to_be_in_viewport()
        page.locator(".call-banner").get_by_role("button", name="Go to 3:57").click()
        expect(page.locator(".said-line[aria-current]")).to_contain_text("This is the third time")
        expect(page.locator(".said-line[aria-current]")).to_be_in_viewport()


def test_what_was_promised_before_plays(console: Console, notes: dict[str, str]) -> None:
    with opened(console, LIVE, CallsApi.of(whole(notes["knowledge"]))) as page:
        expect(page.get_by_text("Said in 2 earlier notes and calls")).to_be_visible()
        page.get_by_role("button", name="Play Jürgen Weiß, 0:03").click()
        expect(page.locator(".citation[data-playing=true]")).to_contain_text("0:03")
        assert eventually(lambda: page.evaluate("document.querySelector('audio').readyState") > 1)
        page.get_by_role("button", name=f"Play {AGENT}, 1:12").click()  # its note has no recording
        silent = page.get_by_role("button", name="1:12, does not play: open the note")
        expect(silent).to_be_visible()
        page.locator(".call-earlier").get_by_role("button", name="Refund").click()
        expect(page.locator(".call-points mark")).to_have_text("refund")
        silent.click()
        assert "#/notes/CA9?at=72" in page.url


def test_a_hit_an_alarm_and_a_recovery_come_by_push_and_once(console: Console) -> None:
    quiet = whole(hints=[], escalations=[], course=[], gaps=[])
    said = Sentence(**quiet["sentences"].pop())
    api = CallsApi.of(quiet)
    with opened(console, LIVE, api, live=True) as page:
        expect(page.get_by_text("When somebody says words of your rules")).to_be_visible()
        hints = [
            hint(keyword(16, "Leaves", "cancel the contract", "Stay *calm*.")),
            hint(escalation("manager", 18, 18)),
        ]
        for _ in range(2):
            api.push(lambda consoles, call: consoles.said(call, said, hints, [Gap(18, 1, 259.0, 259.2)]))
        expect(page.locator(".call-points em")).to_have_text("calm")
        expect(page.locator(".call-points")).to_have_count(1)
        expect(page.get_by_text("Some words may be missing here.")).to_be_visible()
        expect(page.locator(".call-banner li")).to_have_count(1)
        calm = Sentence(20, "customer", "Thank you, that helps.", 280.0, 283.0)
        api.push(lambda consoles, call: consoles.said(call, calm, [hint(recovered("manager", 20))], None))
        expect(page.get_by_text("Calmer since 4:40. Before: asked for a manager")).to_be_visible()
        expect(page.locator(".call-banner")).to_have_count(0)
        shot(page, "call-recovered")


def test_a_call_ends_is_filed_and_leads_to_its_note(console: Console, notes: dict[str, str]) -> None:
    one = whole(notes["knowledge"])
    api = CallsApi.of(one)
    with opened(console, LIVE, api, live=True) as page:
        expect(page.get_by_text(THREAT)).to_be_visible()
        ended = one | {"status": "ended", "ended_at": one["started_at"]}
        api.calls[CALL_ID] = ended
        api.push(lambda consoles, call: consoles.ended(call), ended)
        expect(page.get_by_text("Ended. The note is being written.")).to_be_visible()
        expect(page.get_by_role("link", name="Calls", exact=True)).to_be_visible()
        api.push(lambda consoles, call: consoles.filed(call))
        expect(page.get_by_role("link", name="Open the note")).to_have_attribute("href", f"#/notes/{CALL_ID}")
        shot(page, "call-filed")


def test_what_was_pushed_while_the_connection_was_gone_is_read_again(console: Console) -> None:
    one = whole()
    api = CallsApi.of(one | {"sentences": one["sentences"][:4], "hints": [], "escalations": []})
    with opened(console, LIVE, api, live=True) as page:
        expect(page.locator(".said-line")).to_have_count(4)
        api.calls[CALL_ID] = one
        api.sockets[-1].close()
        expect(page.get_by_text(THREAT)).to_be_visible()
        expect(page.locator(".call-points")).to_have_count(1)


def test_a_call_without_a_transcription_says_what_to_check(console: Console) -> None:
    nothing: dict[str, Any] = {
        "sentences": [],
        "gaps": [],
        "hints": [],
        "course": [],
        "escalations": [],
        "transcribing": False,
    }
    api = CallsApi.of(whole(**nothing))
    with opened(console, LIVE, api, live=True) as page:
        api.push(lambda consoles, call: consoles.not_transcribed(call, "32650"))
        expect(page.get_by_role("alert")).to_contain_text("The transcription failed. Check in Twilio’s console:")
        expect(page.get_by_role("alert")).to_contain_text("32650")
        axe(page)
        shot(page, "call-silent")
    with opened(console, LIVE, CallsApi.of(whole(**nothing))) as page:
        expect(page.get_by_role("alert")).to_contain_text("No transcription came.")


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
def test_calls_are_listed_and_live_ones_marked(console: Console, language: str) -> None:
    past = brief(
        call_id="CA2", status="filed", note_id="CA2", customer_name=None, started_at="2026-11-20T09:00:00.000Z"
    )
    ended = past | {"ended_at": "2026-11-20T09:06:12.000Z"}
    api = CallsApi.of(whole(), whole(**ended))
    with opened(console, "calls", api, language=language) as page:
        rows = page.locator(".call-row")
        expect(rows).to_have_count(2)
        expect(rows.first).to_contain_text(CUSTOMER)
        expect(rows.first).to_contain_text(AGENT)
        expect(rows.first).to_contain_text("live")
        expect(rows.last.get_by_role("link")).to_have_attribute("href", "#/notes/CA2")
        expect(rows.last).to_contain_text("6:12")
        assert looked_at(page, f"calls-{language[:2]}") == []
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
        page.keyboard.press("Escape")
        expect(rows).to_have_count(2)


def test_a_call_that_begins_stands_in_the_navigation_of_every_page(console: Console) -> None:
    api = CallsApi.of()
    with opened(console, "calls", api, live=True) as page:
        expect(page.get_by_text("No calls yet.")).to_be_visible()
        page.evaluate("location.hash = '#/settings/language'")
        api.push(lambda consoles, call: consoles.begun(call), brief())
        expect(page.get_by_role("link", name="Calls 1 live")).to_be_visible()


def test_a_call_that_is_not_there_says_so(console: Console) -> None:
    with opened(console, "calls/CA404", CallsApi.of()) as page:
        expect(page.get_by_role("alert")).to_contain_text("This call is not here.")
        axe(page)


def test_a_key_that_may_not_read_sees_no_calls(console: Console) -> None:
    with opened(console, "calls", CallsApi.of(whole()), "write") as page:
        expect(page.locator(".nav a[href='#/calls']")).to_have_count(0)


@pytest.mark.parametrize("silent", [False, True], ids=["recorded", "without a recording"])
def test_the_note_of_a_call_shows_who_spoke_and_what_was_noticed(
    console: Console,
    notes: dict[str, str],
    silent: bool,  # noqa: FBT001 - a parameter
) -> None:
    told = as_note(console.deployed.api.get(f"/v1/notes/{notes['knowledge']}"))
    if silent:
        told["artifacts"] = [one for one in told["artifacts"] if one["file_type"] != "audio"]
    NoteDetail.model_validate_json(json.dumps(told))
    with console.tab() as page:
        page.route(f"**/v1/notes/{notes['knowledge']}", lambda route: route.fulfill(json=told))
        page.goto(f"{console.url}#/notes/{notes['knowledge']}")
        sign_in(page, console.key())
        expect(page.locator(".note-meta")).to_contain_text(f"call with {AGENT}")
        expect(page.locator(".line-body[data-speaker=customer] .said-name").first).to_have_text(CUSTOMER)
        expect(page.locator(".line-body[data-speaker=agent] .said-name").first).to_have_text(AGENT)
        expect(page.locator(".talked")).to_contain_text("0:21 · 70 %")
        expect(page.locator(".noticed").first).to_contain_text("asked for a manager, calmer after that")
        expect(page.locator(".line mark")).to_have_count(1)
        expect(page.get_by_text("About 4 seconds are missing here.")).to_be_visible()
        expect(page.get_by_role("img", name="The customer’s mood: upset")).to_be_visible()
        expect(page.locator(".line").first.get_by_role("button", name="Play from")).to_have_count(0 if silent else 1)
        assert looked_at(page, f"note-call-{'silent' if silent else 'heard'}") == []
