"""Twilio's error codes, as far as the box answers with them, and the answer that carries one."""

from typing import Any

CODES: dict[int, tuple[int, str]] = {
    20001: (400, "Invalid parameter"),
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20404: (404, "The requested resource was not found"),
    20415: (415, "The content type of the request is not supported"),
    20422: (422, "The request's body is not valid"),
    20429: (429, "Too Many Requests"),
    21211: (400, "Invalid 'To' Phone Number"),
    21220: (400, "Invalid call state"),
    21603: (400, "A 'From' phone number is required"),
    21604: (400, "A 'To' phone number is required"),
    21609: (400, "The 'StatusCallback' URL is not a valid URL"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21619: (400, "A text message body or media urls must be specified"),
    21620: (400, "Invalid media URL(s)"),
    21623: (400, "Number of media files exceeds allowed limit"),
    21654: (400, "ContentSid Required"),
    21655: (400, "The ContentSid is Invalid"),
    21656: (400, "The ContentVariables Parameter is invalid"),
    21701: (404, "The Messaging Service does not exist"),
    21910: (400, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel"),
    63007: (400, "Twilio could not find a Channel with the specified From address"),
    63031: (400, "Channels message cannot have same From and To"),
}
"""The HTTP status and message of each refusal; README.md says which of them could not be confirmed."""

FAILURES = {
    "11751": "The file is larger than WhatsApp takes",
    "63014": "The recipient blocked this number",
    "63016": "The 24-hour window is over: only a template can be sent",
    "63019": "The media could not be fetched",
    "63021": "The channel refuses this content",
    "63034": "The picture is larger than 5 MB",
}
"""What is found out only after Twilio has accepted a message; told in its status."""


class TwilioError(Exception):
    """A request that Twilio refuses."""

    def __init__(self, code: int, detail: str = "") -> None:
        self.code = code
        self.status, message = CODES[code]
        self.message = f"{message}: {detail}" if detail else message
        super().__init__(self.message)

    def json(self) -> dict[str, Any]:
        """The body of the answer (Twilio, "Debugging your application", "REST API errors")."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.message, "more_info": more, "status": self.status}
