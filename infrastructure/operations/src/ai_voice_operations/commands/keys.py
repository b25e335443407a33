"""The commands that make, list and end API keys."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

import typer

from ai_voice_operations.commands.options import Company, EnvironmentOrNone, OptionsAnywhere, asking, named
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import now
from ai_voice_shared.environment import optional
from ai_voice_shared.records.api_keys import (
    LONGEST_NAME,
    SCOPES,
    USUAL_SCOPES,
    ApiKey,
    ApiKeys,
    Scope,
    is_name,
    known_scopes,
)

_DAYS = re.compile(r"([1-9][0-9]{0,3})d")
_COLUMNS = ("Key id", "Made at (UTC)", "Works until (UTC)", "Scopes", "Name")
_ELSEWHERE = "The options of `keys --help` are taken here too. Example: python -m ai_voice_operations keys "

keys = typer.Typer(cls=OptionsAnywhere, help="Make, list and end a company's keys of the data API.")


@dataclass(frozen=True)
class _Where:
    environment: str
    table: str
    customer_lookup: str

    def keys(self) -> ApiKeys:
        if table := self._found(self.table, "ledger", "TABLE"):
            return ApiKeys(Ledger(aws.dynamodb(), table))
        raise Failed("Which table? Pass --environment, or the ledger's name as --table or TABLE.")

    def customers(self) -> CustomerLookup:
        return customer_lookup_of(self.environment, self.customer_lookup)

    def _found(self, given: str, what: str, variable: str) -> str:
        return given or (named(self.environment, what) if self.environment else optional(variable))


def customer_lookup_of(environment: str, given: str) -> CustomerLookup:
    """What knows the companies: the function that is given, else the environment's, else the variable's."""
    name = named(environment, "customer-lookup-server") if environment else optional("CUSTOMER_LOOKUP_FUNCTION")
    if function := given or name:
        return CustomerLookup(aws.lambda_(), function)
    raise Failed("Who knows the companies? Pass --environment, --customer-lookup, or CUSTOMER_LOOKUP_FUNCTION.")


@keys.callback()
def _where(
    context: typer.Context,
    environment: EnvironmentOrNone = "",
    table: Annotated[str, typer.Option(metavar="NAME", help="The ledger (default: by ENV, else $TABLE).")] = "",
    customer_lookup: Annotated[
        str,
        typer.Option(
            metavar="FUNCTION", help="What knows the companies (default: by ENV, else $CUSTOMER_LOOKUP_FUNCTION)."
        ),
    ] = "",
) -> None:
    context.obj = _Where(environment, table, customer_lookup)


def _name(value: str) -> str:
    if not is_name(value):
        raise Refused(f"--name has to be 1 to {LONGEST_NAME} printable characters.")
    return value


def _scopes(value: str) -> tuple[Scope, ...]:
    wanted = [part.strip() for part in value.split(",")]
    scopes = known_scopes(wanted)
    if set(wanted) != set(scopes):
        raise Refused(f"--scopes has to be one or more of {','.join(SCOPES)}, with commas between them.")
    return scopes


def _expires(value: str) -> datetime:
    """The moment from which on a key does not work."""
    try:
        if days := _DAYS.fullmatch(value):
            return now() + timedelta(days=int(days[1]))
        moment = datetime.combine(date.fromisoformat(value), time(), UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise Refused("--expires has to be a number of days, as 90d, or a day, as 2027-06-30.") from None
    if moment <= now():
        raise Refused(f"--expires has to be a day that is not over: {value} is.")
    return moment


@keys.command("create", epilog=f"{_ELSEWHERE}create --environment dev --company acme-heating --name console")
def _create(
    context: typer.Context,
    company: Company,
    name: Annotated[
        str, typer.Option("--name", parser=_name, metavar="NAME", help="What the key is for, for example console.")
    ],
    scopes: Annotated[
        str,
        typer.Option(
            metavar="SCOPES",
            help=f"What it may do, of {','.join(SCOPES)}, with commas; erase includes exports, keys makes other keys.",
        ),
    ] = ",".join(USUAL_SCOPES),
    expires: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Until when it works (UTC): days from now, as 90d, or its last day."),
    ] = None,
) -> None:
    """Make a key and print it, for this once. A company that the customers file does not name gets none."""
    terminal = Terminal()
    may, until = _scopes(scopes), None if expires is None else _expires(expires)
    with asking("table"):
        made, companies = context.obj.keys(), context.obj.customers()
        if companies.company(company) is None:
            raise Failed(f"The customers file has no company {company}: add it first (make customers-put).")
        secret, key = made.create(company, name, may, until)
    terminal.say(secret)
    end = f", until {key.expires_at}" if key.expires_at else ""
    told = f"This is key {key.key_id} of {key.company_id}, for {','.join(key.scopes)}{end}."
    terminal.note(f"{told} Keep it now: it will not be shown again.")


@keys.command("list", epilog=f"{_ELSEWHERE}list --environment dev --company acme-heating")
def _list(context: typer.Context, company: Company) -> None:
    """List a company's keys; the secrets themselves are not kept."""
    terminal = Terminal()
    with asking("table"):
        found = context.obj.keys().of_company(company)
    terminal.table(
        _COLUMNS, [(key.key_id, key.created_at, _expiry(key), ",".join(key.scopes), key.name) for key in found]
    )
    if not found:
        terminal.note(f"{company} has no keys.")


@keys.command("revoke", epilog=f"{_ELSEWHERE}revoke --environment dev --company acme-heating --key-id 1a2b3c4d")
def _revoke(
    context: typer.Context,
    company: Company,
    key_id: Annotated[str, typer.Option(metavar="KEY_ID", help="Which one: the id that list shows.")],
) -> None:
    """End a key. It stops working within a minute."""
    with asking("table"):
        ended = context.obj.keys().revoke(company, key_id)
    if not ended:
        raise Failed(f"{company} has no key {key_id}.")
    Terminal().say(f"Key {key_id} of {company} is revoked; it stops working within a minute.")


def _expiry(key: ApiKey) -> str:
    if not key.expires_at:
        return "does not expire"
    return f"{'expires' if key.works(now()) else 'expired'} {key.expires_at}"
