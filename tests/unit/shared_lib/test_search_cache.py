"""Unpacked archives are whole, and there are never too many of them."""

import json
import shutil
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.account import Account

from ai_voice_shared.aws.object_store import Conflict
from ai_voice_shared.domain import Segment
from ai_voice_shared.errors import Misconfigured
from ai_voice_shared.search import writing as search_writing
from ai_voice_shared.search.cache import Archives
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.segment_index import SegmentIndexes

KEY = "_index/acme/segments.tar"


def note(message_id: str, text: str) -> IndexedNote:
    return IndexedNote(message_id, "other", "sam", "Sam", "2026-11-20T10:00:00.000Z", "en", (Segment(0.0, 1.0, text),))


@pytest.fixture
def requests(account: Account) -> list[str]:
    """What S3 is asked from now on."""
    asked: list[str] = []
    account.store.client.meta.events.register("before-call.s3", lambda model, **_: asked.append(model.name))
    return asked


def indexes(account: Account, folder: Path, fresh_seconds: float = 0.0) -> SegmentIndexes:
    return SegmentIndexes(account.store, folder, fresh_seconds=fresh_seconds)


def test_questions_shortly_after_one_another_ask_s3_once(account: Account, requests: list[str], tmp_path: Path) -> None:
    indexes(account, tmp_path / "writer").change("acme", [note("SM1", "boiler")])
    requests.clear()
    reading = indexes(account, tmp_path / "reader", fresh_seconds=60)
    for _ in range(5):
        assert reading.search("acme", "boiler")
        assert reading.version("acme")
    assert requests == ["GetObject"]


def test_a_company_without_notes_is_not_asked_for_again_and_again(
    account: Account, requests: list[str], tmp_path: Path
) -> None:
    reading = indexes(account, tmp_path, fresh_seconds=60)
    assert [reading.search("acme", "boiler") for _ in range(3)] == [[], [], []]
    assert reading.version("acme") == ""
    assert requests == ["GetObject"]


def test_another_process_finds_what_is_unpacked_already(account: Account, tmp_path: Path) -> None:
    indexes(account, tmp_path).change("acme", [note("SM1", "boiler")])
    before = {path: path.stat().st_ino for path in tmp_path.rglob("meta.json")}
    assert indexes(account, tmp_path).search("acme", "boiler")
    assert {path: path.stat().st_ino for path in tmp_path.rglob("meta.json")} == before


def test_what_another_writes_is_seen_once_the_time_is_over(account: Account, tmp_path: Path) -> None:
    writing, reading = indexes(account, tmp_path / "writer"), indexes(account, tmp_path / "reader")
    writing.change("acme", [note("SM1", "boiler")])
    first = reading.version("acme")
    writing.change("acme", [note("SM2", "radiator")])
    assert [hit.message_id for hit in reading.search("acme", "radiator")] == ["SM2"]
    assert reading.version("acme") not in {first, ""}


def test_only_one_version_of_a_company_is_kept(account: Account, tmp_path: Path) -> None:
    writing = indexes(account, tmp_path)
    for number in range(4):
        writing.change("acme", [note(f"SM{number}", "boiler")])
    assert len(list((tmp_path / "acme").iterdir())) == 1


def test_what_a_crash_left_half_unpacked_is_not_read(account: Account, tmp_path: Path) -> None:
    indexes(account, tmp_path / "writer").change("acme", [note("SM1", "boiler")])
    half = tmp_path / "reader" / "acme" / ".crashed"
    half.mkdir(parents=True)
    (half / "about.json").write_text("{", encoding="utf-8")
    assert indexes(account, tmp_path / "reader").search("acme", "boiler")


def test_an_unpacked_archive_that_lost_a_file_is_fetched_again(account: Account, tmp_path: Path) -> None:
    indexes(account, tmp_path).change("acme", [note("SM1", "boiler")])
    next(tmp_path.rglob("units/*.idx")).unlink()
    assert indexes(account, tmp_path).search("acme", "boiler")


def test_a_writer_whose_files_another_process_took_away_fetches_them_again(account: Account, tmp_path: Path) -> None:
    writing = indexes(account, tmp_path)
    writing.change("acme", [note("SM1", "boiler")])
    shutil.rmtree(tmp_path / "acme")
    writing.change("acme", [note("SM2", "radiator")])
    assert len(writing.search("acme", "boiler radiator")) == 2


def test_threads_and_processes_that_open_the_same_archive_do_not_disturb_one_another(
    account: Account, tmp_path: Path
) -> None:
    indexes(account, tmp_path / "writer").change("acme", [note("SM1", "boiler")])
    readers = [indexes(account, tmp_path / "shared") for _ in range(4)] * 2
    with ThreadPoolExecutor(len(readers)) as threads:
        found = list(threads.map(lambda reader: reader.search("acme", "boiler"), readers))
    assert all([hit.message_id for hit in hits] == ["SM1"] for hits in found)


def test_the_company_used_longest_ago_makes_way(account: Account, tmp_path: Path) -> None:
    for company_id in ("acme", "bolt", "core"):
        indexes(account, tmp_path / "writer").change(company_id, [note("SM1", "boiler")])
    archives = Archives(account.store, tmp_path / "reader", room=1)
    for company_id in ("acme", "bolt", "core", "acme"):
        assert archives.current(company_id)
        assert [folder.name for folder in (tmp_path / "reader").iterdir()] == [company_id]


def test_the_archive_is_a_plain_tar_without_locks(account: Account, tmp_path: Path) -> None:
    indexes(account, tmp_path).change("acme", [note("SM1", "boiler")])
    packed = tmp_path / "segments.tar"
    packed.write_bytes(account.store.get(KEY).body)
    with tarfile.open(packed, "r:") as tar:
        names = tar.getnames()
    assert {name.split("/")[0] for name in names} == {"about.json", "units", "sections"}
    assert not [name for name in names if name.endswith(".lock")]


def test_of_two_writers_the_later_one_is_told(account: Account, tmp_path: Path) -> None:
    archives = Archives(account.store, tmp_path)
    indexes(account, tmp_path / "a").change("acme", [note("SM1", "boiler")])
    archive = archives.latest("acme")
    indexes(account, tmp_path / "b").change("acme", [note("SM2", "radiator")])
    assert archive
    with archives.draft("acme", archive) as draft, pytest.raises(Conflict):
        archives.publish("acme", draft, archive.etag)
    assert len(indexes(account, tmp_path).search("acme", "boiler radiator")) == 2


def test_an_archive_of_another_format_asks_to_be_rebuilt(account: Account, tmp_path: Path) -> None:
    indexes(account, tmp_path).change("acme", [note("SM1", "boiler")])
    (about,) = tmp_path.rglob("about.json")
    about.write_text(json.dumps({"format": 0}), encoding="utf-8")
    with pytest.raises(Misconfigured):
        indexes(account, tmp_path).search("acme", "boiler")
    indexes(account, tmp_path).rebuild("acme", [note("SM1", "boiler")], lambda _count: None)
    assert indexes(account, tmp_path).search("acme", "boiler")


@pytest.mark.parametrize("old", [1, 2])
def test_an_old_archive_is_searched_and_added_to_and_a_rebuild_makes_it_a_new_one(
    account: Account, tmp_path: Path, old: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(search_writing, "IN_ORDER", frozenset())
        indexes(account, tmp_path).change("acme", [note("SM1", "the old boiler")])
    about = {"format": old, "languages": ["en"], "embedder": ""}
    next(tmp_path.rglob("about.json")).write_text(json.dumps(about), encoding="utf-8")
    indexes(account, tmp_path).change("acme", [note("SM2", "the boiler is old")])
    assert _format(tmp_path) == old
    assert len(indexes(account, tmp_path).search("acme", '"old boiler"')) == 2
    indexes(account, tmp_path).change("acme", [], ["SM1"])
    indexes(account, tmp_path).rebuild("acme", [note("SM1", "the old boiler")], lambda _count: None)
    assert _format(tmp_path) == 3
    assert len(indexes(account, tmp_path).search("acme", '"old boiler"')) == 1


def _format(folder: Path) -> int:
    (about,) = folder.rglob("about.json")
    said: int = json.loads(about.read_bytes())["format"]
    return said
