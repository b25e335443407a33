"""Where tickets are sold, and for which WebSocket API."""

from dataclasses import dataclass
from datetime import datetime

from data_api_server.realtime.tickets import Bearer, Tickets


@dataclass(frozen=True)
class Sold:
    """A ticket, for this once in clear; where it lets in, and until when (UTC)."""

    ticket: str
    url: str
    expires_at: datetime


@dataclass(frozen=True)
class TicketOffice:
    """Sells tickets.

    Attributes:
        url: where clients connect (wss://…).
    """

    tickets: Tickets
    url: str

    def sell(self, bearer: Bearer) -> Sold:
        """A new ticket."""
        secret, expires_at = self.tickets.sell(bearer)
        return Sold(secret, f"{self.url}?ticket={secret}", expires_at)
