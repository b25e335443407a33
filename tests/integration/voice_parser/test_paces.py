"""If many take a turn at the same time, each gets one of its own; DynamoDB decides which comes first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from support import patient
from support.deployed import Deployed

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.paces import Paces

START = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


def test_of_many_at_once_each_gets_a_turn_of_its_own(deployed: Deployed) -> None:
    paces = Paces(Ledger(patient.dynamodb(), deployed.platform.outputs.table), lambda: START)
    with ThreadPoolExecutor(8) as threads:
        turns = sorted(threads.map(lambda _: paces.turn("crowded-company", "COMPANY", 5), range(40)))
    assert turns[:5] == [START] * 5
    assert {later - earlier for earlier, later in pairwise(turns[4:])} == {timedelta(minutes=12)}
