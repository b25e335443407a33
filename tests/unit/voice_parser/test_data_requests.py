"""A person is exported and erased, and a company is erased: all of it and nothing else, after a kill at any point."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from support.account import Account
from support.app import FakeTwilio, job
from support.erasing import Killed, Life, everything, keep, of_notes, request_runs
from support.reminders import remind, reminders

from ai_voice_shared.errors import Wait
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.conversations import Conversations, Turn
from ai_voice_shared.records.data_requests import DataRequest, DataRequests, Kind, exports_of
from ai_voice_shared.records.held_requests import claim
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.paces import Paces, sender
from ai_voice_shared.records.usage import Usage, Used
from voice_parser.eraser.data_request_runs import DataRequestRuns

type Named = set[tuple[str, ...]]

TOMB = ("RECEIPT", "ERASED")
ENDLESS = 1000
EVERY = pytest.mark.parametrize("every", [1, 11], ids=["every-call", "inside-an-erasure"])


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


def always() -> bool:
    return True


def times(number: int) -> Callable[[], bool]:
    """Time for so many looks at the clock."""
    left = iter([True] * number)
    return lambda: next(left, False)


def tombs(*sids: str) -> Named:
    """What stays of erased messages."""
    return {("item", f"MESSAGE#{sid}", sk) for sid in sids for sk in TOMB}


def made(account: Account, kind: Kind, customer_id: str = "sam", company_id: str = "acme") -> DataRequest:
    return DataRequests(account.ledger).make(kind, company_id, customer_id)


def stands(account: Account, request: DataRequest) -> DataRequest:
    """The request as it is now."""
    return DataRequests(account.ledger).kept(request)


def killed_everywhere(
    account: Account, twilio: FakeTwilio, request: Callable[[int], DataRequest], every: int
) -> Iterator[int]:
    """Runs each request once with its process dying some calls later each time, then again to its end.

    It dies at every call but those that erase a single note, which test_eraser.py tries; or at each n-th of all.
    """
    for ends_at in range(1, ENDLESS, every):
        wanted = request(ends_at)
        life = Life(ends_at)
        with suppress(Killed):
            request_runs(account, twilio, life, spare=every == 1, more=(reminders,)).run(always)
        request_runs(account, twilio, more=(reminders,)).run(always)
        assert stands(account, wanted).state == "done", ends_at
        yield ends_at
        if life.effects < ends_at:
            return
    pytest.fail("it never ran to its end")


def hurry(account: Account, company_id: str, customer_id: str) -> None:
    """The sender has taken a turn, and said something."""
    paces = Paces(account.ledger)
    paces.turn(company_id, sender(customer_id), 60)
    paces.times_said(company_id, customer_id, "boiler!")


def test_an_erased_person_leaves_tombstones_and_a_receipt_without_words(account: Account, twilio: FakeTwilio) -> None:
    for sid in ("MM1", "MM2"):
        keep(account, twilio, sid)
    Conversations(account.ledger).add("acme", "sam", "whatsapp", Turn("boiler?", "boiler!"))
    hurry(account, "acme", "sam")
    request = made(account, "erase")
    assert request_runs(account, twilio).run(always) == {"done": 1}
    place = ("item", request.partition, request.request_id)
    assert of_notes(account, twilio) == {place, *tombs("MM1", "MM2")}
    analyses = [account.ledger.get(pk, sk) for _, pk, sk in everything(account, twilio) if pk.startswith("ANALYS")]
    assert analyses
    assert "boiler" not in str(analyses)
    assert "Sam" not in str(analyses)
    done = stands(account, request)
    assert (done.state, done.problem, done.counts["notes"]) == ("done", "", 2)
    assert (done.counts["versions"], done.counts["twilio_messages"]) == (14, 4)
    item = account.ledger.get(*place[1:])
    assert item
    assert "boiler" not in json.dumps(item, default=str)
    assert int(item["expires_at"]) > 0


def test_nobody_elses_is_erased_with_a_person(account: Account, twilio: FakeTwilio) -> None:
    others = (("MM10", "acme", "sa"), ("MM11", "acme", "sam2"), ("MM12", "acme-1", "sam"), ("MM13", "bolt", "sam"))
    for sid, company_id, customer_id in others:
        keep(account, twilio, sid, company_id, customer_id)
        hurry(account, company_id, customer_id)
    for company_id, user in (("bolt", "sam"), ("acme-1", "sam")):
        Conversations(account.ledger).add(company_id, user, "console", Turn("q", "a"))
    before = of_notes(account, twilio)
    keep(account, twilio, "MM1")
    request = made(account, "erase")
    request_runs(account, twilio).run(always)
    kept = of_notes(account, twilio)
    shared = {one for one in before if one[1] in {"ANSWERS#acme", "CONVERSATIONS#acme"}}  # any might quote it
    assert before - kept <= shared
    assert kept - before == {("item", request.partition, request.request_id), *tombs("MM1")}


@EVERY
def test_a_person_is_erased_once_wherever_it_is_killed(account: Account, twilio: FakeTwilio, every: int) -> None:
    keep(account, twilio, "MMX", "bolt", "sam")
    others = of_notes(account, twilio)
    kept: Named = set()
    count = 0

    def request(ends_at: int) -> DataRequest:
        remind(account.ledger, "acme", "sam")
        for sid in (f"MMA{ends_at}", f"MMB{ends_at}"):
            keep(account, twilio, sid)
            kept.update(tombs(sid))
        account.store.put(f"{exports_of('acme', 'sam')}x/part-1.zip", b"PK", "application/zip")
        wanted = made(account, "erase")
        kept.add(("item", wanted.partition, wanted.request_id))
        return wanted

    for count in killed_everywhere(account, twilio, request, every):
        assert of_notes(account, twilio) - others == kept, count
        (done,) = DataRequests(account.ledger).recent("acme", "export", 1)
        assert done.counts["notes"] == 2, count
        assert (done.counts["versions"], done.counts["twilio_messages"], done.counts["exports"]) == (14, 4, 1), count
        assert done.counts["reminders"] == 1, count
        account.queued(account.index_queue)
    assert others <= everything(account, twilio)
    assert count > 20


def test_a_message_in_work_is_left_to_its_worker_and_erased_in_a_later_run(
    account: Account, twilio: FakeTwilio
) -> None:
    keep(account, twilio, "MM1")
    Notes(account.ledger).open(Note("acme", "MM2", "sam", "2026-11-20T10:00:00.000Z"))
    checkpoint = Checkpoints(account.ledger).claim("MM2", "acme", timedelta(minutes=5))
    request = made(account, "erase")
    assert request_runs(account, twilio).run(always) == {"open": 1}
    waiting = stands(account, request)
    assert (waiting.state, waiting.problem) == ("open", "another worker is at this message")
    assert waiting.counts["notes"] == 1
    checkpoint.release()
    assert request_runs(account, twilio).run(always) == {"done": 1}
    done = stands(account, request)
    assert (done.state, done.problem, done.counts["notes"]) == ("done", "", 2)


def test_when_time_is_up_the_next_run_goes_on(account: Account, twilio: FakeTwilio) -> None:
    for number in range(4):
        keep(account, twilio, f"MM{number}")
    request = made(account, "erase")
    runs = 0
    while stands(account, request).state == "open":
        runs += 1
        assert request_runs(account, twilio).run(times(4)) in ({"open": 1}, {"done": 1})
    assert runs > 1
    assert stands(account, request).counts["notes"] == 4


def test_while_twilio_does_not_answer_a_request_stays_open_and_says_why(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    request = made(account, "erase")
    twilio.answers = [httpx.ConnectError("away")]
    assert request_runs(account, twilio).run(always) == {"open": 1}
    assert "Twilio" in stands(account, request).problem
    assert request_runs(account, twilio).run(always) == {"done": 1}


def test_a_request_that_fails_does_not_hold_up_the_others(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1", "acme", "ann")
    keep(account, twilio, "MM2", "acme", "sam")
    runs = request_runs(account, twilio)
    first, second = made(account, "erase", "ann"), made(account, "export", "sam")

    class Broken:
        def run(self, *_arguments: object) -> bool:
            raise ValueError("the boiler")

    broken = replace(runs, erasing=Broken())  # type: ignore[arg-type]
    assert broken.run(always) == {"failed": 1, "done": 1}
    assert stands(account, first).problem == "unexpected ValueError"
    assert stands(account, second).state == "done"


def test_of_two_runs_at_once_one_works(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    request = made(account, "erase")
    requests = DataRequests(account.ledger)
    held = claim(requests, request, timedelta(minutes=16))
    assert held
    assert request_runs(account, twilio).run(always) == {"open": 1}
    assert Notes(account.ledger).get("acme", "MM1")
    with pytest.raises(Wait):
        claim(requests, request, timedelta(minutes=16))
    held.release()
    assert request_runs(account, twilio).run(always) == {"done": 1}


def test_a_request_is_made_once_as_long_as_it_is_open(account: Account, twilio: FakeTwilio) -> None:
    first = made(account, "erase")
    assert made(account, "erase") == first
    assert made(account, "export") != first
    assert made(account, "erase", "ann") != first
    assert made(account, "erase", "sam", "bolt") != first
    request_runs(account, twilio).run(always)
    assert made(account, "erase").request_id != first.request_id


def test_a_request_of_which_only_half_was_written_is_completed(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    request = made(account, "erase")
    account.ledger.delete(request.partition, request.request_id)
    assert made(account, "erase") == request
    account.ledger.delete(request.partition, request.request_id)
    assert request_runs(account, twilio).run(always) == {"done": 1}
    assert stands(account, request).counts["notes"] == 1
    assert list(DataRequests(account.ledger).open()) == []


def test_an_open_export_of_an_erased_person_ends_and_its_files_go(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    done, keeps = made(account, "export"), keep(account, twilio, "MM2", "acme", "ann")
    others = made(account, "export", "ann")
    assert keeps
    assert request_runs(account, twilio).run(always) == {"done": 2}
    again = made(account, "export")
    erasing = made(account, "erase")
    runs = request_runs(account, twilio)
    assert runs._settle(erasing, always) == "done"  # noqa: SLF001 - before the export, whatever their order
    assert stands(account, again).state == "cancelled"
    assert not account.store.versions(done.folder)
    assert account.store.versions(others.folder)
    assert stands(account, erasing).counts["exports"] == 1
    assert list(DataRequests(account.ledger).open()) == []


def test_a_parked_message_of_the_person_that_was_never_listed_goes_too(account: Account, twilio: FakeTwilio) -> None:
    for parked in (
        replace(job("MM1"), company_id="acme", customer_id="sam"),
        replace(job("MM2"), company_id="acme", customer_id="ann"),
        replace(job("MM3"), company_id="bolt", customer_id="sam"),
    ):
        account.dead_letters.park(parked.to_json(), "a reason")
    made(account, "erase")
    assert request_runs(account, twilio).run(always) == {"done": 1}
    left = {json.loads(str(one["Body"]))["message"]["MessageSid"] for one in account.queued(account.dead_letters)}
    assert left == {"MM2", "MM3"}


def company(account: Account, twilio: FakeTwilio, company_id: str, prefix: str, notes: int = 2) -> None:
    """A company with everything that is ever kept of one."""
    for number in range(notes):
        keep(account, twilio, f"{prefix}{number}", company_id, "sam")
    hurry(account, company_id, "sam")
    Usage(account.ledger).count(company_id, [{"pk": f"USAGE#{company_id}", "sk": f"Q#{prefix}"}], Used(input_tokens=7))
    folder = exports_of(company_id, "sam")
    for key in (
        f"_index/{company_id}/segments.tar",
        f"_index/{company_id}/segments.tar",
        f"{folder}x/part-1.zip",
        f"_receipts/{company_id}/{prefix}9/media-0.ogg",
        f"_clips/{company_id}/{prefix}9/1.ogg",
        f"{company_id}/other/stray_{prefix}8_audio.ogg",
    ):
        account.store.put(key, b"x", "text/plain")
    requests = DataRequests(account.ledger)
    requests.make("export", company_id, "sam")
    requests.make("erase", company_id, "nobody")


def test_nothing_is_left_of_a_company_but_tombstones_and_a_receipt_and_nothing_of_others_goes(
    account: Account, twilio: FakeTwilio
) -> None:
    for other, prefix in (("bolt", "MB"), ("acme-1", "MC"), ("acm", "MD"), ("acme-heating", "ME")):
        company(account, twilio, other, prefix)
    before = everything(account, twilio)
    open_before = list(DataRequests(account.ledger).open())
    company(account, twilio, "acme", "MA")
    account.dead_letters.park(replace(job("MA7"), company_id="acme").to_json(), "a reason")
    account.dead_letters.park(replace(job("MB7"), company_id="bolt").to_json(), "a reason")
    request = made(account, "erase-company", "")
    runs = request_runs(account, twilio)
    assert runs._settle(request, always) == "done"  # noqa: SLF001 - the others' requests stay as they are
    checkpoint = ("item", "COMPANY#acme", request.request_id)
    assert everything(account, twilio) - before == {checkpoint, *tombs("MA0", "MA1")}
    assert before <= everything(account, twilio)
    assert list(DataRequests(account.ledger).open()) == open_before
    done = stands(account, request)
    assert (done.counts["notes"], done.counts["months"], done.counts["requests"]) == (2, 2, 2)
    item = account.ledger.get(*checkpoint[1:])
    assert item
    assert "sam" not in json.dumps(item, default=str)
    assert "expires_at" not in item
    left = [json.loads(str(one["Body"]))["company_id"] for one in account.queued(account.dead_letters)]
    assert left == ["bolt"]


@EVERY
def test_a_company_is_erased_wherever_it_is_killed(account: Account, twilio: FakeTwilio, every: int) -> None:
    company(account, twilio, "acme-1", "MX")
    for request in list(DataRequests(account.ledger).open()):
        request_runs(account, twilio)._settle(request, always)  # noqa: SLF001
    others = everything(account, twilio)
    kept: Named = set()
    count = 0

    def request_of(ends_at: int) -> DataRequest:
        company(account, twilio, "acme", f"MA{ends_at}x", notes=1)
        remind(account.ledger, "acme", "sam")
        kept.update(tombs(f"MA{ends_at}x0"))
        wanted = made(account, "erase-company", "")
        kept.add(("item", "COMPANY#acme", wanted.request_id))
        return wanted

    for count in killed_everywhere(account, twilio, request_of, every):
        assert everything(account, twilio) - others == kept, count
        account.queued(account.index_queue)
    assert others <= everything(account, twilio)
    assert count > 40


def test_a_company_that_is_still_registered_is_not_erased(account: Account, twilio: FakeTwilio) -> None:
    company(account, twilio, "acme", "MA")
    request = made(account, "erase-company", "")
    before = everything(account, twilio)
    assert request_runs(account, twilio, registered={"acme"})._settle(request, always) == "open"  # noqa: SLF001
    assert everything(account, twilio) == before
    assert "customers-put" in stands(account, request).problem


def test_a_companys_erasure_is_not_done_before_what_was_on_its_way_has_come(
    account: Account, twilio: FakeTwilio
) -> None:
    keep(account, twilio, "MM1")
    request = made(account, "erase-company", "")
    runs = request_runs(account, twilio)
    patient = replace(runs, companies=replace(runs.companies, settles=timedelta(minutes=15)))
    assert patient.run(always) == {"open": 1}
    assert not Notes(account.ledger).get("acme", "MM1")
    assert "on its way" in stands(account, request).problem
    keep(account, twilio, "MM2")  # which a queue still had
    assert patient.run(always) == {"open": 1}
    assert not Notes(account.ledger).get("acme", "MM2")
    assert runs.run(always) == {"done": 1}
    assert stands(account, request).counts["notes"] == 2


def test_all_runs_are_of_one_company_when_one_is_named(account: Account, twilio: FakeTwilio) -> None:
    first, second = made(account, "erase"), made(account, "erase", "sam", "acme-1")
    assert request_runs(account, twilio).run(always, "acme") == {"done": 1}
    assert (stands(account, first).state, stands(account, second).state) == ("done", "open")
    assert isinstance(request_runs(account, twilio), DataRequestRuns)
