"""Who asks for an erasure gets its result, for every answer of the eraser's function."""

import io
import json
from dataclasses import asdict
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore, Version
from ai_voice_shared.erasing import Counts, Erasing, Erasure
from ai_voice_shared.errors import RetryLater, Wait

ERASURE = Erasure("acme", "SM1", "2026-11-20T10:00:00.000Z", Counts(artifacts=5, twilio_messages=2))


class Function:
    """Behind a Lambda client: answers, or fails."""

    def __init__(self, answer: object, *, error: str = "", failure: Exception | None = None) -> None:
        self._answer, self._error, self._failure = answer, error, failure
        self.asked: list[Any] = []

    def invoke(self, **request: Any) -> dict[str, Any]:
        self.asked.append((request["FunctionName"], json.loads(request["Payload"])))
        if self._failure:
            raise self._failure
        body = self._answer if isinstance(self._answer, bytes) else json.dumps(self._answer).encode()
        return {"Payload": io.BytesIO(body)} | ({"FunctionError": self._error} if self._error else {})


def erase(function: Function) -> Erasure | None:
    return Erasing(cast("Any", function), "eraser").erase("acme", "SM1")


def test_the_receipt_comes_back_as_it_was_written() -> None:
    function = Function({"receipt": ERASURE.to_wire()})
    assert erase(function) == ERASURE
    assert function.asked == [("eraser", {"company_id": "acme", "message_id": "SM1"})]


def test_an_unknown_message_has_no_receipt() -> None:
    assert erase(Function({"receipt": None})) is None


def test_a_receipt_of_a_newer_version_is_understood_as_far_as_we_know_it() -> None:
    wire = ERASURE.to_wire() | {"erased": asdict(ERASURE.erased) | {"holograms": 3}, "by": "somebody"}
    assert erase(Function({"receipt": wire})) == ERASURE


@pytest.mark.parametrize(("busy", "seconds"), [(1, 1), (900, 20)])
def test_while_a_worker_is_at_the_message_there_is_a_while_to_wait(busy: int, seconds: int) -> None:
    with pytest.raises(Wait) as waiting:
        erase(Function({"busy": busy}))
    assert waiting.value.seconds == seconds


@pytest.mark.parametrize(
    "function",
    [
        Function({"errorType": "KeyError", "errorMessage": "words"}, error="Unhandled"),
        Function({}, failure=ClientError({"Error": {"Code": "TooManyRequestsException"}}, "Invoke")),
        Function({}, failure=ReadTimeoutError(endpoint_url="x")),
        Function(b"not json"),
        Function({}),
        Function([]),
        Function({"receipt": {"company_id": "acme"}}),
        Function({"receipt": ERASURE.to_wire() | {"erased": {"artifacts": "many"}}}),
        Function({"receipt": "yes"}),
    ],
)
def test_whatever_else_it_answers_it_is_asked_again_later(function: Function) -> None:
    with pytest.raises(RetryLater) as later:
        erase(function)
    assert "words" not in str(later.value)


class Refusing:
    """S3's client, one of whose versions cannot be deleted."""

    def delete_objects(self, **_: Any) -> dict[str, Any]:
        return {"Errors": [{"Code": "AccessDenied", "Key": "acme/other/boiler_SM1_audio.ogg"}]}


def test_a_version_that_s3_keeps_is_no_success() -> None:
    store = ObjectStore(cast("Any", Refusing()), "notes")
    with pytest.raises(RetryLater, match="AccessDenied"):
        store.delete_versions([Version("acme/other/boiler_SM1_audio.ogg", "1")])


class Slow:
    """DynamoDB's client, which does a part of each batch at a time, or nothing."""

    def __init__(self, done: int) -> None:
        self._done = done
        self.deleted: list[str] = []

    def batch_write_item(self, RequestItems: dict[str, list[Any]]) -> dict[str, Any]:  # noqa: N803 - boto3's name
        ((table, requests),) = RequestItems.items()
        self.deleted += [one["DeleteRequest"]["Key"]["sk"]["S"] for one in requests[: self._done]]
        left = requests[self._done :]
        return {"UnprocessedItems": {table: left} if left else {}}


def test_what_dynamodb_leaves_over_is_deleted_too() -> None:
    slow = Slow(done=10)
    places = [f"STEP#{number}" for number in range(60)]
    Ledger(cast("Any", slow), "ledger").delete_all("MESSAGE#SM1", places)
    assert slow.deleted == places


def test_what_dynamodb_never_deletes_is_no_success() -> None:
    with pytest.raises(RetryLater):
        Ledger(cast("Any", Slow(done=0)), "ledger").delete_all("MESSAGE#SM1", ["STEP#1"])
