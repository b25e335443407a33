"""Uploading: many files, going on after a reload, recording in the page, and what becomes of each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from browser.support import Console, axe, shot
from playwright.sync_api import Page, expect
from support.audio_fixtures import SAMPLES
from support.waiting import HANGS

RECORDING = SAMPLES / "job.ogg"


def choose(page: Page, button: str, files: Sequence[Path]) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=button, exact=True).click()
    chooser.value.set_files(list(files))


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A recording in two parts; what stands behind it is not heard."""
    path = tmp_path / "Site talk with a very long name, recorded at Elm Street on Monday morning, part 3.ogg"
    path.write_bytes(RECORDING.read_bytes() + bytes(8 * 2**20))
    return path


def test_files_go_up_and_are_followed_to_their_notes(console: Console, tmp_path: Path) -> None:
    plan, empty = tmp_path / "Lift 2 report.pdf", tmp_path / "empty.ogg"
    plan.write_bytes(b"%PDF-1.7 a drawing")
    empty.touch()
    with console.signed_in(place="upload") as page:
        choose(page, "Choose files", [RECORDING, plan, empty])
        arrived = page.locator(".upload-row", has_text="job.ogg")
        expect(arrived.locator(".upload-said")).to_have_text("Searchable")
        expect(page.locator(".upload-row", has_text="empty.ogg")).to_contain_text("Refused: the file is empty.")
        link = arrived.get_by_role("link", name="Open job.ogg")
        message_id = str(link.get_attribute("href")).rpartition("/")[2]
        axe(page)
        shot(page, "upload-arrived")
        note = console.deployed.api.note(message_id)
        assert note
        assert (note["kind"], note["sender_name"]) == ("voice", "office")
        page.get_by_role("button", name="Clear").click()
        expect(page.locator(".upload-row")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_after_a_reload_the_same_file_goes_on(console: Console, large: Path, dark: bool) -> None:  # noqa: FBT001 - a parameter
    begun = half(console, large)
    with console.signed_in(place="upload", dark=dark) as page:
        row = page.locator(".upload-row", has_text=large.name)
        percent = 100 * begun["parts"][0]["size"] // begun["size"]
        expect(row).to_contain_text(f"it goes on from {percent}%")
        axe(page)
        shot(page, f"upload-reloaded-{'dark' if dark else 'light'}")
        choose(page, "Choose", [RECORDING])
        expect(row).to_contain_text("That is another file")
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
        choose(page, "Choose", [large])
        expect(row.get_by_role("link")).to_be_visible()
        assert len(sent) == 1
        assert "partNumber=2" in sent[0]


def half(console: Console, large: Path) -> dict[str, Any]:
    """An upload of which one part has arrived, as another page has left it."""
    api = console.deployed.api
    begun = api.post("/v1/uploads", name=large.name, size=str(large.stat().st_size))
    part = begun["parts"][0]
    with large.open("rb") as file:
        assert httpx.put(part["url"], content=file.read(part["size"]), timeout=HANGS).status_code == 200
    return dict(begun)


def test_what_is_paused_is_resumed(console: Console, large: Path) -> None:
    with console.signed_in(place="upload") as page:
        page.route("**/*partNumber=*", lambda _route: None)  # hangs
        choose(page, "Choose files", [large])
        page.get_by_role("button", name="Pause", exact=True).click()
        row = page.locator(".upload-row", has_text=large.name)
        expect(row).to_contain_text("Paused at 0%")
        expect(page.get_by_role("button", name="Resume all")).to_be_visible()
        shot(page, "upload-paused")
        page.unroute("**/*partNumber=*")
        page.get_by_role("button", name="Resume", exact=True).click()
        expect(row.get_by_role("link")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_what_is_recorded_in_the_page_goes_up(console: Console, phone: bool) -> None:  # noqa: FBT001 - a parameter
    with console.signed_in(place="upload", phone=phone) as page:
        page.get_by_role("button", name="Start recording").click()
        expect(page.locator(".upload-time")).not_to_have_text("0:00")
        axe(page)
        shot(page, f"upload-recording-{'phone' if phone else 'desk'}")
        page.get_by_role("button", name="Stop and file").click()
        expect(page.locator(".upload-row", has_text="Recording 20").get_by_role("link")).to_be_visible()


def test_who_may_only_read_sees_no_upload(console: Console) -> None:
    with console.signed_in("read") as page:
        expect(page.get_by_role("link", name="Notes")).to_be_visible()
        expect(page.get_by_role("link", name="Upload")).to_have_count(0)
