"""What a follow-up question may refer to, and answers that need not be bought again; both with a lifetime."""

import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.domain import now
from ai_voice_shared.ledger import Ledger
from ai_voice_shared.ledger_items import Item

_REMEMBERED_TURNS = 6
_LIFETIME = timedelta(hours=24)
_CACHED = timedelta(days=7)


@dataclass(frozen=True)
class Turn:
    """One question with what it was answered."""

    question: str
    answer: str


@dataclass(frozen=True)
class Conversations:
    """The conversations of all companies; a user's are found by company and user only."""

    ledger: Ledger

    def turns(self, company_id: str, user: str, conversation: str) -> tuple[Turn, ...]:
        """The last turns, oldest first; none once the conversation is a day old."""
        item = self.ledger.get(*_conversation_key(company_id, user, conversation))
        content = _content(item)
        return tuple(Turn(**turn) for turn in content) if isinstance(content, list) else ()

    def add(self, company_id: str, user: str, conversation: str, turn: Turn) -> None:
        """Remembers one more turn, once; the oldest is forgotten."""
        turns = self.turns(company_id, user, conversation)
        if turns[-1:] == (turn,):
            return
        kept = (*turns, turn)[-_REMEMBERED_TURNS:]
        content = [{"question": one.question, "answer": one.answer} for one in kept]
        self.ledger.put(_item(_conversation_key(company_id, user, conversation), content, _LIFETIME))

    @staticmethod
    def partition(company_id: str) -> str:
        """Where the ledger has all of the company's conversations, so that they can be erased together."""
        return f"CONVERSATIONS#{company_id}"


@dataclass(frozen=True)
class AnswerCache:
    """Answers by everything they depend on; a company's lie together, so that they can be erased together."""

    ledger: Ledger

    def get(self, company_id: str, depends_on: object) -> object | None:
        """The kept answer, or None."""
        return _content(self.ledger.get(*_answer_key(company_id, depends_on)))

    def put(self, company_id: str, depends_on: object, answer: object) -> None:
        """Keeps an answer for a week."""
        self.ledger.put(_item(_answer_key(company_id, depends_on), answer, _CACHED))

    @staticmethod
    def partition(company_id: str) -> str:
        """Where the ledger has all of the company's answers."""
        return f"ANSWERS#{company_id}"


def _conversation_key(company_id: str, user: str, conversation: str) -> tuple[str, str]:
    """The parts as JSON, so that no id can be made to look like another company's."""
    return Conversations.partition(company_id), json.dumps([user, conversation])


def _answer_key(company_id: str, depends_on: object) -> tuple[str, str]:
    digest = hashlib.sha256(json.dumps(depends_on, sort_keys=True).encode()).hexdigest()
    return AnswerCache.partition(company_id), digest


def _item(key: tuple[str, str], content: object, lifetime: timedelta) -> Item:
    body = zlib.compress(json.dumps(content).encode())
    return {"pk": key[0], "sk": key[1], "content": body, "expires_at": int((now() + lifetime).timestamp())}


def _content(item: Item | None) -> object | None:
    """What is kept and still alive: DynamoDB deletes late."""
    if item is None or int(item["expires_at"]) < now().timestamp():
        return None
    body = item["content"]
    return json.loads(zlib.decompress(body)) if isinstance(body, bytes) else None
