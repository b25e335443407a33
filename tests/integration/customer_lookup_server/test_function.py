"""The lookup function, invoked as the other services invoke it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from support import patient
from support.deployed import Deployed
from support.waiting import eventually

from ai_voice_shared.customers import CustomerLookup, identities
from ai_voice_shared.jobs import Parameters


def lookup(deployed: Deployed) -> CustomerLookup:
    """A lookup that remembers nothing yet."""
    return CustomerLookup(patient.lambda_(), deployed.platform.outputs.functions["customer-lookup-server"])


@pytest.fixture
def customers_file(deployed: Deployed) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The customers file; put back as it was after the test, which takes nobody out: others still send as they are."""
    s3, bucket = patient.s3(), deployed.platform.outputs.bucket
    before = s3.get_object(Bucket=bucket, Key="customers.json")["Body"].read()
    yield json.loads(before)
    s3.put_object(Bucket=bucket, Key="customers.json", Body=before)


def test_a_sender_is_known_by_any_writing_of_their_number(deployed: Deployed) -> None:
    for writing in ("whatsapp:+15550100001", "+1 (555) 010-0001", "001 555 010 0001"):
        known = lookup(deployed).find(identities({"From": writing}))
        assert known is not None
        assert (known.customer.customer_id, known.company.company_id) == ("sam", "acme-heating")


def test_whatsapps_spelling_of_a_number_is_known(
    deployed: Deployed, customers_file: dict[str, list[dict[str, Any]]]
) -> None:
    numbers = customers_file["customers"][0]["phone_numbers"]
    customers_file["customers"][0]["phone_numbers"] = [*numbers, "+55 11 98765-4321"]
    patient.s3().put_object(
        Bucket=deployed.platform.outputs.bucket, Key="customers.json", Body=json.dumps(customers_file)
    )
    message: Parameters = {"From": "whatsapp:+551187654321", "WaId": "551187654321"}
    assert eventually(lambda: lookup(deployed).find(identities(message)) is not None)
    assert lookup(deployed).find(identities({"From": "whatsapp:+551133334444"})) is None


def test_a_stranger_is_not_known(deployed: Deployed) -> None:
    assert lookup(deployed).find(("+15550109999",)) is None


def test_a_new_file_takes_effect_and_a_broken_one_does_not(
    deployed: Deployed, customers_file: dict[str, list[dict[str, Any]]]
) -> None:
    s3, bucket = patient.s3(), deployed.platform.outputs.bucket
    customers_file["customers"][0]["external_ids"] = ["bsuid.42"]
    s3.put_object(Bucket=bucket, Key="customers.json", Body=json.dumps(customers_file))
    assert eventually(lambda: lookup(deployed).find(("bsuid.42",)) is not None)
    s3.put_object(Bucket=bucket, Key="customers.json", Body=b"{ not json")
    assert lookup(deployed).find(("bsuid.42",)) is not None
    assert lookup(deployed).find(("+15550100001",)) is not None
