"""What is done with a note as a whole: its tasks, how it is filed, its files, the archive, and another try."""

import re
import zipfile
from pathlib import Path
from typing import Any, cast

import httpx
from browser.support import Console, axe, shot
from playwright.sync_api import Page, expect
from support.deployed import OGG, SAMPLES, Deployed
from support.waiting import HANGS, eventually
from twilio.request_validator import RequestValidator

from ai_voice_local.platform import PHONE


def _filed(console: Console, text: str) -> str:
    """A note of its own: others count on what `notes` say."""
    sent = console.deployed.text(text)
    console.deployed.settled(sent.sid)
    return sent.sid


def _note(console: Console, message_id: str) -> dict[str, Any]:
    return cast("dict[str, Any]", console.deployed.api.note(message_id))


def _edit_task(page: Page, text: str) -> None:
    page.locator(".side-tasks").get_by_role("button", name=f"Edit: {text}").click(force=True)  # seen when hovered


def test_tasks_are_done_changed_and_removed(console: Console) -> None:
    message_id = _filed(console, "Remind Priya to call Mrs Hargreaves on Monday. Buy two valves by Friday.")
    with console.signed_in(place=f"notes/{message_id}") as page:
        page.get_by_role("checkbox", name="Buy two valves").click()
        expect(page.get_by_role("checkbox", name="Buy two valves")).to_be_checked()
        shot(page, "note-task-done")
        axe(page)
        page.keyboard.press("z")
        expect(page.get_by_role("checkbox", name="Buy two valves")).not_to_be_checked()
        _edit_task(page, "Buy two valves")
        page.get_by_label("Who").fill("Tom")
        page.get_by_label("Due").fill("2031-05-06")
        axe(page)
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".side-tasks")).to_contain_text(re.compile("Tom · .*6 May 2031|Tom · .*May 6, 2031"))
        _edit_task(page, "Call Mrs Hargreaves")
        page.get_by_role("button", name="Remove").click()
        expect(page.get_by_text("Deleted: Call Mrs Hargreaves")).to_be_visible()
        expect(page.get_by_role("checkbox", name="Call Mrs Hargreaves")).to_have_count(0)
        page.keyboard.press("z")
        expect(page.get_by_role("checkbox", name="Call Mrs Hargreaves")).to_be_visible()
        _edit_task(page, "Call Mrs Hargreaves")
        page.get_by_role("button", name="Remove").click()
        expect(page.get_by_text("Deleted: Call Mrs Hargreaves")).to_be_visible()
    (task,) = console.deployed.api.get("/v1/tasks", note=message_id)["tasks"]
    assert (task["text"], task["owner"], task["due"]) == ("Buy two valves", "Tom", "2031-05-06")


def test_a_note_is_filed_as_another_kind_and_back(console: Console) -> None:
    message_id = _filed(console, "Please oil the gate at 8 Mill Lane by Friday.")
    with console.signed_in(place=f"notes/{message_id}") as page:
        page.get_by_label("Tag").fill("Mill Lane, 8")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Tag")).to_have_value("mill-lane-8")
        page.get_by_label("Kind").select_option("knowledge-document")
        expect(page.get_by_text("Filed as: Knowledge")).to_be_visible()
        expect(page.locator(f"a[data-id='{message_id}']")).to_contain_text("Knowledge")
        shot(page, "note-filed")
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_label("Kind")).to_have_value("job-to-be-done")
        expect(page.locator(".side-tasks li")).to_have_count(1)
    note = _note(console, message_id)
    assert (note["intent"], note["tag"], note["corrected_by"]) == ("job-to-be-done", "mill-lane-8", "office")


def test_all_files_of_a_note_come_as_a_zip(console: Console, notes: dict[str, str], tmp_path: Path) -> None:
    with console.signed_in("read", place=f"notes/{notes['job']}") as page:
        with page.expect_download() as came:
            page.get_by_role("button", name="All as a ZIP").click()
        came.value.save_as(tmp_path / "note.zip")
    artifacts = _note(console, notes["job"])["artifacts"]
    with zipfile.ZipFile(tmp_path / "note.zip") as made:
        assert made.testzip() is None
        sizes = {one.filename: one.file_size for one in made.infolist()}
    assert sizes == {one["key"].rpartition("/")[2]: one["size"] for one in artifacts}


def test_a_reply_is_shown_as_it_was_sent(console: Console, notes: dict[str, str]) -> None:
    (sent, *_) = console.deployed.answers(notes["job"])
    with console.signed_in("read", place=f"notes/{notes['job']}") as page:
        expect(page.locator(".side-reply").first).to_contain_text(sent.body.splitlines()[0])
        expect(page.locator(".side-replies")).to_contain_text("Delivered")


def test_a_note_is_archived_found_there_and_taken_back(console: Console) -> None:
    message_id = _filed(console, "The lamp at 8 Mill Lane flickers.")
    row = f"a[data-id='{message_id}']"
    with console.signed_in(place=f"notes/{message_id}") as page:
        expect(page.locator(row)).to_be_visible()
        page.get_by_role("button", name="Archive", exact=True).click()
        expect(page.get_by_text("Archived 1 note")).to_be_visible()
        expect(page.locator(row)).to_have_count(0)
        page.get_by_role("button", name="Filter").click()
        page.get_by_label("Status").select_option("archived")
        expect(page.locator(row)).to_be_visible()
        axe(page)
        shot(page, "notes-archived")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Take out of the archive").click()
        expect(page.locator(row)).to_have_count(0)
        page.get_by_role("button", name="All", exact=True).click()
        expect(page.locator(row)).to_be_visible()


def _parked(deployed: Deployed) -> str:
    """A note whose recording Twilio does not give us, because it does not know our token for a while."""
    twilio = deployed.platform.twilio
    parameters = twilio.receive(PHONE, "", (SAMPLES / "knowledge.ogg").read_bytes(), OGG)
    signature = RequestValidator(twilio.auth_token).compute_signature(twilio.webhook_url, parameters)
    known, twilio.auth_token = twilio.auth_token, "another"
    try:
        headers = {"X-Twilio-Signature": signature}
        assert httpx.post(twilio.webhook_url, data=parameters, headers=headers, timeout=HANGS).is_success
        sid = parameters["MessageSid"]
        assert eventually(lambda: (deployed.api.note(sid) or {}).get("status") == "parked")
    finally:
        twilio.auth_token = known
    return sid


def test_a_parked_note_says_why_and_is_tried_again(console: Console) -> None:
    message_id = _parked(console.deployed)
    with console.signed_in("read", place=f"notes/{message_id}") as page:
        expect(page.locator(".note-state")).to_contain_text("Twilio does not let us in. Nothing is lost.")
        expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    with console.signed_in(place=f"notes/{message_id}") as page:
        expect(page.get_by_role("button", name="Needs you 1")).to_be_visible()
        axe(page)
        shot(page, "note-parked")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".line").first).to_be_visible()
        expect(page.locator(".note-state")).to_have_count(0)
        expect(page.get_by_role("button", name="Needs you", exact=True)).to_be_visible()
