"""How the tests of calls place one and use its phone, over the control API."""

from dataclasses import dataclass
from typing import Any

from support.bots import SAM, Boxed

LINE = "+15550100000"
AGENT = "+15550100003"


@dataclass
class Phone:
    """A phone in a call.

    Attributes:
        shown: the call as it last was.
    """

    there: Boxed
    shown: dict[str, Any]

    def does(self, what: str, status: int = 200, **fields: Any) -> dict[str, Any]:
        """Does something in the call; what it is like after."""
        answer = self.there.control("POST", f"/calls/{self.shown['sid']}/{what}", json=fields)
        assert answer.status_code == status, answer.text
        if status == 200:
            self.shown = answer.json()
        return self.shown

    def says(self, text: str, **more: Any) -> dict[str, Any]:
        """Says a text."""
        return self.does("say", text=text, **more)

    @property
    def heard(self) -> list[str]:
        """What the caller was told."""
        return [line["text"] for line in self.shown["lines"] if line["kind"] == "say"]

    @property
    def codes(self) -> list[int]:
        """The codes of its problems."""
        return [one["code"] for one in self.shown["problems"]]


def call(there: Boxed, *documents: str, **order: Any) -> Phone:
    """Sam calls the bot's number; the documents are the bot's answers."""
    there.box.answer_calls(f"{there.bot.url}/voice", status_callback=f"{there.bot.url}/status/call")
    there.bot.says(*documents)
    answer = there.control("POST", "/calls", json={"from": SAM, "to": LINE} | order)
    assert answer.status_code == 201, answer.text
    return Phone(there, answer.json())
