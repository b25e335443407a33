"""What a client and a browser get without a key."""

import httpx
from support.deployed import Deployed


def test_health_is_public(deployed: Deployed) -> None:
    assert deployed.api.get("/health")["status"] == "ok"


def test_the_documentation_works_behind_a_stage(deployed: Deployed) -> None:
    page = httpx.get(f"{deployed.api.url}/docs")
    assert page.status_code == 200
    schema = httpx.get(str(httpx.URL(f"{deployed.api.url}/docs").join("openapi.json"))).json()
    assert "/v1/notes" in schema["paths"]


def test_a_presigned_url_of_a_changed_key_is_refused(deployed: Deployed) -> None:
    note = deployed.settled(deployed.text("Please count the keys in box 9101 today.").sid)
    url = note["artifacts"][0]["url"]
    assert httpx.get(url).status_code == 200
    assert httpx.get(url.replace("acme-heating", "nordic-lifts")).status_code in {403, 404}
