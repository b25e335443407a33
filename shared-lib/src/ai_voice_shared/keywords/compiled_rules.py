"""Where a company's compiled rules are: one object on S3, and its content ready here until it changes.

What finds rules is imported when it is first needed: a function that only erases them would start a second later.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ai_voice_shared.artifacts import RULES_PREFIX
from ai_voice_shared.aws.object_store import ObjectMissing, ObjectStore

if TYPE_CHECKING:
    from ai_voice_shared.keywords.compiling import Compiled
    from ai_voice_shared.keywords.matching import Found, Matcher

FRESH_SECONDS = 3.0
_KEPT = 20
"""Companies whose rules stay in memory: a thousand rules are some megabytes."""


@dataclass(frozen=True)
class _Known:
    """What S3 had at this moment (seconds of a clock that only runs)."""

    asked_at: float
    etag: str
    matcher: "Matcher"


@dataclass
class CompiledRules:
    """The compiled rules of all companies. Every method needs the company and uses only its rules.

    Attributes:
        fresh_seconds: how long S3 is not asked for newer ones.
    """

    store: ObjectStore
    fresh_seconds: float = FRESH_SECONDS
    _here: dict[str, _Known] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, company_id: str, text: str, languages: Sequence[str], moment: str) -> "list[Found]":
        """The company's rules in a sentence, as `Matcher.find`; raises RetryLater if S3 does not answer."""
        return self.matcher(company_id).find(text, languages, moment)

    def matcher(self, company_id: str) -> "Matcher":
        """The company's rules, a few seconds old at most; raises RetryLater."""
        with self._lock:
            known = self._here.get(company_id)
            if known is None or time.monotonic() - known.asked_at >= self.fresh_seconds:
                known = self._asked(company_id, known)
                self._here.pop(company_id, None)
                self._here[company_id] = known
                if len(self._here) > _KEPT:
                    self._here.pop(next(iter(self._here)))
            return known.matcher

    def etag(self, company_id: str) -> str | None:
        """The stored object's ETag; None if there is none."""
        key = _key(company_id)
        return next((one.etag for one in self.store.list(key, 1) if one.key == key), None)

    def write(self, company_id: str, compiled: "Compiled", etag: str | None) -> None:
        """Stores them in place of those with this ETag; raises Conflict if somebody else did so meanwhile."""
        self.store.put_if_unchanged(_key(company_id), compiled.to_json(), "application/json", etag)

    def _asked(self, company_id: str, known: _Known | None) -> _Known:
        from ai_voice_shared.keywords import compiling  # noqa: PLC0415 - see above
        from ai_voice_shared.keywords.matching import Matcher  # noqa: PLC0415

        now = time.monotonic()
        try:
            fetched = self.store.get_if_changed(_key(company_id), known.etag if known and known.etag else None)
        except ObjectMissing:
            return _Known(now, "", Matcher(compiling.Compiled()))
        if fetched is None and known:
            return _Known(now, known.etag, known.matcher)
        if fetched is None:
            raise ObjectMissing(_key(company_id))
        return _Known(now, fetched.etag, Matcher(compiling.from_json(fetched.body)))


def folder(company_id: str) -> str:
    """The folder of the company's compiled rules."""
    return f"{RULES_PREFIX}{company_id}/"


def _key(company_id: str) -> str:
    return f"{folder(company_id)}compiled.json"
