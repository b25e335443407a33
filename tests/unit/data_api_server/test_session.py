"""What a key is told about itself."""

from dataclasses import replace

from unit.data_api_server.gateway import Gateway


def test_a_key_learns_whose_it_is_and_what_it_may_do(acme: Gateway) -> None:
    told = replace(acme, scopes="read").get("/v1/session").json()
    assert told == {
        "company_id": "acme",
        "company": "acme",
        "key_id": "abcd1234",
        "key": "office",
        "scopes": ["read"],
        "languages": [],
        "time_zone": "UTC",
        "calls": {"records": False, "escalates_below": -0.4},
    }


def test_each_company_learns_of_itself(acme: Gateway, bolt: Gateway) -> None:
    assert acme.get("/v1/session").json()["company_id"] == "acme"
    assert bolt.get("/v1/session").json()["company_id"] == "bolt"


def test_nobody_learns_anything_without_a_key(stranger: Gateway) -> None:
    assert stranger.get("/v1/session").is_problem
