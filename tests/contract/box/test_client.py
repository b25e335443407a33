"""Twilio's own library for Python as the client: it finds the box by a transport that replaces the hosts."""

import json
from collections.abc import Iterator

import pytest
from support.bots import SAM, TO_SAM, Boxed
from support.box_calls import LINE, call
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList

from twilio_in_a_box.account.messages import ACCOUNT_SID, OUR_NUMBER
from twilio_in_a_box.client import ToBox


@pytest.fixture
def client(there: Boxed) -> Iterator[Client]:
    http = ToBox(there.box.url)
    yield Client(ACCOUNT_SID, there.box.auth_token, http_client=http)
    http.session.close()


def test_a_message_is_sent_fetched_listed_and_deleted(there: Boxed, client: Client) -> None:
    sent = client.messages.create(to=TO_SAM, from_=OUR_NUMBER, body="Filed.")
    assert (sent.status, sent.body, sent.direction) == ("queued", "Filed.", "outbound-api")
    assert there.box.sent_to(SAM)[-1].sid == sent.sid
    assert client.messages(sent.sid).fetch().date_sent is not None
    assert [one.sid for one in client.messages.list(to=TO_SAM)] == [sent.sid]
    assert client.messages(sent.sid).delete()
    assert client.messages.list(to=TO_SAM) == []


def test_pages_are_walked(there: Boxed, client: Client) -> None:
    sids = {there.box.receive(SAM, f"note {number}")["MessageSid"] for number in range(5)}
    found = [one.sid for one in client.messages.list(to=OUR_NUMBER, page_size=2)]
    assert sids < set(found)
    assert len(found) == 6


def test_media_are_listed_and_deleted(there: Boxed, client: Client) -> None:
    sid = there.box.receive(SAM, "", b"OggS", "audio/ogg")["MessageSid"]
    (file,) = client.messages(sid).media.list()
    assert file.content_type == "audio/ogg"
    assert client.messages(sid).media(file.sid).fetch().sid == file.sid
    assert client.messages(sid).media(file.sid).delete()
    assert client.messages(sid).media.list() == []


def test_a_refusal_is_the_librarys_exception_with_the_code(client: Client) -> None:
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=TO_SAM, from_=OUR_NUMBER, body="x" * 1601)
    assert (refused.value.code, refused.value.status) == (21617, 400)


def test_a_template_with_buttons_is_made_and_sent(there: Boxed, client: Client) -> None:
    buttons = [ContentList.QuickReplyAction({"type": "QUICK_REPLY", "title": "Task", "id": "task"})]
    reply = ContentList.TwilioQuickReply({"body": "Filed: {{1}}", "actions": buttons})
    types = ContentList.Types({"twilio/quick-reply": reply})
    asked = {"friendly_name": "filed", "language": "en", "variables": {"1": "a note"}, "types": types}
    content = client.content.v1.contents.create(ContentList.ContentCreateRequest(asked))
    assert client.content.v1.contents(content.sid).fetch().friendly_name == "filed"
    assert [one.sid for one in client.content.v1.contents.list()] == [content.sid]
    client.messages.create(
        to=TO_SAM, from_=OUR_NUMBER, content_sid=content.sid, content_variables=json.dumps({"1": "valves"})
    )
    assert there.bubbles()[-1]["text"] == "Filed: valves"
    assert there.bubbles()[-1]["buttons"] == [{"id": "task", "title": "Task"}]
    assert client.content.v1.contents(content.sid).delete()


def test_typing_is_shown(there: Boxed, client: Client) -> None:
    sid = there.box.received[-1].sid
    assert client.messaging.v2.typing_indicator.create(channel="whatsapp", message_id=sid).success
    assert SAM in there.control("GET", "/state").json()["typing"]


def test_calls_and_their_recordings_are_listed_fetched_and_deleted(there: Boxed, client: Client) -> None:
    phone = call(there, '<Record action="/note"/>')
    assert [one.sid for one in client.calls.list(to=LINE, status="in-progress")] == [phone.shown["sid"]]
    phone.says("The boiler leaks.")
    assert client.calls(phone.shown["sid"]).update(status="completed").status == "completed"
    assert client.calls(phone.shown["sid"]).fetch().end_time is not None
    (recording,) = client.recordings.list(call_sid=phone.shown["sid"])
    assert (recording.source, recording.channels, recording.duration) == ("RecordVerb", 1, "1")
    assert [one.sid for one in client.calls(phone.shown["sid"]).recordings.list()] == [recording.sid]
    assert client.recordings(recording.sid).delete()
    assert client.recordings.list() == []
