"""Hears a company's rules in a call: each hit shows talking points, and what the customer was promised before."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ai_voice_shared.calls.calls import Call
from ai_voice_shared.calls.model import Hearing, Hint, Memory, Reaction
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.keywords.matching import Found
from ai_voice_shared.telemetry import metric
from voice_parser.live.promises import Promises

_SHOWN = 3
"""Hints of one sentence: nobody reads more while they talk."""

_REMEMBERED = 300
"""Rules whose cool-down runs: they have to fit into a listener's memory."""


@dataclass(frozen=True)
class KeywordListener:
    """Listens to both speakers.

    Attributes:
        call_of: the call with what is known of its customer, by company and id; None if it is not known.
    """

    rules: CompiledRules
    promises: Promises
    call_of: Callable[[str, str], Call | None]
    name: str = "keywords"

    def hear(self, hearing: Hearing) -> Reaction:
        """A hint for each rule in the sentence that was not shown lately; raises RetryLater."""
        call, sentence = hearing.call, hearing.sentence
        languages = [call.language] if call.language else hearing.company.languages
        found = self.rules.find(call.company_id, sentence.text, languages, call.started_at)
        quiet = _quiet(hearing.memory)
        new = [one for one in found if quiet.get(one.rule.rule_id, 0.0) <= sentence.end][:_SHOWN]
        if not new:
            return Reaction(hearing.memory)
        promised = self._promised(hearing)
        for one in new:
            quiet.pop(one.rule.rule_id, None)
            quiet[one.rule.rule_id] = sentence.end + one.rule.cool_down
        return Reaction(_memory(quiet, sentence.start), tuple(_hint(hearing, one, promised) for one in new))

    def _promised(self, hearing: Hearing) -> list[dict[str, Any]]:
        """Empty if it cannot be searched now: the talking points are worth more than a wait."""
        live = hearing.call
        try:
            known = self.call_of(live.company_id, live.call_id)
            call = known or Call(live.call_id, live.company_id, live.started_at, customer=live.customer)
            return [_shown(asdict(one)) for one in self.promises.to(call, hearing.sentence.text)]
        except RetryLater:
            metric("PromisesNotSearched", call_id=live.call_id)
            return []


def _hint(hearing: Hearing, one: Found, promised: list[dict[str, Any]]) -> Hint:
    content = {
        "rule_id": one.rule.rule_id,
        "name": one.rule.name,
        "phrase": one.phrase,
        "begin": one.begin,
        "stop": one.stop,
        "points": one.rule.points,
        "promised": promised,
    }
    number = hearing.sentence.number
    return Hint("keyword", f"keyword-{one.rule.rule_id}-{number}", number, content)


def _shown(citation: Mapping[str, Any]) -> dict[str, Any]:
    """The quote is a whole sentence, so nothing of it is around it."""
    return {name: value for name, value in citation.items() if name not in {"before", "after"}}


def _quiet(memory: Memory) -> dict[str, float]:
    """Until which second of the call each rule is not shown again, the one shown last at the end."""
    kept = (memory or {}).get("quiet_until")
    return {str(rule_id): float(until) for rule_id, until in kept.items()} if isinstance(kept, dict) else {}


def _memory(quiet: Mapping[str, float], now: float) -> Memory:
    running = [(rule_id, until) for rule_id, until in quiet.items() if until > now]
    return {"quiet_until": dict(running[-_REMEMBERED:])}
