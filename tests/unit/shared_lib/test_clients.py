"""How AWS clients are made."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

from ai_voice_shared.aws import clients


def test_a_late_client_is_made_once_when_it_is_first_used() -> None:
    made: list[SimpleNamespace] = []

    def make() -> SimpleNamespace:
        made.append(SimpleNamespace(invoke=lambda name: f"invoked {name}"))
        return made[-1]

    client = clients.late(make)
    assert made == []
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(client.invoke, ["f"] * 8)) == {"invoked f"}
    assert len(made) == 1
