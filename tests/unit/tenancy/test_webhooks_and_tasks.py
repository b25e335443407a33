"""Another company's endpoints, deliveries, secrets, files of tasks and calendar addresses are out of reach."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.hostile.bounded import bounded
from unit.tenancy.companies import MARK, VICTIM, Two
from unit.tenancy.test_crossing import ESCAPING, LOOK_ALIKES, NAMES, SENDERS, SOUGHT

from ai_voice_shared.tasks.feeds import Feeds
from ai_voice_shared.webhooks.deliveries import Deliveries
from ai_voice_shared.webhooks.endpoint import Endpoint
from ai_voice_shared.webhooks.endpoints import Endpoints
from ai_voice_shared.webhooks.events import EVENT_TYPES
from ai_voice_shared.webhooks.wanted import WantedEvents
from data_api_server.models import cursors

URL = "https://plain.example/in"
IDS = st.sampled_from(["ITS", "ITS#", "../ITS", f"{VICTIM}#ITS", "ITS/../ITS"]) | ESCAPING
DELIVERIES = st.just("DELIVERY") | ESCAPING.map(
    lambda text: cursors.encode(text.encode(errors="replace").decode()) or "x"
)
ACTIONS = st.sampled_from(["secret", "pause", "resume", "test"])
CHANGE = {"url": URL, "events": ["note.filed"]}

type Attack = tuple[str, str, Sequence[tuple[str, str]], object]


def attacks() -> st.SearchStrategy[Attack]:
    """Requests at endpoints; `OWN` stands for one of the company's own."""
    nothing, none = st.just(()), st.none()
    places = st.builds("/{}/deliveries/{}/again".format, st.just("OWN") | IDS, DELIVERIES)
    cursor = DELIVERIES.map(lambda one: [("cursor", one)])
    return st.one_of(
        st.tuples(st.just("PATCH"), IDS.map("/{}".format), nothing, st.just(CHANGE)),
        st.tuples(st.just("DELETE"), IDS.map("/{}".format), nothing, none),
        st.tuples(st.just("POST"), st.builds("/{}/{}".format, IDS, ACTIONS), nothing, none),
        st.tuples(st.just("GET"), st.builds("/{}/deliveries".format, st.just("OWN") | IDS), nothing | cursor, none),
        st.tuples(st.just("POST"), places, nothing, none),
        st.tuples(st.just("POST"), st.just(""), nothing, NAMES.map(lambda name: CHANGE | {"company_id": name})),
        st.tuples(st.just("GET"), st.just(""), NAMES.map(lambda name: [("company_id", name)]), none),
    )


@bounded(50)
@given(attack=attacks())
def test_nobody_reads_changes_or_sends_what_is_anothers(companies: Two, attack: Attack) -> None:
    method, path, query, body = attack
    own = _endpoint(companies).endpoint_id
    for name, known in (("OWN", own), ("ITS", companies.endpoint), ("DELIVERY", companies.delivery)):
        path, query = path.replace(name, known), [(one, value.replace(name, known)) for one, value in query]
    answer = companies.send(companies.attacker, method, f"/v1/webhooks{path}", query, body)
    assert answer.status < 500
    assert MARK not in answer.body
    assert companies.endpoint not in answer.body.replace(path, "")
    assert companies.owned() == companies.untouched
    assert VICTIM not in json.dumps([str(one["Body"]) for one in _queued(companies)])


@bounded(50)
@given(name=st.sampled_from(LOOK_ALIKES) | ESCAPING.filter(lambda text: text != VICTIM))
def test_no_other_name_leads_to_an_endpoint_its_secret_or_its_log(companies: Two, name: str) -> None:
    endpoints, deliveries = Endpoints(companies.account.ledger), Deliveries(companies.account.ledger)
    (endpoint,) = endpoints.of_company(VICTIM)
    (delivery,) = deliveries.of_endpoint(VICTIM, endpoint.endpoint_id, 10)
    assert endpoints.signing_secrets(endpoint)
    assert endpoint.endpoint_id not in {one.endpoint_id for one in endpoints.of_company(name)}
    assert endpoints.get(name, endpoint.endpoint_id) is None
    assert endpoints.signing_secrets(replace(endpoint, company_id=name)) == []
    assert deliveries.get(name, delivery.place) is None
    assert deliveries.of_endpoint(name, endpoint.endpoint_id, 10) == []
    wanted = WantedEvents(endpoints)
    assert wanted.include(VICTIM, "note.filed")
    assert not any(wanted.include(name, event) for event in EVENT_TYPES)


@bounded(50)
@given(
    kind=st.sampled_from(["csv", "json", "md", "ics"]),
    state=st.sampled_from(["open", "done", "all"]),
    owner=SENDERS | st.just(MARK) | st.just(""),
    text=SOUGHT | st.just(""),
)
def test_a_file_of_tasks_has_the_tasks_of_the_company_that_asked(
    companies: Two, kind: str, state: str, owner: str, text: str
) -> None:
    query = [("format", kind), ("state", state), ("owner", owner), ("text", text)]
    answer = companies.send(companies.attacker, "GET", "/v1/tasks/export", query)
    assert answer.status in {200, 422}
    assert f"{MARK} order" not in answer.body
    assert companies.owned() == companies.untouched


@pytest.mark.parametrize("kind", ["csv", "json", "md", "ics"])
def test_a_file_has_the_companys_own_tasks(companies: Two, kind: str) -> None:
    assert f"{MARK} order" in companies.send(VICTIM, "GET", "/v1/tasks/export", [("format", kind)]).body


@bounded(50)
@given(data=st.data())
def test_no_text_opens_anothers_calendar(companies: Two, data: st.DataObject) -> None:
    whole = companies.feed.rpartition("/")[2].removesuffix(".ics")
    forged = st.one_of(
        st.sampled_from(
            [whole.swapcase(), whole[:-1], f"{whole}\n", f"{whole}=", f" {whole}", f"{whole}#{VICTIM}", VICTIM]
        ),
        st.from_regex(r"[A-Za-z0-9_-]{43}", fullmatch=True),
        ESCAPING,
    )
    text = data.draw(forged)
    assert Feeds(companies.account.ledger).company(text) is None
    assert MARK not in companies.send(companies.attacker, "GET", f"/feeds/tasks/{text}.ics").body


def test_a_calendars_address_is_made_replaced_and_revoked_by_its_own_company_alone(companies: Two) -> None:
    other = companies.attacker
    assert companies.send(other, "GET", "/v1/tasks/feed").status == 404
    assert companies.send(other, "DELETE", "/v1/tasks/feed").status == 404
    made = companies.send(other, "POST", "/v1/tasks/feed").json()["address"]
    assert MARK not in companies.send(other, "GET", f"/{made}").body
    assert companies.send(other, "GET", companies.feed, [("company_id", other)]).status == 422
    assert MARK in companies.send(other, "GET", companies.feed).body  # whoever has the address
    companies.send(other, "POST", "/v1/tasks/feed")
    assert companies.send(other, "GET", f"/{made}").status == 404
    assert companies.send(other, "DELETE", "/v1/tasks/feed").status == 200
    assert MARK in companies.send(other, "GET", companies.feed).body


def _endpoint(companies: Two) -> Endpoint:
    """The other company's only endpoint, made if an attack has deleted it."""
    endpoints = Endpoints(companies.account.ledger)
    there = endpoints.of_company(companies.attacker)
    for one in there[1:]:
        endpoints.delete(one)
    return there[0] if there else endpoints.create(companies.attacker, URL, ["note.filed"])[1]


def _queued(companies: Two) -> list[dict[str, object]]:
    return [dict(one) for one in companies.account.queued(companies.account.webhooks_queue)]
