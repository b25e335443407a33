"""The command that makes, lists and ends API keys."""

import argparse
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from botocore.exceptions import BotoCoreError

from ai_voice_shared.artifacts import COMPANY_ID
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import Company, now
from ai_voice_shared.environment import optional
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.api_keys import SCOPES, USUAL_SCOPES, ApiKey, ApiKeys, Scope, known_scopes

_LONGEST_NAME = 100
_DAYS = re.compile(r"([1-9][0-9]{0,3})d")


class _Companies(Protocol):
    def company(self, company_id: str) -> Company | None: ...


def main(arguments: list[str] | None = None, companies: Callable[[str], _Companies] | None = None) -> int:
    """Runs the command; returns its exit status. `companies` makes the customer lookup from its function's name."""
    wanted = _parser().parse_args(arguments)
    if not wanted.table:
        return _failed("Which table? Set TABLE, or pass --table, to the ledger's name.")
    try:
        keys = ApiKeys(Ledger(aws.dynamodb(), wanted.table))
        return _run(keys, wanted, companies or _lookup)
    except RetryLater as error:
        return _failed(f"{error}: are table, region and credentials right?")
    except BotoCoreError as error:
        return _failed(f"AWS can not be asked: {error}")


def _lookup(function_name: str) -> CustomerLookup:
    return CustomerLookup(aws.lambda_(), function_name)


def _run(keys: ApiKeys, wanted: argparse.Namespace, companies: Callable[[str], _Companies]) -> int:
    match wanted.command:
        case "create":
            return _create(keys, wanted, companies)
        case "list":
            return _list(keys, wanted.company)
        case _:
            return _revoke(keys, wanted.company, wanted.key_id)


def _create(keys: ApiKeys, wanted: argparse.Namespace, companies: Callable[[str], _Companies]) -> int:
    if not wanted.customer_lookup:
        return _failed("Who knows the companies? Set CUSTOMER_LOOKUP_FUNCTION, or pass --customer-lookup.")
    if companies(wanted.customer_lookup).company(wanted.company) is None:
        return _failed(f"The customers file has no company {wanted.company}: add it first (make customers-put).")
    secret, key = keys.create(wanted.company, wanted.name, wanted.scopes, wanted.expires)
    _say(secret)
    until = f", until {key.expires_at}" if key.expires_at else ""
    told = f"This is key {key.key_id} of {key.company_id}, for {','.join(key.scopes)}{until}."
    sys.stderr.write(f"{told} Keep it now: it will not be shown again.\n")
    return 0


def _list(keys: ApiKeys, company_id: str) -> int:
    found = keys.of_company(company_id)
    for key in found:
        _say(f"{key.key_id}  {key.created_at}  {_expiry(key)}  {','.join(key.scopes)}  {key.name}")
    if not found:
        sys.stderr.write(f"{company_id} has no keys.\n")
    return 0


def _expiry(key: ApiKey) -> str:
    if not key.expires_at:
        return "does not expire"
    return f"{'expires' if key.works(now()) else 'expired'} {key.expires_at}"


def _revoke(keys: ApiKeys, company_id: str, key_id: str) -> int:
    if not keys.revoke(company_id, key_id):
        return _failed(f"{company_id} has no key {key_id}.")
    _say(f"Key {key_id} of {company_id} is revoked; it stops working within a minute.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ai_voice_operations.commands.keys", description="API keys of the data API."
    )
    parser.add_argument("--table", default=optional("TABLE"), help="the ledger's name (default: $TABLE)")
    commands = parser.add_subparsers(dest="command", required=True)
    create = commands.add_parser("create", help="make a key and print it, for this once")
    create.add_argument("--name", required=True, type=_name, help="what the key is for, e.g. console")
    create.add_argument(
        "--scopes",
        default=USUAL_SCOPES,
        type=_scopes,
        metavar="SCOPES",
        help=f"what it may do, of {','.join(SCOPES)} (default: {','.join(USUAL_SCOPES)}); erase includes exports",
    )
    create.add_argument(
        "--expires",
        type=_expires,
        metavar="WHEN",
        help="until when it works (UTC): days from now, e.g. 90d, or a day, which is its last, e.g. 2027-06-30",
    )
    create.add_argument(
        "--customer-lookup",
        default=optional("CUSTOMER_LOOKUP_FUNCTION"),
        metavar="FUNCTION",
        help="the function that knows the companies (default: $CUSTOMER_LOOKUP_FUNCTION)",
    )
    listed = commands.add_parser("list", help="list the company's keys, and until when they work, oldest first")
    revoke = commands.add_parser("revoke", help="end a key")
    revoke.add_argument("--key-id", required=True, type=_name, help="as list prints it, e.g. abcd1234")
    for command in (create, listed, revoke):
        command.add_argument("--company", required=True, type=_company, help="the company's id, e.g. acme")
        # After the command as well; SUPPRESS keeps one given before it.
        command.add_argument("--table", default=argparse.SUPPRESS, help="the ledger's name (default: $TABLE)")
    return parser


def _company(value: str) -> str:
    if not re.fullmatch(COMPANY_ID, value):
        raise argparse.ArgumentTypeError("a company id is 1 to 63 of a-z, 0-9 and inner hyphens")
    return value


def _name(value: str) -> str:
    if not value.strip() or not value.isprintable() or len(value) > _LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"1 to {_LONGEST_NAME} printable characters")
    return value


def _expires(value: str) -> datetime:
    """The moment from which on a key does not work."""
    try:
        if days := _DAYS.fullmatch(value):
            return now() + timedelta(days=int(days[1]))
        moment = datetime.combine(date.fromisoformat(value), time(), UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError("a number of days, as 90d, or a day, as 2027-06-30") from None
    if moment <= now():
        raise argparse.ArgumentTypeError("this day is over")
    return moment


def _scopes(value: str) -> tuple[Scope, ...]:
    named = [part.strip() for part in value.split(",")]
    scopes = known_scopes(named)
    if set(named) != set(scopes):
        raise argparse.ArgumentTypeError(f"one or more of {','.join(SCOPES)}, with commas between them")
    return scopes


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _failed(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
