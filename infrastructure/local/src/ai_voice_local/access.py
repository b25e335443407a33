"""Who may use a port of the local run: a program on this machine, or a page that this machine served.

Any web page that is open in a browser can send requests to loopback, and a page whose name suddenly means 127.0.0.1
(DNS rebinding) can read the answers, too. The browser's headers show both: `Origin` names the page, and `Host` the name
that it asked for. Every port checks these first. After that, each port also asks for a secret of this run, because
other users' programs send no Origin and can send any Host.
"""

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler

from twilio_in_a_box.loopback import refusal


class LocalHandler(BaseHTTPRequestHandler):
    """Answers 403 to requests that are not allowed. Its subclasses do the rest."""

    def parse_request(self) -> bool:
        """Reads the request's head; returns whether there is a request to answer."""
        if not super().parse_request():
            return False
        if problem := self.refusal():
            self.send_error(HTTPStatus.FORBIDDEN, problem)
        return not problem

    def refusal(self) -> str:
        """Why the request is refused; empty if it is not."""
        hosts, origins = self.headers.get_all("Host", []), self.headers.get_all("Origin", [])
        return refusal(self.client_address[0], self.connection.getsockname()[1], hosts, origins)
