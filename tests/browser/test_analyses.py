"""Analyses: made of notes or of a day, followed while they are made, read on paper, printed with footnotes, kept."""

import json
import re

import pytest
from browser.analyses_api import AnalysesApi, opened
from browser.analyses_sample import diary, letter
from browser.support import PICTURES, Console, axe, shot, sign_in
from playwright.sync_api import WebSocketRoute, expect
from support.waiting import eventually


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_citation_on_the_paper_plays_from_its_second(
    console: Console,
    notes: dict[str, str],
    dark: bool,  # noqa: FBT001 - parameters
    phone: bool,  # noqa: FBT001
) -> None:
    api = AnalysesApi.of(diary(notes["knowledge"]), letter())
    with opened(console, "analyses/an_diary", api, dark=dark, phone=phone) as page:
        expect(page.get_by_role("heading", name="St Anne’s Court")).to_be_visible()
        expect(page.get_by_text("Nobody said anything about deliveries on this day.")).to_be_visible()
        expect(page.get_by_text("One statement was left out")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(page)
        shot(page, f"analysis-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")
        chip = page.get_by_role("button", name="Tom Adeyemi, 0:04")
        chip.click()
        expect(page.locator(".citation[data-playing=true]")).to_contain_text("0:04")
        assert eventually(lambda: page.evaluate("document.querySelector('audio').readyState") > 1)
        page.evaluate("document.querySelector('audio').pause()")
        assert 4 <= page.evaluate("document.querySelector('audio').currentTime") < 9
        expect(page.locator(".source mark")).to_have_text("the tarpaulin goes on before dark")
        axe(page)
        shot(page, f"analysis-source-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")
        page.keyboard.press("Escape")
        expect(page.locator(".source-card")).to_have_count(0)
        expect(page.locator(".an-sources li")).to_have_count(4)


@pytest.mark.parametrize("name", ["diary", "letter"])
def test_print_is_the_paper_alone_with_footnotes(console: Console, name: str) -> None:
    with opened(console, f"analyses/an_{name}", AnalysesApi.of(diary(), letter()), dark=True) as page:
        expect(page.locator(".paper h1")).to_be_visible()
        expect(page.locator(".footnotes")).to_be_hidden()
        page.emulate_media(media="print")
        for gone in (".nav", ".an-list", ".an-bar", ".an-sources", ".paper .citation"):
            expect(page.locator(gone).first).to_be_hidden()
        marks = page.locator(".statement-sources > span")
        expect(page.locator(".footnotes li")).to_have_count(marks.count())
        expect(page.locator(".footnotes")).to_be_visible()
        ink = page.locator(".paper h1").evaluate("(one) => getComputedStyle(one).color")
        assert ink == "rgb(26, 26, 23)"  # paper is white, whatever the screen is
        page.pdf(path=PICTURES / f"analysis-{name}.pdf", format="A4")


def test_notes_are_chosen_made_into_an_analysis_and_followed(console: Console, notes: dict[str, str]) -> None:
    one = diary(title="", name="Summary", template_id="summary", day=None, fields={})
    waits = one | {"status": "queued", "done": 0, "sections": [], "sources": [], "made_at": None}
    api = AnalysesApi({"an_diary": [waits, waits | {"status": "working", "done": 2}, one]})
    with opened(console, "analyses/summary", api) as page:
        page.get_by_role("button", name="Make", exact=True).click()
        expect(page.get_by_role("alert")).to_have_text("Choose the notes first.")
        axe(page)
        page.get_by_role("button", name="Choose notes").click()
        page.get_by_role("searchbox", name="Find notes").fill("boiler")
        page.locator(".scope-notes input[type=checkbox]").first.check()
        shot(page, "analysis-choosing")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Make", exact=True).click()
        expect(page.locator("progress")).to_be_visible()
        axe(page)
        expect(page.get_by_text("Reading: 2 of 6 notes")).to_be_visible()
        shot(page, "analysis-working")
        expect(page.get_by_role("heading", name="Work", exact=True)).to_be_visible()
        ((path, body),) = api.sent
    assert path == "v1/analyses"
    assert body["template_id"] == "summary"
    assert body["language"] == "en"
    assert len(body["note_ids"]) == 1
    assert set(body["note_ids"]) < set(notes.values())


def test_what_is_pushed_is_shown_at_once(console: Console) -> None:
    one = diary()
    api = AnalysesApi.of(one | {"status": "working", "done": 1})
    sockets: list[WebSocketRoute] = []
    with console.tab() as page:
        page.route_web_socket(re.compile("^wss?:"), lambda socket: sockets.append(socket))  # noqa: PLW0108 - it keeps something in the function
        api.answer(page)
        page.goto(f"{console.url}#/analyses/an_diary")
        sign_in(page, console.key())
        expect(page.get_by_text("Reading: 1 of 6 notes")).to_be_visible()
        expect(page.locator(".connection[data-state=live]")).to_be_visible()
        api.versions["an_diary"] = [one]
        pushed = {"type": "analysis", "analysis_id": "an_diary", "status": "ready", "done": 6}
        sockets[0].send(json.dumps(pushed))
        expect(page.get_by_role("heading", name="Work", exact=True)).to_be_visible()
        api.versions = {"an_diary": [one | {"erased_notes": 1, "name": "Diary"}]}
        sockets[0].send(json.dumps({"type": "note.erased", "message_id": "SM1"}))
        expect(page.get_by_text("1 note was erased since.")).to_be_visible()
        expect(page.locator(".an-list").get_by_role("link", name="Diary, ", exact=False)).to_have_count(1)
        expect(page.locator(".an-list").get_by_role("link", name="Site diary, ")).to_have_count(0)


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        ("refused", "no-model", "This platform has no language model"),
        ("refused", "no-notes", "No note was there to read."),
        ("refused", "budget", "budget is used up"),
        ("refused", "too-many-notes", "too many notes"),
        ("failed", "no-answer", "The model did not answer"),
        ("failed", None, "Something failed."),
    ],
)
def test_why_nothing_was_made_is_said_with_what_can_be_done(
    console: Console, status: str, reason: str | None, said: str
) -> None:
    api = AnalysesApi.of(diary(status=status, reason=reason, sections=[], sources=[], made_at=None))
    with opened(console, "analyses/an_diary", api) as page:
        expect(page.locator(".paper [role=alert]")).to_contain_text(said)
        axe(page)
        shot(page, f"analysis-{reason or status}")
        if reason == "no-model":
            page.get_by_role("main").get_by_role("link", name="Ask", exact=True).click()
            expect(page.locator("#ask-question")).to_be_visible()
        elif status == "failed":
            page.get_by_role("button", name="Try again").click()
            assert eventually(lambda: api.sent == [("again", {})])


def test_it_is_made_again_as_it_was_or_with_another_choice(console: Console) -> None:
    api = AnalysesApi.of(diary())
    with opened(console, "analyses/an_diary", api) as page:
        page.get_by_role("button", name="Make again").click()
        assert eventually(lambda: api.sent == [("again", {})])
        page.get_by_label("Place").fill("Lindenhof")
        page.locator(".an-bar select").select_option("de")
        page.get_by_role("button", name="Make again").click()
        assert eventually(lambda: len(api.sent) == 2)
    asked = {"template_id": "site-diary", "day": "2026-11-24", "fields": {"place": "Lindenhof"}, "language": "de"}
    assert api.sent[1] == ("v1/analyses", asked)


def test_what_was_erased_is_named_and_what_was_made_can_be_deleted(console: Console) -> None:
    one = diary(erased_notes=1)
    gone = one["sources"][2] | {"erased": True, "title": "", "sender_name": ""}
    api = AnalysesApi.of(one | {"sources": [*one["sources"][:2], gone]}, letter())
    with opened(console, "analyses/an_diary", api) as page:
        expect(page.get_by_text("1 note was erased since.")).to_be_visible()
        expect(page.locator(".an-sources")).to_contain_text("An erased note")
        axe(page)
        page.get_by_role("button", name="Delete").click()
        expect(page.get_by_role("button", name="Keep")).to_be_focused()
        shot(page, "analysis-erased-note-and-delete")
        page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
        expect(page.get_by_role("link", name="Site diary, ")).to_have_count(0)
        expect(page.get_by_role("heading", name="Site diary", exact=True)).to_be_visible()


def test_it_is_downloaded_as_markdown(console: Console) -> None:
    with opened(console, "analyses/an_diary", AnalysesApi.of(diary()), "read") as page:
        with page.expect_download() as download:
            page.get_by_role("button", name="Markdown").click()
        assert re.fullmatch(r"Site diary, Tue.*24.*\.md", download.value.suggested_filename)
        assert download.value.path().read_text(encoding="utf-8") == "# St Anne’s Court\n"


def test_the_list_goes_on_and_keys_alone_move_in_it(console: Console) -> None:
    third = letter(analysis_id="an_third", title="Lift pit")
    with opened(console, "analyses", AnalysesApi.of(diary(), letter(), third)) as page:
        expect(page.get_by_role("link", name="Lift pit")).to_have_count(0)
        page.get_by_role("button", name="Show more").click()
        expect(page.get_by_role("link", name="Lift pit")).to_be_visible()
        axe(page)
        shot(page, "analyses-list")
        page.locator("body").press("j")
        page.keyboard.press("j")
        expect(page.get_by_role("link", name="Next steps")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Next steps", exact=True)).to_be_visible()
        page.keyboard.press("Escape")
        assert page.evaluate("location.hash") == "#/analyses"


def test_a_key_that_only_reads_sees_no_button_that_would_fail(console: Console) -> None:
    with opened(console, "analyses/an_diary", AnalysesApi.of(diary()), "read") as page:
        expect(page.locator(".paper h1")).to_be_visible()
        names = [one.strip() for one in page.locator("main :is(button, .button):not(.citation)").all_inner_texts()]
        assert names == ["Markdown", "Print"]
        page.get_by_role("link", name="Summary").click()
        expect(page.get_by_text("This key reads only")).to_be_visible()
        expect(page.locator("main :is(button, .button)")).to_have_count(0)
        axe(page)


def test_without_a_server_it_says_so_and_tries_again(console: Console) -> None:
    with opened(console, "ask", AnalysesApi.of(diary())) as page:
        page.route("**/v1/analyses**", lambda route: route.abort())
        page.evaluate("location.hash = '#/analyses'")
        expect(page.locator(".an-list [role=alert]")).to_contain_text("The analyses did not load.")
        axe(page)
        shot(page, "analyses-offline")
        page.unroute("**/v1/analyses**")
        AnalysesApi.of(diary()).answer(page)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("link", name="Site diary, ")).to_be_visible()


def test_a_note_leads_to_an_analysis_of_it(console: Console, notes: dict[str, str]) -> None:
    with opened(console, f"notes/{notes['text']}", AnalysesApi.of(diary())) as page:
        page.get_by_role("button", name="More", exact=True).click()
        page.get_by_role("link", name="Analyse this").click()
        expect(page.get_by_role("button", name="1 note", exact=True)).to_be_visible()


def test_the_api_itself_says_that_there_is_no_model(console: Console, notes: dict[str, str]) -> None:
    with console.signed_in(place=f"analyses/summary?note={notes['text']}&title=Chosen") as page:
        page.get_by_role("button", name="Make", exact=True).click()
        expect(page.get_by_text("This platform has no language model")).to_be_visible()
        expect(page.get_by_role("button", name="1 note", exact=True)).to_be_visible()
        expect(page.locator(".an-list").get_by_role("link", name="not made")).to_have_count(1)
        page.get_by_role("button", name="Make again").click()
        expect(page.locator(".an-list").get_by_role("link", name="not made")).to_have_count(2)
        axe(page)
        page.get_by_role("button", name="Delete").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
        expect(page.locator(".an-list").get_by_role("link", name="not made")).to_have_count(1)


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt"])
@pytest.mark.parametrize("place", ["an_diary", "new", "customer-letter"])
def test_every_language_has_its_words_and_room_for_them(console: Console, language: str, place: str) -> None:
    how = {"phone": True, "language": language}
    with opened(console, f"analyses/{place}", AnalysesApi.of(diary()), **how) as page:
        expect(page.locator(".paper h1")).to_be_visible()
        assert re.findall(r"\b(?:analyses|ask|source)\.[a-z-]+", page.locator("main").inner_text()) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(page)
        shot(page, f"analyses-{place}-{language}")
