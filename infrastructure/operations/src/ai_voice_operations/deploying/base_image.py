"""The base image of all images, pinned by its digest in images.toml, and how the pin is updated.

`make base-update` asks the base's registry what the tag stands for now.
"""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import httpx

from ai_voice_operations import templates
from ai_voice_operations.problems import Failed, Refused

FILE = templates.INFRASTRUCTURE / "images" / "images.toml"

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_LINE = re.compile(r'^digest = ".*"$', re.MULTILINE)
_INDEXES = ("application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json")
"""A tag for several processors stands for one of these (OCI, "Image Index"; Docker, "Image Manifest V 2")."""

_PROCESSORS = {"amd64", "arm64"}


@dataclass(frozen=True)
class Base:
    """The base image.

    Attributes:
        image: with its registry and tag.
        digest: of its index for all processors; "" before `make base-update` was run for the first time.
    """

    image: str
    digest: str

    @property
    def reference(self) -> str:
        """What a build starts from: the digest without the tag, because not every engine takes both."""
        return f"{self.image.rpartition(':')[0]}@{self.digest}" if self.digest else self.image


def read(file: Path = FILE) -> Base:
    """The base that the file names; raises Refused if its digest is no digest."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))["base"]
    if told["digest"] and not _DIGEST.fullmatch(told["digest"]):
        raise Refused(f"{file.name}: the base's digest has to be sha256: and 64 hexadecimal digits.")
    return Base(told["image"], told["digest"])


def update(file: Path, registry: "Registry") -> tuple[str, str]:
    """Pins the base to the digest that its tag has now; returns the digest before and after.

    Raises:
        Refused: the registry's image cannot be our base; nothing was changed.
        Failed: the registry cannot be asked.
    """
    base = read(file)
    now = registry.digest(base.image)
    if now != base.digest:
        file.write_text(_LINE.sub(f'digest = "{now}"', file.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    return base.digest, now


@dataclass(frozen=True)
class Registry:
    """A registry that anybody may read with a token that it gives to anybody, such as public.ecr.aws.

    Source: Amazon ECR Public, "Registry authentication"; Distribution, "Token Authentication Specification".

    Attributes:
        url: the URL of a mirror, if it is not the image's own host.
    """

    http: httpx.Client
    url: str = ""

    def digest(self, image: str) -> str:
        """The digest of the image's tag, after it was compared with the content."""
        name, _, tag = image.rpartition(":")
        host, _, repository = name.partition("/")
        url = self.url or f"https://{host}"
        try:
            token = self._get(f"{url}/token/", service=host, scope=f"repository:{repository}:pull").json()["token"]
            answer = self._get(f"{url}/v2/{repository}/manifests/{tag}", token=token)
            found = answer.json()
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise Failed(f"{url} does not tell what {image} is: {error}") from None
        _check(image, found)
        digest = f"sha256:{hashlib.sha256(answer.content).hexdigest()}"
        if answer.headers.get("Docker-Content-Digest", digest) != digest:
            raise Failed(f"{url} sent something else for {image} than its digest says: try again.")
        return digest

    def _get(self, url: str, *, token: str = "", **query: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", "Accept": ", ".join(_INDEXES)} if token else {}
        return self.http.get(url, params=query, headers=headers).raise_for_status()


def _check(image: str, index: dict[str, object]) -> None:
    entries = index.get("manifests")
    platforms = [entry.get("platform", {}) for entry in entries] if isinstance(entries, list) else []
    there = {platform.get("architecture") for platform in platforms if platform.get("os") == "linux"}
    if missing := sorted(_PROCESSORS - there):
        raise Refused(f"{image} is not there for {' and '.join(missing)}: nothing was changed.")
