"""How many AWS calls a new worker makes, for each kind of message. The number cannot grow without a failed test."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from chaos.kinds import KINDS
from chaos.trials import Trial
from chaos.ways import AWS, Walker
from chaos.world import World, world

AT_MOST = {"text job": 25, "greeting": 27, "voice": 29, "question": 31, "forget that": 21}
"""One looks whether a console of the company is open: without that look, each change would start a function. One looks
whether an endpoint wants the note. A job has two more for each task in it: what the note says of it, and the task.
One looks whether the sender was greeted; a worker remembers it for the next. One asks for the company's rules."""
WATCHED = "DynamoDB Query WATCHERS"
"""That look. It is repeated every few seconds, so how often depends on how busy this machine is."""
READS = ("GetItem", "Query", "GET ", "GetSecretValue")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("calls")
    with world(folder) as running:
        yield running


@pytest.mark.parametrize("name", AT_MOST)
def test_a_message_costs_no_more_calls_than_it_did(made: World, name: str) -> None:
    with Trial(made, next(kind for kind in KINDS if kind.name == name)) as trial:
        walker = trial.walked(Walker())
    calls = [f"{service} {what}" for service, what in walker.asked if service in AWS]
    calls = [call for place, call in enumerate(calls) if call != WATCHED or call not in calls[:place]]
    assert len(calls) <= AT_MOST[name], "\n".join(calls)
    assert "SQS SendMessage webhooks" not in calls  # the company has no endpoint
    read = Counter(call for call in calls if call.split(" ", 1)[1].startswith(READS))
    secrets = {call for call in read if call.startswith("Secrets Manager")}  # each has another name, which is not shown
    assert not [call for call, times in read.items() if times > 1 and call not in secrets]
