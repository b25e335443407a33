"""What is read from the environment about the WebSocket API; no pydantic, which a handshake need not wait for."""

from dataclasses import dataclass
from typing import Self

from ai_voice_shared.environment import optional, required


@dataclass(frozen=True)
class RealtimeSettings:
    """What the WebSocket API's function needs.

    Attributes:
        bucket: BUCKET, the bucket of the recordings to which URLs lead.
        table: TABLE, the ledger.
        url_seconds: URL_SECONDS, how long such a URL works.
        management_endpoint: MANAGEMENT_ENDPOINT, where messages to open connections are posted, with the stage.
        customer_lookup_function: CUSTOMER_LOOKUP_FUNCTION, the function that knows the companies' budgets.
        function_name: AWS_LAMBDA_FUNCTION_NAME, which Lambda sets: its own name, with which it invokes itself.
    """

    bucket: str
    table: str
    url_seconds: int
    management_endpoint: str
    customer_lookup_function: str
    function_name: str

    @classmethod
    def load(cls) -> Self:
        """The settings from the environment; raises Misconfigured naming the first that is missing."""
        return cls(
            bucket=required("BUCKET"),
            table=required("TABLE"),
            url_seconds=int(required("URL_SECONDS")),
            management_endpoint=required("MANAGEMENT_ENDPOINT"),
            customer_lookup_function=required("CUSTOMER_LOOKUP_FUNCTION"),
            function_name=required("AWS_LAMBDA_FUNCTION_NAME"),
        )


def realtime_url() -> str:
    """REALTIME_URL, to which clients connect (wss://…), for the data API's tickets; empty if there is no such API."""
    return optional("REALTIME_URL")
