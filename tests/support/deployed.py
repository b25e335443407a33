"""A deployed platform for its tests: Twilio on one side, the data API on the other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from support import patient
from support.waiting import HANGS, eventually

from ai_voice_local.platform import COMPANY, PHONE, Platform, platform
from ai_voice_local.templates import INFRASTRUCTURE
from ai_voice_local.terminal import DataApi, follow
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.people.greetings import Greetings
from ai_voice_shared.records.api_keys import SCOPES, ApiKeys
from ai_voice_shared.records.replies import Replies
from twilio_in_a_box.account.messages import Sent
from twilio_in_a_box.arriving import Delivered

SAMPLES = INFRASTRUCTURE / "local" / "samples"
OGG = "audio/ogg; codecs=opus"

_TEMPLATE = "HX" + "0" * 31 + "1"
_OVERRIDES = {
    "voice-parser": {"MaxAttempts": "3", "BackoffSeconds": "1", "BatchSize": "5", "FollowUpTemplateSid": _TEMPLATE},
    "webhook-handler": {"FollowUpTemplateSid": _TEMPLATE},
    "shared": {"NotesMaxReceiveCount": "5"},
}


@dataclass(frozen=True)
class Deployed:
    """A running platform and how to use it."""

    platform: Platform

    @property
    def api(self) -> DataApi:
        """The data API with the sample company's key."""
        return DataApi(self.platform.outputs.data_api_url, self.platform.api_key)

    def voice(self, name: str) -> Delivered:
        """Sends a sample recording as the sample sender."""
        return self.file((SAMPLES / name).read_bytes(), OGG)

    def file(self, content: bytes, content_type: str, caption: str = "") -> Delivered:
        """Sends a file as the sample sender."""
        return self.platform.twilio.deliver(PHONE, text=caption, media=content, content_type=content_type)

    def text(self, text: str, quoting: str = "") -> Delivered:
        """Sends a text as the sample sender; `quoting` is the sid of the message that it replies to."""
        return self.platform.twilio.deliver(PHONE, text=text, quoting=quoting)

    def place(self, **parameters: str) -> Delivered:
        """Sends a place as the sample sender; its parameters as Twilio names them."""
        return self.platform.twilio.deliver(PHONE, more=parameters)

    def settled(self, message_id: str) -> dict[str, Any]:
        """The note once its sender has been answered."""
        return follow(self.api, message_id, lambda _line: None, HANGS)

    def answers(self, message_id: str) -> list[Sent]:
        """What the sender was sent in reply to this message, whatever came of others meanwhile."""
        replies = Replies(Ledger(patient.dynamodb(), self.platform.outputs.table)).of(message_id)
        sids = {reply.sid for reply in replies}
        return [sent for sent in self.platform.twilio.sent if sent.sid in sids]

    def announced_at_once(self, parameters: dict[str, str], times: int) -> list[int]:
        """The answers to the same webhook, delivered so often at the same time."""
        with ThreadPoolExecutor(times) as threads:
            return [delivered.status for delivered in threads.map(self.platform.twilio.announce, [parameters] * times)]

    def replies_with(self, text: str, after: int = 0) -> int:
        """How many messages the sender's phone shows that hold the text, behind the first `after` that we sent."""
        return sum(text in message.body for message in self.platform.twilio.sent_to(PHONE, after))

    def reply_with(self, text: str) -> str:
        """The sid of the only message that the sender's phone shows that holds the text."""
        (sid,) = (message.sid for message in self.platform.twilio.sent_to(PHONE) if text in message.body)
        return sid

    def found(self, message_id: str, words: str) -> bool:
        """Whether a search for the words finds the note."""
        passages = self.api.get("/v1/search", q=words)["passages"]
        return any(passage["message_id"] == message_id for passage in passages)

    def company(self, company_id: str) -> DataApi:
        """The data API with a new key of another company."""
        key, _ = ApiKeys(Ledger(patient.dynamodb(), self.platform.outputs.table)).create(company_id, "test", SCOPES)
        assert eventually(lambda: self.status("/v1/notes", key) == 200)  # a cold authorizer may take too long at first
        return DataApi(self.platform.outputs.data_api_url, key)

    def keys_of(self, message_id: str) -> list[str]:
        """The keys of all artifacts of one message, as the data API lists them."""
        files, cursor = [], None
        while True:
            page = self.api.get("/v1/files", limit=100, **({"cursor": cursor} if cursor else {}))
            files += [file["key"] for file in page["files"] if file["message_id"] == message_id]
            cursor = page["next"]
            if not cursor:
                return files

    def logged(self, folder: str) -> str:
        """What the function of a service has written to its log."""
        group = f"/aws/lambda/{self.platform.outputs.functions[folder]}"
        events = boto3.client("logs").filter_log_events(logGroupName=group)["events"]
        return "\n".join(event["message"] for event in events)

    def status(self, path: str, api_key: str | None = None, **parameters: str) -> int:
        """The status of a GET, with another key than the sample company's or none."""
        headers = {"x-api-key": api_key} if api_key else {}
        return httpx.get(self.api.url + path, params=parameters, headers=headers, timeout=HANGS).status_code


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """One platform for all tests of a run, with a template; its retries do not let them wait."""
    folder: Path = tmp_path_factory.mktemp("platform")
    with platform(folder, overrides=_OVERRIDES) as running:
        running.twilio.keep_template(_TEMPLATE)
        Greetings(Ledger(patient.dynamodb(), running.outputs.table)).is_first(COMPANY, "sam", "earlier")  # no greeting
        yield Deployed(running)


@contextmanager
def with_openai(folder: Path, url: str, *, enforce_iam: bool = False, **voice_parser: str) -> Iterator[Deployed]:
    """A platform of its own whose engines speak OpenAI's API with a server; more parameters of the voice-parser."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OPENAI_API_KEY", "sk-local")
        there = {"OpenAiBaseUrl": url, "OpenAiDialect": "responses"}
        overrides = {"voice-parser": there | voice_parser, "data-api-server": there, "realtime": there}
        with platform(folder, overrides=overrides, enforce_iam=enforce_iam) as running:
            yield Deployed(running)
