"""What a supervisor is told of an escalation. It is decided once, so that a retry sends the same words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ai_voice_shared.aws.ledger_items import text
from ai_voice_shared.calls.calls import Call
from ai_voice_shared.calls.model import Hint
from ai_voice_shared.customers import CustomerLookup, identities
from ai_voice_shared.domain import Company
from ai_voice_shared.people import listed_messages
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.notes import Notes
from voice_parser.commands.questions import flat
from voice_parser.replying.clusters import shortened
from voice_parser.replying.literal_text import literal

_FREE = timedelta(hours=24) - timedelta(minutes=5)
"""How long after a message of the supervisor WhatsApp takes free text, less the time that sending takes."""

_QUOTE, _NAME = 200, 60
"""UTF-16 units."""


@dataclass(frozen=True)
class Plan:
    """The message.

    Attributes:
        address: the receiver's, as `whatsapp:…`; empty if nobody is to be told.
        values: of the template's placeholders, if a template has to be sent.
        free: whether WhatsApp takes free text.
    """

    address: str = ""
    words: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    free: bool = False


@dataclass(frozen=True)
class Planning:
    """Makes plans."""

    customers: CustomerLookup
    notes: Notes

    def plan(self, company: Company, call: Call, hint: Hint, moment: datetime) -> Plan:
        """The message as it would be at the moment; raises RetryLater."""
        if not company.calls.supervisor:
            return Plan()
        address = f"whatsapp:{company.calls.supervisor}"
        language = company.usual_language or call.language
        who = literal(shortened(flat(call.customer_name or call.customer), _NAME) or phrase("hidden_number", language))
        cause = phrase(f"escalation_{hint.content['cause']}", language)
        return Plan(
            address,
            _words(call, hint, who, cause, language),
            {"1": who, "2": cause},
            self._is_free(company, address, moment),
        )

    def _is_free(self, company: Company, address: str, moment: datetime) -> bool:
        """Whether the supervisor is a sender of the company who has written within a day."""
        known = self.customers.find(identities({"From": address}))
        if known is None or known.company.company_id != company.company_id:
            return False
        last = listed_messages.newest(self.notes.ledger, company.company_id, known.customer.customer_id)
        return last is not None and moment - datetime.fromisoformat(text(last, "received_at")) < _FREE


def _words(call: Call, hint: Hint, who: str, cause: str, language: str) -> str:
    agent = literal(shortened(flat(call.agent_name or call.agent), _NAME))
    name = "escalation_head_agent" if agent else "escalation_head"
    head = phrase(name, language, who=who, cause=cause, agent=agent)
    texts = hint.content.get("texts")
    said = [literal(shortened(flat(str(one)), _QUOTE)) for one in texts] if isinstance(texts, list | tuple) else []
    return "\n".join([head, *(f"“{one}”" for one in said)])
