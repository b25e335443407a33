"""Words that a company has accepted are told to its engines, and looked for once for many notes."""

import pytest
from support.app import ACME, LEASE, FakeApp, job

from ai_voice_shared.domain import Company
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.glossary import Glossary, KnownGlossaries
from voice_parser.understanding.analyzers.openai import instructions


def test_accepted_words_stand_behind_the_operators_and_each_once(app: FakeApp) -> None:
    Glossary(app.account.ledger).accept("acme", ["Danfoss", "ELM street", "Danielle"])
    company = KnownGlossaries(Glossary(app.account.ledger)).added_to(ACME)
    assert company.glossary == ("Elm Street", "Danfoss", "Danielle")
    assert "The company's own words: Elm Street, Danfoss, Danielle." in instructions(company)


def test_the_engines_are_told_them(app: FakeApp, voice_note: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    Glossary(app.account.ledger).accept("acme", ["Danfoss"])
    told: list[tuple[str, ...]] = []
    hear, understand = app.transcriber.transcribe, app.analyzer.understand

    def hearing(samples: object, hints: object) -> object:
        told.append(hints.keywords)  # type: ignore[attr-defined]
        return hear(samples, hints)  # type: ignore[arg-type]

    def understanding(transcript: object, company: Company, kind: object = None) -> object:
        told.append(company.glossary)
        return understand(transcript, company, kind)  # type: ignore[arg-type]

    monkeypatch.setattr(app.transcriber, "transcribe", hearing)
    monkeypatch.setattr(app.analyzer, "understand", understanding)
    assert app.deliver(app.voice(voice_note))
    assert set(told) == {("Elm Street", "Danfoss")}
    assert len(told) >= 2


def test_they_are_looked_for_once_in_five_minutes(app: FakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    usual = Glossary.accepted

    def counted(glossary: Glossary, company_id: str) -> tuple[str, ...]:
        read.append(company_id)
        return usual(glossary, company_id)

    monkeypatch.setattr(Glossary, "accepted", counted)
    worker = app.worker()
    for number in range(5):
        worker.pipeline.work_on(job(f"SM{number}", Body=f"Please order {number} valves."), LEASE)
    assert read == ["acme"]


def test_they_are_looked_for_again_later_and_kept_while_nobody_can_tell(
    app: FakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [0.0]
    glossary = Glossary(app.account.ledger)
    known = KnownGlossaries(glossary, lambda: moment[0])
    assert known.added_to(ACME) == ACME
    glossary.accept("acme", ["Danfoss"])
    assert known.added_to(ACME) == ACME
    moment[0] = 301.0
    assert known.added_to(ACME).glossary == ("Elm Street", "Danfoss")

    def unreachable(*_: object) -> tuple[str, ...]:
        raise RetryLater("DynamoDB did not answer")

    monkeypatch.setattr(Glossary, "accepted", unreachable)
    moment[0] = 602.0
    assert known.added_to(ACME).glossary == ("Elm Street", "Danfoss")
    assert KnownGlossaries(glossary).added_to(ACME) == ACME


def test_another_companys_words_are_not_told(app: FakeApp) -> None:
    Glossary(app.account.ledger).accept("bolt", ["Secret"])
    assert KnownGlossaries(Glossary(app.account.ledger)).added_to(ACME) == ACME
