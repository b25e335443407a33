"""What Twilio does, for every stand-in of it: the one in process and the one on loopback."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest
from support.account import ACCOUNT_SID, OPENAI_SECRET, TWILIO_SECRET, Account, open_account
from support.app import TWILIO, FakeTwilio

from ai_voice_local.twilio_stand_in import OUR_NUMBER, TwilioStandIn
from ai_voice_shared.errors import DeadLetter, TellSender
from voice_parser.twilio_api import FeedbackRefused, TwilioApi

CONTENT = b"OggS and so on"


@contextmanager
def in_process(_folder: Path, account: Account) -> Iterator[tuple[TwilioApi, str]]:
    fake = FakeTwilio(media={"ME1": CONTENT})
    yield fake.api(account), f"{TWILIO}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/MM1/Media/ME1"


@contextmanager
def on_loopback(folder: Path, account: Account) -> Iterator[tuple[TwilioApi, str]]:
    with TwilioStandIn(folder) as stand_in, httpx.Client(follow_redirects=False) as http:
        account.put_secret(TWILIO_SECRET, {"account_sid": ACCOUNT_SID, "auth_token": stand_in.auth_token})
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
    with TwilioStandIn(tmp_path) as stand_in, open_account() as account, httpx.Client() as http:
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
    with TwilioStandIn(tmp_path) as stand_in:
        held = stand_in.receive("+15550100001", "", CONTENT, "audio/ogg")["MediaUrl0"]
        public = f"{stand_in.cdn_url}/media/{held.rpartition('/')[2]}"
        for url in (held, public):
            stand_in.take({"From": OUR_NUMBER, "To": "whatsapp:+15550100001", "MediaUrl": url})
        (shown,) = httpx.get(f"{stand_in.url}/phone/messages?phone=%2B15550100001").json()["messages"]
        assert shown["body"] == ""
        assert Path(shown["media"]).read_bytes() == CONTENT
