"""Whether a request comes from Twilio. Nothing else of it is read before this is known."""

import hashlib
from dataclasses import dataclass

from twilio.request_validator import RequestValidator

from ai_voice_shared.aws.secrets import Secrets, field
from webhook_handler.form import Form
from webhook_handler.request import Request

_NO_TOKEN = {"", "unset", "None"}
"""Placeholders, and the text that a JSON null becomes. A request signed with one of them must not pass as Twilio's."""


class NotTwilio(Exception):  # noqa: N818 - reads as what it is
    """The request is not signed, or not with our account's token."""


_MAYBE_UNSIGNED = "StirVerstat"
"""What the carrier says of a caller's number. Twilio documents no exception for it; a bot was seen that has to leave it
out of the check. A request that is signed without it is Twilio's, but this parameter of it is proven by nothing."""


@dataclass(frozen=True)
class Proof:
    """What a signature proves.

    Attributes:
        account_sid: the Twilio account whose token signed the request.
        unsigned: names of parameters that are not signed, and prove nothing.
    """

    account_sid: str
    unsigned: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Signature:
    """The check of `X-Twilio-Signature` (Twilio, "Webhooks security")."""

    secrets: Secrets
    secret_name: str

    def proof(self, request: Request) -> Proof:
        """What the request's signature proves.

        Two tokens work during a rotation. If a signature fits neither, the secret is read once more.

        Raises:
            NotTwilio: the signature is missing or wrong, or the body is unreadable, so that nothing proves it.
            Misconfigured: the secret is missing or holds no token.
            RetryLater: Secrets Manager does not answer.
        """
        if not request.signature:
            raise NotTwilio("there is no X-Twilio-Signature")
        signed = _signed_parameters(request)
        for read in (self.secrets.get, self.secrets.refreshed):
            secret = read(self.secret_name)
            for form in _forms(signed):
                if any(_signed_with(token, request, form) for token in _tokens(secret)):
                    account_sid = field(secret, "account_sid", self.secret_name)
                    return Proof(account_sid, frozenset(signed.keys() - form.keys()))
        if not _tokens(secret):
            field({}, "auth_token", self.secret_name)  # our fault, not the caller's: raises Misconfigured
        raise NotTwilio("the signature is not that of our account, or PUBLIC_URL is not the URL that Twilio calls")


def _signed_parameters(request: Request) -> Form:
    """What is signed together with the URL: the parameters of a form. Any other body only has its hash in the URL.

    The Content-Type decides nothing, because it is not signed.
    """
    if request.body is None:
        raise NotTwilio("the body is unreadable, so nothing proves it")
    if request.body_hash is None:
        try:
            return Form.read(request.body, errors="replace")
        except ValueError:
            raise NotTwilio("the body has more fields than Twilio sends") from None
    if request.body_hash.lower() != hashlib.sha256(request.body).hexdigest():
        raise NotTwilio("the body is not the one whose hash was signed")
    return Form()


def _forms(signed: Form) -> list[Form]:
    """What may be signed, the likeliest first."""
    rest = Form({name: values for name, values in signed.items() if name != _MAYBE_UNSIGNED})
    return [signed] if rest == signed else [signed, rest]


def _tokens(secret: dict[str, str]) -> list[str]:
    first, second = (secret.get(name, "").strip() for name in ("auth_token", "auth_token_secondary"))
    if first in _NO_TOKEN:
        return []
    return [first] if second in _NO_TOKEN else [first, second]


def _signed_with(token: str, request: Request, signed: Form) -> bool:
    try:
        return bool(RequestValidator(token).validate(request.url, signed, request.signature))
    except ValueError:  # a host, a port or a text that no URL has
        return False
