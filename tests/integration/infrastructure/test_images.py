"""Each handler answers an event with only what its image has, under AWS's runtime client.

The AWS around it is the embedded one, and its variables are those that the templates give its function. Where a
container engine runs, the same is proven of the built images; elsewhere of what their Dockerfiles' steps leave.
"""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import boto3
import pytest
from support.calls import live_job, started
from support.deployed import OGG, SAMPLES, Deployed
from support.images import BASE_PYTHON, IMAGES, ROOT, Container, Folder, building, built, handlers, runtime_client
from twilio.request_validator import RequestValidator

from ai_voice_local.aws.embedded_aws import REGION
from ai_voice_local.platform import COMPANY, PHONE
from ai_voice_operations.deploying import image_tags
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.jobs import IndexJob, NoteJob
from twilio_in_a_box.account.messages import OUR_NUMBER

HANDLERS = handlers()
SERVICES = sorted({service for service, _ in HANDLERS})
EVENTS = ROOT / "tests" / "events"
TOLD = tomllib.loads((IMAGES / "images.toml").read_text(encoding="utf-8"))
MEGABYTE = 1_000_000
LARGEST = {"webhook-handler": 15, "customer-lookup-server": 26, "data-api-server": 124, "voice-parser": 280}
"""Megabytes; what an image's own layers may hold, without engines that have packages of their own."""
ENGINES = image_tags.engines("voice-parser")
CHOSEN = building().engines("local")
"""By service, the engines that the platform here runs with: its variables choose them."""


def recorded(name: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / name).read_text(encoding="utf-8"))
    return event


def signed_webhook(deployed: Deployed) -> dict[str, Any]:
    """The recorded webhook, as a sender's whom the platform knows, signed for the platform's URL."""
    event, twilio = recorded("whatsapp_text_note.json"), deployed.platform.twilio
    parameters = {name: values[0] for name, values in parse_qs(event["body"]).items()}
    parameters |= {"From": f"whatsapp:{PHONE}", "WaId": PHONE[1:], "To": OUR_NUMBER, "Body": "Thanks!"}
    event["body"] = urlencode(parameters)
    signature = RequestValidator(twilio.auth_token).compute_signature(twilio.webhook_url, parameters)
    event["headers"]["x-twilio-signature"] = signature
    return event


def batch(body: str) -> dict[str, Any]:
    """The recorded batch, with another body."""
    event = recorded("sqs_batch.json")
    event["Records"] = [event["Records"][0] | {"body": body}]
    return event


def voice_note(deployed: Deployed) -> dict[str, Any]:
    """A recording that was not announced to the platform's own functions."""
    parameters = deployed.platform.twilio.receive(PHONE, media=(SAMPLES / "job.ogg").read_bytes(), content_type=OGG)
    return batch(NoteJob({**parameters}, COMPANY, "sam", timestamp(now())).to_json())


def api_request(_deployed: Deployed) -> dict[str, Any]:
    event = recorded("data_api_notes.json")
    event["requestContext"]["authorizer"] = {"lambda": {"company_id": COMPANY, "key_id": "abcd1234"}}
    return event


def nothing_failed(answer: Any) -> bool:
    return bool(answer == {"batchItemFailures": []})


@dataclass(frozen=True)
class Case:
    """An event for a handler, and what is to hold of its answer."""

    event: Callable[[Deployed], dict[str, Any]]
    holds: Callable[[Any], bool]


CASES = {
    "webhook_handler.handler.handle": Case(signed_webhook, lambda answer: answer["statusCode"] == 200),
    "customer_lookup_server.handler.handle": Case(
        lambda _: {"identities": [PHONE]}, lambda answer: answer["customer"]["customer_id"] == "sam"
    ),
    "voice_parser.handler.handle": Case(voice_note, nothing_failed),
    "voice_parser.indexer_handler.handle": Case(
        lambda _: batch(IndexJob(COMPANY, "SM" + "0" * 32).to_json()), nothing_failed
    ),
    "voice_parser.live_handler.handle": Case(
        lambda _: batch(live_job(started(), company_id=COMPANY).to_json()), nothing_failed
    ),
    "voice_parser.sweep_handler.handle": Case(lambda _: {}, lambda answer: answer["strangers"] == 0),
    "data_api_server.handler.handle": Case(
        api_request, lambda answer: answer["statusCode"] == 200 and "notes" in json.loads(answer["body"])
    ),
    "data_api_server.authorizer.handle": Case(
        lambda deployed: {"headers": {"x-api-key": deployed.platform.api_key}},
        lambda answer: answer["isAuthorized"] and answer["context"]["company_id"] == COMPANY,
    ),
    "data_api_server.realtime_handler.handle": Case(
        lambda _: recorded("realtime_connect.json"), lambda answer: answer == {"statusCode": 403}
    ),
}


type Build = Callable[[str, tuple[str, ...]], Path]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """What a service's image holds that is built with these engines."""

    @cache
    def once(service: str, engines: tuple[str, ...]) -> Path:
        return built(service, tmp_path_factory.mktemp(service), " ".join(engines))

    return once


@pytest.fixture(scope="session")
def folders(build: Build) -> dict[str, Path]:
    """What each service's image holds."""
    return {service: build(service, CHOSEN[service]) for service in SERVICES}


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return runtime_client(tmp_path_factory.mktemp("runtime-client"))


@pytest.fixture(scope="session")
def images() -> dict[str, Container]:
    """The built images; they are left where the engine keeps them."""
    engine = building().running_engine()
    if engine is None or sys.platform != "linux":
        reason = "no container engine answers here, or not with the host's network, which needs Linux"
        assert "IMAGES_NEEDED" not in os.environ, reason
        pytest.skip(reason)
    build = [sys.executable, str(IMAGES / "build.py"), "--base", os.environ.get("BASE", "")]
    names = subprocess.run(build, check=True, stdout=subprocess.PIPE, text=True).stdout.split()  # noqa: S603 - ours
    return {service: Container(engine, name) for service, name in zip(building().services(), names, strict=True)}


@pytest.mark.parametrize(("service", "handler"), HANDLERS)
def test_a_handler_answers_from_what_its_image_holds(
    service: str, handler: str, deployed: Deployed, folders: dict[str, Path], client: Path, tmp_path: Path
) -> None:
    before = contents(folders[service])
    answers(Folder(folders[service], client), handler, deployed, tmp_path)
    assert contents(folders[service]) == before  # not even bytecode: all of it was there


@pytest.mark.parametrize(("service", "handler"), HANDLERS)
def test_a_handler_answers_in_its_container(
    service: str, handler: str, deployed: Deployed, images: dict[str, Container], tmp_path: Path
) -> None:
    answers(images[service], handler, deployed, tmp_path)


@pytest.mark.parametrize("service", SERVICES)
def test_a_container_does_not_run_as_root(service: str, images: dict[str, Container]) -> None:
    image = images[service]
    command = [image.engine, "run", "--rm", "--entrypoint=id", image.image, "-u"]
    assert subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip() == "65532"  # noqa: S603 - ours


@pytest.mark.parametrize("service", SERVICES)
def test_every_import_works_and_every_package_is_imported(service: str, deployed: Deployed, build: Build) -> None:
    assert not_imported(service, build(service, ()), (), deployed) <= TOLD["first_use"].keys()


@pytest.mark.parametrize("engine", ENGINES)
def test_every_package_of_an_engine_is_imported_by_it(engine: str, deployed: Deployed, build: Build) -> None:
    assert (
        not_imported("voice-parser", build("voice-parser", (engine,)), (engine,), deployed) <= TOLD["first_use"].keys()
    )


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_stays_small(service: str, build: Build) -> None:
    size = sum(file.stat().st_size for file in build(service, ()).rglob("*") if file.is_file())
    assert size / MEGABYTE < LARGEST[service]


def not_imported(service: str, folder: Path, engines: tuple[str, ...], deployed: Deployed) -> set[str]:
    """The packages that nothing imports in a folder that is built with these engines."""
    own = [handler for owner, handler in HANDLERS if owner == service]
    environment = {name: value for handler in own for name, value in variables(deployed, handler).items()}
    starts = [handler.rpartition(".")[0] for handler in own]
    lists = [TOLD["aws"]["services"], [engine for engine in ENGINES if engine not in engines]]
    probe = [str(ROOT / "tests" / "support" / "image_probe.py"), str(folder), *(",".join(one) for one in lists)]
    command = [str(BASE_PYTHON), "-I", "-S", *probe, *starts]
    found = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)  # noqa: S603 - ours
    assert found.returncode == 0, found.stderr
    return set(json.loads(found.stdout))


def answers(image: Folder | Container, handler: str, deployed: Deployed, folder: Path) -> None:
    """Proves that the handler starts and, where there is an event for it above, answers as it should."""
    case = CASES.get(handler, Case(lambda _: {}, lambda _answer: True))
    with (folder / "log").open("wb") as log, image.running(handler, variables(deployed, handler), log) as api:
        answered = api.invoke(case.event(deployed))
    told = (folder / "log").read_text(encoding="utf-8", errors="replace")
    assert not answered.error if handler in CASES else not answered.error.startswith("Runtime."), (answered, told)
    assert case.holds(answered.payload), (answered, told)


def variables(deployed: Deployed, handler: str) -> dict[str, str]:
    """What Lambda tells the function that runs this handler."""
    pages = boto3.client("lambda").get_paginator("list_functions").paginate()
    (function,) = [one for page in pages for one in page["Functions"] if one.get("Handler") == handler]
    given = function.get("Environment", {}).get("Variables", {})
    lambdas = {"AWS_REGION": REGION, "AWS_LAMBDA_FUNCTION_NAME": function["FunctionName"]}
    return deployed.platform.environment | lambdas | given


def contents(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file's size and time of change."""
    return {str(file): (file.stat().st_size, file.stat().st_mtime_ns) for file in folder.rglob("*") if file.is_file()}
