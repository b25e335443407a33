"""How all stacks get into the embedded AWS, in order, and where everything is then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ai_voice_local import conversion, templates
from ai_voice_local.aws.embedded_aws import EmbeddedAws
from ai_voice_local.stacks import DeploymentError, Stacks

__all__ = ["DeploymentError", "Outputs", "Overrides", "deploy"]

type Overrides = Mapping[str, Mapping[str, str]]
"""Parameters by stack folder, over those of the parameters file."""


@dataclass(frozen=True)
class Outputs:
    """Where everything is.

    Attributes:
        webhook_url: the URL to which Twilio posts a message; the signature is computed over it.
        data_api_url: the data API's base, without a slash at its end.
        realtime_url: the URL to which clients connect by WebSocket, with a ticket as query.
        twilio_secret: name of the secret with `account_sid` and `auth_token`.
        openai_secret: name of the secret with `api_key`.
        functions: function names by their service's folder; `segment-indexer`, `data-api-authorizer`, `reply-status`,
            `webhook-sender`.
    """

    webhook_url: str
    data_api_url: str
    realtime_url: str
    bucket: str
    table: str
    queue_url: str
    dead_letter_queue_url: str
    index_queue_url: str
    index_dead_letter_queue_url: str
    calls_queue_url: str
    calls_dead_letter_queue_url: str
    webhooks_queue_url: str
    webhooks_dead_letter_queue_url: str
    twilio_secret: str
    openai_secret: str
    functions: Mapping[str, str]


def deploy(
    server: EmbeddedAws,
    *,
    environment: str = "local",
    overrides: Overrides | None = None,
    function_environment: Mapping[str, str] | None = None,
    progress: Callable[[str], None] = lambda _folder: None,
) -> Outputs:
    """Deploys the production templates into the embedded AWS, or updates existing stacks.

    Args:
        server: the embedded AWS.
        environment: whose parameters file is used.
        overrides: parameters over that file's.
        function_environment: variables for all functions, over those of the templates.
        progress: gets each stack's folder before its turn.

    Raises:
        DeploymentError: a stack failed, or an override names a parameter that no template declares.
    """
    _refuse_unknown(overrides or {})
    stacks, endpoint = Stacks(server, environment), server.endpoint
    archive = stacks.upload(conversion.bootstrap_archive())
    variables: dict[str, Any] = {"AWS_ENDPOINT_URL": endpoint} | dict(function_environment or {})
    found: dict[str, dict[str, str]] = {}
    for folder in templates.STACKS:
        progress(folder)
        parameters = templates.parameters(folder, environment) | dict((overrides or {}).get(folder, {}))
        if folder in {"webhook-handler", "voice-parser"}:
            parameters.setdefault("PublicUrl", _http_api(endpoint, found["shared"]["WebhookApiId"]))
        template = conversion.for_embedded_aws(
            templates.read(folder), archive, variables | _urls(endpoint, folder, found)
        )
        found[folder] = stacks.deploy(folder, template, parameters)
    return _outputs(endpoint, found)


def _refuse_unknown(overrides: Overrides) -> None:
    """CloudFormation refuses an undeclared parameter; ministack accepts it silently."""
    for folder, parameters in overrides.items():
        declared = templates.read(folder)["Parameters"] if folder in templates.STACKS else {}
        if unknown := sorted(set(parameters) - set(declared)):
            raise DeploymentError(f"The stack {folder} has no parameter {', '.join(unknown)}.")


def _http_api(endpoint: str, api_id: str) -> str:
    """An HTTP API's base URL; what follows it is the `rawPath` of the function's event."""
    return f"{endpoint}/_aws/execute-api/{api_id}/$default"


def _urls(endpoint: str, folder: str, found: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Variables of one stack's functions that hold a URL of the WebSocket API, which CloudFormation derives on AWS."""
    match folder:
        case "realtime":
            return {"MANAGEMENT_ENDPOINT": {"Fn::Sub": f"{endpoint}/_aws/execute-api/${{Api}}/live"}}
        case "data-api-server":
            return {"REALTIME_URL": _realtime(endpoint, found["realtime"]["ApiId"])}
        case _:
            return {}


def _realtime(endpoint: str, api_id: str) -> str:
    return f"{endpoint.replace('http', 'ws', 1)}/_aws/execute-api/{api_id}/live"


def _outputs(endpoint: str, found: Mapping[str, Mapping[str, str]]) -> Outputs:
    shared, secrets = found["shared"], found["secrets"]
    functions = {folder: outputs["FunctionName"] for folder, outputs in found.items() if "FunctionName" in outputs}
    functions |= {
        "segment-indexer": found["voice-parser"]["IndexerFunctionName"],
        "live-call": found["voice-parser"]["LiveCallFunctionName"],
        "data-api-authorizer": found["data-api-server"]["AuthorizerFunctionName"],
        "reply-status": found["webhook-handler"]["StatusFunctionName"],
        "call-webhook": found["webhook-handler"]["CallFunctionName"],
        "webhook-sender": found["webhook-handler"]["SenderFunctionName"],
    }
    return Outputs(
        webhook_url=_http_api(endpoint, shared["WebhookApiId"]) + "/twilio/message",
        data_api_url=_http_api(endpoint, shared["DataApiId"]),
        realtime_url=_realtime(endpoint, found["realtime"]["ApiId"]),
        bucket=shared["BucketName"],
        table=shared["LedgerName"],
        queue_url=shared["NotesQueueUrl"],
        dead_letter_queue_url=shared["DeadLetterQueueUrl"],
        index_queue_url=shared["IndexQueueUrl"],
        index_dead_letter_queue_url=shared["IndexDeadLetterQueueUrl"],
        calls_queue_url=shared["CallsQueueUrl"],
        calls_dead_letter_queue_url=shared["CallsDeadLetterQueueUrl"],
        webhooks_queue_url=shared["WebhooksQueueUrl"],
        webhooks_dead_letter_queue_url=shared["WebhooksDeadLetterQueueUrl"],
        twilio_secret=secrets["TwilioSecretName"],
        openai_secret=secrets["OpenAiSecretName"],
        functions=functions,
    )
