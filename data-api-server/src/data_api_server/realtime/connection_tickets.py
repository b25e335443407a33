"""Makes tickets for the WebSocket API."""

from dataclasses import dataclass
from datetime import datetime

from data_api_server.realtime.tickets import Principal, Tickets


@dataclass(frozen=True)
class ConnectionTicket:
    """A ticket in clear text, which is shown only now; the URL that it opens, and when it expires (UTC)."""

    ticket: str
    url: str
    expires_at: datetime


@dataclass(frozen=True)
class ConnectionTickets:
    """Makes tickets.

    Attributes:
        url: where clients connect (wss://…).
    """

    tickets: Tickets
    url: str

    def create(self, principal: Principal) -> ConnectionTicket:
        """A new ticket."""
        secret, expires_at = self.tickets.create(principal)
        return ConnectionTicket(secret, f"{self.url}?ticket={secret}", expires_at)
