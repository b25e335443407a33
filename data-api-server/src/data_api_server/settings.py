"""What the API needs from its environment."""

from typing import ClassVar, Literal

from pydantic import Field

from ai_voice_shared.answering.settings import AnsweringSettings
from data_api_server.prices import Prices


class Settings(AnsweringSettings):
    """A field `url_seconds` is the variable `URL_SECONDS`.

    Attributes:
        bucket: where the artifacts are.
        table: the ledger.
        customer_lookup_function: the function that knows the companies' budgets.
        index_queue_url: the queue to which a corrected note is sent to be indexed again.
        queue_url: the worker's queue, to which a note is sent to be understood again.
        realtime_function: pushes changes of notes to consoles; empty where nothing does.
        webhooks_queue_url: the queue from which companies' own systems are told of changes.
        own_urls: blank-separated URLs of this platform; no webhook may go to their hosts.
        loopback: whether webhooks may go to this machine: only in the local run.
        eraser_function: the function that deletes.
        url_seconds: how long a presigned URL works. It is signed with a Lambda role's temporary credentials, and ends
            earlier if they end earlier (Amazon S3, "Sharing objects with presigned URLs").
        largest_upload_megabytes: the most that an uploaded file may have; the worker's disk has to hold it.
        dollars_per_audio_minute: a price, as the other two: of what a language model reads and writes. 0 leaves it out.
    """

    SHORTEST: ClassVar[int] = 60
    LONGEST: ClassVar[int] = 43_200

    bucket: str
    table: str
    customer_lookup_function: str
    index_queue_url: str
    queue_url: str
    webhooks_queue_url: str
    own_urls: str = ""
    loopback: Literal["allowed", "refused"] = "refused"
    eraser_function: str
    realtime_function: str = ""
    url_seconds: int = Field(900, ge=SHORTEST, le=LONGEST)
    largest_upload_megabytes: int = Field(1_000, ge=1, le=5_000)
    dollars_per_audio_minute: float = Field(0, ge=0, allow_inf_nan=False)
    dollars_per_million_input_tokens: float = Field(0, ge=0, allow_inf_nan=False)
    dollars_per_million_output_tokens: float = Field(0, ge=0, allow_inf_nan=False)

    @property
    def prices(self) -> Prices:
        """What usage is estimated with."""
        return Prices(
            self.dollars_per_audio_minute,
            self.dollars_per_million_input_tokens,
            self.dollars_per_million_output_tokens,
        )
