"""Whether companies' search indexes have vectors of the model that questions are compared with."""

import io
import tarfile
from collections.abc import Iterator
from itertools import islice

from ai_voice_operations.doctor.environment import CONFIG, Environment
from ai_voice_operations.doctor.finding import Finding, ok, warn
from ai_voice_shared.answering.settings import EMBEDDERS
from ai_voice_shared.artifacts import INDEX_PREFIX
from ai_voice_shared.engines import choosing
from ai_voice_shared.search.archive import About

_HEAD = 2048
"""Bytes of an index's tar that hold its description, which is its first file."""

_MOST = 200
"""Companies that are looked at; all of them have the same embedder, and each costs a request."""


def vectors(environment: Environment) -> Iterator[Finding]:
    """The indexes that are searched by words alone although there is an embedder."""
    model = environment.value("voice-parser", "EmbeddingModel")
    embedder = choosing.build(EMBEDDERS, environment.value("voice-parser", "Embedder"))(model, None)
    if embedder is None:
        return
    found = list(_described(environment))
    for company_id, about in found:
        if not about.is_of(embedder.name):
            yield warn(
                f"the index of {company_id} has no vectors of {model}, and is searched by words alone",
                f"make index-rebuild COMPANY={company_id} ENV={environment.name}",
            )
    fitting = sum(about.is_of(embedder.name) for _, about in found)
    yield ok(f"search indexes with vectors of {model}: {fitting} of the {len(found)} looked at")


def _described(environment: Environment) -> Iterator[tuple[str, About]]:
    s3 = environment.session.client("s3", config=CONFIG)
    bucket = environment.output("shared", "BucketName")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=INDEX_PREFIX)
    keys = (one["Key"] for page in pages for one in page.get("Contents", []))
    for key in islice(keys, _MOST):
        head = s3.get_object(Bucket=bucket, Key=key, Range=f"bytes=0-{_HEAD - 1}")["Body"].read()
        with tarfile.open(fileobj=io.BytesIO(head)) as tar:
            first = tar.next()
            if first and (described := tar.extractfile(first)):
                yield key.removeprefix(INDEX_PREFIX).partition("/")[0], About.parse(described.read())
