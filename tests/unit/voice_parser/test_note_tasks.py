"""What a filed note says is to be done becomes tasks, each once, and they follow when the note is understood again."""

from support.app import JOB, FakeApp, job
from unit.voice_parser.test_understanding_again import DANIELLE, RIGHT, SID, api, corrected, understands, work

from ai_voice_shared.tasks.tasks import TaskFilter, Tasks

__all__ = ["api"]


def tasks(app: FakeApp) -> list[tuple[str, str]]:
    page = Tasks(app.account.ledger).list("acme", TaskFilter(), 10)
    return [(task.text, task.owner) for task in page.tasks]


def test_a_note_that_is_delivered_again_has_the_same_tasks(app: FakeApp) -> None:
    for _ in range(2):
        assert app.deliver(job("SM1", Body="Please order two valves."))
    assert [text for text, _ in tasks(app)] == [item.what for item in JOB.action_items]
    (task, *_) = Tasks(app.account.ledger).of_message("acme", "SM1")
    assert task.source
    assert (task.source.sender_name, task.source.start_ms) == (app.note("SM1").sender_name, None)


def test_a_note_that_is_understood_again_takes_its_tasks_along(app: FakeApp, api: object) -> None:
    before = Tasks(app.account.ledger).of_message("acme", SID)
    assert before
    understands(app, DANIELLE)
    corrected(api, RIGHT)  # type: ignore[arg-type]  # the fixture's gateway
    work(app)
    assert tasks(app) == [("order two valves", "Danielle")]
