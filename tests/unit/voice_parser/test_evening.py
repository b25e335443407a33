"""The evening message: who wishes it is told once a day what waits on them, and answers it by its numbers."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from support.account import Account
from support.app import LEASE, FakeApp
from support.erasing import eraser
from unit.voice_parser.evening_scene import BERLIN, NOON, Scene

from ai_voice_shared.domain import Budget, now, timestamp
from ai_voice_shared.people.evenings import Evenings
from ai_voice_shared.people.open_questions import OpenQuestion, OpenQuestions
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.notes import Note
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.records.usage import Usage, month_of
from voice_parser.replying.clusters import units

SIX = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
"""18:00 in Berlin."""


@pytest.fixture
def scene(app: FakeApp) -> Scene:
    return Scene(app)


@pytest.fixture
def wished(scene: Scene) -> Scene:
    """Sam wishes the evening message at 18:00, and is told so."""
    assert "18:00" in scene.says("evening 18:00")
    return scene


def test_what_is_set_is_said_with_the_hour_the_zone_and_the_first_day(scene: Scene) -> None:
    told = scene.says("evening 18:00")
    assert "every day at 18:00 (Europe/Berlin), from 20 Nov on" in told
    scene.moment += timedelta(hours=8)
    assert "from 21 Nov on" in scene.says("evening at 6 pm")
    assert "jeden Tag um 19:30 Uhr".casefold() in scene.says("abends um 19:30 Uhr").casefold()
    assert scene.says("evening off").startswith("The evening message is off")
    assert scene.says("evening off").startswith("There is no evening message")


def test_a_wish_is_no_note_and_asks_no_model(wished: Scene) -> None:
    assert wished.app.analyzer.calls == 0
    assert wished.app.note("SM901").stage == "kept"


def test_it_comes_once_a_day_at_its_hour_with_the_most_urgent_first(wished: Scene) -> None:
    wished.task("Call Elm Street", "2026-11-18")
    wished.task("Order two valves", "2026-11-20")
    wished.task("Clean the van", "2026-11-21")
    wished.task("Write the report")
    wished.task("Somebody else's", "2026-11-20", owner="Ben")
    wished.task("Far away", "2026-12-24")
    wished.until(SIX - timedelta(minutes=15))
    assert wished.evenings() == []
    wished.until(SIX + timedelta(minutes=15))
    (told,) = wished.evenings()
    heads = [line for line in told.splitlines() if line.lstrip("\u2060")[:2].rstrip(".").isdigit()]
    assert [head.lstrip("\u2060") for head in heads] == [
        "1. Call Elm Street · overdue since 18 Nov",
        "2. Order two valves · due today",
        "3. Clean the van · due tomorrow",
        "4. Write the report",
    ]
    wished.until(SIX + timedelta(hours=6))
    assert len(wished.evenings()) == 1


def test_each_line_cites_its_note_and_says_who_promised_it(wished: Scene) -> None:
    wished.noted("order two valves", "SM1", "Ben", "2026-11-20")
    wished.until(SIX)
    (told,) = wished.evenings()
    assert "order two valves · due today · said for “Sam” · Ben said that you do it" in told
    assert "Ben, 20 Nov “Sam will order two valves.”" in told


def test_a_task_of_a_note_that_is_gone_is_left_out(wished: Scene) -> None:
    wished.noted("order two valves", "SM1", "Ben", "2026-11-20")
    wished.app.account.ledger.delete("NOTE#acme", "SM1")
    wished.until(SIX)
    assert wished.evenings() == []


def test_nothing_is_sent_if_nothing_waits(wished: Scene) -> None:
    wished.until(SIX + timedelta(days=1))
    assert wished.evenings() == []
    assert len(wished.jobs) == 2


def test_a_question_that_no_note_answered_waits_and_is_put_aside(wished: Scene) -> None:
    questions = OpenQuestions(wished.app.account.ledger)
    questions.add("acme", "sam", OpenQuestion("SM5", "When does the pump come?", timestamp(now())))
    wished.until(SIX)
    (told,) = wished.evenings()
    assert "Your question, which no note answered: When does the pump come?" in told
    assert "When does the pump come?" in wished.says("1 done")
    assert questions.of("acme", "sam") == []


def test_lines_are_closed_and_moved_by_their_numbers(wished: Scene) -> None:
    valves, van = wished.task("Order two valves", "2026-11-20"), wished.task("Clean the van", "2026-11-20")
    wished.until(SIX)
    assert wished.says("1 done").startswith("✅ Done:")
    assert wished.says("2 tomorrow").startswith("📅 Moved to 21 Nov:")
    done, moved = wished.left(valves), wished.left(van)
    both = {one.text: (bool(one.done_at), one.due) for one in (done, moved) if one}
    assert sorted(both.values()) == [(False, "2026-11-21"), (True, "2026-11-20")]
    assert wished.says("7 done").startswith("The evening message has no line 7")
    assert wished.says("all done").startswith("✅ Done:")
    assert all(task and task.done_at for task in map(wished.left, (valves, van)))
    assert wished.app.analyzer.calls == 0


def test_what_was_moved_stays_as_the_person_moved_it(wished: Scene) -> None:
    task = wished.noted("order two valves", "SM1", "Ben", "2026-11-20")
    wished.until(SIX)
    wished.says("1 on Monday")
    left = wished.left(task)
    assert left
    assert (left.due, left.edited) == ("2026-11-23", ("due",))


@pytest.mark.parametrize("text", ["1 done", "2 tomorrow", "all done"])
def test_without_a_list_such_a_text_is_a_note(wished: Scene, text: str) -> None:
    wished.says(text)
    assert wished.app.analyzer.calls == 1


def test_words_that_name_more_than_a_day_or_quote_something_else_are_not_about_the_list(wished: Scene) -> None:
    wished.task("Order two valves", "2026-11-20")
    wished.until(SIX)
    wished.says("2 valves for Elm Street by Friday")
    assert wished.app.analyzer.calls == 1
    assert wished.says("1 done", OriginalRepliedMessageSid="SM901") == phrase("fix_no_note", "en")
    (sid,) = Evenings(wished.app.account.ledger).get("acme", "sam").sids  # type: ignore[union-attr]
    assert wished.says("1 done", OriginalRepliedMessageSid=sid).startswith("✅ Done:")


def test_more_than_ten_lines_end_with_how_many_more_there_are(wished: Scene) -> None:
    for number in range(14):
        wished.task(f"Task {number} {'with many words in it ' * 6}", "2026-11-20")
    wished.until(SIX)
    (told,) = wished.evenings()
    assert units(told) <= 1600
    listed = len(Evenings(wished.app.account.ledger).get("acme", "sam").listed)  # type: ignore[union-attr]
    assert f"and {14 - listed} more" in told


@pytest.mark.parametrize("lost", [lambda: httpx.Response(500), lambda: (_ for _ in ()).throw(httpx.ReadError("x"))])
def test_it_is_sent_once_whether_or_not_twilio_said_that_it_took_it(wished: Scene, lost: object) -> None:
    wished.task("Order two valves", "2026-11-20")
    wished.app.twilio.after = lost  # type: ignore[assignment]
    wished.moment = SIX
    with pytest.raises(Exception, match="Twilio"):
        wished.tick()
    wished.app.twilio.after = lambda: None
    wished.task("One more, which waits until tomorrow", "2026-11-19")
    for _ in range(3):
        wished.messages().process(wished.jobs[0], LEASE)
    assert len(wished.evenings()) == 1
    assert Usage(wished.app.account.ledger).of("acme", month_of(datetime.now(UTC))).messages_sent == 2  # and the wish's


def test_two_jobs_for_a_day_send_one_message(wished: Scene) -> None:
    wished.task("Order two valves", "2026-11-20")
    wished.until(SIX)
    assert wished.says("evening 18:15")
    wished.until(SIX + timedelta(hours=1))
    assert [found.day for found in wished.jobs] == ["2026-11-20", "2026-11-20"]
    assert len(wished.evenings()) == 1


def test_after_a_day_without_a_message_a_template_goes_or_an_operator_reads_why(
    wished: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    wished.task("Order two valves", "2026-11-20")
    wished.until(SIX + timedelta(days=1))
    assert len(wished.evenings()) == 1
    assert "no template, and the last message is a day old" in capsys.readouterr().out
    wished.template = f"HX{'0' * 32}"
    wished.until(SIX + timedelta(days=2))
    (sent,) = [one for one in wished.app.twilio.sent if "ContentSid" in one]
    assert json.loads(sent["ContentVariables"]) == {"1": "1", "2": "Order two valves overdue since 20 Nov"}
    assert wished.says("1 done").startswith("✅ Done:")


def test_what_twilio_refuses_as_late_goes_by_template(wished: Scene) -> None:
    wished.template = f"HX{'0' * 32}"
    wished.task("Order two valves", "2026-11-20")
    wished.app.twilio.answers = [httpx.Response(400, json={"code": 63016})]
    wished.until(SIX)
    assert [one for one in wished.app.twilio.sent if "ContentSid" in one]


def test_a_company_over_its_budget_sends_none(wished: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    wished.task("Order two valves", "2026-11-20")
    wished.known(replace(BERLIN, budget=Budget(messages=1)))
    wished.until(SIX)
    assert wished.evenings() == []
    assert "over budget" in capsys.readouterr().out


@pytest.mark.parametrize("gone", ["customer", "name", "company"])
def test_who_is_not_the_companys_any_more_gets_none_and_is_forgotten(wished: Scene, gone: str) -> None:
    wished.task("Order two valves", "2026-11-20")
    if gone == "company":
        wished.known(replace(BERLIN, company_id="other"))
    else:
        wished.known(None)
    wished.until(SIX)
    assert wished.evenings() == []
    assert Evenings(wished.app.account.ledger).get("acme", "sam") is None


def test_a_message_that_is_hours_late_is_left_out(wished: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    wished.task("Order two valves", "2026-11-20")
    wished.moment = SIX + timedelta(hours=4)
    assert wished.tick() == 1
    assert wished.evenings() == []
    assert '"late"' in capsys.readouterr().out


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_new_zone_of_the_company_counts_from_the_next_message_on(wished: Scene, zone: str) -> None:
    wished.task("Order two valves", "2026-11-20")
    wished.known(replace(BERLIN, time_zone=zone))
    wished.template = f"HX{'0' * 32}"
    wished.until(NOON + timedelta(days=3))
    where = ZoneInfo(zone)
    days = Counter(found.day for found in wished.jobs)
    assert Evenings(wished.app.account.ledger).get("acme", "sam").zone == zone  # type: ignore[union-attr]
    sent = [one for one in wished.app.twilio.sent if "ContentSid" in one or "waits on you:" in one.get("Body", "")]
    assert len(sent) in {2, 3}
    assert wished.moment.astimezone(where).date().isoformat() >= max(days)


def test_it_is_erased_with_its_sender_and_its_company(wished: Scene) -> None:
    wished.task("Order two valves", "2026-11-20")
    wished.until(SIX)
    ledger = wished.app.account.ledger
    (sent,) = {found.message_id for found in wished.jobs}
    assert Replies(ledger).of(sent)[0].text == ""
    assert all("Order two valves" not in str(item) for item in ledger.partition(f"MESSAGE#{sent}"))
    for record in eraser(wished.app.account, wished.app.twilio).records:
        record.of_person(Note("acme", "", "sam", "")).erase()
    assert ledger.places("SENDERS#acme") == []
    assert Replies(ledger).of(sent) == []
    wished.messages().process(wished.jobs[0], LEASE)
    assert len(wished.evenings()) == 1


def test_another_company_is_not_reached(wished: Scene, account: Account) -> None:
    task = wished.task("Order two valves", "2026-11-20")
    wished.until(SIX)
    assert Evenings(account.ledger).get("acme-1", "sam") is None
    assert Evenings(account.ledger).get("acme", "sa") is None
    assert wished.left(task)
