"""What a customers file may say about a company's calls."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ai_voice_shared.calls.company_calls import NO_CALLS, CompanyCalls, Line
from customer_lookup_server.entries import OURS, Entry, PhoneNumber

type _Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)]


class LineEntry(Entry):
    """A company's own number; its fields mean what they mean in `ai_voice_shared.calls.company_calls.Line`."""

    number: PhoneNumber
    agent: PhoneNumber
    agent_name: _Said = ""

    def line(self) -> Line:
        """The line as the services know it."""
        return Line(self.number.written, self.agent.written, self.agent_name)


class CallsEntry(Entry):
    """A company's calls; its fields mean what they mean in `ai_voice_shared.calls.company_calls.CompanyCalls`."""

    lines: tuple[LineEntry, ...] = ()
    person: PhoneNumber | None = None
    accepts_attestation: bool = NO_CALLS.accepts_attestation
    transcribes: bool = NO_CALLS.transcribes
    records: bool = NO_CALLS.records
    announcement: _Said = NO_CALLS.announcement
    supervisor: PhoneNumber | None = None
    escalates_below: Annotated[float, Field(ge=-1, le=1)] = NO_CALLS.escalates_below

    @model_validator(mode="after")
    def _announced(self) -> Self:
        """In many countries it is a crime to record somebody who was not told."""
        if self.records and not self.announcement:
            raise PydanticCustomError(OURS, "records calls without an announcement: write what callers are told")
        return self

    @property
    def numbers(self) -> tuple[tuple[str, PhoneNumber], ...]:
        """All numbers with their places inside this entry."""
        lines = [
            (f"lines[{at}].{name}", number)
            for at, line in enumerate(self.lines)
            for name, number in (("number", line.number), ("agent", line.agent))
        ]
        single = (("person", self.person), ("supervisor", self.supervisor))
        return (*lines, *((name, number) for name, number in single if number is not None))

    def calls(self) -> CompanyCalls:
        """The settings as the services know them."""
        return CompanyCalls(
            lines=tuple(line.line() for line in self.lines),
            person=self.person.written if self.person else "",
            accepts_attestation=self.accepts_attestation,
            transcribes=self.transcribes,
            records=self.records,
            announcement=self.announcement,
            supervisor=self.supervisor.written if self.supervisor else "",
            escalates_below=self.escalates_below,
        )
