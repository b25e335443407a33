"""Nothing that one company can send shows or changes anything of another's."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.account import Account
from support.app import FakeTwilio
from support.erasing import request_runs
from unit.data_api_server.gateway import Gateway
from unit.hostile.bounded import bounded
from unit.tenancy.companies import MARK, PERSON, PHONE, SHARED_IDS, TALK, VICTIM, Two, two

from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.data_requests import REQUEST_ID, DataRequests
from ai_voice_shared.records.usage import Usage, Used
from data_api_server.models import cursors
from data_api_server.realtime.tickets import Tickets

LOOK_ALIKES = [
    *("acme#x", "acme/..", "../acme", "acme%2F", "*", ""),
    *("\u0430cme", "\uff41cme", "ACME", "acme\0", "acme ", "acme\n"),  # look like it, and are not
]
NAMES = st.sampled_from([VICTIM, *LOOK_ALIKES])
SIDS = st.sampled_from([*SHARED_IDS, "SMacme0", "SMacme1"])
ESCAPING = st.one_of(
    SIDS,
    st.builds("{}{}{}".format, NAMES, st.sampled_from(["#", "/", "/../", "\0", "|", "%23", ":"]), SIDS),
    st.builds("{}\0".format, SIDS),
    st.builds("../{}/{}".format, NAMES, SIDS),
    st.text(max_size=30),
)
KEYS = st.one_of(
    st.builds(
        "{}/{}/boiler_{}_{}".format,
        NAMES,
        st.sampled_from(["job-to-be-done", "other", "..", ""]),
        SIDS,
        st.sampled_from(["audio.ogg", "full_text.txt", "segments.json", "audio.ogg\0", "audio.ogg?x"]),
    ),
    st.sampled_from(["_index/acme/index", "_receipts/SM1", "_clips/acme/SM1/1.ogg", "customers.json", "bolt/../acme/"]),
    ESCAPING,
)
FORGED = st.one_of(
    st.builds("{}#{}".format, st.sampled_from(["2026-11-15T09:12:04.000Z", "9999", ""]), ESCAPING),
    KEYS,
    st.builds("../{}/".format, NAMES),
).map(lambda position: cursors.encode(position.encode(errors="replace").decode()) or "")
SENDERS = st.one_of(st.sampled_from(["ana", "x", "acme#ana", "#acme#ana", "\0ana", "../acme#ana"]), ESCAPING)
SOUGHT = st.sampled_from([MARK, f"What about {MARK}?", "What about the boiler?", *TALK])
BODY = st.sampled_from(
    [{"full_text": "Overwritten."}, {"segments": [{"index": 0, "text": "Overwritten."}]}, {"company_id": VICTIM}]
)

TASKS = st.builds("{}.{:020}".format, SIDS, st.integers(0, 4)) | ESCAPING

PERSONS = st.sampled_from([PERSON, PHONE, PHONE.removeprefix("+"), f"{VICTIM}#{PERSON}", f"PERSONS#{VICTIM}"])
UPLOADS = st.just("UPLOADING") | st.builds("{}/../UPLOADING".format, NAMES) | ESCAPING
REQUESTS = st.just("ITS") | st.from_regex(REQUEST_ID, fullmatch=True) | ESCAPING

ANALYSES = st.just("ANALYSING") | st.builds("{}%23ANALYSING".format, NAMES) | ESCAPING
TEMPLATES = st.just("TEMPLATING") | ESCAPING
RULES = st.just("LISTENING") | ESCAPING

type Attack = tuple[str, str, list[tuple[str, str]], Any]


def attacks(cursor: st.SearchStrategy[str]) -> st.SearchStrategy[Attack]:
    """Requests of all operations, made to get at the victim."""
    named = st.lists(ESCAPING, min_size=1, max_size=3)

    def query(**fields: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
        return st.fixed_dictionaries({}, optional=fields).map(lambda found: list(found.items()))

    nothing: st.SearchStrategy[list[tuple[str, str]]] = st.just([])
    none = st.none()
    return st.one_of(
        st.tuples(st.just("GET"), st.just("/v1/notes"), query(cursor=cursor, sender=SENDERS, text=SOUGHT), none),
        st.tuples(st.just("GET"), ESCAPING.map("/v1/notes/{}".format), nothing, none),
        st.tuples(st.just("PATCH"), ESCAPING.map("/v1/notes/{}".format), nothing, BODY),
        st.tuples(
            st.just("POST"),
            st.builds("/v1/notes/{}/{}".format, ESCAPING, st.sampled_from(["archive", "unarchive", "retry"])),
            nothing,
            none,
        ),
        st.tuples(st.just("GET"), st.just("/v1/files"), query(cursor=cursor, intent=st.just("other")), none),
        st.tuples(
            st.just("GET"),
            st.just("/v1/tasks"),
            query(cursor=cursor, owner=SENDERS, text=SOUGHT, state=st.sampled_from(["open", "done", "all"])),
            none,
        ),
        st.tuples(st.sampled_from(["GET", "DELETE"]), TASKS.map("/v1/tasks/{}".format), nothing, none),
        st.tuples(st.just("PATCH"), TASKS.map("/v1/tasks/{}".format), nothing, st.just({"done": True})),
        st.tuples(st.just("GET"), st.just("/v1/analyses"), query(cursor=cursor, company_id=NAMES), none),
        st.tuples(st.sampled_from(["GET", "DELETE"]), ANALYSES.map("/v1/analyses/{}".format), nothing, none),
        st.tuples(st.just("GET"), ANALYSES.map("/v1/analyses/{}/markdown".format), nothing, none),
        st.tuples(st.just("POST"), ANALYSES.map("/v1/analyses/{}/again".format), nothing, none),
        st.tuples(
            st.just("POST"),
            st.just("/v1/analyses"),
            nothing,
            st.fixed_dictionaries({"template_id": TEMPLATES | st.just("summary"), "note_ids": named}),
        ),
        st.tuples(st.just("DELETE"), TEMPLATES.map("/v1/templates/{}".format), nothing, none),
        st.tuples(
            st.just("PUT"),
            TEMPLATES.map("/v1/templates/{}".format),
            nothing,
            st.just({"name": "mine", "instructions": "mine"}),
        ),
        st.tuples(st.just("DELETE"), RULES.map("/v1/rules/{}".format), nothing, none),
        st.tuples(
            st.just("PUT"), RULES.map("/v1/rules/{}".format), nothing, st.just({"name": "mine", "words": ["mine"]})
        ),
        st.tuples(
            st.just("POST"),
            st.just("/v1/rules/try"),
            nothing,
            st.fixed_dictionaries({"name": st.just("mine"), "words": SOUGHT.map(lambda one: [one])}),
        ),
        st.tuples(st.just("GET"), st.just("/v1/files/url"), query(key=KEYS), none),
        st.tuples(
            st.just("GET"),
            st.just("/v1/search"),
            st.builds(
                lambda sought, notes: [("q", sought), *(("note", one) for one in notes)], SOUGHT, st.just([]) | named
            ),
            none,
        ),
        st.tuples(
            st.just("POST"),
            st.just("/v1/ask"),
            nothing,
            st.fixed_dictionaries(
                {"question": SOUGHT},
                optional={"notes": named, "sender": SENDERS, "conversation": st.just("HIS") | ESCAPING},
            ),
        ),
        st.tuples(st.just("GET"), st.just("/v1/notes"), st.lists(st.tuples(st.just("company_id"), NAMES)), none),
        st.tuples(st.just("GET"), REQUESTS.map("/v1/person-requests/{}".format), nothing, none),
        st.tuples(st.just("GET"), REQUESTS.map("/v1/exports/{}".format), nothing, none),
        st.tuples(st.just("GET"), st.just("/v1/exports"), query(limit=st.just("100"), company_id=NAMES), none),
        st.tuples(st.just("POST"), st.just("/v1/exports"), query(company_id=NAMES), none),
        st.tuples(st.sampled_from(["GET", "DELETE"]), UPLOADS.map("/v1/uploads/{}".format), nothing, none),
        st.tuples(st.just("POST"), UPLOADS.map("/v1/uploads/{}/complete".format), nothing, none),
        st.tuples(st.just("GET"), st.just("/v1/uploads"), st.just([]) | query(company_id=NAMES), none),
        st.tuples(st.just("GET"), st.just("/v1/person-requests"), query(limit=st.just("100"), company_id=NAMES), none),
        st.tuples(
            st.just("POST"),
            st.just("/v1/person-requests"),
            nothing,
            st.fixed_dictionaries(
                {"kind": st.sampled_from(["export", "erase", "erase-company"]), "sender": SENDERS | PERSONS},
                optional={"company_id": NAMES},
            ),
        ),
    )


@bounded(50)
@given(data=st.data())
def test_nothing_a_company_sends_shows_or_changes_anything_of_anothers(companies: Two, data: st.DataObject) -> None:
    method, path, query, body = data.draw(attacks(st.sampled_from(companies.cursors) | FORGED))
    if isinstance(body, dict) and body.get("conversation") == "HIS":
        body = body | {"conversation": companies.conversation}
    path = path.replace("ITS", companies.request).replace("UPLOADING", companies.upload)
    path = path.replace("ANALYSING", companies.analysis).replace("TEMPLATING", companies.template)
    path = path.replace("LISTENING", companies.rule)
    answer = companies.send(companies.attacker, method, path, query, body)
    assert answer.status < 500
    shown = answer.body + "".join(answer.headers.values())
    assert MARK not in shown
    assert f"/{VICTIM}/" not in shown
    assert f'"{VICTIM}/' not in shown
    assert companies.owned() == companies.untouched
    assert VICTIM not in companies.index_jobs()


def test_the_victim_sees_by_the_same_requests_what_the_others_do_not(companies: Two) -> None:
    for method, path, query, body in (
        ("GET", "/v1/notes", [("text", MARK)], None),
        ("GET", "/v1/notes/SMacme0", [], None),
        ("GET", "/v1/tasks", [("owner", MARK)], None),
        ("GET", "/v1/templates", [], None),
        ("GET", "/v1/rules", [], None),
        ("POST", "/v1/rules/try", [], {"name": "any", "words": [MARK]}),
        ("GET", "/v1/analyses", [], None),
        ("GET", f"/v1/analyses/{companies.analysis}", [], None),
        ("GET", f"/v1/analyses/{companies.analysis}/markdown", [], None),
        ("GET", "/v1/search", [("q", MARK), ("note", "SMacme0")], None),
        ("POST", "/v1/ask", [], {"question": f"What about {MARK}?", "notes": ["SMacme0"]}),
    ):
        assert MARK in companies.send(VICTIM, method, path, query, body).body, path
        assert MARK not in companies.send(companies.attacker, method, path, query, body).body, path
    before = companies.owned()
    patched = companies.send(VICTIM, "PATCH", "/v1/notes/SMacme0", [], {"segments": [{"index": 0, "text": "New."}]})
    assert patched.status == 200
    assert companies.owned() != before
    assert companies.index_jobs() == [VICTIM]


def test_an_erasure_and_an_export_reach_the_company_that_asked_for_them_and_no_other(companies: Two) -> None:
    for kind in ("export", "erase"):
        for sender in ("ana", "x"):
            body = {"kind": kind, "sender": sender}
            assert companies.send(companies.attacker, "POST", "/v1/person-requests", body=body).status in {202, 404}
    runs = request_runs(companies.account, FakeTwilio())
    assert set(runs.run(lambda: True, companies.attacker)) <= {"done"}
    assert companies.owned() == companies.untouched
    assert companies.send(companies.attacker, "GET", "/v1/notes", [("sender", "ana")]).json()["notes"] == []


def test_a_companys_end_is_no_others(companies: Two) -> None:
    requests = DataRequests(companies.account.ledger)
    requests.make("erase-company", companies.attacker)
    runs = request_runs(companies.account, FakeTwilio())
    assert runs.run(lambda: True, companies.attacker) == {"done": 1}
    assert companies.owned() == companies.untouched
    assert companies.send(companies.attacker, "GET", "/v1/notes").json()["notes"] == []
    assert MARK in companies.send(VICTIM, "GET", "/v1/notes").body


def test_a_cached_answer_and_a_conversation_are_not_anothers_for_the_same_words_and_key_id(companies: Two) -> None:
    asked = {"question": "And what about it?", "conversation": companies.conversation}
    refused = companies.send(companies.attacker, "POST", "/v1/ask", body=asked)
    unheard = companies.send(companies.attacker, "POST", "/v1/ask", body=asked | {"conversation": "unheard"})
    assert (refused.status, refused.body) == (422, unheard.body)
    answer = companies.send(companies.attacker, "POST", "/v1/ask", body={"question": "What about the boiler?"})
    assert answer.status == 200
    assert MARK not in answer.body
    cited = {one["message_id"] for told in answer.json()["statements"] for one in told["citations"]}
    own = {note["message_id"] for note in companies.send(companies.attacker, "GET", "/v1/notes").json()["notes"]}
    assert cited <= own


@bounded(150)
@given(data=st.data())
def test_no_text_opens_anothers_connection(companies: Two, data: st.DataObject) -> None:
    tickets = Tickets(companies.account.ledger)
    whole = st.sampled_from(companies.tickets)
    forged = st.one_of(
        whole.map(str.swapcase), whole.map(lambda ticket: ticket[:-1]), whole.map("{}\n".format), st.text(max_size=60)
    )
    assert tickets.redeem(data.draw(forged)) is None


@bounded(50)
@given(month=st.from_regex(r"20[0-9]{2}-(0[1-9]|1[0-2])", fullmatch=True) | ESCAPING, name=NAMES)
def test_usage_is_that_of_the_keys_company_whatever_is_asked_for(companies: Two, month: str, name: str) -> None:
    usage = Usage(companies.account.ledger)
    usage.count(VICTIM, [{"pk": f"USAGE#{VICTIM}", "sk": "QUESTION#1"}], Used(input_tokens=777_777))
    seen = companies.send(VICTIM, "GET", "/v1/usage")
    assert seen.json()["input_tokens"] == 777_777
    for query in ([("month", month), ("company_id", name)], [("company_id", VICTIM)]):
        answer = companies.send(companies.attacker, "GET", "/v1/usage", query)
        assert answer.status in {200, 422}
        assert "777777" not in answer.body


@bounded(50)
@given(key_id=ESCAPING | st.just("ITS"), name=NAMES)
def test_a_key_that_makes_keys_makes_and_revokes_them_in_its_own_company(
    companies: Two, key_id: str, name: str
) -> None:
    keys = ApiKeys(companies.account.ledger)
    secret, victims = keys.create(VICTIM, f"{MARK} office", ["read", "keys"])
    companies.own_key(keys, companies.attacker)
    revoked = companies.send(companies.attacker, "DELETE", f"/v1/keys/{victims.key_id if key_id == 'ITS' else key_id}")
    assert revoked.status in {404, 405}  # without an id there is no such path
    made = companies.send(
        companies.attacker, "POST", "/v1/keys", body={"name": "x", "scopes": ["read"], "company_id": name}
    )
    assert made.status == 422
    made = companies.send(companies.attacker, "POST", "/v1/keys", body={"name": "x", "scopes": ["read", "erase"]})
    found = keys.find(made.json()["secret"])
    assert found is not None
    assert found.company_id == companies.attacker
    assert MARK not in companies.send(companies.attacker, "GET", "/v1/keys").body
    assert keys.find(secret) == victims
    assert keys.revoke(companies.attacker, found.key_id)  # for the next example
    assert keys.revoke(VICTIM, victims.key_id)


def test_a_ticket_stands_for_the_company_that_bought_it_and_once(companies: Two) -> None:
    tickets = Tickets(companies.account.ledger)
    bought = companies.send(companies.attacker, "POST", "/v1/tickets").json()["ticket"]
    principal = tickets.redeem(bought)
    assert principal is not None
    assert principal.company_id == companies.attacker
    assert tickets.redeem(bought) is None


@pytest.mark.parametrize("company_id", LOOK_ALIKES)
def test_a_company_id_that_is_none_is_nobodys(account: Account, tmp_path: Path, company_id: str) -> None:
    handle = two(account, tmp_path, "bolt", 4).handle
    for path in ("/v1/notes", "/v1/files", "/v1/search?q=boiler"):
        bare, _, query = path.partition("?")
        assert Gateway(handle, company_id).ask("GET", bare, query).status == 401
