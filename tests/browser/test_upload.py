"""Uploading: many files, going on after a reload, recording in the page, and what becomes of each."""

import base64
import os
import re
from collections.abc import Iterator, Sequence
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
    """As in a browser without handles of files, such as Firefox or Safari."""
    page.evaluate("window.showOpenFilePicker = undefined")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=button, exact=True).click()
    chooser.value.set_files(list(files))


@pytest.fixture(autouse=True)
def ended(console: Console) -> Iterator[None]:
    """Uploads that a test has begun and not finished end with it."""
    yield
    api = console.deployed.api
    for one in api.get("/v1/uploads")["uploads"]:
        url = f"{api.url}/v1/uploads/{one['upload_id']}"
        httpx.delete(url, headers={"x-api-key": console.deployed.platform.api_key}, timeout=HANGS)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A recording in two parts; what stands behind it is not heard."""
    path = tmp_path / "Site talk with a very long name, recorded at Elm Street on Monday morning, part 3.ogg"
    path.write_bytes(RECORDING.read_bytes() + bytes(8 * 2**20))
    return path


def test_files_go_up_and_are_followed_to_their_notes(console: Console, tmp_path: Path) -> None:
    plan, empty = tmp_path / "Lift 2 report.pdf", tmp_path / "empty.ogg"
    plan.write_bytes(b"%PDF-1.7 << /Type /Pages /Kids [2 0 R] /Count 3 >> << /Count 14 /Kids [1 0 R] /Type /Pages >>")
    empty.touch()
    with console.signed_in(place="upload") as page:
        choose(page, "Choose files", [RECORDING, plan, empty])
        arrived = page.locator(".upload-row", has_text="job.ogg")
        expect(arrived.locator(".upload-said")).to_have_text("Searchable")
        expect(arrived).to_contain_text(re.compile(r"0:\d\d · "))
        expect(page.locator(".upload-row", has_text="Lift 2")).to_contain_text("14 pages · ")
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


def with_handle(page: Page, large: Path) -> None:
    """The browser's window for files, which no test can press, chooses this one: a real handle, from its own disk."""
    page.evaluate(
        """async ([name, head, size]) => {
          const handle = await (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
          const file = await handle.createWritable();
          await file.write(Uint8Array.from(atob(head), (one) => one.charCodeAt(0)));
          await file.truncate(size);
          await file.close();
          window.showOpenFilePicker = async () => [handle];
        }""",
        [large.name, base64.b64encode(RECORDING.read_bytes()).decode(), large.stat().st_size],
    )
    page.get_by_role("button", name="Choose files", exact=True).click()


@pytest.mark.parametrize("asks", [False, True], ids=["may read", "asks first"])
def test_after_a_reload_an_upload_goes_on_without_choosing_its_file_again(
    console: Console,
    large: Path,
    asks: bool,  # noqa: FBT001 - a parameter
) -> None:
    with console.signed_in(place="upload") as page:
        if asks:  # as a browser that forgets what it allowed
            page.add_init_script("FileSystemHandle.prototype.queryPermission = async () => 'prompt'")
        hanging = [True]
        page.route("**/*partNumber=2*", lambda route: None if hanging else route.continue_())
        with page.expect_request("**/*partNumber=2*"):
            with_handle(page, large)
        row = page.locator(".upload-row", has_text=large.name)
        expect(row).to_contain_text(re.compile("9[0-9]%"))
        hanging.clear()
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
        page.reload()
        if asks:
            expect(row).to_contain_text("Press Resume, and allow the browser to read the file")
            axe(page)
            shot(page, "upload-asks")
            row.get_by_role("button", name="Resume", exact=True).click()
        expect(row.get_by_role("link")).to_be_visible()
        assert len(sent) == 1
        assert "partNumber=2" in sent[0]
        page.reload()
        expect(page.get_by_role("heading", name="Record here")).to_be_visible()
        expect(row).to_have_count(0)


def test_what_was_recorded_is_still_there_after_a_reload(console: Console) -> None:
    with console.signed_in(place="upload") as page:
        page.route(
            "**/v1/uploads", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
        )
        page.get_by_role("button", name="Start recording").click()
        expect(page.locator(".upload-time")).not_to_have_text("0:00")
        page.get_by_role("button", name="Stop and file").click()
        row = page.locator(".upload-row", has_text="Recording 20")
        expect(row).to_contain_text("The server does not answer")
        shot(page, "upload-no-answer")
        page.unroute("**/v1/uploads")
        page.reload()
        expect(row.get_by_role("link")).to_be_visible()


def test_an_upload_goes_on_by_itself_when_the_server_is_back(console: Console, large: Path) -> None:
    with console.signed_in(place="upload") as page:
        page.route("**/*partNumber=2*", lambda route: route.abort())
        choose(page, "Choose files", [large])
        row = page.locator(".upload-row", has_text=large.name)
        expect(row).to_contain_text(re.compile("9[0-9]%"))
        page.context.set_offline(True)
        expect(row).to_contain_text("the rest goes on by itself")
        axe(page)
        shot(page, "upload-offline")
        page.unroute("**/*partNumber=2*")
        page.context.set_offline(False)
        page.get_by_role("button", name="Try now").click()
        expect(row.get_by_role("link")).to_be_visible()


def memory(page: Page) -> int:
    """Bytes that all processes of the browser had at most."""
    assert page.context.browser
    session = page.context.browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    told = [Path(f"/proc/{one['id']}/status").read_text() for one in processes]
    return sum(1024 * int(peak) for status in told for peak in re.findall(r"VmHWM:\s+(\d+) kB", status))


def test_a_file_of_a_gigabyte_is_read_slice_by_slice(console: Console, tmp_path: Path) -> None:
    whole = tmp_path / "All day on site.mp4"
    whole.touch()
    os.truncate(whole, 1_000_000_000)  # it takes no room on the disk
    too_large = tmp_path / "Two days.mp4"
    too_large.touch()
    os.truncate(too_large, 2_000_000_000)
    with console.signed_in(place="upload") as page:
        expect(page.get_by_text("Up to 1 GB each")).to_be_visible()
        before = memory(page)
        choose(page, "Choose files", [whole, too_large])
        row = page.locator(".upload-row", has_text=whole.name)
        expect(row).to_contain_text(re.compile("[4-9]%"))
        row.get_by_role("button", name="Pause", exact=True).click()
        expect(row).to_contain_text(re.compile("Paused at [4-9]%"))
        grown = memory(page) - before
        print(f"\nthe browser took {grown / 2**20:.0f} MB more for a file of 954 MB")  # noqa: T201 - a figure to read
        assert grown < 400 * 2**20
        expect(page.locator(".upload-row", has_text=too_large.name)).to_contain_text("Refused: larger than 1 GB.")
        shot(page, "upload-large")
        row.get_by_role("button", name=f"Remove {whole.name}").click()
        expect(row).to_have_count(0)


def test_fifty_files_at_once_all_arrive(console: Console, tmp_path: Path) -> None:
    files = [tmp_path / f"Lift {number} report.pdf" for number in range(1, 51)]
    for file in files:
        file.write_bytes(b"%PDF-1.7 a drawing of " + file.name.encode())
    with console.signed_in(place="upload") as page:
        choose(page, "Choose files", files)
        expect(page.get_by_role("heading", name="Arrived")).to_contain_text("50")
        expect(page.locator(".upload-row[data-amber=true]")).to_have_count(0)
        links = page.get_by_role("link", name=re.compile("Open Lift")).all()
        assert len({link.get_attribute("href") for link in links}) == 50
        shot(page, "upload-fifty")


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


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt"])
def test_every_language_has_its_words(console: Console, large: Path, language: str) -> None:
    half(console, large)
    with console.signed_in(place="upload", phone=True, dark=language == "de", language=language) as page:
        expect(page.locator(".upload-row", has_text=large.name)).to_contain_text("99")
        assert re.findall(r"\b(?:upload|usage)\.[a-z-]+", page.locator("main").inner_text()) == []
        axe(page)
        shot(page, f"upload-phone-{language}")
