"""Senders have their own messages erased, by replying to them, and nobody else's."""

import httpx
import pytest
from support.account import Account
from support.app import FakeApp, FakeTwilio, job
from support.erasing import EraserFunction, erasing, function, keep

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.words.languages import SPOKEN
from voice_parser.commands.forget import Forgetter, Target, asked
from voice_parser.twilio.inbound import read

QUOTED = {"Body": "forget that"}


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


@pytest.fixture
def eraser(account: Account, twilio: FakeTwilio) -> EraserFunction:
    return function(account, twilio)


@pytest.fixture
def forgetter(account: Account, eraser: EraserFunction) -> Forgetter:
    return Forgetter(Notes(account.ledger), Replies(account.ledger), erasing(eraser))


def target(forgetter: Forgetter, quoted: str = "", company_id: str = "acme", customer_id: str = "sam") -> Target:
    asking = job("MM99", Body="forget that", **({"OriginalRepliedMessageSid": quoted} if quoted else {}))
    asking = type(asking)(asking.message, company_id, customer_id, asking.received_at)
    return forgetter.target(asking, read(asking))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Forget that", "en"),
        ("forget that.", "en"),
        ("Please forget this message", "en"),
        ("Delete this voice note, please!", "en"),
        ("FORGET THAT 🙏", "en"),
        ("delete it", "en"),
        ("Erase my recording", "en"),
        ("Olvida eso", "es"),
        ("Por favor, borra este mensaje", "es"),
        ("bórralo", "es"),
        ("Vergiss das", "de"),
        ("Bitte lösche diese Nachricht.", "de"),
        ("Das bitte löschen!", "de"),
        ("Efface ça", "fr"),
        ("Oublie ce message, s'il te plaît", "fr"),
        ("Supprime-le", "fr"),
        ("Apaga isso", "pt"),
        ("Por favor, apague esta mensagem", "pt"),
        ("Cancella questo", "it"),
        ("dimentica questo messaggio vocale per favore", "it"),
        ("Per favore, elimina la mia registrazione.", "it"),
        ("cancellalo!", "it"),
        ("Elimina quest’audio", "it"),
        ("Wis dat", "nl"),
        ("Vergeet dit bericht", "nl"),
        ("verwijder dit spraakbericht alsjeblieft", "nl"),
        ("Deze opname graag wissen", "nl"),
        ("Wis mijn bericht a.u.b.", "nl"),
    ],
)
def test_a_request_to_forget_is_understood(text: str, language: str) -> None:
    assert asked(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "forget",
        "forget it",
        "don't forget that",
        "Never forget that we promised Thursday",
        "Forget that the valve is wrong and order two",
        "Delete that line from the contract",
        "please delete",
        "I want you to forget that, will you",
        "that",
        "Vergiss es",
        "vergiss das nicht",
        "Bitte das nicht löschen",
        "olvídalo",
        "no olvides eso",
        "oublie",
        "n'oublie pas ça",
        "esquece",
        "não apague isso",
        "lascia perdere",
        "scordatelo",
        "non cancellare questo",
        "vergeet dat maar",
        "vergeet het",
        "vergeet dit niet",
        "wis dat niet",
        "forget that " * 50,
    ],
)
def test_what_says_anything_else_is_a_note(text: str) -> None:
    assert asked(text) is None


def test_a_pressed_button_or_a_place_asks_for_nothing(forgetter: Forgetter) -> None:
    pressed = read(job("MM99", ButtonPayload="play:1", Body="forget that"))
    place = read(job("MM99", Latitude="1", Longitude="2", Body="forget that"))
    plain = read(job("MM99", Body="forget that"))
    assert [forgetter.wanted(one, one.body) for one in (pressed, place, plain)] == [None, None, "en"]


def test_a_sender_has_their_own_message_erased(account: Account, twilio: FakeTwilio, forgetter: Forgetter) -> None:
    keep(account, twilio, "MM1")
    found = target(forgetter, "MM1")
    assert forgetter.forget(job("MM99"), found, "de") == phrase("forgotten", "de")
    assert Notes(account.ledger).get("acme", "MM1") is None
    assert Checkpoints(account.ledger).is_erased("MM1")


def test_a_reply_of_ours_stands_for_the_message_it_is_about(
    account: Account, twilio: FakeTwilio, forgetter: Forgetter
) -> None:
    sent = keep(account, twilio, "MM1")
    keep(account, twilio, "MM2")
    assert target(forgetter, sent) == Target("MM1", "forgotten")
    forgetter.forget(job("MM99"), target(forgetter, sent), "en")
    assert Notes(account.ledger).get("acme", "MM1") is None
    assert Notes(account.ledger).get("acme", "MM2")


def test_again_it_says_the_same_and_does_no_more(account: Account, twilio: FakeTwilio, forgetter: Forgetter) -> None:
    keep(account, twilio, "MM1")
    found = target(forgetter, "MM1")
    first = forgetter.forget(job("MM99"), found, "en")
    assert forgetter.forget(job("MM99"), found, "en") == first


@pytest.mark.parametrize("by_reply", [True, False])
def test_somebody_elses_message_is_not_erased(
    account: Account, twilio: FakeTwilio, forgetter: Forgetter, eraser: EraserFunction, *, by_reply: bool
) -> None:
    sent = keep(account, twilio, "MM1", customer_id="ana")
    found = target(forgetter, sent if by_reply else "MM1")
    assert found == Target("", "not_yours_to_forget")
    assert forgetter.forget(job("MM99"), found, "en") == phrase("not_yours_to_forget", "en")
    assert eraser.asked == []


@pytest.mark.parametrize("by_reply", [True, False])
def test_another_companys_message_is_not_even_known(
    account: Account, twilio: FakeTwilio, forgetter: Forgetter, eraser: EraserFunction, *, by_reply: bool
) -> None:
    sent = keep(account, twilio, "MM1", "bolt")
    found = target(forgetter, sent if by_reply else "MM1")
    assert found == Target("", "nothing_to_forget")
    forgetter.forget(job("MM99"), found, "en")
    assert eraser.asked == []


def test_without_a_quoted_message_the_sender_hears_how_to_ask(forgetter: Forgetter, eraser: EraserFunction) -> None:
    assert forgetter.forget(job("MM99"), target(forgetter), "fr") == phrase("forget_which", "fr")
    assert eraser.asked == []


@pytest.mark.parametrize("name", ["forget_which", "forget_unsure"])
def test_how_to_ask_is_understood_when_it_is_followed(name: str) -> None:
    for language in SPOKEN:
        told = phrase(name, language)
        quoted = told.translate(str.maketrans("“”„«»", "|||||")).split("|")[1]
        assert asked(quoted) == language


def test_while_the_eraser_fails_the_request_comes_again(
    account: Account, twilio: FakeTwilio, forgetter: Forgetter, eraser: EraserFunction
) -> None:
    keep(account, twilio, "MM1")
    found = target(forgetter, "MM1")
    eraser.failures = [ValueError("x")]
    with pytest.raises(RetryLater):
        forgetter.forget(job("MM99"), found, "en")
    assert forgetter.forget(job("MM99"), found, "en") == phrase("forgotten", "en")


def test_a_worker_has_it_erased_once_and_tells_so_once(account: Account) -> None:
    app = FakeApp(account)
    assert app.deliver(job("MM1", Body="Please order two valves by Friday."))
    asking = job("MM2", Body="Forget that.", OriginalRepliedMessageSid="MM1")
    for _ in range(2):
        assert app.deliver(asking)
    assert Notes(account.ledger).get("acme", "MM1") is None
    assert app.note("MM2").status == "filed"
    assert app.replies()[1:] == [phrase("forgotten", "en")]


def test_what_may_be_misheard_erases_nothing_and_is_asked_about(account: Account, voice_note: bytes) -> None:
    app = FakeApp(account)
    app.transcriber.text = "Forget that. " * 80
    assert app.deliver(job("MM1", Body="Please order two valves by Friday."))
    assert app.deliver(app.voice(voice_note, "MM2", OriginalRepliedMessageSid="MM1"))
    assert app.note("MM1").status == "filed"
    assert app.replies()[1:] == [phrase("forget_unsure", "en")]


def test_what_a_worker_can_not_have_erased_now_it_erases_later(account: Account) -> None:
    app = FakeApp(account)
    assert app.deliver(job("MM1", Body="Please order two valves by Friday."))
    asking = job("MM2", Body="forget that", OriginalRepliedMessageSid="MM1")
    app.twilio.answers = [httpx.ConnectError("away")]
    assert not app.deliver(asking)
    assert len(app.replies()) == 1
    assert app.deliver(asking, 2)
    assert Notes(account.ledger).get("acme", "MM1") is None
    assert app.replies()[1:] == [phrase("forgotten", "en")]
