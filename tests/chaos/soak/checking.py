"""Whether all notes of the soak were filed once: one note, one set of artifacts, one reply, one index entry each."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support import patient

from ai_voice_local.platform import Platform
from ai_voice_shared.artifacts import ArtifactKey
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.search.model import Scope
from ai_voice_shared.search.segment_index import SegmentIndexes
from chaos.soak.notes import Sent

_WRITTEN = {"full_text.txt", "segments.json", "analysis.json"}
_SPOKEN = _WRITTEN | {"audio.ogg"}
_RECEIPTS = "_receipts/"
_SHOWN = 10


@dataclass
class Findings:
    """What is wrong, a line each."""

    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    parked: list[str] = field(default_factory=list)

    def compare(self, what: str, expected: Counter[str], found: Counter[str]) -> None:
        """Notes what is missing and what is there too often."""
        self.lost += [f"{what} of {name} is missing" for name in (expected - found).elements()]
        self.duplicated += [f"{what} of {name} is there once too often" for name in (found - expected).elements()]

    def lines(self) -> Iterator[str]:
        """The first of each kind, for people."""
        for name, lines in (("lost", self.lost), ("duplicated", self.duplicated), ("parked", self.parked)):
            yield from (f"{name}: {line}" for line in lines[:_SHOWN])


def check(platform: Platform, folder: Path, sent: Sequence[Sent]) -> Findings:
    """Compares what was sent with all there is."""
    findings = Findings()
    sids = Counter(one.sid for one in sent)
    notes, checkpoints = _ledger(platform.outputs.table)
    findings.compare("the filed note", sids, notes)
    findings.compare("the finished checkpoint", sids, checkpoints)
    expected = Counter(f"{one.sid} {name}" for one in sent for name in (_WRITTEN if one.text else _SPOKEN))
    findings.compare("the artifact", expected, _artifacts(platform.outputs.bucket))
    findings.compare("the reply", *_replies(platform, sent))
    findings.compare("the index entry", sids, _indexed(platform.outputs.bucket, folder, sent))
    for queue in (platform.outputs.dead_letter_queue_url, platform.outputs.index_dead_letter_queue_url):
        findings.parked += _parked(queue)
    return findings


def _ledger(table: str) -> tuple[Counter[str], Counter[str]]:
    """The filed notes and the finished checkpoints, by sid."""
    notes: Counter[str] = Counter()
    checkpoints: Counter[str] = Counter()
    for page in patient.dynamodb().get_paginator("scan").paginate(TableName=table):
        for item in page["Items"]:
            pk, sk = item["pk"]["S"], item["sk"]["S"]
            if pk.startswith("NOTE#") and item["status"]["S"] == "filed":
                notes[sk] += 1
            if pk.startswith("MESSAGE#") and sk == "RECEIPT" and "finished_at" in item:
                checkpoints[pk.removeprefix("MESSAGE#")] += 1
    return notes, checkpoints


def _artifacts(bucket: str) -> Counter[str]:
    """All objects of notes, and whatever a worker has left among the checkpoints."""
    found: Counter[str] = Counter()
    for page in patient.s3().get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for one in page.get("Contents", []):
            if one["Key"].startswith("soak-"):
                key = ArtifactKey.parse(one["Key"])
                found[f"{key.message_id} {key.file_type}.{key.extension}"] += 1
            elif one["Key"].startswith(_RECEIPTS):
                found[one["Key"]] += 1
    return found


def _replies(platform: Platform, sent: Sequence[Sent]) -> tuple[Counter[str], Counter[str]]:
    """Replies owed and replies shown: a text's by its number, a recording's by its sender."""
    owed = Counter(_about(one.text, f"whatsapp:{one.phone}") for one in sent)
    shown = Counter(_about(one.body, one.to) for one in platform.twilio.sent)
    return owed, shown


def _about(text: str, phone: str) -> str:
    number = re.search(r"house (\d+)", text)
    return f"note {number[1]}" if number else f"a recording by {phone}"


def _indexed(bucket: str, folder: Path, sent: Sequence[Sent]) -> Counter[str]:
    """How often each company's index finds each note by the words that all of them share."""
    indexes = SegmentIndexes(ObjectStore(patient.s3(), bucket), folder / "looked-up")
    found: Counter[str] = Counter()
    for company_id in sorted({one.company_id for one in sent}):
        hits: Any = indexes.search(company_id, "gate oiled", Scope(), 2 * len(sent))
        found.update(hit.message_id for hit in hits)
    return found


def _parked(queue: str) -> Iterator[str]:
    sqs = patient.sqs()
    while found := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, MessageAttributeNames=["All"]).get(
        "Messages"
    ):
        for one in found:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=one["ReceiptHandle"])
            attribute: Any = one.get("MessageAttributes", {}).get("Reason", {})
            yield f"{attribute.get('StringValue', 'redriven by SQS')}: {one['Body'][:120]}"
