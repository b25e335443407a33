"""Two companies with random notes, files, answers, tickets and indexes, and what of one the other must not see."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, cast
from urllib.parse import quote, urlencode

from support.account import Account
from support.api import FakeCompanies, served, services
from support.erasing import analyzed
from support.stored import file_text, file_voice, stored_notes
from unit.data_api_server.gateway import Answer, Gateway

from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.passages import Passages
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.domain import Segment
from ai_voice_shared.records.api_keys import SCOPES, ApiKeys
from ai_voice_shared.records.conversations import AnswerCache, Conversations
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.usage import Quotas, Usage
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.tasks.model import Source, Task
from ai_voice_shared.tasks.tasks import Tasks
from data_api_server.realtime.connection_tickets import ConnectionTickets
from data_api_server.realtime.tickets import Tickets

VICTIM = "acme"
MARK = "quartzfinch"
"""Stands in every text of the victim's, and nowhere else."""

TALK = "boiler valve pump thursday client elm street order two leak pressure roof ladder paint".split()  # noqa: SIM905 - reads best
PERSON, PHONE = "quin", "+15550100077"
"""A sender of the victim's alone."""

KEY_ID = "abcd1234"
"""Of the key that both use; gateway.py names it."""

SHARED_IDS = ("SM1", "SM2", "SM3", "SM4", "SM5")
"""Both companies may have notes of these ids: nothing but the company tells them apart."""


@dataclass
class Two:
    """The victim, and a company that is after what it has; the API and the indexes are the real ones.

    Attributes:
        cursors: what the victim's own lists gave it to go on with.
        conversation: one that the victim has begun.
        untouched: what the victim has as long as nobody touches it.
        tickets: what the victim has bought.
        request: one that the victim has made, for everything of a person.
        upload: one that the victim has begun.
        analysis: one that the victim has.
        template: one that the victim has.
        rule: one that the victim has.
        endpoint: one of the victim's, to which `delivery` was sent.
        feed: the path at which calendars read the victim's tasks.
    """

    account: Account
    attacker: str
    handle: Callable[..., dict[str, Any]]
    indexes: SegmentIndexes
    tickets: list[str] = field(default_factory=list)
    cursors: list[str] = field(default_factory=list)
    conversation: str = ""
    request: str = ""
    upload: str = ""
    analysis: str = ""
    template: str = ""
    rule: str = ""
    endpoint: str = ""
    delivery: str = ""
    feed: str = ""
    untouched: dict[str, object] = field(default_factory=dict)

    def send(
        self, company_id: str, method: str, path: str, query: Sequence[tuple[str, object]] = (), body: object = None
    ) -> Answer:
        """One request of the company's; both use a key of the same id."""
        event = Gateway(self.handle, company_id).event(method, quote(path), urlencode(query, doseq=True))
        if body is not None:
            event |= {"body": json.dumps(body), "headers": event["headers"] | {"content-type": "application/json"}}
        answer = self.handle(event, None)
        return Answer(answer["statusCode"], answer["headers"], answer["body"])

    def own_key(self, keys: ApiKeys, company_id: str) -> None:
        """Makes the key of the company's requests one that the ledger knows, with all scopes."""
        item = {"key_id": KEY_ID, "company_id": company_id, "name": "its own", "created_at": "2026-11-20T09:12:04.000Z"}
        keys.ledger.put({"pk": f"APIKEYS#{company_id}", "sk": KEY_ID, **item, "scopes": " ".join(SCOPES)})

    def owned(self) -> dict[str, object]:
        """What the victim has: all versions of its objects, and its items in the ledger."""
        store, ledger = self.account.store, self.account.ledger
        versions = aws.s3().list_object_versions(Bucket=store.bucket).get("Versions", [])
        objects = {
            f"{one['Key']} {one['VersionId']}": one["ETag"] for one in versions if VICTIM in one["Key"].split("/")
        }
        items = ledger.client.scan(TableName=ledger.table)["Items"]
        mine = {f"{item['pk']}{item['sk']}": item for item in items if _of_victim(item)}
        return {**objects, **mine}

    def index_jobs(self) -> list[str]:
        """The companies whose notes are to be indexed again."""
        return [json.loads(str(job["Body"]))["company_id"] for job in self.account.queued(self.account.index_queue)]


def two(account: Account, folder: Path, attacker: str, seed: int) -> Two:
    """The companies, as a seed has them."""
    random = Random(seed)  # noqa: S311 - the same examples every time
    indexes = SegmentIndexes(account.store, folder)
    for company_id, mark in ((VICTIM, MARK), (attacker, "plain")):
        _fill(account, indexes, company_id, mark, random)
    stored = stored_notes(account)
    ledger = account.ledger
    answering = Answering(indexes, Passages(stored.read), Conversations(ledger), AnswerCache(ledger))
    office = ConnectionTickets(Tickets(ledger), "wss://live.example.com")
    known = FakeCompanies(senders={PHONE: (VICTIM, PERSON)})
    made = Two(
        account,
        attacker,
        served(
            services(
                account,
                indexes=indexes,
                stored=stored,
                answering=answering,
                connection_tickets=office,
                quotas=Quotas(Usage(ledger), cast("Any", known), Paces(ledger)),
            )
        ),
        indexes,
    )
    _live(made)
    return made


def _fill(account: Account, indexes: SegmentIndexes, company_id: str, mark: str, random: Random) -> None:
    ids = random.sample(SHARED_IDS, 3) + [f"SM{company_id.replace('-', '')}{number}" for number in range(2)]
    for number, sid in enumerate(ids):
        texts = [f"{mark} {' '.join(random.choices(TALK, k=6))}" for _ in range(random.randint(1, 4))]
        if number == 0:
            file_text(account, sid, "\n".join(texts), company_id)
        else:
            segments = [Segment(float(at), at + 0.9, text) for at, text in enumerate(texts)]
            received = f"2026-11-{random.randint(10, 20)}T09:12:04.000Z"
            file_voice(
                account, sid, segments, company_id, received_at=received, customer_id=random.choice(["ana", "x"])
            )
        Notes(account.ledger).update(company_id, sid, {"title": f"{mark} {sid}", "summary": mark})
        task = Task(
            company_id, f"{sid}.{number:020}", f"{mark} order", f"{mark}", "2026-11-27", source=Source(sid, mark)
        )
        Tasks(account.ledger).add(task)
    analyzed(account, ids[0], company_id, mark)
    stored = stored_notes(account)
    notes: list[IndexedNote] = [note for sid in ids if (note := stored.to_index(company_id, sid))]
    indexes.change(company_id, notes)


def _live(made: Two) -> None:
    """The victim lists, asks and buys, and so leaves cursors, a conversation, cached answers and tickets."""
    analyzed(made.account, "SMacme0", VICTIM, MARK)
    for path in ("/v1/notes", "/v1/files", "/v1/tasks", "/v1/analyses"):
        for limit in (1, 2):
            made.cursors.append(made.send(VICTIM, "GET", path, [("limit", limit)]).json()["next"])
    asked = made.send(VICTIM, "POST", "/v1/ask", body={"question": "What about the boiler?", "conversation": "new"})
    assert MARK in asked.body
    made.conversation = asked.json()["conversation"]
    alone = made.send(VICTIM, "POST", "/v1/ask", body={"question": f"What about {MARK}?"})
    assert MARK in alone.body
    made.tickets.append(made.send(VICTIM, "POST", "/v1/tickets").json()["ticket"])
    wanted = {"kind": "export", "sender": PHONE}
    made.request = made.send(VICTIM, "POST", "/v1/person-requests", body=wanted).json()["request_id"]
    begun = {"name": f"{MARK}.ogg", "size": 3}
    made.upload = made.send(VICTIM, "POST", "/v1/uploads", body=begun).json()["upload_id"]
    made.analysis = made.send(VICTIM, "GET", "/v1/analyses").json()["analyses"][0]["analysis_id"]
    own = {"name": MARK, "instructions": MARK}
    made.template = made.send(VICTIM, "POST", "/v1/templates", body=own).json()["template_id"]
    listened = {"name": MARK, "words": [MARK], "points": MARK}
    made.rule = made.send(VICTIM, "POST", "/v1/rules", body=listened).json()["rule_id"]
    hook = {"url": f"https://{MARK}.example/in", "events": ["note.filed"]}
    made.endpoint = made.send(VICTIM, "POST", "/v1/webhooks", body=hook).json()["endpoint"]["endpoint_id"]
    made.delivery = made.send(VICTIM, "POST", f"/v1/webhooks/{made.endpoint}/test").json()["delivery_id"]
    made.feed = f"/{made.send(VICTIM, 'POST', '/v1/tasks/feed').json()['address']}"
    made.account.queued(made.account.webhooks_queue)
    made.untouched = made.owned()


def _of_victim(item: dict[str, Any]) -> bool:
    whose = (item["pk"]["S"].partition("#")[2], item.get("company_id", {}).get("S"))
    return VICTIM in whose
