"""Which real clients the authorizer works with.

Apart from wiring.py: every request waits for the authorizer's cold start, and the API's search engine, its models and
pydantic would be most of it.
"""

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.api_keys import ApiKeys


def api_keys(table: str) -> ApiKeys:
    """The keys in a table on AWS."""
    return ApiKeys(Ledger(aws.dynamodb(), table))
