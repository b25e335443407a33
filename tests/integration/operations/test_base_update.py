"""The pin of the base image moves to its tag's present digest, after the registry's answer was checked against that."""

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ai_voice_operations.__main__ import main
from ai_voice_operations.deploying import base_image, image_tags
from ai_voice_operations.deploying.base_image import FILE, Base
from ai_voice_operations.problems import Refused

IMAGE = "public.ecr.aws/lambda/python:3.13"


def index(*architectures: str, version: int = 1) -> bytes:
    """An image index for these processors."""
    manifests = [{"platform": {"os": "linux", "architecture": one}, "size": version} for one in architectures]
    return json.dumps({"schemaVersion": 2, "manifests": manifests}).encode()


@dataclass
class Stub:
    """A registry that gives a token to anybody, and a manifest to a client with the token.

    Attributes:
        says: the digest it claims; "" for the true one.
        asked: paths, and what was accepted.
    """

    url: str = ""
    manifest: bytes = index("amd64", "arm64")
    says: str = ""
    status: int = 200
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def registry() -> Iterator[Stub]:
    """The registry, on loopback."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            stub.asked.append(place.path)
            if place.path == "/token/":
                assert parse_qs(place.query)["scope"] == ["repository:lambda/python:pull"]
                self._send(200, b'{"token": "anybody"}')
            elif self.headers["Authorization"] != "Bearer anybody" or "image.index" not in self.headers["Accept"]:
                self._send(401, b"{}")
            else:
                self._send(stub.status, stub.manifest)

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Docker-Content-Digest", stub.says or digest(body))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_port}"
    yield stub
    server.shutdown()
    thread.join()
    server.server_close()


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A copy of images.toml, in a project with one service."""
    for folder in ("webhook-handler/src", "infrastructure/images"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "webhook-handler" / "pyproject.toml").write_text("[project]\n")
    copy = tmp_path / "infrastructure" / "images" / "images.toml"
    copy.write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    return copy


def update(file: Path, registry: Stub) -> int:
    return main(["base-update", "--file", str(file), "--registry", registry.url])


def test_the_pin_moves_with_the_tag_and_every_images_tag_with_the_pin(
    file: Path, registry: Stub, capsys: pytest.CaptureFixture[str]
) -> None:
    root, tags = file.parents[2], list[str]()
    for version in (1, 2):
        registry.manifest = index("amd64", "arm64", version=version)
        assert update(file, registry) == 0
        assert base_image.read(file) == Base(IMAGE, digest(registry.manifest))
        tags.append(image_tags.tag("webhook-handler", "arm64", root=root))
    assert len(set(tags)) == 2
    assert registry.asked == ["/token/", "/v2/lambda/python/manifests/3.13"] * 2
    assert "Commit images.toml: the next deployment builds all images." in capsys.readouterr().out
    before = file.read_bytes()
    assert update(file, registry) == 0
    assert "it is the newest already" in capsys.readouterr().out
    assert file.read_bytes() == before


def test_nothing_else_in_the_file_changes(file: Path, registry: Stub) -> None:
    before = file.read_text(encoding="utf-8").splitlines()
    update(file, registry)
    after = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [f'digest = "{digest(registry.manifest)}"']
    assert len(after) == len(before)


WRONG: dict[str, tuple[dict[str, object], int, str]] = {
    "another content than its digest says": ({"says": "sha256:" + "0" * 64}, 1, "sent something else"),
    "for one processor only": ({"manifest": index("amd64")}, 2, "is not there for arm64: nothing was changed"),
    "no index": ({"manifest": b'{"schemaVersion": 2}'}, 2, "is not there for amd64 and arm64"),
    "no such tag": ({"status": 404}, 1, "does not tell what public.ecr.aws/lambda/python:3.13 is"),
    "no JSON": ({"manifest": b"<html>"}, 1, "does not tell what"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_can_not_be_our_base_leaves_the_pin_where_it_is(
    case: str, file: Path, registry: Stub, capsys: pytest.CaptureFixture[str]
) -> None:
    changes, status, told = WRONG[case]
    for name, value in changes.items():
        setattr(registry, name, value)
    before = file.read_bytes()
    assert update(file, registry) == status
    assert told in capsys.readouterr().err
    assert file.read_bytes() == before


def test_a_registry_out_of_reach_is_told_in_one_sentence(
    file: Path, registry: Stub, capsys: pytest.CaptureFixture[str]
) -> None:
    registry.url = "http://127.0.0.1:1"
    assert update(file, registry) == 1
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith("http://127.0.0.1:1 does not tell what public.ecr.aws/lambda/python:3.13 is: ")


def test_a_build_starts_from_the_digest_alone_and_from_the_tag_as_long_as_there_is_none() -> None:
    pinned = "sha256:" + "a" * 64
    assert Base(IMAGE, pinned).reference == f"public.ecr.aws/lambda/python@{pinned}"
    assert Base(IMAGE, "").reference == IMAGE


def test_a_pin_that_is_no_digest_is_refused(file: Path) -> None:
    file.write_text(f'[base]\nimage = "{IMAGE}"\ndigest = "latest"\n')
    with pytest.raises(Refused, match="64 hexadecimal digits"):
        base_image.read(file)
