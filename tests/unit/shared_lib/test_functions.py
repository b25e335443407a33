"""Another function is asked or started; every failure is tried again, and names the function."""

import io
from dataclasses import dataclass
from typing import Any, cast

import pytest
from botocore.exceptions import ConnectTimeoutError

from ai_voice_shared.aws import functions
from ai_voice_shared.errors import RetryLater, Wait


@dataclass
class Lambda:
    """Lambda's client, whose functions all answer this; None for no answer."""

    body: bytes | None
    failed: bool = False

    def invoke(self, **request: Any) -> dict[str, Any]:
        self.asked = request
        if self.body is None:
            raise ConnectTimeoutError(endpoint_url="lambda")
        return {"Payload": io.BytesIO(self.body), **({"FunctionError": "Unhandled"} if self.failed else {})}


def ask(client: Lambda) -> object:
    return functions.ask(cast("Any", client), "lookup", '{"who": 1}', lambda answer: answer["known"], name="the lookup")


def test_an_answer_is_read() -> None:
    client = Lambda(b'{"known": true}')
    assert ask(client) is True
    assert client.asked == {"FunctionName": "lookup", "Payload": b'{"who": 1}'}


@pytest.mark.parametrize(
    ("client", "told"),
    [
        (Lambda(b"{}", failed=True), "the lookup failed"),
        (Lambda(None), "the lookup did not answer"),
        (Lambda(b"{"), "the lookup did not answer"),
        (Lambda(b"{}"), "the lookup did not answer"),
        (Lambda(b"[]"), "the lookup did not answer"),
        (Lambda(b"null"), "the lookup did not answer"),
    ],
)
def test_whatever_goes_wrong_is_tried_again(client: Lambda, told: str) -> None:
    with pytest.raises(RetryLater, match=told):
        ask(client)


def test_what_the_answer_is_read_as_may_be_a_wait() -> None:
    def busy(_answer: object) -> None:
        raise Wait("busy", 5)

    with pytest.raises(Wait, match="busy"):
        functions.ask(cast("Any", Lambda(b"{}")), "eraser", "{}", busy, name="the eraser")


def test_what_is_begun_is_not_waited_for() -> None:
    client = Lambda(b"")
    functions.begin(cast("Any", client), "eraser", "{}")
    assert client.asked["InvocationType"] == "Event"
    with pytest.raises(RetryLater, match="did not take the job"):
        functions.begin(cast("Any", Lambda(None)), "eraser", "{}")
