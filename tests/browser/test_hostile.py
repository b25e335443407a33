"""What somebody sends is text on every page: no element, no link, no formula, no reversed line, nothing that bursts."""

import csv
import io
from collections.abc import Iterator

import httpx
import pytest
from browser.everywhere import SIZES, go, pages_of, ready, resize, too_wide
from browser.support import Console, shot, sign_in
from playwright.sync_api import Page, expect
from support import patient
from support.audio_fixtures import SAMPLES
from support.waiting import HANGS, eventually

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.api_keys import SCOPES
from ai_voice_shared.records.glossary import Glossary

TRIES = (
    '=HYPERLINK("//evil.test","Zorbax") <img src=x onerror=hit()> <svg onload=hit()> [a](javascript:hit()) '
    "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd a\u200bb \U0001f469\u200d\U0001f527 "
)
"""A formula, HTML, SVG, a link in Markdown, a text turned round, Hebrew, a space of no width and an emoji."""

LONG = "W" * 150
NAME = f"=1+1 \u202e<b>{'N' * 60}</b>"
"""The name of a key, which stands as the sender of what it uploads."""

_MADE = """() => {
  const made = [...document.querySelectorAll("#app :is(img, script, iframe, object, embed, [onload], [onerror])")];
  const links = [...document.querySelectorAll("a")].filter((one) => /^(javascript|data):/i.test(one.href));
  return [...made, ...links].map((one) => one.outerHTML);
}"""

_REVERSES = """() => {
  const open = (one) => {
    const { unicodeBidi, display } = getComputedStyle(one);
    return unicodeBidi === "normal" && display === "inline";
  };
  const walk = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
  const found = new Set();
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!/[\\u202a-\\u202e]/.test(node.data)) continue;
    let line = node.parentElement;
    while (open(line)) line = line.parentElement;
    if (line.querySelector("mark")) continue; // all of it is one person's words
    const others = [...line.querySelectorAll("*")].filter((one) => !one.contains(node));
    const inside = others.filter((one) => !one.matches(".unseen, button *"));
    const beside = [...line.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE && one !== node);
    if (inside.some((one) => one.innerText?.trim() && open(one)) || beside.some((one) => /\\w/.test(one.data)))
      found.add(line.outerHTML.slice(0, 300));
  }
  return [...found];
}"""
"""Texts that turn what stands beside them round: in one line with other words, and nothing isolates them."""


@pytest.fixture(scope="module")
def sent(console: Console) -> dict[str, str]:
    """A hostile text, and a recording of a sender with a hostile name whose words, title and tasks are hostile."""
    text = console.deployed.text(f"{TRIES}\n{TRIES}{LONG}")
    key = console.key(*SCOPES, name=NAME)
    spoken = _uploaded(console, key)
    console.deployed.settled(text.sid)
    assert eventually(lambda: (console.deployed.api.note(spoken) or {}).get("stage") == "searchable", every=0.5)
    items = [{"what": TRIES + LONG, "who": NAME, "by_when": TRIES}]
    segments = [{"index": 0, "text": f"{TRIES} {LONG}. The Zorbax boiler is loud."}]
    _call(console, key, "PATCH", f"notes/{spoken}", title=TRIES + LONG, action_items=items, segments=segments)
    _call(console, key, "POST", "tasks", text=TRIES + LONG, owner=NAME)
    words = Glossary(Ledger(patient.dynamodb(), console.deployed.platform.outputs.table))
    words.accept(COMPANY, [f"{TRIES[:60]}", "W" * 100])
    words.suggest(COMPANY, spoken, [(f"<b>\u202e{'X' * 60}", f"<i>\u202e{'Y' * 60}")], lambda _id: False)
    assert eventually(lambda: console.deployed.found(spoken, "loud Zorbax boiler"), every=0.5)
    return {"text": text.sid, "spoken": spoken}


def _uploaded(console: Console, key: str) -> str:
    content = (SAMPLES / "job.ogg").read_bytes()
    name = f"{TRIES[:60].replace('/', ' ')}.ogg"
    begun = _call(console, key, "POST", "uploads", name=name, size=len(content), media_type="audio/ogg").json()
    httpx.put(begun["parts"][0]["url"], content=content, timeout=HANGS).raise_for_status()
    done = _call(console, key, "POST", f"uploads/{begun['upload_id']}/complete").json()
    return str(done["message_id"])


def _call(console: Console, key: str, method: str, path: str, **body: object) -> httpx.Response:
    headers = {"x-api-key": key}
    answer = httpx.request(method, f"{console.url}v1/{path}", json=body or None, headers=headers, timeout=HANGS)
    assert answer.is_success, answer.text
    return answer


@pytest.fixture(scope="module")
def page(console: Console, sent: dict[str, str]) -> Iterator[Page]:
    """One tab for all pages, which counts each thing that a hostile text gets done; signed in with the hostile name."""
    assert sent
    with console.tab() as shown:
        shown.add_init_script("globalThis.hits = 0; globalThis.hit = globalThis.alert = () => hits++;")
        shown.goto(console.url)
        sign_in(shown, console.key(*SCOPES, name=NAME))
        ready(shown)
        yield shown
        assert shown.evaluate("hits") == 0


def _wrong(page: Page, name: str) -> list[str]:
    """What a hostile text has done to the page, at every width."""
    found = [*page.evaluate(_MADE), *(f"turned round: {one}" for one in page.evaluate(_REVERSES))]
    for size in SIZES:
        resize(page, size)
        found += [f"{size}: {one}" for one in too_wide(page)]
        shot(page, f"hostile-{name}-{size}")
    resize(page, "desk")
    return [f"{name}: {one}" for one in found]


def test_on_every_page(page: Page) -> None:
    wrong = []
    for address in pages_of(page):
        go(page, address)
        wrong += _wrong(page, address.strip("#/").replace("/", "-"))
    assert wrong == []


@pytest.mark.parametrize("which", ["text", "spoken"])
def test_in_the_note(page: Page, sent: dict[str, str], which: str) -> None:
    go(page, f"#/notes/{sent[which]}")
    expect(page.locator(".words")).to_contain_text("<img src=x onerror=hit()>")
    assert _wrong(page, f"note-{which}") == []
    page.keyboard.press("e")
    assert _wrong(page, f"note-{which}-edited") == []
    page.keyboard.press("Escape")


def test_in_what_is_found(page: Page) -> None:
    go(page, "#/notes")
    page.get_by_role("searchbox").fill("Zorbax")
    expect(page.locator("q").first).to_contain_text("<img src=x")
    assert _wrong(page, "found") == []


def test_in_an_answer_and_its_source(page: Page) -> None:
    go(page, "#/ask")
    page.locator("#ask-question").fill(f"Is the Zorbax boiler loud? {TRIES}{LONG}")
    page.keyboard.press("Enter")
    expect(page.locator("article[aria-busy=true]")).to_have_count(0)
    page.locator(".statement .citation").first.click()
    expect(page.locator(".source-card")).to_be_visible()
    assert _wrong(page, "answer") == []


def test_in_a_file_of_tasks_no_cell_is_a_formula(page: Page) -> None:
    go(page, "#/tasks")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Spreadsheet").click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
