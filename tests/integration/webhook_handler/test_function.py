"""The webhook function on the embedded AWS: secrets, lookup and queue are real here."""

import json

import pytest
from support import patient
from support.deployed import Deployed
from support.waiting import eventually

VARIABLES = ("QUEUE_URL", "TWILIO_SECRET", "CUSTOMER_LOOKUP_FUNCTION")


def test_a_token_that_was_rotated_is_accepted_at_once(deployed: Deployed) -> None:
    twilio, outputs = deployed.platform.twilio, deployed.platform.outputs
    before = twilio.auth_token
    secret = {"account_sid": "AC" + "0" * 31 + "1", "auth_token": before, "auth_token_secondary": "the-next-token"}
    patient.secretsmanager().put_secret_value(SecretId=outputs.twilio_secret, SecretString=json.dumps(secret))
    twilio.auth_token = "the-next-token"
    try:
        assert eventually(lambda: deployed.text("Thanks!").status == 200, every=0.5)
    finally:
        twilio.auth_token = before
    assert deployed.text("Thanks!").status == 200


@pytest.mark.parametrize("missing", VARIABLES)
def test_a_missing_variable_is_named_in_the_log_and_twilio_tries_again(deployed: Deployed, missing: str) -> None:
    client, name = patient.lambda_(), deployed.platform.outputs.functions["webhook-handler"]
    before = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    changed = {variable: value for variable, value in before.items() if variable != missing}
    try:
        client.update_function_configuration(FunctionName=name, Environment={"Variables": changed})
        assert eventually(lambda: deployed.text("Thanks!").status == 503, every=0.5)
        assert f"{missing} is not set" in deployed.logged("webhook-handler")
    finally:
        client.update_function_configuration(FunctionName=name, Environment={"Variables": before})
        assert eventually(lambda: deployed.text("Thanks!").status == 200, every=0.5)
