"""Where SECURITY.md says that a person's traces lie, which kinds of items there are, and where an erasure looks."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from support.account import Account
from support.app import FakeTwilio

from ai_voice_operations.templates import INFRASTRUCTURE

_ROOT = INFRASTRUCTURE.parent
SOURCES = sorted(_ROOT.glob("*/src/**/*.py"))
_DOCUMENT = (INFRASTRUCTURE / "SECURITY.md").read_text(encoding="utf-8")

_WORD = re.compile(r"#?([A-Z]{3,})(?:#.*)?")
"""What names a kind of item: the beginning of its partition, or of its place in one."""

GOES_WITH = {"LATEST": "SOURCES", "SAID": "SENDER"}
"""Places inside of what a kind erases as a whole, by what that begins with."""

HOLDS_NOTHING = {
    "ACCEPTED": "a company's own words, in its glossary",
    "ANSWERED": "when a stranger was answered",
    "CONNECTIONS": "how fast a company connects",
    "DISMISSED": "the hash of a word that a company does not want suggested",
    "ENQUEUED": "that a message was enqueued",
    "ERASED": "the receipt of an erasure",
    "EVENING": "no item: the partitions of an index",
    "EVENT": "when an event for webhooks was first seen, by its id",
    "KEY": "how fast an API key asks, and whose it is",
    "QUESTION": "that a question was counted",
    "QUESTIONS": "how fast a company asks",
    "RECEIPT": "the tombstone of an erased message",
    "WAITING": "no item: the partitions of an index",
}
"""Words that name something in which nothing of a message is left behind, and why."""


@dataclass(frozen=True)
class Trace:
    """One place of the table, as `NOTE#company`.

    Attributes:
        kind: in what it is, as `ledger`.
        holds: what it has of a person.
    """

    kind: str
    place: str
    holds: str

    @property
    def word(self) -> str:
        """What its partition begins with."""
        return self.place.partition("#")[0]


def traces(document: str = _DOCUMENT) -> list[Trace]:
    """The places in the table "Where a person's traces lie"."""
    section = document.partition("## Where a person's traces lie")[2].partition("\n## ")[0]
    rows = [line.strip("| \n").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    return [
        Trace(row[0].partition(" `")[0], place, row[1])
        for row in rows
        for place in re.findall(r"`([^`]+)`", row[0]) or [""]
    ]


def words(sources: Iterable[Path]) -> set[str]:
    """What items of the ledger begin with, in all modules that have something to do with it."""
    found: set[str] = set()
    for file in sources:
        text = file.read_text(encoding="utf-8")
        if "aws" not in file.parts and ("records" in file.parts or "ai_voice_shared.aws.ledger" in text):
            found |= set(_words(ast.parse(text)))
    return found


def _words(tree: ast.Module) -> Iterator[str]:
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    yield from (found[1] for text in texts if (found := _WORD.fullmatch(text)))


def word_of(place: str) -> str:
    """What an item's partition or place begins with; empty where it names nothing but an id, a time or a digest."""
    found = _WORD.fullmatch(place)
    return found[1] if found else ""


@dataclass
class Looked(FakeTwilio):
    """Notes where somebody looks or deletes something, on an account and at Twilio.

    Attributes:
        reply: the sid of a reply; in the table, `sid` stands for it.
        places: as the table names them.
        words: what the items begin with that were looked for.
    """

    reply: str = "none"
    places: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    dead_letters: str = ""

    def watch(self, account: Account) -> None:
        """Begins to note what the account is asked."""
        self.dead_letters = account.dead_letters.url
        for client in (account.ledger.client, account.store.client, account.dead_letters.client):
            client.meta.events.register("provide-client-params", self._look)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """As Twilio answers."""
        self.places.add("Twilio")
        return super().__call__(request)

    def _look(self, params: dict[str, Any], **_: object) -> None:
        deleted = [one["DeleteRequest"]["Key"] for batch in params.get("RequestItems", {}).values() for one in batch]
        for key in (*deleted, params.get("Key")):
            if isinstance(key, dict):
                self._item(key["pk"]["S"], key["sk"]["S"])
        if values := params.get("ExpressionAttributeValues", {}):
            self._item(values.get(":pk", {}).get("S", ""), values.get(":prefix", {}).get("S", ""))
        if prefix := params.get("Prefix"):
            self.places.add(f"bucket {prefix}")
        if params.get("QueueUrl") == self.dead_letters:
            self.places.add("dead letters")

    def _item(self, pk: str, place: str) -> None:
        if pk:
            self.places.add(f"ledger {pk.replace(self.reply, 'sid')}")
            self.words |= {word_of(pk), word_of(place)} - {""}
