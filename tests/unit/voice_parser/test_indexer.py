"""How batches of index jobs end."""

import subprocess
import sys
from dataclasses import dataclass, field

import pytest
from support.account import Account
from support.indexes import FakeIndexes, busy
from support.stored import file_image, file_voice, key, stored_notes

from ai_voice_shared.aws.object_store import Conflict
from ai_voice_shared.aws.queues import Delivery, Queue
from ai_voice_shared.domain import Segment, now
from ai_voice_shared.jobs import IndexJob
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.usage import Usage, Used, month_of
from ai_voice_shared.steps import SEARCHABLE
from voice_parser.indexer.indexer import Indexer
from voice_parser.indexer.metering import IndexMeter


@dataclass(frozen=True)
class Waits(Queue):
    """A queue that remembers what is to come back, and when; moto loses a group's order there."""

    told: list[tuple[str, int]] = field(default_factory=list)

    def come_back(self, receipt_handle: str, seconds: int) -> None:
        self.told.append((receipt_handle, seconds))


@dataclass
class Bench:
    """An indexer on a fresh account, and what it is given."""

    account: Account
    indexes: FakeIndexes = field(default_factory=FakeIndexes)
    max_attempts: int = 3
    waits: list[tuple[str, int]] = field(default_factory=list)

    def work(self, *jobs: IndexJob | str, attempt: int = 1) -> list[str]:
        """Gives a batch to a new indexer; the SQS ids are the jobs' places in it."""
        return self.settle([self.delivery(place, job, attempt) for place, job in enumerate(jobs)])

    def settle(self, deliveries: list[Delivery]) -> list[str]:
        account = self.account
        stored = stored_notes(account)
        queue = Waits(account.index_queue.client, account.index_queue.url, self.waits)
        queues = (queue, account.index_dead_letters)
        meter = IndexMeter(Notes(account.ledger), Usage(account.ledger))
        return Indexer(meter, stored, self.indexes, *queues, self.max_attempts, 1).work(deliveries)

    def delivery(self, place: int, job: IndexJob | str, attempt: int = 1, group: str = "acme") -> Delivery:
        if isinstance(job, str):
            return Delivery(str(place), f"handle-{place}", job, attempt, group)
        return Delivery(str(place), f"handle-{place}", job.to_json(), attempt, job.company_id)

    def parked(self) -> list[str]:
        """The reasons of what was parked."""
        messages = self.account.queued(self.account.index_dead_letters)
        return [message["MessageAttributes"]["Reason"]["StringValue"] for message in messages]  # type: ignore[index]

    def held(self, company_id: str = "acme") -> set[str]:
        return set(self.indexes.notes.get(company_id, {}))


@pytest.fixture
def bench(account: Account) -> Bench:
    return Bench(account)


def add(sid: str, company_id: str = "acme") -> IndexJob:
    return IndexJob(company_id, sid)


def test_a_batch_of_one_company_is_one_write(bench: Bench) -> None:
    sids = [f"SM{number}" for number in range(10)]
    for sid in sids:
        file_voice(bench.account, sid)
    assert bench.work(*map(add, sids)) == []
    assert bench.held() == set(sids)
    assert bench.indexes.writes == {"acme": 1}


def test_each_company_gets_its_own_write(bench: Bench) -> None:
    file_voice(bench.account, "SM1")
    file_voice(bench.account, "SM2", company_id="bolt")
    assert bench.work(add("SM1"), add("SM2", "bolt")) == []
    assert (bench.held(), bench.held("bolt")) == ({"SM1"}, {"SM2"})


def test_an_indexed_note_says_so(bench: Bench) -> None:
    file_voice(bench.account, "SM1")
    bench.work(add("SM1"))
    note = Notes(bench.account.ledger).get("acme", "SM1")
    assert note is not None
    assert "searchable" in note.steps


def test_a_caption_is_indexed_too(bench: Bench) -> None:
    file_image(bench.account, "SM1", "The broken valve")
    bench.work(add("SM1"))
    assert [hit.message_id for hit in bench.indexes.search("acme", "valve")] == ["SM1"]


def test_a_redelivered_job_leaves_one_entry(bench: Bench) -> None:
    file_voice(bench.account, "SM1")
    for _ in range(2):
        assert bench.work(add("SM1"), add("SM1")) == []
    assert len(bench.indexes.search("acme", "valves")) == 1


def test_a_note_that_is_gone_meanwhile_is_removed(bench: Bench) -> None:
    file_voice(bench.account, "SM1")
    bench.work(add("SM1"))
    bench.account.store.delete(key("acme", "SM1", "segments.json"))
    assert bench.work(add("SM1")) == []
    assert bench.held() == set()


def test_a_note_is_removed_on_request_though_it_is_still_there(bench: Bench) -> None:
    file_voice(bench.account, "SM1")
    assert bench.work(add("SM1"), IndexJob("acme", "SM1", "remove")) == []
    assert bench.held() == set()


def test_a_job_in_another_companys_group_touches_neither(bench: Bench) -> None:
    file_voice(bench.account, "SM1")
    delivery = bench.delivery(0, add("SM1").to_json(), group="bolt")
    assert bench.settle([delivery]) == []
    assert bench.indexes.writes == {}
    assert bench.parked() == ["the job is in another company's group"]


def test_a_poisoned_job_is_parked_and_the_others_go_on(bench: Bench) -> None:
    for sid in ("SM1", "SM2", "SM3"):
        file_voice(bench.account, sid)
    bench.account.store.put(key("acme", "SM2", "segments.json"), b"{", "application/json")
    assert bench.work("what is this?", add("SM1"), add("SM2"), add("SM3")) == []
    assert bench.held() == {"SM1", "SM3"}
    assert sorted(bench.parked()) == ["the note's segments cannot be read", "the queue body is not an index job"]


@pytest.mark.parametrize("failure", [busy(), Conflict()])
def test_a_write_that_fails_brings_its_company_back_and_no_other(bench: Bench, failure: Exception) -> None:
    for sid, company_id in (("SM1", "acme"), ("SM2", "acme"), ("SM3", "bolt")):
        file_voice(bench.account, sid, company_id=company_id)
    bench.indexes.failures = [failure]
    assert bench.work(add("SM1"), add("SM2"), add("SM3", "bolt")) == ["0", "1"]
    assert (bench.held(), bench.held("bolt")) == (set(), {"SM3"})
    assert bench.work(add("SM1"), add("SM2"), attempt=2) == []
    assert bench.held() == {"SM1", "SM2"}


def test_a_note_that_breaks_the_index_brings_back_itself_and_what_is_behind_it(bench: Bench) -> None:
    sids = ["SM1", "SM2", "SM3"]
    for sid in sids:
        file_voice(bench.account, sid)
    bench.indexes.refuses = lambda note: note.message_id == "SM2"
    assert bench.work(*map(add, sids)) == ["1", "2"]
    assert bench.held() == {"SM1"}


def test_at_its_last_attempt_it_is_parked_and_what_is_behind_it_goes_on(bench: Bench) -> None:
    for sid in ("SM2", "SM3"):
        file_voice(bench.account, sid)
    bench.indexes.refuses = lambda note: note.message_id == "SM2"
    assert bench.work(add("SM2"), add("SM3"), attempt=3) == []
    assert bench.held() == {"SM3"}
    assert bench.parked() == ["unexpected ZeroDivisionError"]


@pytest.mark.parametrize(("attempts", "waits"), [((1, 1), {1}), ((2, 1), {1}), ((2, 2), {2}), ((2, 3), {2})])
def test_a_company_comes_back_together_so_that_its_order_holds(
    bench: Bench, attempts: tuple[int, int], waits: set[int]
) -> None:
    for sid in ("SM1", "SM2"):
        file_voice(bench.account, sid)
    bench.indexes.failures = [busy()]
    bench.max_attempts = 9
    deliveries = [bench.delivery(place, add(f"SM{place + 1}"), attempt) for place, attempt in enumerate(attempts)]
    assert bench.settle(deliveries) == ["0", "1"]
    assert [handle for handle, _ in bench.waits] == ["handle-0", "handle-1"]
    assert {seconds for _, seconds in bench.waits} == waits


@pytest.mark.parametrize("step", ["answer", "clip"])
def test_a_question_never_becomes_its_own_source(bench: Bench, step: str) -> None:
    file_voice(bench.account, "SM1")
    notes = Notes(bench.account.ledger)
    notes.update("acme", "SM1", {"intent": "other"})
    notes.step_done("acme", "SM1", step, now())
    assert bench.work(add("SM1")) == []
    assert bench.held() == set()
    notes.update("acme", "SM1", {"intent": "knowledge-document"})  # its sender says that it is a note
    assert bench.work(add("SM1")) == []
    assert bench.held() == {"SM1"}


def test_a_note_nobody_knows_is_not_brought_to_life(bench: Bench) -> None:
    assert bench.work(add("SM404")) == []
    assert Notes(bench.account.ledger).get("acme", "SM404") is None


def test_the_indexer_pays_for_nothing_that_answers_when_it_starts() -> None:
    program = "import sys, voice_parser.indexer_handler; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    loaded = done.stdout.split()
    assert "ai_voice_shared.answering.wiring" in loaded
    assert not {"ai_voice_shared.answering.answering", "ai_voice_shared.times", "openai"} & set(loaded)


def used(account: Account, company_id: str = "acme") -> Used:
    return Usage(account.ledger).of(company_id, month_of(now()))


def test_vectors_count_once_however_often_their_job_comes(bench: Bench) -> None:
    bench.indexes.tokens = 7
    file_voice(bench.account, "SM1")
    file_voice(bench.account, "SM2")
    for batch in (["SM1", "SM2"], ["SM1"], ["SM2", "SM1"]):
        assert bench.work(*map(add, batch)) == []
    assert used(bench.account) == Used(embedding_tokens=14)
    assert used(bench.account, "bolt") == Used()
    assert searchable(bench.account, "SM1")


def test_vectors_of_corrected_words_count_again(bench: Bench) -> None:
    bench.indexes.tokens = 7
    file_voice(bench.account, "SM1")
    bench.work(add("SM1"))
    file_voice(bench.account, "SM1", [Segment(0.0, 1.0, "Three valves")])
    bench.work(add("SM1"))
    bench.work(add("SM1"))
    assert used(bench.account) == Used(embedding_tokens=14)


def test_without_vectors_nothing_is_counted(bench: Bench) -> None:
    file_voice(bench.account, "SM1")
    bench.work(add("SM1"))
    assert used(bench.account) == Used()
    assert searchable(bench.account, "SM1")


def test_a_note_that_was_erased_meanwhile_is_neither_listed_nor_counted(bench: Bench) -> None:
    file_voice(bench.account, "SM1")
    notes = Notes(bench.account.ledger)
    note = stored_notes(bench.account).to_index("acme", "SM1")
    assert note
    notes.forget("acme", "SM1")
    IndexMeter(notes, Usage(bench.account.ledger)).searchable("acme", note, 7)
    assert notes.get("acme", "SM1") is None
    assert used(bench.account) == Used()


def searchable(account: Account, message_id: str) -> bool:
    note = Notes(account.ledger).get("acme", message_id)
    return bool(note and SEARCHABLE in note.steps)
