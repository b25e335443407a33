"""What `twilio-buttons` makes at Twilio: each content once, however often it runs."""

from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from support.account import Account
from support.environments import deploy

from ai_voice_operations.__main__ import main
from ai_voice_operations.doctor.environment import Environment
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_operations.twilio.buttons import PARAMETER, Buttons
from ai_voice_shared.correcting.quick_replies import CHOICES, LONGEST_TITLE, QuickReplies, every
from ai_voice_shared.words.languages import SPOKEN
from twilio_in_a_box.account.content import check_types
from voice_parser.settings import Settings

ALL = len(CHOICES) * len(SPOKEN)


@dataclass
class Contents:
    """Twilio's Content API; it fails once `room` are made."""

    room: int = 1_000
    made: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host == "content.twilio.com"
        if request.method == "GET":
            return httpx.Response(200, json={"contents": self.made, "meta": {"next_page_url": None}})
        if len(self.made) >= self.room:
            return httpx.Response(400, json={"code": 20001, "message": "no room"})
        asked = httpx.Response(200, content=request.content).json()
        check_types(asked["types"])
        self.made.append(asked | {"sid": f"HX{len(self.made):032x}"})
        return httpx.Response(201, json=self.made[-1])


@pytest.fixture
def environment(account: Account) -> Environment:  # noqa: ARG001 - the stacks are deployed into it
    return deploy()


def make(
    environment: Environment, twilio: Contents, *, answer: str = "yes", check: bool = False
) -> tuple[int, list[str]]:
    said: list[str] = []
    terminal = Terminal(say=said.append, ask=lambda _question: answer)
    http = httpx.Client(transport=httpx.MockTransport(twilio.answer))
    return Buttons(environment, http, terminal).run(check=check), said


def test_each_content_is_made_once_and_the_parameter_names_them(environment: Environment) -> None:
    twilio = Contents()
    status, said = make(environment, twilio)
    assert (status, len(twilio.made)) == (1, ALL)
    setting = said[-1].removeprefix(f'"{PARAMETER}": "').removesuffix('"')
    assert len(QuickReplies.read(setting).sids) == ALL
    assert len(setting) < 1_200  # all variables of a function have 4 kB together
    assert make(environment, twilio) == (1, said[-2:])
    assert len(twilio.made) == ALL


def test_nothing_is_made_without_consent_or_to_look(environment: Environment) -> None:
    twilio = Contents()
    with pytest.raises(Refused, match="Nothing was made"):
        make(environment, twilio, answer="no")
    assert make(environment, twilio, check=True)[0] == 1
    assert twilio.made == []


def test_a_run_that_failed_goes_on_where_it_ended(environment: Environment) -> None:
    twilio = Contents(room=5)
    with pytest.raises(Failed, match=f"5 of {ALL} are made"):
        make(environment, twilio)
    twilio.room = 1_000
    make(environment, twilio)
    assert len(twilio.made) == len({one["friendly_name"] for one in twilio.made}) == ALL


def test_every_content_is_one_that_whatsapp_takes() -> None:
    for (choice, language), definition in every():
        reply = definition["types"]["twilio/quick-reply"]
        assert [action["id"] for action in reply["actions"]] == list(CHOICES[choice])
        assert all(0 < len(action["title"]) <= LONGEST_TITLE for action in reply["actions"])
        assert (reply["body"], definition["language"]) == ("{{1}}", language)


def test_the_local_stand_in_has_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["twilio-buttons", "--environment", "local"]) == 2
    assert "stand-in" in capsys.readouterr().err


def test_the_template_takes_what_the_function_takes() -> None:
    from ai_voice_local import templates  # noqa: PLC0415

    text = (templates.INFRASTRUCTURE / "voice-parser" / "template.yaml").read_text(encoding="utf-8")
    pattern = next(iter(Settings.model_fields["quick_reply_sids"].metadata)).pattern
    assert f"AllowedPattern: '{pattern}'" in text
