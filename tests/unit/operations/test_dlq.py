"""The command for parked messages."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from support.account import Account
from support.app import FakeApp, job

from ai_voice_local import templates
from ai_voice_operations.__main__ import main
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.jobs import IndexJob, NoteJob
from voice_parser.dead_letters import DeadLetters, Outcome, Parked

VALVES = job("SM1", Body="Please order two valves by Friday.")
GATE = replace(job("SM2", Body="Please lock the gate tonight."), company_id="bolt")
AT_ONCE = ("--wait-seconds", "0")
"""Queues in memory overlook no message."""

PERSONAL = ("valves", "gate", "5550100001", "Sam")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(account: Account, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command on the account's queues: its exit status, output and error output."""

    def run_command(*arguments: str, queue: str = "notes") -> tuple[int, str, str]:
        pairs = {
            "notes": (account.queue, account.dead_letters),
            "index": (account.index_queue, account.index_dead_letters),
        }
        to, parked = pairs[queue]
        urls = ["--queue-url", to.url, "--dead-letter-queue-url", parked.url]
        status = main(["dlq", *arguments, "--queue", queue, *urls, *AT_ONCE])
        return status, *capsys.readouterr()

    return run_command


def dead_letters(account: Account, **fields: Any) -> DeadLetters:
    return DeadLetters("notes", account.queue, account.dead_letters, wait_seconds=0, **fields)


def park(account: Account, *jobs: NoteJob, reason: str = "OpenAI answered 401") -> None:
    for one in jobs:
        account.dead_letters.park(one.to_json(), reason)


def everything(_parked: Parked) -> bool:
    return True


def untold(_parked: Parked, _outcome: Outcome) -> None:
    """Who replays is not interested."""


def bodies(account: Account, queue: Queue) -> list[object]:
    return [message["Body"] for message in account.queued(queue)]


def test_a_list_tells_which_message_of_whom_is_parked_since_when_and_why_but_nothing_personal(
    account: Account, run: Run
) -> None:
    park(account, VALVES)
    park(account, GATE, reason="Twilio answered 500")
    status, out, _ = run("list")
    first, second = out.splitlines()
    assert status == 0
    assert first.split()[2:4] == ["SM1", "acme"]
    assert second.split()[2:4] == ["SM2", "bolt"]
    assert first.endswith("received 1x  OpenAI answered 401")
    assert second.endswith("Twilio answered 500")
    assert not [word for word in PERSONAL if word in out]


def test_what_sqs_moved_by_itself_is_told_to_have_killed_its_worker(account: Account, run: Run) -> None:
    account.dead_letters.send(VALVES.to_json(), "acme")
    assert "its worker died at every attempt" in run("list")[1]


def test_a_list_can_be_of_one_company(account: Account, run: Run) -> None:
    park(account, VALVES, GATE)
    _, out, _ = run("list", "--company", "bolt")
    assert [line.split()[2] for line in out.splitlines()] == ["SM2"]


def test_a_list_of_an_empty_queue_says_so(run: Run) -> None:
    assert run("list") == (0, "", "Nothing is parked.\n")


def test_a_list_made_while_another_command_reads_does_not_say_that_nothing_is_parked(
    account: Account, run: Run
) -> None:
    park(account, VALVES)
    (message,) = account.dead_letters.receive(10, 30)
    assert "wait 30 s" in run("list")[2]
    account.dead_letters.show_again([message.receipt_handle])
    assert "SM1" in run("list")[1]


def test_a_list_hides_nothing_from_others_afterwards(account: Account, run: Run) -> None:
    park(account, *(job(f"SM{number}") for number in range(25)))
    assert len(run("list")[1].splitlines()) == 25
    assert len(bodies(account, account.dead_letters)) == 25


def test_a_list_is_bounded_and_says_that_there_may_be_more(account: Account, run: Run) -> None:
    park(account, *(job(f"SM{number}") for number in range(13)))
    _, out, err = run("list", "--limit", "12")
    assert len(out.splitlines()) == 12
    assert "raise --limit" in err


def test_a_reading_that_fails_hides_nothing_either(account: Account) -> None:
    park(account, VALVES, GATE)

    def fail(_parked: Parked) -> bool:
        raise RetryLater("interrupted")

    with pytest.raises(RetryLater):
        dead_letters(account).find(fail)
    assert len(bodies(account, account.dead_letters)) == 2


def test_a_long_reading_tells_how_far_it_is(account: Account) -> None:
    park(account, *(job(f"SM{number}") for number in range(12)))
    told: list[int] = []
    dead_letters(account, limit=12, progress=told.append).find(everything)
    assert told[-1] == 12
    assert told == sorted(told)


def test_a_message_is_shown_without_what_is_personal(account: Account, run: Run) -> None:
    park(account, VALVES, GATE)
    status, out, _ = run("show", "SM1")
    assert status == 0
    for told in ("OpenAI answered 401", "SM1", "acme", "sam", "2026-11-20T10:00:00.000Z", "NumMedia"):
        assert told in out
    assert "SM2" not in out
    assert not [word for word in PERSONAL if word in out]


def test_a_message_is_shown_as_a_whole_when_that_is_asked_for(account: Account, run: Run) -> None:
    park(account, VALVES)
    _, out, _ = run("show", "SM1", "--unmasked")
    assert "Please order two valves by Friday." in out
    assert "whatsapp:+15550100001" in out


def test_nothing_in_a_body_steers_the_terminal(account: Account, run: Run) -> None:
    park(account, replace(job("SM1", Body="\x9b2J\u202e"), company_id="ac\x1b]0;me"))
    for command in (["list"], ["show", "SM1", "--unmasked"]):
        out = run(*command)[1]
        assert out
        assert out.replace("\n", "").isprintable()


def test_a_message_that_is_not_parked_can_not_be_shown_replayed_or_dropped(account: Account, run: Run) -> None:
    park(account, VALVES)
    for command in (["show", "SM404"], ["replay", "SM404"], ["drop", "SM404", "--yes"]):
        status, out, err = run(*command)
        assert (status, out) == (1, "")
        assert "SM404 is not parked" in err
    assert len(bodies(account, account.dead_letters)) == 1


def test_a_replayed_message_is_in_its_queue_in_its_companys_group_and_parked_no_more(
    account: Account, run: Run
) -> None:
    park(account, VALVES, GATE)
    assert run("replay", "SM2")[0] == 0
    (again,) = account.queued()
    assert again["Body"] == GATE.to_json()
    assert again["Attributes"]["MessageGroupId"] == "bolt"  # type: ignore[index]
    assert bodies(account, account.dead_letters) == [VALVES.to_json()]


def test_all_can_be_replayed_at_once(account: Account, run: Run) -> None:
    park(account, *(job(f"SM{number}") for number in range(15)))
    status, out, _ = run("replay", "--all")
    assert (status, len(out.splitlines())) == (0, 15)
    assert len(bodies(account, account.queue)) == 15
    assert bodies(account, account.dead_letters) == []


def test_all_of_one_company_can_be_replayed(account: Account, run: Run) -> None:
    park(account, VALVES, GATE)
    assert run("replay", "--all", "--company", "acme")[0] == 0
    assert bodies(account, account.queue) == [VALVES.to_json()]
    assert bodies(account, account.dead_letters) == [GATE.to_json()]


def test_a_replay_killed_in_between_loses_nothing(account: Account) -> None:
    park(account, VALVES)

    class Killed(Queue):
        def delete(self, _receipt_handle: str) -> None:
            raise RetryLater("killed")

    killed = replace(dead_letters(account), parked=Killed(account.dead_letters.client, account.dead_letters.url))
    with pytest.raises(RetryLater):
        killed.replay(everything, untold)
    assert bodies(account, account.queue) == [VALVES.to_json()]
    assert bodies(account, account.dead_letters) == [VALVES.to_json()]


def test_a_message_its_queue_does_not_take_stays_parked(account: Account) -> None:
    park(account, VALVES)
    gone = Queue(account.queue.client, account.queue.url + "-gone")
    with pytest.raises(RetryLater):
        replace(dead_letters(account), queue=gone).replay(everything, untold)
    assert bodies(account, account.dead_letters) == [VALVES.to_json()]


def test_what_fails_at_once_again_is_not_replayed_for_ever(account: Account) -> None:
    park(account, VALVES)

    def fail_again(_parked: Parked, _outcome: Outcome) -> None:
        park(account, VALVES)

    dead_letters(account).replay(everything, fail_again)
    assert len(bodies(account, account.queue)) == 1
    assert len(bodies(account, account.dead_letters)) == 1


def test_a_replay_of_what_was_finished_meanwhile_changes_nothing(app: FakeApp, run: Run) -> None:
    account = app.account
    assert app.deliver(VALVES)
    before = (app.note("SM1"), app.replies(), app.artifacts())
    park(account, VALVES)
    assert run("replay", "SM1")[0] == 0
    (again,) = account.queued()
    assert app.deliver(NoteJob.from_json(str(again["Body"])))
    assert (app.note("SM1"), app.replies(), app.artifacts()) == before


def test_what_was_given_up_is_filed_and_answered_after_its_replay(app: FakeApp, run: Run) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    app.analyzer.before = fail
    assert app.deliver(VALVES, attempt=3)
    assert app.note("SM1").status == "parked"
    app.analyzer.before = lambda: None
    assert run("replay", "--all")[0] == 0
    (again,) = app.account.queued()
    assert app.deliver(NoteJob.from_json(str(again["Body"])))
    assert app.note("SM1").status == "filed"
    assert [key for key in app.artifacts() if "parked" in key] == []
    assert len(app.replies()) == 2


def test_an_unreadable_body_is_shown_and_dropped_but_never_replayed(account: Account, run: Run) -> None:
    account.dead_letters.park("Sam wants valves", "the queue body is not a note job")
    name = run("list")[1].split()[1]
    _, shown, _ = run("show", name)
    assert "the queue body is not a note job" in shown
    assert "valves" not in shown
    assert "Sam wants valves" in run("show", name, "--unmasked")[1]
    for command in (["replay", name], ["replay", "--all"]):
        status, _, err = run(*command)
        assert status == 1
        assert "cannot be replayed: the queue body is not a note job" in err
    assert bodies(account, account.queue) == []
    assert run("drop", name, "--yes")[0] == 0
    assert bodies(account, account.dead_letters) == []


@dataclass
class Keyboard:
    """What is typed next."""

    monkeypatch: pytest.MonkeyPatch

    def types(self, line: str) -> None:
        self.monkeypatch.setattr("sys.stdin", io.StringIO(line))


@pytest.mark.parametrize(("typed", "left"), [("yes\n", 1), ("y\n", 2), ("", 2)])
def test_nothing_is_dropped_that_is_not_confirmed(
    account: Account, run: Run, monkeypatch: pytest.MonkeyPatch, typed: str, left: int
) -> None:
    park(account, VALVES, GATE)
    Keyboard(monkeypatch).types(typed)
    status, _, err = run("drop", "SM1")
    assert "the only copy" in err
    assert status == (0 if left == 1 else 1)
    assert len(bodies(account, account.dead_letters)) == left


def test_a_parked_index_job_goes_back_to_its_companys_group(account: Account, run: Run) -> None:
    jobs = [IndexJob("acme", "SM1"), IndexJob("bolt", "SM2", "remove")]
    for one in jobs:
        account.index_dead_letters.park(one.to_json(), "unexpected ZeroDivisionError")
    assert [line.split()[2] for line in run("list", queue="index")[1].splitlines()] == ["SM1", "SM2"]
    assert "remove" in run("show", "SM2", queue="index")[1]
    assert run("replay", "--all", queue="index")[0] == 0
    again = {str(one["Body"]): one["Attributes"] for one in account.queued(account.index_queue)}
    groups = {body: attributes["MessageGroupId"] for body, attributes in again.items()}  # type: ignore[index]
    assert groups == {one.to_json(): one.company_id for one in jobs}
    assert bodies(account, account.index_dead_letters) == []


def test_an_index_job_is_not_taken_for_a_repetition_when_it_is_parked_and_replayed_twice_within_minutes(
    account: Account, run: Run
) -> None:
    body = IndexJob("acme", "SM1").to_json()
    for _ in range(2):
        account.index_dead_letters.park(body, "unexpected ZeroDivisionError")
        assert run("replay", "SM1", queue="index")[0] == 0
    assert account.index_queue.count() == 2


@pytest.mark.parametrize("name", ["DeadLetterQueue", "IndexDeadLetterQueue"])
def test_an_alarm_tells_whoever_subscribed_that_a_queue_of_parked_messages_is_not_empty(name: str) -> None:
    found = templates.read("shared")["Resources"].values()
    alarms = [one["Properties"] for one in found if one["Type"] == "AWS::CloudWatch::Alarm"]
    (alarm,) = [one for one in alarms if one["Dimensions"][0]["Value"] == {"Fn::GetAtt": [name, "QueueName"]}]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/SQS", "ApproximateNumberOfMessagesVisible")
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
    assert alarm["TreatMissingData"] == "notBreaching"
    assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}]


def test_the_queues_are_found_by_the_name_of_the_environment(
    account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ai-voice-tool-dev-notes", "ai-voice-tool-dev-notes-dead-letter"):
        url = account.queue.client.create_queue(QueueName=name)["QueueUrl"]
    Queue(account.queue.client, url).park(VALVES.to_json(), "OpenAI answered 401")
    assert main(["dlq", "--environment", "dev", "list", *AT_ONCE]) == 0
    assert "SM1" in capsys.readouterr().out
    assert main(["dlq", "list", "--environment", "prod", *AT_ONCE]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(("queue", "variable"), [("notes", "DEAD_LETTER_QUEUE_URL"), ("index", "INDEX_QUEUE_URL")])
def test_what_the_command_is_not_told_it_asks_for_in_a_sentence(
    account: Account,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    queue: str,
    variable: str,
) -> None:
    monkeypatch.setenv("QUEUE_URL", account.queue.url)
    assert main(["dlq", "--queue", queue, "list", *AT_ONCE]) == 1
    assert f"or set {variable}" in capsys.readouterr().err


def test_the_queues_are_those_of_the_environments_variables(
    account: Account, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    park(account, VALVES)
    monkeypatch.setenv("QUEUE_URL", account.queue.url)
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", account.dead_letters.url)
    assert main(["dlq", "list", *AT_ONCE]) == 0
    assert "SM1" in capsys.readouterr().out
