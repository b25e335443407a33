"""A large answer is compressed for clients that say they read gzip, and for nobody else."""

import base64
import gzip
import json

import pytest
from unit.data_api_server.gateway import Gateway

LARGE, SMALL = "/openapi.json", "/health"


def asked(gateway: Gateway, path: str, accepts: str | None, method: str = "GET") -> tuple[dict[str, str], bytes]:
    """The headers and the bytes of the answer, as API Gateway passes them on."""
    event = gateway.event(method, path)
    event["headers"] |= {"accept-encoding": accepts} if accepts is not None else {}
    answer = gateway.handle(event, None)
    assert answer["statusCode"] == 200
    body = answer["body"]
    return answer["headers"], base64.b64decode(body) if answer["isBase64Encoded"] else body.encode()


def test_a_large_answer_is_the_same_when_it_is_compressed(acme: Gateway) -> None:
    headers, compressed = asked(acme, LARGE, "br, gzip")
    _, plain = asked(acme, LARGE, None)
    assert (headers["content-encoding"], headers["vary"].lower()) == ("gzip", "accept-encoding")
    assert int(headers["content-length"]) == len(compressed) < len(plain) / 5
    assert json.loads(gzip.decompress(compressed)) == json.loads(plain)


@pytest.mark.parametrize(("path", "accepts"), [(LARGE, None), (LARGE, ""), (LARGE, "br"), (SMALL, "gzip")])
def test_an_answer_stays_as_it_is(acme: Gateway, path: str, accepts: str | None) -> None:
    headers, plain = asked(acme, path, accepts)
    assert "content-encoding" not in headers
    assert json.loads(plain)


def test_a_head_request_has_the_length_of_what_a_get_would_bring(acme: Gateway) -> None:
    headers, body = asked(acme, LARGE, "gzip", method="HEAD")
    _, compressed = asked(acme, LARGE, "gzip")
    assert (int(headers["content-length"]), body) == (len(compressed), b"")
