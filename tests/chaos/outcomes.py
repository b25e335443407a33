"""What is left of a message at the end, in a form in which two runs can be compared, and where they differ."""

import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from support import patient

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.search.model import Scope
from ai_voice_shared.search.segment_index import SegmentIndexes
from chaos.world import Run, World

type Outcome = Counter[tuple[str, str]]
"""Pairs of what and how, as often as they are there: `("S3 run/other/….txt", "the text")`."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
_SID = re.compile(r"(?<![A-Za-z0-9])(SM|MM|ME|UP|EV|EC|CA|CQ|GT)[0-9a-f]{32}(?![A-Za-z0-9])")
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_SIGNED = re.compile(r"X-Amz-[A-Za-z]+=[^&\"\s]+")
_DELIVERY = {"state", "delivery_rank", "code", "at"}
_EXPIRY = "expires_at"
_HELD = ("held_by", "lease_until")
"""Which worker has had an analysis."""
_SHARD = "waits_in"
"""A part of an index, by the run's name."""
_EMBEDDED = "embedded"
"""A hash of the note's words, which hold the run's name."""
_INDEX = "_index/"
_PACE = "PACE#"
_HOOK = re.compile(r"\b(ep|msg)_[0-9a-f]{16,32}\b")
_OF_TRIES = {"tries", "signature", "secret_id"}
"""A try that was cut off is not known, and an endpoint may be told twice; secrets are random."""
_SECRETS = "WEBHOOKSECRETS#"
_COUNTS = re.compile(r"(delivered|ms)_\d{6}")
_SHOWN = 160
_MOST_HITS = 20


@dataclass
class Snapshot:
    """All that is in S3, in the ledger and among the parked messages, by run."""

    world: World
    items: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    parked: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._store = ObjectStore(patient.s3(), self.world.platform.outputs.bucket)
        self._indexes = SegmentIndexes(self._store, self.world.folder / "looked-up")

    @classmethod
    def take(cls, world: World, runs: Iterable[Run]) -> "Snapshot":
        """The present state of these runs; takes their parked messages out."""
        of_sid = {sid: run.name for run in runs for sid in run.sids}
        taken = cls(world)
        for item in _scanned(world.platform.outputs.table):
            for name in _owners(json.dumps(item, default=str), of_sid):
                taken.items.setdefault(name, []).append(item)
        for page in patient.s3().get_paginator("list_objects_v2").paginate(Bucket=world.platform.outputs.bucket):
            for found in page.get("Contents", []):
                for name in _owners(found["Key"], of_sid):
                    taken.keys.setdefault(name, []).append(found["Key"])
        for queue in (world.platform.outputs.dead_letter_queue_url, world.platform.outputs.index_dead_letter_queue_url):
            for message in _drained(world, queue):
                for name in _owners(message["Body"], of_sid):
                    reason = (
                        message.get("MessageAttributes", {}).get("Reason", {}).get("StringValue", "redriven by SQS")
                    )
                    taken.parked.setdefault(name, []).append(reason)
        return taken

    def outcome(self, run: Run) -> Outcome:
        """What is left of the run's messages."""
        return Counter((run_free(what, run), run_free(how, run)) for what, how in self._found(run))

    def _found(self, run: Run) -> Iterator[tuple[str, str]]:
        for key in self.keys.get(run.name, []):
            yield f"S3 {key}", "" if key.startswith(_INDEX) else _content(self._store.get(key).body)
        for item in self.items.get(run.name, []):
            # A worker killed before it has recorded its turn takes another; secrets are random.
            if _plain(item["pk"]).startswith((_PACE, _SECRETS)):
                continue
            yield f"ledger {_plain(item['pk'])} {_plain(item['sk'])}", _told(item)
        for sent in run.twilio.sent_to(run.phone):
            yield "reply", f"{sent.body}{' with a file' if sent.media else ''}"
        if run.kind.late:
            yield "replies in their order", "\n".join(sent.body for sent in run.twilio.sent_to(run.phone))
        for _, body in sorted(set(self.world.told(run))):  # the same event with the same id may come more than once
            yield "event", body
        for reason in self.parked.get(run.name, []):
            yield "parked", reason
        if run.kind.about:
            for hit in self._indexes.search(run.name, run.kind.about, Scope(notes=(run.sids[-1],)), _MOST_HITS):
                yield "index entry", f"segments {hit.first} to {hit.last}"


@dataclass(frozen=True)
class Difference:
    """How one run's outcome differs from the undisturbed one's."""

    lost: tuple[str, ...] = ()
    duplicated: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lost or self.duplicated or self.changed)

    def lines(self) -> list[str]:
        """For people."""
        named = (("lost", self.lost), ("duplicated", self.duplicated), ("changed", self.changed))
        return [f"{name}: {what}" for name, all_of_it in named for what in all_of_it]


def difference(undisturbed: Outcome, found: Outcome) -> Difference:
    """What is missing, what is there too often, and what is there but different."""
    missing, more = undisturbed - found, found - undisturbed
    before, after = (_by_name(outcome) for outcome in (missing, more))
    lost, duplicated, changed = [], [], []
    for name in sorted({*before, *after}):
        old, new = before.get(name, []), after.get(name, [])
        pairs = min(len(old), len(new))
        for one, two in zip(old[:pairs], new[:pairs], strict=True):
            changed += [f"{name}: {how}" for how in _changes(one, two)]
        lost += [f"{name}: {_short(one)}" for one in old[pairs:]]
        duplicated += [f"{name}: {_short(one)}" for one in new[pairs:]]
    return Difference(tuple(lost), tuple(duplicated), tuple(changed))


def run_free(text: str, run: Run) -> str:
    """The text without what differs from run to run."""
    for number, sid in enumerate(run.sids):
        text = text.replace(sid, f"<message {number + 1}>" if sid != run.sids[-1] else "<message>")
    text = text.replace(run.name, "<company>").replace(run.phone, "<phone>").replace(run.phone[1:], "<phone>")
    for pattern, name in (
        (_TIME, "<time>"),
        (_SID, "<sid>"),
        (_DIGEST, "<digest>"),
        (_SIGNED, "<signed>"),
        (_HOOK, "<id>"),
    ):
        text = pattern.sub(name, text)
    return text.replace(run.twilio.url, "<twilio>")


def _owners(text: str, of_sid: Mapping[str, str]) -> set[str]:
    """The runs a text is about: by their name in it, else by a message of theirs."""
    named = set(re.findall(r"run\d{6}", text))
    return named or {of_sid[sid[0]] for sid in re.finditer(_SID, text) if sid[0] in of_sid}


def _scanned(table: str) -> Iterator[dict[str, Any]]:
    for page in patient.dynamodb().get_paginator("scan").paginate(TableName=table):
        yield from page["Items"]


def _drained(world: World, queue: str) -> Iterator[dict[str, Any]]:
    while messages := world.received(queue):
        for message in messages:
            world.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            yield message


def _told(item: Mapping[str, Any]) -> str:
    """An item's attributes; packed ones unpacked, without its expiry and what Twilio tells of a delivery."""
    of_delivery = _DELIVERY if _plain(item["sk"]).startswith("REPLY#") else set()
    left_out = {_EXPIRY, _EMBEDDED, _SHARD, *_HELD} | of_delivery
    left_out |= _OF_TRIES if _plain(item["pk"]).startswith(("DELIVERIES#", "WEBHOOKS#")) else set()
    left_out |= {name for name in item if _COUNTS.fullmatch(name)}
    return json.dumps({name: _plain(value) for name, value in sorted(item.items()) if name not in left_out})


def _plain(value: Mapping[str, Any]) -> str:
    plain = next(iter(value.values()))
    return _content(zlib.decompress(plain)) if isinstance(plain, bytes) else str(plain)


def _content(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return f"{len(body)} bytes, {hashlib.sha256(body).hexdigest()[:12]}"


def _by_name(outcome: Outcome) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for name, how in sorted(outcome.elements()):
        named.setdefault(name, []).append(how)
    return named


def _changes(one: str, two: str) -> Iterator[str]:
    """How two contents differ: by attribute, where they have any."""
    try:
        old, new = json.loads(one), json.loads(two)
        names = sorted({*old, *new})
    except (ValueError, TypeError):
        yield _where(one, two)
        return
    for name in names:
        if old.get(name) != new.get(name):
            told = [str(content[name]) if name in content else "nothing" for content in (old, new)]
            yield f"{name} {_where(*told)}"


def _where(one: str, two: str) -> str:
    """The two from where they begin to differ."""
    start = next((place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    start = max(0, start - _SHOWN // 4)
    return f"was {_short(one[start:])}, is {_short(two[start:])}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:_SHOWN]}{'…' if len(line) > _SHOWN else ''}”"
