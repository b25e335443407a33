"""A call to a company's own line: the announcement, then its agent, transcribed and recorded as the company allows."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.after_jobs import CallCheckJob
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.company_calls import Line
from ai_voice_shared.calls.live_job import LiveJob
from ai_voice_shared.calls.transcript import spoken_seconds
from ai_voice_shared.customers import CustomerLookup, IdentifiedSender
from ai_voice_shared.domain import Company, now, timestamp
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.live.watchers import Watchers
from ai_voice_shared.telemetry import log, metric
from webhook_handler.line import documents
from webhook_handler.replies import Reply
from webhook_handler.voice import speaking, twiml, voices
from webhook_handler.voice.asking.incoming import known_as
from webhook_handler.voice.lines import PlainLines
from webhook_handler.voice.place import Place, VoiceRequest

_BEGINS_WITHIN = 5
"""Seconds from the announcement's end, in which a transcription has begun."""

_CONNECTING = 2
"""Seconds until Twilio begins to speak."""


@dataclass(frozen=True)
class LiveLines:
    """Bridges calls, and has them transcribed while they last.

    Nothing of ours that fails keeps a customer from the agent: then the call is bridged without being kept.

    Attributes:
        calls_queue: takes the events of live calls.
        notes_queue: takes the job that looks whether the transcription began.
    """

    customers: CustomerLookup
    calls: Calls
    watchers: Watchers
    calls_queue: Queue
    notes_queue: Queue
    plain: PlainLines
    clock: Callable[[], datetime] = now

    def bridge(self, request: VoiceRequest, company: Company, line: Line) -> Reply:
        """Says the announcement, has the transcription begin, and calls the line's agent."""
        place = Place(request.place.base, voices.spoken(company.languages))
        call = self._call(request, company, line, place)
        try:
            self._keep(call, company)
        except RetryLater as error:
            metric("CallNotKept", call_id=call.call_id, company_id=call.company_id)
            log("call not kept", call_id=call.call_id, reason=str(error))
        return speaking.reply("bridged", *self._verbs(place, company, line, request.shown_number))

    def ended(self, request: VoiceRequest) -> Reply:
        """Has the call's note made, and says so if the agent did not answer."""
        if call := self.calls.known(request.call_id):
            status = request.told("DialCallStatus") or request.told("CallStatus")
            job = LiveJob(call.call_id, call.company_id, {"CallStatus": status}, timestamp(self.clock()))
            self.calls_queue.send_once(job.to_json(), call.call_id, job.deduplication_id)
        return self.plain.ended(request)

    def _verbs(self, place: Place, company: Company, line: Line, shown: str) -> list[twiml.Verb]:
        settings = company.calls
        announcement = [twiml.say(settings.announcement, place.language)] if settings.announcement else []
        partial = settings.transcribes and self._is_watched(company.company_id)
        transcription = [documents.transcribe(place, company, partial=partial)] if settings.transcribes else []
        records = settings.records and bool(settings.announcement)
        return [*announcement, *transcription, documents.dial(place, company.company_id, line, shown, records=records)]

    def _call(self, request: VoiceRequest, company: Company, line: Line, place: Place) -> Call:
        customer = self._customer(request, company)
        number = next(iter(request.caller), "")
        return Call(
            call_id=request.call_id,
            company_id=company.company_id,
            started_at=timestamp(self.clock()),
            customer=number if number.startswith("+") else "",
            customer_id=customer.customer.customer_id if customer else "",
            customer_name=customer.customer.name if customer else "",
            known=known_as(request, company) if customer else "",
            line=line.number,
            agent=line.agent,
            agent_name=line.agent_name,
            language=place.language,
        )

    def _customer(self, request: VoiceRequest, company: Company) -> IdentifiedSender | None:
        """The caller, if this company knows them: another company's customer is a stranger here."""
        with suppress(RetryLater):
            known = self.customers.find(request.caller) if request.caller else None
            return known if known and known.company.company_id == company.company_id else None
        return None

    def _keep(self, call: Call, company: Company) -> None:
        """Twilio may ask twice for the same call, which begins once."""
        self.calls.begin(call)
        spoken = spoken_seconds(company.calls.announcement)
        if company.calls.transcribes:
            wait = round(_CONNECTING + spoken + _BEGINS_WITHIN)
            self.notes_queue.send(CallCheckJob(call.call_id, call.company_id).to_json(), call.company_id, wait)

    def _is_watched(self, company_id: str) -> bool:
        """Partial words cost four times as many events, so nobody asks for them where nobody watches."""
        with suppress(RetryLater):
            return self.watchers.any_of(company_id)
        return False
