"""A file that is written part by part is one object at the end, and no object before."""

import pytest
from support.account import Account

from ai_voice_shared.aws.object_store import ObjectMissing
from ai_voice_shared.stored import uploads
from ai_voice_shared.stored.uploads import Upload

FIVE = 5 * 2**20
"""Bytes; the least of a part."""


@pytest.mark.parametrize("sizes", [[], [1], [FIVE], [FIVE, 1], [1, FIVE, FIVE, 7], [3 * FIVE + 1]])
def test_what_is_written_is_the_object(account: Account, sizes: list[int]) -> None:
    upload = Upload(account.store, "a/b.zip", account.store.begin_upload("a/b.zip", "application/zip"), FIVE)
    content = b""
    for number, size in enumerate(sizes):
        piece = bytes([number]) * size
        assert upload.write(piece) == size
        content += piece
    assert upload.written == len(content)
    with pytest.raises(ObjectMissing):
        account.store.get("a/b.zip")
    upload.complete()
    assert account.store.get("a/b.zip").body == content
    assert b"".join(account.store.chunks("a/b.zip", 1000)) == content


def test_an_upload_that_is_ended_leaves_nothing_and_may_be_ended_again(account: Account) -> None:
    upload = uploads.begin(account.store, "a/b.zip", "application/zip")
    upload.write(b"x" * 9 * 2**20)
    for _ in range(2):
        account.store.abort_upload("a/b.zip", upload.upload_id)
    assert account.store.client.list_multipart_uploads(Bucket="notes").get("Uploads", []) == []
    assert not account.store.versions("")


def test_an_upload_that_is_complete_is_not_ended(account: Account) -> None:
    upload = uploads.begin(account.store, "a/b.zip", "application/zip")
    upload.write(b"x")
    upload.complete()
    account.store.abort_upload("a/b.zip", upload.upload_id)
    assert account.store.get("a/b.zip").body == b"x"


def test_a_missing_object_has_no_chunks(account: Account) -> None:
    with pytest.raises(ObjectMissing):
        list(account.store.chunks("nothing"))


def test_versions_come_in_pages_that_may_be_deleted_on_the_way(account: Account) -> None:
    for number in range(3):
        account.store.put("a/1", bytes([number]), "text/plain")
    account.store.delete("a/1")
    account.store.put("b/1", b"x", "text/plain")
    for page in account.store.version_pages("a/"):
        account.store.delete_versions(page)
    assert [one.key for one in account.store.versions("")] == ["b/1"]
