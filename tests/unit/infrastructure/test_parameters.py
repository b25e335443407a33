"""Each environment's parameters fit the templates and one another."""

import json
import re

import pytest

from ai_voice_local import templates
from voice_parser.sound.audio import BYTES, RATE
from voice_parser.twilio.media import LARGEST_MEDIA
from voice_parser.worker.heartbeat import HIDDEN_SECONDS, LEASE_SECONDS, SECONDS
from voice_parser.worker.worker import APART_SECONDS

ENVIRONMENTS = ("local", "dev", "prod")
TO_BE_SET = {"local": set[str](), "dev": set[str](), "prod": {"OurNumbers"}}
"""What nobody but its owner can know of an environment."""

environments = pytest.mark.parametrize("environment", ENVIRONMENTS)
stacks = pytest.mark.parametrize("folder", templates.STACKS)


def effective(folder: str, environment: str) -> dict[str, str]:
    """All parameters of a stack, defaults included."""
    declared = templates.read(folder)["Parameters"]
    defaults = {name: str(parameter["Default"]) for name, parameter in declared.items() if "Default" in parameter}
    return defaults | templates.parameters(folder, environment)


@environments
@stacks
def test_every_parameter_is_described_and_set_or_has_a_default(folder: str, environment: str) -> None:
    declared = templates.read(folder)["Parameters"]
    assert all(parameter["Description"] for parameter in declared.values())
    assert set(effective(folder, environment)) == set(declared) - TO_BE_SET[environment]


@environments
def test_nothing_is_set_that_no_template_declares(environment: str) -> None:
    file = templates.INFRASTRUCTURE / "parameters" / f"{environment}.json"
    common = set(json.loads(file.read_text(encoding="utf-8"))["every-stack"])
    declared = {folder: set(templates.read(folder)["Parameters"]) for folder in templates.STACKS}
    assert common <= set().union(*declared.values())
    for folder in templates.STACKS:
        assert set(templates.parameters(folder, environment)) <= declared[folder]


@environments
@stacks
def test_a_stack_is_deployed_as_the_environment_its_file_is_named_after(folder: str, environment: str) -> None:
    assert templates.parameters(folder, environment)["EnvironmentName"] == environment


@pytest.mark.parametrize(
    ("numbers", "taken"),
    [
        ("whatsapp:+15550100000", True),
        ("whatsapp:+15550100000 whatsapp:+447700900123", True),
        ("", False),
        ("+15550100000", False),
        ("whatsapp:15550100000", False),
        ("whatsapp:+15550100000, whatsapp:+447700900123", False),
    ],
)
def test_no_environment_is_deployed_without_its_own_numbers(numbers: str, *, taken: bool) -> None:
    for folder in ("webhook-handler", "voice-parser"):
        declared = templates.read(folder)["Parameters"]["OurNumbers"]
        assert "Default" not in declared
        assert bool(re.search(declared["AllowedPattern"], numbers)) is taken


@environments
def test_lambda_takes_the_notes_queue_and_what_a_worker_never_began_with_comes_again_soon(environment: str) -> None:
    timeout = int(effective("voice-parser", environment)["TimeoutSeconds"])
    assert int(effective("shared", environment)["NotesVisibilitySeconds"]) == timeout


def test_a_note_that_kills_its_worker_at_every_attempt_raises_the_alarm() -> None:
    alarm = templates.read("observability")["Resources"]["WorkerDiesAlarm"]["Properties"]
    deaths = int(effective("voice-parser", "prod")["MaxAttempts"])
    longest = (deaths - 1) * (HIDDEN_SECONDS + APART_SECONDS)
    assert longest <= alarm["Period"]  # so they lie in two periods at most, one of which has half of them
    assert -(-deaths // 2) > alarm["Threshold"]


def test_a_dead_workers_lease_ends_before_its_message_comes_again_though_two_beats_were_missed() -> None:
    assert LEASE_SECONDS + 3 * SECONDS <= HIDDEN_SECONDS


@environments
def test_an_index_job_in_work_stays_hidden_six_times_the_indexers_timeout(environment: str) -> None:
    timeout = int(effective("voice-parser", environment)["IndexerTimeoutSeconds"])
    assert int(effective("shared", environment)["IndexVisibilitySeconds"]) >= 6 * timeout


@environments
def test_the_indexer_parks_a_job_before_the_queue_does(environment: str) -> None:
    attempts = int(effective("voice-parser", environment)["IndexerMaxAttempts"])
    assert int(effective("shared", environment)["IndexMaxReceiveCount"]) == attempts + 2


@environments
def test_the_worker_parks_a_message_before_the_queue_does(environment: str) -> None:
    attempts = int(effective("voice-parser", environment)["MaxAttempts"])
    assert int(effective("shared", environment)["NotesMaxReceiveCount"]) == attempts + 2


@environments
def test_the_workers_disk_holds_a_batch_of_the_longest_recordings_and_their_files(environment: str) -> None:
    worker = effective("voice-parser", environment)
    decoded = int(worker["LongestRecordingSeconds"]) * RATE * BYTES
    needed = int(worker["BatchSize"]) * (decoded + LARGEST_MEDIA)
    assert int(worker["EphemeralMegabytes"]) * 2**20 > needed * 1.2


def test_no_account_and_no_secret_stands_in_a_file_of_ours() -> None:
    files = [*templates.INFRASTRUCTURE.glob("*/template.yaml"), *templates.INFRASTRUCTURE.glob("parameters/*.json")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    assert len(files) == len(templates.STACKS) + len(ENVIRONMENTS)
    assert not re.search(r"\b\d{12}\b|arn:aws:|\bAC[0-9a-f]{32}\b|\bsk-\w+", text)


def test_a_resources_properties_are_read_with_the_parameters_in_place() -> None:
    template = {
        "Parameters": {"Days": {"Type": "Number", "Default": 3}, "Origins": {"Type": "CommaDelimitedList"}},
        "Resources": {
            "Thing": {"Properties": {"A": {"Ref": "Days"}, "B": [{"C": {"Ref": "Origins"}}], "D": {"Ref": "Other"}}}
        },
    }
    filled = templates.properties(template, "Thing", {"Origins": "x,y"})
    assert filled == {"A": 3, "B": [{"C": ["x", "y"]}], "D": {"Ref": "Other"}}
