"""The bucket: a missing object is not the same as no answer."""

import io
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from support.account import Account

from ai_voice_shared.aws.object_store import ObjectMissing, ObjectStore
from ai_voice_shared.errors import RetryLater


@pytest.fixture
def store(account: Account) -> ObjectStore:
    return account.store


def test_an_object_comes_back_as_it_was_put(store: ObjectStore) -> None:
    store.put("acme/a", b"\x00\xff", "audio/ogg")
    store.put("acme/b", io.BytesIO(b"streamed"), "audio/ogg")
    assert store.get("acme/a").body == b"\x00\xff"
    assert store.get("acme/b").body == b"streamed"
    assert store.size("acme/b") == 8


def test_the_content_type_is_kept(store: ObjectStore) -> None:
    store.put("a", b"x", "audio/ogg")
    store.copy("a", "b", "text/plain")
    for key, expected in (("a", "audio/ogg"), ("b", "text/plain")):
        assert store.client.head_object(Bucket=store.bucket, Key=key)["ContentType"] == expected
    assert store.get("b").body == b"x"


def test_an_unchanged_object_is_not_sent_again(store: ObjectStore) -> None:
    store.put("a", b"one", "text/plain")
    first = store.get_if_changed("a", None)
    assert first
    assert store.get_if_changed("a", first.etag) is None
    store.put("a", b"two", "text/plain")
    second = store.get_if_changed("a", first.etag)
    assert second
    assert second.body == b"two"


def test_earlier_versions_are_read_newest_first_and_only_of_that_key(store: ObjectStore) -> None:
    for body in (b"one", b"two", b"three"):
        store.put("customers.json", body, "application/json")
    store.put("customers.json.bak", b"other", "application/json")
    assert list(store.earlier_versions("customers.json", 5)) == [b"two", b"one"]
    assert list(store.earlier_versions("customers.json", 1)) == [b"two"]


def test_a_listing_is_in_key_order_and_goes_on_behind_a_key(store: ObjectStore) -> None:
    for key in ("acme/b", "acme/a", "acme/c", "acme-two/a", "acmf"):
        store.put(key, b"x", "text/plain")
    assert [listed.key for listed in store.list("acme/", 2)] == ["acme/a", "acme/b"]
    assert [(listed.key, listed.size) for listed in store.list("acme/", 2, "acme/b")] == [("acme/c", 1)]
    assert store.list("nobody/", 2) == []


def test_a_position_outside_the_prefix_shows_nothing_outside_it(store: ObjectStore) -> None:
    for key in ("acme/a", "bolt/a"):
        store.put(key, b"x", "text/plain")
    assert [listed.key for listed in store.list("bolt/", 9, "acme/")] == ["bolt/a"]
    assert store.list("acme/", 9, "bolt/") == []


@pytest.mark.parametrize(
    "call",
    [
        lambda store: store.get("nothing"),
        lambda store: store.get_if_changed("nothing", '"etag"'),
        lambda store: store.size("nothing"),
        lambda store: store.copy("nothing", "b", "text/plain"),
    ],
)
def test_a_missing_object_is_told_as_such(store: ObjectStore, call: Callable[[ObjectStore], object]) -> None:
    with pytest.raises(ObjectMissing, match="nothing"):
        call(store)


def test_deleting_a_missing_object_is_no_error(store: ObjectStore) -> None:
    store.put("a", b"x", "text/plain")
    store.delete("a")
    store.delete("a")
    assert store.list("", 9) == []


@pytest.mark.parametrize(
    "call",
    [
        lambda store: store.put("a", b"", "text/plain"),
        lambda store: store.get("a"),
        lambda store: store.list("", 1),
        lambda store: store.delete("a"),
        lambda store: list(store.earlier_versions("a", 1)),
    ],
)
def test_whatever_s3_can_not_do_is_to_be_tried_later(store: ObjectStore, call: Callable[[ObjectStore], object]) -> None:
    with pytest.raises(RetryLater, match="NoSuchBucket"):
        call(replace(store, bucket="no-such-bucket"))


def test_a_presigned_url_names_object_time_type_and_file(store: ObjectStore) -> None:
    url = urlsplit(store.presigned_url("acme/other/a_SM1_audio.ogg", 120, "audio/ogg", "a_SM1_audio.ogg"))
    parameters = parse_qs(url.query)
    assert (url.scheme, url.path) == ("https", "/acme/other/a_SM1_audio.ogg")
    assert (url.hostname or "").startswith("notes.s3.")
    assert parameters["X-Amz-Expires"] == ["120"]
    assert parameters["response-content-type"] == ["audio/ogg"]
    assert parameters["response-content-disposition"] == ['inline; filename="a_SM1_audio.ogg"']
    assert "/eu-west-1/s3/aws4_request" in parameters["X-Amz-Credential"][0]


@pytest.mark.parametrize(
    ("content_type", "disposition"),
    [("image/png", "inline"), ("application/octet-stream", "attachment"), ("text/html", "attachment")],
)
def test_a_presigned_url_lets_a_browser_show_only_what_can_not_run(
    store: ObjectStore, content_type: str, disposition: str
) -> None:
    parameters = parse_qs(urlsplit(store.presigned_url("a", 120, content_type, "a_b.c")).query)
    assert parameters["response-content-disposition"] == [f'{disposition}; filename="a_b.c"']
