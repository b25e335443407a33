"""The records of calls: who called whom, and how far each call has come."""

from support.account import Account

from ai_voice_shared.calls.calls import Call, Calls


def _call(call_id: str, minute: int = 0, company_id: str = "acme") -> Call:
    started_at = f"2026-11-29T09:{minute:02}:00.000Z"
    return Call(call_id, company_id, started_at, customer="+15550100001", agent="+15550100021", language="en")


def test_a_call_is_found_by_its_company_only(account: Account) -> None:
    calls = Calls(account.ledger)
    calls.begin(_call("CA1"))

    assert calls.get("acme", "CA1") == _call("CA1")
    assert calls.get("other", "CA1") is None


def test_a_call_begins_once(account: Account) -> None:
    calls = Calls(account.ledger)

    assert calls.begin(_call("CA1"))
    assert not calls.begin(_call("CA1", minute=5))
    assert [call.started_at for call in calls.every("acme")] == ["2026-11-29T09:00:00.000Z"]


def test_a_call_ends_once_and_never_goes_back(account: Account) -> None:
    calls = Calls(account.ledger)
    calls.begin(_call("CA1"))

    ended = calls.end(_call("CA1"), "2026-11-29T09:10:00.000Z")
    again = calls.end(_call("CA1"), "2026-11-29T09:11:00.000Z")
    calls.filed(ended)
    late = calls.end(_call("CA1"), "2026-11-29T09:12:00.000Z")

    assert ended.status == "ended"
    assert again.ended_at == "2026-11-29T09:10:00.000Z"
    assert late.status == "filed"
    assert [call.status for call in calls.every("acme")] == ["filed"]


def test_calls_are_listed_page_by_page_the_newest_first(account: Account) -> None:
    calls = Calls(account.ledger)
    for minute in range(5):
        calls.begin(_call(f"CA{minute}", minute))
    calls.begin(_call("CA9", 3, "other"))

    first = calls.page("acme", 2)
    second = calls.page("acme", 2, first.after)
    third = calls.page("acme", 2, second.after)

    assert [call.call_id for page in (first, second, third) for call in page.calls] == [
        "CA4",
        "CA3",
        "CA2",
        "CA1",
        "CA0",
    ]
    assert third.after == ""


def test_a_stranger_is_known_by_the_number(account: Account) -> None:
    del account
    assert _call("CA1").sender == "+15550100001"
    assert Call("CA1", "acme", "2026-11-29T09:00:00.000Z").sender == "anonymous"
