"""A question over HTTP: its company, its limits, and an answer in which every citation can be played."""

import json
from dataclasses import replace
from typing import Any, cast

import pytest
from support.account import Account
from support.answering_fake import SILENT, TOLD, VOICE, WRITTEN, FakeAnswering, statement
from support.api import quotas, served
from unit.data_api_server.gateway import ACME, BOLT, Answer, Gateway, file, key, receive

from ai_voice_shared.answering.answers import Question
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.search.model import Scope
from data_api_server.models import ask_examples
from data_api_server.models.ask import AnswerShown, TicketCreated
from data_api_server.services import Services

type Fields = dict[str, Any]


class Client:
    """Asks as one company's client."""

    def __init__(
        self,
        account: Account,
        answering: FakeAnswering | None,
        company_id: str | None = ACME,
        time_zone: str = "UTC",
    ) -> None:
        only = cast("Any", None)  # what asking has no business with
        services = Services(
            notes=Notes(account.ledger),
            tasks=only,
            store=account.store,
            stored=only,
            indexes=only,
            index_queue=only,
            notes_queue=only,
            webhooks_queue=only,
            addresses=only,
            url_seconds=900,
            erasing=only,
            data_requests=only,
            quotas=quotas(account, time_zone=time_zone),
            answering=cast("Any", answering),
        )
        self.gateway = Gateway(served(services), company_id)

    def ask(self, question: object = "When do we come?", **fields: object) -> Answer:
        return self.post(json.dumps({"question": question, **fields}))

    def post(self, body: str, event: Fields | None = None) -> Answer:
        event = event or self.gateway.event("POST", "/v1/ask")
        event |= {"body": body, "headers": event["headers"] | {"content-type": "application/json"}}
        answer = self.gateway.handle(event, None)
        return Answer(answer["statusCode"], answer["headers"], answer["body"])


@pytest.fixture
def answering() -> FakeAnswering:
    return FakeAnswering()


@pytest.fixture
def client(account: Account, answering: FakeAnswering) -> Client:
    file(account, ACME)
    receive(account, ACME, WRITTEN, title="Valve", artifacts=key(ACME, "full_text.txt", sid=WRITTEN))
    return Client(account, answering)


def test_an_answer_is_its_statements_with_what_they_stand_on(client: Client) -> None:
    answer = client.ask()
    assert answer.status == 200
    told = answer.json()
    assert told["answer"] == "Thursday. Bring a valve."
    assert {
        name: told[name] for name in ("notice", "left_out", "left_out_texts", "language", "engine", "conversation")
    } == {
        "notice": "",
        "left_out": 0,
        "left_out_texts": [],
        "language": "en",
        "engine": "fake",
        "conversation": None,
    }
    (cited,) = told["statements"][0]["citations"]
    assert cited.pop("audio_url")
    assert cited == {
        "message_id": VOICE,
        "start": 1.2,
        "end": 4.9,
        "quote": f"Thursday., says {VOICE}",
        "sentence": f"He said: Thursday., says {VOICE} Or later.",
        "before": "He said: ",
        "sender_name": "Ana Ruiz",
        "received_at": "2026-11-20T09:12:04.000Z",
        "title": "Boiler",
    }


def test_a_citation_plays_from_the_second_where_it_was_said(client: Client, answering: FakeAnswering) -> None:
    answering.answer = replace(TOLD, statements=(statement("Thursday.", VOICE, start=3725.25),))
    (cited,) = client.ask().json()["statements"][0]["citations"]
    url, _, fragment = cited["audio_url"].partition("#")
    assert fragment == "t=3725.25"
    assert key(ACME, "audio.ogg") in url
    assert "X-Amz-Signature=" in url
    assert "response-content-type=audio%2Fogg" in url


def test_a_written_note_has_nothing_to_play(client: Client) -> None:
    _, written = client.ask().json()["statements"][1]["citations"]
    assert (written["message_id"], written["title"], written["audio_url"]) == (WRITTEN, "Valve", None)


@pytest.mark.parametrize("nothing", [None, 0.0])
def test_a_citation_of_a_caption_has_no_second_and_nothing_to_play(
    client: Client, answering: FakeAnswering, nothing: float | None
) -> None:
    """In an answer that an earlier release kept, such a citation has 0."""
    caption = statement("ZX-4711.", VOICE, start=nothing, end=nothing)
    answering.answer = replace(TOLD, statements=(caption,))
    (cited,) = client.ask().json()["statements"][0]["citations"]
    assert (cited["start"], cited["end"], cited["audio_url"]) == (None, None, None)
    assert cited["title"] == "Boiler"


def test_a_note_deleted_meanwhile_is_cited_without_title_and_recording(account: Account) -> None:
    (cited,) = Client(account, FakeAnswering()).ask().json()["statements"][0]["citations"]
    assert (cited["title"], cited["audio_url"]) == (None, None)


def test_an_artifact_that_is_not_the_companys_is_never_signed(account: Account) -> None:
    receive(account, ACME, VOICE, artifacts="\n".join([key(BOLT, "audio.ogg"), "customers.json"]))
    (cited,) = Client(account, FakeAnswering()).ask().json()["statements"][0]["citations"]
    assert cited["audio_url"] is None


def test_a_statement_tells_whether_it_is_proven(client: Client, answering: FakeAnswering) -> None:
    unproven = replace(statement("Said, but not proven: Friday.", VOICE), proven=False)
    answering.answer = replace(TOLD, statements=(*TOLD.statements[:1], unproven))
    told = client.ask().json()
    assert [(one["text"], one["proven"]) for one in told["statements"]] == [
        ("Thursday.", True),
        ("Said, but not proven: Friday.", False),
    ]
    assert told["answer"] == "Thursday. Said, but not proven: Friday."


def test_when_the_notes_do_not_tell_the_answer_says_so(client: Client, answering: FakeAnswering) -> None:
    answering.answer = SILENT
    told = client.ask().json()
    assert (told["answer"], told["notice"], told["statements"]) == (SILENT.notice, SILENT.notice, [])


def test_a_question_is_put_as_the_keys_and_its_companys(client: Client, answering: FakeAnswering) -> None:
    client.ask(
        "  When do we come?\n",
        notes=[VOICE],
        intent="other",
        sender="ana",
        since="2026-11-01",
        until="2026-11-02T01:00:00+01:00",
    )
    scope = Scope("other", "ana", "2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z", (VOICE,))
    assert answering.questions == [Question(ACME, "abcd1234", "When do we come?", scope)]


def test_the_days_of_a_question_are_of_the_companys_time_zone(account: Account, answering: FakeAnswering) -> None:
    Client(account, answering, time_zone="Pacific/Auckland").ask(since="2026-09-27", until="2026-09-28")
    (question,) = answering.questions
    assert (question.scope.since, question.scope.until) == ("2026-09-26T12:00:00.000Z", "2026-09-27T11:00:00.000Z")


def test_a_new_conversation_gets_an_id_by_which_it_goes_on(client: Client, answering: FakeAnswering) -> None:
    first, other = (client.ask(conversation="new").json()["conversation"] for _ in range(2))
    assert len({first, other, "new"}) == 3
    assert client.ask(conversation=first).json()["conversation"] == first
    assert [one.conversation for one in answering.questions] == [first, other, first]


@pytest.mark.parametrize("question", ["", "  \n", "x" * 2001, None, 7, ["When?"], "\ud800"])
def test_what_is_no_question_is_refused(client: Client, answering: FakeAnswering, question: object) -> None:
    answer = client.ask(question)
    assert (answer.status, answer.is_problem) == (422, True)
    assert [one["field"] for one in answer.json()["errors"]] == ["question"]
    assert answering.questions == []


def test_the_longest_question_is_answered(client: Client) -> None:
    assert client.ask("x" * 2000).status == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company_id", BOLT),
        ("user", "somebody"),
        ("intent", "gossip"),
        ("sender", "x" * 201),
        ("notes", ["../customers.json"]),
        ("notes", ["SM1"] * 101),
        ("since", "yesterday"),
        ("until", "9999-12-31T23:59:59-14:00"),
        ("conversation", "a b"),
        ("conversation", ""),
    ],
)
def test_a_restriction_that_means_nothing_is_named(client: Client, field: str, value: object) -> None:
    answer = client.ask(**{field: value})
    assert answer.status == 422
    assert answer.json()["errors"][0]["field"].startswith(field)


@pytest.mark.parametrize("notes", [["SM404"], [VOICE, "SM404"]])
def test_a_note_that_is_not_there_is_named_by_its_place(
    client: Client, account: Account, answering: FakeAnswering, notes: list[str]
) -> None:
    receive(account, BOLT, "SM404")  # another company's is not there either
    answer = client.ask(notes=notes)
    assert answer.status == 422
    assert answer.json()["errors"] == [{"field": f"notes.{len(notes) - 1}", "problem": "This note does not exist"}]
    assert answering.questions == []


def test_no_notes_at_all_are_not_all_notes(client: Client, answering: FakeAnswering) -> None:
    answer = client.ask(notes=[])
    assert answer.status == 422
    assert answer.json()["errors"][0]["field"] == "notes"
    assert client.ask(notes=None).status == 200
    assert len(answering.questions) == 1


def test_a_conversation_that_is_not_there_is_told_and_not_begun(
    client: Client, account: Account, answering: FakeAnswering
) -> None:
    begun = client.ask(conversation="new").json()["conversation"]
    for other, conversation in ((client, "unheard"), (Client(account, answering, BOLT), begun)):
        answer = other.ask(conversation=conversation)
        assert answer.status == 422
        (error,) = answer.json()["errors"]
        assert (error["field"], "`new`" in error["problem"]) == ("conversation", True)
    assert len(answering.questions) == 1


def test_a_period_that_ends_before_it_begins_is_refused(client: Client) -> None:
    answer = client.ask(since="2026-11-02", until="2026-11-01")
    assert answer.status == 422
    assert "`since`" in answer.json()["detail"]


@pytest.mark.parametrize("body", ["", "no json", "[]", '"When?"', "null", "{", "[" * 5000])
def test_a_body_that_is_no_question_is_a_problem(client: Client, body: str) -> None:
    answer = client.post(body)
    assert (answer.status, answer.is_problem) == (422 if body in {"[]", '"When?"', "null"} else 400, True)
    assert [one["field"] for one in answer.json()["errors"]] == ["body"]


def test_what_does_not_answer_now_is_to_be_asked_again(client: Client, answering: FakeAnswering) -> None:
    def unreachable(_number: int) -> None:
        raise RetryLater("OpenAI unreachable")

    answering.before = unreachable
    answer = client.ask()
    assert (answer.status, answer.is_problem) == (503, True)
    assert int(answer.headers["retry-after"]) > 0


def test_a_refusing_engine_is_a_problem_that_gives_no_reason_away(
    client: Client, answering: FakeAnswering, capsys: pytest.CaptureFixture[str]
) -> None:
    def refusing(_number: int) -> None:
        raise DeadLetter("OpenAI answered 401 invalid_api_key")

    answering.before = refusing
    answer = client.ask()
    assert (answer.status, answer.is_problem) == (502, True)
    assert "OpenAI" not in answer.body
    assert "OpenAI answered 401" in capsys.readouterr().out


def test_where_nothing_answers_a_question_is_a_problem(account: Account) -> None:
    answer = Client(account, None).ask()
    assert (answer.status, answer.is_problem) == (502, True)


def test_a_question_nobody_authorized_is_refused(account: Account, answering: FakeAnswering) -> None:
    assert Client(account, answering, None).ask().status == 401
    client = Client(account, answering)
    event = client.gateway.event("POST", "/v1/ask")
    del event["requestContext"]["authorizer"]["lambda"]["key_id"]
    assert client.post('{"question": "When?"}', event).status == 401
    assert answering.questions == []


def test_no_question_is_logged(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    client.ask("What about Elm Street?")
    client.ask("What about Elm Street?", since="Elm Street")
    assert "Elm Street" not in "".join(capsys.readouterr())


def test_the_examples_are_true() -> None:
    assert AnswerShown.model_validate(ask_examples.ANSWER)
    assert TicketCreated.model_validate(ask_examples.TICKET, strict=False)
