"""Rules over HTTP: what to listen for in calls and notes, and what to show whoever talks to the customer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Header, Path, Response, Security
from starlette.convertors import Convertor, register_url_convertor

from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.keywords.rule import MOST_RULES, Refused, Rule
from ai_voice_shared.keywords.rules import Rules
from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import ChangedMeanwhile, NotNow, NotThere, documented
from data_api_server.gateway.scopes import READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import examples
from data_api_server.notes import versions
from data_api_server.rules import trying
from data_api_server.rules.models import EXAMPLE, RULES, TRIED, RuleShown, RulesShown, RuleTried, RuleWanted
from data_api_server.services import Services


class _RuleIds(Convertor[str]):
    """Ids of rules in a path, so that none is called `try`."""

    regex = "(?!try$)[^/]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("rule", _RuleIds())

router = APIRouter(prefix="/v1/rules", tags=["rules"], dependencies=[Security(API_KEY)])

_RuleId = Annotated[str, Path(max_length=64, description="The `rule_id` of a list.")]
_IfMatch = Annotated[
    str,
    Header(
        max_length=2_000,
        description="The rule's `etag` when you read it. If somebody else has changed it since, this is refused (412).",
    ),
]


@router.get("", summary="List rules", dependencies=[READ], responses=examples.shown(RULES))
def list_rules(company_id: Company, services: Wired) -> RulesShown:
    """All of the company's, by name; at most 1,000."""
    rules = _rules(services)
    every = rules.all(company_id)
    rules.settle(company_id, every)
    return RulesShown(rules=[RuleShown.of(one) for one in every])


@router.post(
    "",
    status_code=201,
    summary="Add a rule",
    dependencies=[WRITE, InPace],
    responses=documented(409, 429) | versions.tagged(examples.shown(EXAMPLE, 201)),
)
def add_rule(company_id: Company, services: Wired, wanted: RuleWanted, response: Response) -> RuleShown:
    """It is listened for a few seconds later. Notes that are filed already are not marked."""
    with _room():
        made = _rules(services).add(company_id, wanted.rule())
    if made is None:
        raise NotNow(f"There are {MOST_RULES} rules already; delete one first.")
    return _shown(made, response)


@router.post(
    "/try",
    summary="Try a rule on past notes",
    dependencies=[READ, InPace],
    responses=documented(409, 429) | examples.shown(TRIED),
)
def try_rule(company_id: Company, services: Wired, wanted: RuleWanted) -> RuleTried:
    """Where the rule would have been found, before you save it. Nothing is kept.

    It is tried on notes of any time, whatever its own time is.
    """
    with _room():
        return trying.tried(services, company_id, wanted.rule())


@router.put(
    "/{rule_id:rule}",
    summary="Change a rule",
    dependencies=[WRITE, InPace],
    responses=documented(404, 409, 412, 429) | versions.tagged(examples.shown(EXAMPLE)),
)
def change_rule(
    company_id: Company,
    services: Wired,
    rule_id: _RuleId,
    wanted: RuleWanted,
    response: Response,
    if_match: _IfMatch = "",
) -> RuleShown:
    """What it has marked stays marked."""
    known = _own(services, company_id, rule_id)
    if if_match and not versions.matches(if_match, known.tag):
        raise ChangedMeanwhile
    with _room():
        changed = _rules(services).change(company_id, known, wanted.rule())
    if changed is None:
        raise ChangedMeanwhile
    return _shown(changed, response)


@router.delete(
    "/{rule_id:rule}",
    status_code=204,
    summary="Delete a rule",
    dependencies=[WRITE, InPace],
    responses=documented(404, 429),
)
def delete_rule(company_id: Company, services: Wired, rule_id: _RuleId) -> None:
    """What it has marked stays marked."""
    known = _own(services, company_id, rule_id)
    _rules(services).delete(company_id, known.rule_id)


def _rules(services: Services) -> Rules:
    return Rules(services.notes.ledger, CompiledRules(services.store))


def _own(services: Services, company_id: str, rule_id: str) -> Rule:
    found = _rules(services).get(company_id, rule_id)
    if found is None:
        raise NotThere
    return found


@contextmanager
def _room() -> Iterator[None]:
    """There is no room for it, or our engine cannot take it."""
    try:
        yield
    except Refused as why:
        raise NotNow(str(why)) from None


def _shown(one: Rule, response: Response) -> RuleShown:
    response.headers.update(versions.headers(one.tag))
    return RuleShown.of(one)
