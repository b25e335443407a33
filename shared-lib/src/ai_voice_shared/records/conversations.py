"""Conversations, to which follow-up questions refer, and cached answers. Both have a lifetime."""

import hashlib
import json
import zlib
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, has_expired
from ai_voice_shared.aws.ledger_writes import NEW, THERE, Update
from ai_voice_shared.domain import now
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord
from ai_voice_shared.errors import RetryLater

_REMEMBERED_TURNS = 6
_LIFETIME = timedelta(hours=24)
_CACHED = timedelta(days=7)
_TRIES = 5
_READ_AT_MOST = 100
"""Conversations in memory that were read and not continued."""


@dataclass(frozen=True)
class Turn:
    """One question with its answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class _Read:
    """A conversation as it was read: its stored form (empty if there is none), and its turns that have not expired."""

    stored: bytes
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Conversations:
    """The conversations of all companies; a user's are found by company and user only.

    Before a turn is added, the earlier turns were mostly just read. They are read again only after another write.
    """

    ledger: Ledger
    _read: dict[tuple[str, str], _Read] = field(default_factory=dict)

    def turns(self, company_id: str, user: str, conversation: str) -> tuple[Turn, ...]:
        """The last turns, oldest first; empty when the conversation is a day old."""
        return self._reading(_conversation_key(company_id, user, conversation)).turns

    def add(self, company_id: str, user: str, conversation: str, turn: Turn) -> None:
        """Remembers one more turn, once; the oldest is forgotten. Raises RetryLater."""
        key = _conversation_key(company_id, user, conversation)
        for _ in range(_TRIES):
            before = self._read.pop(key, None) or self._reading(key)
            if before.turns[-1:] == (turn,) or self._replaced(key, before, turn):
                self._read.pop(key, None)
                return
            self._read.pop(key, None)
        raise RetryLater("others write to the same conversation")

    def _reading(self, key: tuple[str, str]) -> _Read:
        item = self.ledger.get(*key)
        content, stored = _content(item), (item or {}).get("content", b"")
        turns = tuple(Turn(**turn) for turn in content) if isinstance(content, list) else ()
        if len(self._read) >= _READ_AT_MOST:
            self._read.clear()
        found = self._read[key] = _Read(stored if isinstance(stored, bytes) else b"", turns)
        return found

    def _replaced(self, key: tuple[str, str], before: _Read, turn: Turn) -> bool:
        """Adds a turn if the conversation is still as it was read; returns whether it did."""
        kept = [asdict(one) for one in (*before.turns, turn)[-_REMEMBERED_TURNS:]]
        item = _item(key, kept, _LIFETIME)
        values: Item = {name: item[name] for name in ("content", "expires_at")}
        known: Item = {"before": before.stored} if before.stored else {}
        same = f"{THERE} AND content = :before" if known else NEW
        return self.ledger.exchange(Update(*key, values, condition=same, known=known)) is not None

    @staticmethod
    def partition(company_id: str) -> str:
        """The ledger's partition of the company's conversations, so that they can be erased together."""
        return f"CONVERSATIONS#{company_id}"

    def erasable(self) -> LedgerRecord:
        """Any conversation may quote a message, so all of the company's go with each."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="conversations",
            message=lambda message: Items(self.partition(message.company_id)),
            person=lambda person: Items(self.partition(person.company_id), _places_of(person.customer_id)),
            company=lambda company_id: Items(self.partition(company_id)),
        )


@dataclass(frozen=True)
class AnswerCache:
    """Answers, by everything they depend on. A company's are kept together, so that they can be erased together."""

    ledger: Ledger

    def get(self, company_id: str, depends_on: object) -> object | None:
        """The kept answer, or None."""
        return _content(self.ledger.get(*_answer_key(company_id, depends_on)))

    def put(self, company_id: str, depends_on: object, answer: object) -> None:
        """Keeps an answer for a week."""
        self.ledger.put(_item(_answer_key(company_id, depends_on), answer, _CACHED))

    @staticmethod
    def partition(company_id: str) -> str:
        """The ledger's partition of the company's answers."""
        return f"ANSWERS#{company_id}"

    def erasable(self) -> LedgerRecord:
        """Any answer may quote a message, so all of the company's go with each."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="answers",
            message=lambda message: Items(self.partition(message.company_id)),
            person=None,
            company=lambda company_id: Items(self.partition(company_id)),
        )


def _conversation_key(company_id: str, user: str, conversation: str) -> tuple[str, str]:
    """The parts as JSON, so that no id can look like another company's."""
    return Conversations.partition(company_id), json.dumps([user, conversation])


def _places_of(user: str) -> str:
    """How the places of all conversations of one user begin."""
    return json.dumps([user])[:-1] + ", "


def _answer_key(company_id: str, depends_on: object) -> tuple[str, str]:
    digest = hashlib.sha256(json.dumps(depends_on, sort_keys=True).encode()).hexdigest()
    return AnswerCache.partition(company_id), digest


def _item(key: tuple[str, str], content: object, lifetime: timedelta) -> Item:
    body = zlib.compress(json.dumps(content).encode())
    return {"pk": key[0], "sk": key[1], "content": body, "expires_at": expiry(now() + lifetime)}


def _content(item: Item | None) -> object | None:
    """What is kept and still alive: DynamoDB deletes late."""
    if item is None or has_expired(item, now()):
        return None
    body = item["content"]
    return json.loads(zlib.decompress(body)) if isinstance(body, bytes) else None
