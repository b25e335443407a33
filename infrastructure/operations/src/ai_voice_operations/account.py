"""The AWS account and region in which a command works, found out before it does anything."""

from dataclasses import dataclass

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    SSOError,
)

from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Refused

_CONFIG = Config(connect_timeout=5, read_timeout=60, retries={"mode": "standard", "total_max_attempts": 5})

_EXPIRED = {"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"}
_WRONG = {"InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch", "AuthFailure"}
_FORBIDDEN = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}


@dataclass(frozen=True)
class Account:
    """An environment in its AWS account."""

    parameters: Parameters
    session: boto3.Session
    account_id: str
    region: str

    @property
    def environment(self) -> str:
        """Which of the separate installations this is."""
        return self.parameters.environment


def config() -> Config:
    """Time-outs and retries of all clients here."""
    return _CONFIG


def open_account(parameters: Parameters) -> Account:
    """The account of the present credentials.

    Raises:
        Refused: no region, no credentials or expired ones, or not the account that the parameters file names.
    """
    try:
        session = boto3.Session()
        if not session.region_name:
            raise NoRegionError
        sts = session.client("sts", config=_CONFIG)
        if parameters.environment == "local" and "amazonaws" in sts.meta.endpoint_url:
            raise Refused("ENV=local is the platform that `make up` runs here, and it does not run.")
        account_id = sts.get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise Refused(sentence(error)) from error
    if parameters.account and parameters.account != account_id:
        raise Refused(
            f"These credentials are for account {account_id}, but {parameters.environment} belongs to "
            f"{parameters.account} ({parameters.environment}.json): choose the right AWS_PROFILE."
        )
    return Account(parameters, session, account_id, session.region_name)


def sentence(error: BotoCoreError | ClientError) -> str:
    """What an operator can do about an error of AWS's."""
    match error:
        case NoRegionError():
            return "No AWS region is set: set AWS_DEFAULT_REGION, or choose an AWS_PROFILE that has one."
        case NoCredentialsError() | PartialCredentialsError():
            return "There are no AWS credentials here: run `aws configure`, or choose an AWS_PROFILE that has some."
        case CredentialRetrievalError() | SSOError():
            return f"The AWS credentials cannot be used: log in again ({_flat(error)})."
        case EndpointConnectionError():
            return f"AWS cannot be reached: {_flat(error)}"
        case ClientError():
            return _answered(error)
        case _:
            return f"AWS cannot be asked: {_flat(error)}"


def _answered(error: ClientError) -> str:
    code = error.response.get("Error", {}).get("Code", "")
    if code in _EXPIRED:
        return "The AWS credentials have expired: log in again."
    if code in _WRONG:
        return f"AWS does not accept these credentials ({code}): run `aws configure`, or choose another AWS_PROFILE."
    if code in _FORBIDDEN:
        return f"These AWS credentials may not do what is needed ({error.operation_name}): {_flat(error)}"
    return f"AWS refused {error.operation_name}: {_flat(error)}"


def _flat(error: Exception) -> str:
    return " ".join(str(error).split())
