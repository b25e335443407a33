"""What Twilio does, for every stand-in of it: the one in process and the one on loopback."""

import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest
from support.account import ACCOUNT_SID, OPENAI_SECRET, TWILIO_SECRET, Account, open_account
from support.app import TWILIO, FakeTwilio
from support.waiting import eventually
from twilio.request_validator import RequestValidator

from ai_voice_shared.errors import DeadLetter, TellSender
from twilio_in_a_box.account.messages import OUR_NUMBER
from twilio_in_a_box.box import TwilioInABox
from voice_parser.twilio.api import FeedbackRefused, Template, TwilioApi
from voice_parser.twilio.lists import Listed

CONTENT = b"OggS and so on"
TEMPLATE = "HX" + "0" * 32
BEGAN = datetime.now(UTC).replace(microsecond=0)
"""Dates of the API are to the second."""


@contextmanager
def in_process(_folder: Path, account: Account) -> Iterator[tuple[TwilioApi, str]]:
    fake = FakeTwilio(media={"ME1": CONTENT})
    yield fake.api(account), f"{TWILIO}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/MM1/Media/ME1"


@contextmanager
def on_loopback(folder: Path, account: Account) -> Iterator[tuple[TwilioApi, str]]:
    with TwilioInABox(folder) as stand_in, httpx.Client(follow_redirects=False) as http:
        account.put_secret(TWILIO_SECRET, {"account_sid": ACCOUNT_SID, "auth_token": stand_in.auth_token})
        stand_in.keep_template(TEMPLATE)
        stand_in.receive("+15550100002", "hello")
        url = stand_in.receive("+15550100001", "", CONTENT, "audio/ogg")["MediaUrl0"]
        origins = tuple(stand_in.media_origins.split())
        yield TwilioApi(http, account.secrets, TWILIO_SECRET, stand_in.url, origins, lambda _seconds: None), url


type Opened = AbstractContextManager[tuple[TwilioApi, str]]


@pytest.fixture(params=[in_process, on_loopback])
def twilio(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[TwilioApi, str]]:
    opens: Callable[[Path, Account], Opened] = request.param
    with open_account() as account, opens(tmp_path, account) as opened:
        yield opened


def test_media_are_behind_a_redirect_to_a_host_without_credentials(twilio: tuple[TwilioApi, str]) -> None:
    api, url = twilio
    target = io.BytesIO()
    api.fetch(url, target)
    assert target.getvalue() == CONTENT


def test_media_that_are_gone_answer_404(twilio: tuple[TwilioApi, str]) -> None:
    api, url = twilio
    with pytest.raises(TellSender, match="media_gone"):
        api.fetch(url + "gone", io.BytesIO())


def test_a_message_that_is_sent_has_a_sid(twilio: tuple[TwilioApi, str]) -> None:
    assert twilio[0].send(OUR_NUMBER, "whatsapp:+15550100001", "é" * 1600).startswith("SM")


def test_a_message_over_1600_characters_is_refused_with_code_21617(twilio: tuple[TwilioApi, str]) -> None:
    with pytest.raises(FeedbackRefused) as refused:
        twilio[0].send(OUR_NUMBER, "whatsapp:+15550100001", "x" * 1601)
    assert refused.value.code == "21617"


def test_the_stand_in_refuses_wrong_credentials(tmp_path: Path) -> None:
    with TwilioInABox(tmp_path) as stand_in, open_account() as account, httpx.Client() as http:
        wrong = json.dumps({"account_sid": ACCOUNT_SID, "auth_token": "wrong"})
        account.put_secret(OPENAI_SECRET, json.loads(wrong))
        api = TwilioApi(http, account.secrets, OPENAI_SECRET, stand_in.url, (stand_in.url,))
        with pytest.raises(DeadLetter, match="401"):
            api.send(OUR_NUMBER, "whatsapp:+15550100001", "hello")


def test_a_message_with_media_needs_no_body(twilio: tuple[TwilioApi, str]) -> None:
    api, url = twilio
    assert api.send(OUR_NUMBER, "whatsapp:+15550100001", "", url)


def test_a_message_of_nothing_is_refused_with_code_21619(twilio: tuple[TwilioApi, str]) -> None:
    with pytest.raises(FeedbackRefused) as refused:
        twilio[0].send(OUR_NUMBER, "whatsapp:+15550100001", "")
    assert refused.value.code == "21619"


def test_the_stand_in_fetches_media_without_credentials_and_shows_them_on_the_phone(tmp_path: Path) -> None:
    with TwilioInABox(tmp_path) as stand_in:
        held = stand_in.receive("+15550100001", "", CONTENT, "audio/ogg")["MediaUrl0"]
        public = stand_in.public_url(held.rpartition("/")[2])
        for url in (held, public, public.partition("?")[0]):
            stand_in.take({"From": OUR_NUMBER, "To": "whatsapp:+15550100001", "MediaUrl": url})
        phone, key = f"{stand_in.url}/box/messages?phone=%2B15550100001", {"X-Box-Key": stand_in.control_key}
        read = partial(httpx.get, phone, headers=key)
        settled = {"delivered", "failed"}
        assert eventually(lambda: {one["status"] for one in read().json()["messages"][1:]} <= settled)
        received, *shown = read().json()["messages"]
        assert (received["direction"], [one["text"] for one in shown]) == ("in", [""] * 3)
        assert sorted(one["status"] for one in shown) == ["delivered", "failed", "failed"]
        assert [httpx.get(stand_in.url + one["url"], headers=key).content for one in shown[1]["media"]] == [CONTENT]


RECIPIENT = "whatsapp:+15550100001"


def test_what_we_sent_to_somebody_is_listed_with_its_text_and_whether_it_has_a_file(
    twilio: tuple[TwilioApi, str],
) -> None:
    api, url = twilio
    before = datetime.now(UTC)
    sids = [
        api.send(OUR_NUMBER, RECIPIENT, "hello"),
        api.send(OUR_NUMBER, RECIPIENT, "", url),
        api.send(OUR_NUMBER, RECIPIENT, "", template=Template(TEMPLATE, {"1": "Order valves"})),
    ]
    api.send(OUR_NUMBER, "whatsapp:+15550100002", "hello")
    listed = {one.sid: one for one in api.sent(OUR_NUMBER, RECIPIENT, before)}
    assert set(listed) == set(sids)
    assert [(listed[sid].body or "", listed[sid].num_media) for sid in sids[:2]] == [("hello", 0), ("", 1)]
    assert "Order valves" in (listed[sids[2]].body or "")
    assert all(before.replace(microsecond=0) <= one.created_at <= datetime.now(UTC) for one in listed.values())
    assert api.sent(OUR_NUMBER, RECIPIENT, before + timedelta(hours=1)) == []
    assert api.sent("whatsapp:+15550100999", RECIPIENT, before) == []


def test_a_deleted_message_is_gone_from_the_list_and_can_not_be_deleted_again(twilio: tuple[TwilioApi, str]) -> None:
    api, _ = twilio
    before = datetime.now(UTC)
    sid = api.send(OUR_NUMBER, RECIPIENT, "hello")
    path = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{sid}.json"
    assert api.delete(path)
    assert not api.delete(path)
    assert api.sent(OUR_NUMBER, RECIPIENT, before) == []


def test_a_deleted_file_is_gone(twilio: tuple[TwilioApi, str]) -> None:
    api, url = twilio
    path = f"{url.removeprefix(api.url)}.json"
    assert api.delete(path)
    assert not api.delete(path)
    with pytest.raises(TellSender, match="media_gone"):
        api.fetch(url, io.BytesIO())


@contextmanager
def told_to(answers: list[dict[str, str]]) -> Iterator[str]:
    """A URL whose POSTs, checked for Twilio's signature, are kept."""

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(parse_qsl(body))
            url = f"http://127.0.0.1:{self.server.server_port}{self.path}"  # type: ignore[attr-defined]
            valid = RequestValidator("the-token").validate(url, form, self.headers["X-Twilio-Signature"])
            answers.append(form | {"path": self.path, "valid": str(valid)})
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Taker) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/twilio/status"
        server.shutdown()
        thread.join()


def test_the_stand_in_tells_what_becomes_of_a_message_signed_and_in_the_order_a_test_wants(tmp_path: Path) -> None:
    answers: list[dict[str, str]] = []
    fate = (("failed", "63016"), ("sent", ""), ("failed", "63016"))
    with told_to(answers) as url, TwilioInABox(tmp_path, auth_token="the-token") as stand_in:
        stand_in.receive("+15550100001", "hello")
        about = {"From": OUR_NUMBER, "To": RECIPIENT, "Body": "hello", "StatusCallback": f"{url}?message=SM1&step=a-1"}
        _, first = stand_in.take(about)
        stand_in.fate = lambda _body, _number: fate
        _, second = stand_in.take(about)
        assert eventually(lambda: len(stand_in.callbacks.answers) == 6)
    assert stand_in.callbacks.answers == [204] * 6
    assert {(one["valid"], one["path"]) for one in answers} == {("True", "/twilio/status?message=SM1&step=a-1")}
    told = [(one["MessageSid"], one["MessageStatus"], one.get("ErrorCode", "")) for one in answers]
    assert told == [(first["sid"], state, "") for state in ("queued", "sent", "delivered")] + [
        (second["sid"], *one) for one in fate
    ]


def test_a_file_that_the_stand_in_can_not_fetch_is_told_as_failed_and_shown_nowhere(tmp_path: Path) -> None:
    answers: list[dict[str, str]] = []
    with told_to(answers) as url, TwilioInABox(tmp_path, auth_token="the-token") as stand_in:
        message = {"From": OUR_NUMBER, "To": RECIPIENT, "MediaUrl": f"{stand_in.url}/media/none"}
        stand_in.take(message | {"StatusCallback": f"{url}?message=SM1&step=a-1"})
        assert eventually(lambda: stand_in.callbacks.answers)
        assert stand_in.sent == []
        assert len(stand_in.listed({"To": RECIPIENT})["messages"]) == 1
    assert [(one["MessageStatus"], one["ErrorCode"]) for one in answers] == [("failed", "63019")]


def test_the_stand_in_remembers_what_was_deleted(tmp_path: Path) -> None:
    with TwilioInABox(tmp_path) as stand_in:
        sid = stand_in.receive("+15550100001", "", CONTENT, "audio/ogg")["MessageSid"]
        assert stand_in.delete(sid)
        assert stand_in.media_of(sid) is None
        assert [file for file in tmp_path.iterdir() if file.name.startswith("ME") and not file.suffix] == []
    with TwilioInABox(tmp_path) as again:
        assert again.listed({})["messages"] == []
        assert not again.delete(sid)


type Listing = tuple[TwilioApi, list[str]]
"""Twilio with seven messages sent to us, their sids, the oldest first; pages hold three, and we sent one, too."""


@contextmanager
def in_process_list(_folder: Path, account: Account) -> Iterator[Listing]:
    fake = FakeTwilio(largest_page=3)
    for number in range(7):
        fake.receive(f"MM{number}", datetime.now(UTC), "hello", **({"ME1": "audio/ogg"} if number == 0 else {}))
    fake.received.insert(3, fake.received[1] | {"sid": "SM9", "direction": "outbound-api", "from": None})
    yield fake.api(account), [f"MM{number}" for number in range(7)]


@contextmanager
def on_loopback_list(folder: Path, account: Account) -> Iterator[Listing]:
    with TwilioInABox(folder, largest_page=3) as stand_in, httpx.Client(follow_redirects=False) as http:
        account.put_secret(TWILIO_SECRET, {"account_sid": ACCOUNT_SID, "auth_token": stand_in.auth_token})
        sent = [stand_in.receive("+15550100001", "hello", CONTENT, "audio/ogg")]
        sent += [stand_in.receive("+15550100001", "hello") for _ in range(6)]
        stand_in.take({"From": OUR_NUMBER, "To": "whatsapp:+15550100001", "Body": "hello"})
        yield TwilioApi(http, account.secrets, TWILIO_SECRET, stand_in.url, ()), [one["MessageSid"] for one in sent]


@pytest.fixture(params=[in_process_list, on_loopback_list])
def listing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Listing]:
    opens: Callable[[Path, Account], AbstractContextManager[Listing]] = request.param
    with open_account() as account, opens(tmp_path, account) as opened:
        yield opened


def test_the_list_tells_every_message_sent_to_us_over_all_its_pages(listing: Listing) -> None:
    api, sids = listing
    listed = list(api.received(datetime.now(UTC).date() - timedelta(days=1), OUR_NUMBER))
    assert sorted(one.sid for one in listed) == sorted(sids)
    (first,) = [one for one in listed if one.sid == sids[0]]
    assert first == Listed(
        sid=sids[0],
        account_sid=ACCOUNT_SID,
        to=OUR_NUMBER,
        body="hello",
        num_media=1,
        **{"from": "whatsapp:+15550100001", "date_sent": format_datetime(first.sent_at)},
    )
    assert BEGAN <= first.sent_at <= datetime.now(UTC)


def test_the_list_can_be_of_one_number_and_of_a_day_and_those_behind_it(listing: Listing) -> None:
    api, sids = listing
    today = datetime.now(UTC).date()
    assert list(api.received(today, "whatsapp:+15550100999")) == []
    assert list(api.received(today + timedelta(days=2))) == []
    assert len(list(api.received(today - timedelta(days=1)))) == len(sids)


def test_what_was_sent_and_received_until_a_day_is_listed_for_one_number_without_its_words(listing: Listing) -> None:
    api, sids = listing
    now = datetime.now(UTC)
    copies = list(api.copies(now, {"To": OUR_NUMBER}))
    assert sorted(one.sid for one in copies if one.inbound) == sorted(sids)
    assert {one.num_media for one in copies if one.sid == sids[0]} == {1}
    assert all(abs(now - one.created_at) < timedelta(minutes=1) for one in copies)
    assert list(api.copies(now - timedelta(days=2), {"To": OUR_NUMBER})) == []
    assert list(api.copies(now, {"To": "whatsapp:+15550100999"})) == []


def test_a_message_that_is_forgotten_is_gone_with_its_files_and_forgotten_again_without_harm(listing: Listing) -> None:
    api, sids = listing
    for _ in range(2):
        api.forget(sids[0], files=True)
        api.forget(sids[1], files=False)
    left = {one.sid for one in api.copies(datetime.now(UTC), {"To": OUR_NUMBER}) if one.inbound}
    assert left == set(sids[2:])
    with pytest.raises(DeadLetter, match="404"):
        api.media_of(sids[0])


def test_the_files_of_a_message_are_listed_with_the_urls_its_webhook_names(listing: Listing) -> None:
    api, sids = listing
    ((url, content_type),) = api.media_of(sids[0])
    assert url.rpartition("/")[0] == f"{api.url}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{sids[0]}/Media"
    assert (url.rpartition("/")[2][:2], content_type) == ("ME", "audio/ogg")
    assert api.media_of(sids[1]) == []


def test_a_message_that_is_gone_has_no_media_list(listing: Listing) -> None:
    with pytest.raises(DeadLetter, match="404"):
        listing[0].media_of("MM" + "f" * 32)


def test_the_stand_in_keeps_its_list_from_one_run_to_the_next(tmp_path: Path) -> None:
    with TwilioInABox(tmp_path) as stand_in:
        stand_in.receive("+15550100001", "hello")
    with TwilioInABox(tmp_path) as again:
        assert again.received == stand_in.received != []


@pytest.mark.parametrize(
    ("content_type", "more", "message_type"),
    [
        ("", {}, "text"),
        ("audio/ogg; codecs=opus", {}, "audio"),
        ("video/mp4", {}, "video"),
        ("image/jpeg", {}, "image"),
        ("application/pdf", {}, "document"),
        ("text/plain", {}, "document"),
        ("text/vcard", {}, "contacts"),
        ("", {"Latitude": "47.3", "Longitude": "8.5"}, "location"),
        ("image/webp", {"MessageType": "sticker"}, "sticker"),
        ("", {"MessageType": "reaction"}, "reaction"),
    ],
)
def test_the_stand_in_names_each_type_of_message(
    tmp_path: Path, content_type: str, more: dict[str, str], message_type: str
) -> None:
    with TwilioInABox(tmp_path) as stand_in:
        parameters = stand_in.receive("+15550100001", "words", b"content", content_type, more=more)
        assert parameters["MessageType"] == message_type
        assert parameters["Body"] == "words"
        assert more.items() <= parameters.items()
