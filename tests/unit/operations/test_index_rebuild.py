"""The command that builds indexes again."""

import tempfile
from pathlib import Path

import pytest
from support.account import Account
from support.indexes import FakeIndexes, busy
from support.stored import file_image, file_text, file_voice, key, stored_notes

from ai_voice_operations.__main__ import main
from ai_voice_operations.rebuilding import Rebuilding
from ai_voice_shared.domain import now
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.usage import Usage, Used, month_of


@pytest.fixture
def indexes() -> FakeIndexes:
    return FakeIndexes()


@pytest.fixture
def rebuilding(account: Account, indexes: FakeIndexes) -> Rebuilding:
    return Rebuilding(account.store, stored_notes(account), indexes, Usage(account.ledger))


def test_every_note_with_words_is_indexed_in_one_write(
    account: Account, rebuilding: Rebuilding, indexes: FakeIndexes
) -> None:
    file_voice(account, "SM1")
    file_text(account, "SM2", "Two valves")
    file_image(account, "SM3", "The broken valve")
    file_voice(account, "SM4", company_id="bolt")
    assert rebuilding.rebuild("acme", lambda _done, _total: None) == 3
    assert set(indexes.notes["acme"]) == {"SM1", "SM2", "SM3"}
    assert indexes.writes == {"acme": 1}


def test_the_vectors_of_a_rebuilt_index_count_once_it_is_complete(
    account: Account, rebuilding: Rebuilding, indexes: FakeIndexes
) -> None:
    for sid in ("SM1", "SM2"):
        file_voice(account, sid)
    indexes.tokens = 7
    indexes.failures = [busy()]
    with pytest.raises(RetryLater):
        rebuilding.rebuild("acme", lambda _done, _total: None)
    assert rebuilding.usage.of("acme", month_of(now())) == Used()
    rebuilding.rebuild("acme", lambda _done, _total: None)
    assert rebuilding.usage.of("acme", month_of(now())) == Used(embedding_tokens=14)


def test_what_should_not_be_found_is_left_out(account: Account, rebuilding: Rebuilding, indexes: FakeIndexes) -> None:
    for sid in ("SM1", "SM2", "SM3"):
        file_voice(account, sid)
    Notes(account.ledger).update("acme", "SM1", {"status": "refused"})
    account.store.put(key("acme", "SM2", "segments.json"), b"{", "application/json")
    account.store.put(key("acme", "SM404", "segments.json"), b"{}", "application/json")
    account.store.put("acme/somebody-elses", b"{}", "application/json")
    assert rebuilding.rebuild("acme", lambda _done, _total: None) == 1
    assert set(indexes.notes["acme"]) == {"SM3"}


def test_progress_tells_how_many_of_how_many(account: Account, rebuilding: Rebuilding) -> None:
    for number in range(101):
        file_text(account, f"SM{number}", "Thanks")
    told: list[tuple[int, int]] = []
    rebuilding.rebuild("acme", lambda done, total: told.append((done, total)))
    assert told == [(0, 101), (100, 101), (101, 101)]


def test_the_companies_are_those_with_files(account: Account, rebuilding: Rebuilding) -> None:
    file_voice(account, "SM1")
    file_voice(account, "SM2", company_id="bolt")
    account.store.put("_index/acme.tar", b"", "application/x-tar")
    assert rebuilding.companies() == ["acme", "bolt"]


def test_a_failure_is_passed_on(account: Account, rebuilding: Rebuilding, indexes: FakeIndexes) -> None:
    file_voice(account, "SM1")
    indexes.failures = [busy()]
    with pytest.raises(RetryLater):
        rebuilding.rebuild("acme", lambda _done, _total: None)


def test_nothing_of_what_people_said_stays_on_the_machine(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_text(account, "SM1", "Two valves")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    where = ["--bucket", account.store.bucket, "--table", account.ledger.table]
    assert main(["index-rebuild", "--company", "acme", *where]) == 0
    assert account.store.list("_index/acme", 9)
    assert list(tmp_path.iterdir()) == []


def test_the_command_asks_for_what_it_is_not_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BUCKET", raising=False)
    assert main(["index-rebuild", "--company", "acme"]) == 1
    assert "--bucket" in capsys.readouterr().err


def test_the_command_makes_all_companies_indexes_findable_again(
    account: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file_voice(account, "SM1")
    file_voice(account, "SM2", company_id="bolt")
    where = ["--bucket", account.store.bucket, "--table", account.ledger.table, "--folder", str(tmp_path)]
    assert main(["index-rebuild", "--all", *where]) == 0
    told = capsys.readouterr()
    assert "acme: 1 notes indexed" in told.out
    assert "bolt: 1 of 1 notes read, 100 %" in told.err
