"""Reading an endless list of Twilio stops; nothing after that place counts as swept, or as not sent."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest
from support.account import Account
from support.app import MESSAGES, OUR_NUMBER, TWILIO, FakeLookup, FakeTwilio

from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.checkpoints import Checkpoints
from voice_parser.sweep.sweep import Sweep
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.lists import MOST_PAGES, CutShort

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@dataclass
class Endless:
    """Twilio with one message on each page, and a next page after every one.

    Attributes:
        next_page: the next page's number, given a page's.
        seen: the pages that were asked for.
    """

    next_page: Callable[[int], int]
    seen: list[int] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host == "api.twilio.com"
        number = int(request.url.params.get("Page", "0"))
        self.seen.append(number)
        twilio = FakeTwilio()
        twilio.receive(f"SM{number}", NOW - timedelta(minutes=30 + number), "hello")
        query = httpx.QueryParams(request.url.params).set("Page", self.next_page(number))
        return httpx.Response(200, json={"messages": twilio.received, "next_page_uri": f"{MESSAGES}.json?{query}"})

    def api(self, account: Account) -> TwilioApi:
        """The real adapter on this list."""
        return replace(FakeTwilio().api(account), http=httpx.Client(transport=httpx.MockTransport(self)))


def itself(page: int) -> int:
    return max(page, 1)


def one_seen(page: int) -> int:
    return {0: 1, 1: 2, 2: 1}[page]


def onwards(page: int) -> int:
    return page + 1


lists = pytest.mark.parametrize(
    ("next_page", "pages", "why"),
    [
        (itself, 2, "it named a page that was read before"),
        (one_seen, 3, "it named a page that was read before"),
        (onwards, MOST_PAGES, f"it has more than {MOST_PAGES} pages"),
    ],
)


@lists
def test_a_list_that_leads_back_or_does_not_end_is_left_told_and_counted(
    account: Account, capsys: pytest.CaptureFixture[str], next_page: Callable[[int], int], pages: int, why: str
) -> None:
    twilio = Endless(next_page)
    read: list[str] = []
    with pytest.raises(CutShort, match=why):
        read.extend(one.sid for one in twilio.api(account).received(NOW.date()))
    assert read == [f"SM{number}" for number in range(pages)]
    assert twilio.seen == list(range(pages))
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["TwilioListCutShort"], told["pages"], told["reason"]) == (1, pages, why)


@lists
def test_a_sweep_of_such_a_list_enqueues_what_it_was_told_and_moves_no_mark(
    account: Account, next_page: Callable[[int], int], pages: int, why: str
) -> None:
    sweep = Sweep(
        twilio=Endless(next_page).api(account),
        checkpoints=Checkpoints(account.ledger),
        ledger=account.ledger,
        customers=CustomerLookup(cast("Any", FakeLookup()), "lookup"),
        queue=account.queue,
        numbers=(OUR_NUMBER,),
        grace=timedelta(minutes=2),
        clock=lambda: NOW,
    )
    with pytest.raises(CutShort, match=why):
        sweep.run()
    found = Counter(NoteJob.from_json(str(message["Body"])).message_id for message in account.queued())
    assert found == Counter(f"SM{number}" for number in range(pages))
    mark = account.ledger.get("SWEEP", "TWILIO")
    assert mark
    assert mark["swept_until"] == "2026-11-19T09:58:00.000Z"


def test_a_reply_in_doubt_that_such_a_list_does_not_tell_is_asked_for_later_and_not_sent_again(
    account: Account,
) -> None:
    api = Endless(itself).api(account)

    def alike(_request: httpx.Request) -> httpx.Response:
        reply = {"sid": "SM1", "body": "other", "num_media": 0, "direction": "outbound-api"}
        told = reply | {"date_created": "Fri, 20 Nov 2026 10:00:00 +0000"}
        page = f"{MESSAGES}.json?Page=1"
        return httpx.Response(200, json={"messages": [told], "next_page_uri": page})

    api = replace(api, http=httpx.Client(transport=httpx.MockTransport(alike)))
    with pytest.raises(RetryLater, match="not read to its end"):
        api.sent(OUR_NUMBER, "whatsapp:+15550100001", NOW - timedelta(hours=1))


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/next", "/\\evil.example/next", "/@evil.example/next", "/..//evil.example"]
)
def test_a_next_page_that_looks_like_another_host_is_asked_of_twilio_alone(account: Account, elsewhere: str) -> None:
    asked: list[str] = []

    def told(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.url.scheme}://{request.url.netloc.decode()}")
        page: dict[str, object] = {"messages": [], "next_page_uri": elsewhere if len(asked) == 1 else None}
        return httpx.Response(200, json=page)

    api = replace(FakeTwilio().api(account), http=httpx.Client(transport=httpx.MockTransport(told)))
    assert list(api.received(NOW.date())) == []
    assert asked == [TWILIO, TWILIO]
