"""The webhook of each kind of message has Twilio's parameters."""

import json

import httpx
import pytest
from support.bots import KIM, SAM, Boxed

from twilio_in_a_box.account.messages import ACCOUNT_SID, OUR_NUMBER

ALWAYS = {
    "MessageSid",
    "SmsSid",
    "SmsMessageSid",
    "AccountSid",
    "From",
    "To",
    "Body",
    "NumMedia",
    "NumSegments",
    "MessageType",
    "SmsStatus",
    "ApiVersion",
    "ChannelMetadata",
    "ProfileName",
}


def written(there: Boxed, **fields: str) -> dict[str, str]:
    """What a phone writes on the page, as the bot gets it."""
    answer = there.control("POST", "/messages", data={"phone": SAM} | fields)
    assert answer.status_code == 201, answer.text
    (hook,) = [one for one in there.bot.hooks if one.form["MessageSid"] == answer.json()["sid"]]
    assert hook.valid
    return hook.form


def test_a_text_has_who_sent_it_and_all_that_every_message_has(there: Boxed) -> None:
    form = written(there, text="Grüße & mehr")
    assert form.keys() >= ALWAYS
    assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"]
    said = {"From": f"whatsapp:{SAM}", "To": OUR_NUMBER, "AccountSid": ACCOUNT_SID, "ProfileName": "Sam"}
    said |= {"WaId": SAM[1:], "Body": "Grüße & mehr", "NumMedia": "0", "MessageType": "text", "SmsStatus": "received"}
    assert said.items() <= form.items()
    assert json.loads(form["ChannelMetadata"])["data"]["context"] == {"ProfileName": "Sam", "WaId": SAM[1:]}


def test_an_empty_body_is_sent_and_signed_too(there: Boxed) -> None:
    there.control("POST", "/messages", data={"phone": SAM}, files={"file": ("a.ogg", b"OggS", "audio/ogg")})
    hook = there.bot.hooks[-1]
    assert hook.valid
    assert hook.form["Body"] == ""


def test_a_file_has_a_url_that_only_the_accounts_credentials_open(there: Boxed) -> None:
    file = ("note.ogg", b"OggS", "audio/ogg; codecs=opus")
    there.control("POST", "/messages", data={"phone": SAM, "text": "listen"}, files={"file": file})
    form = there.bot.hooks[-1].form
    assert (form["NumMedia"], form["MediaContentType0"], form["MessageType"]) == ("1", file[2], "audio")
    url = form["MediaUrl0"]
    assert httpx.get(url).status_code == 401
    answer = httpx.get(url, auth=(ACCOUNT_SID, there.box.auth_token))
    assert answer.status_code == 307
    assert httpx.URL(answer.headers["location"]).host != httpx.URL(url).host
    assert httpx.get(answer.headers["location"]).content == b"OggS"
    assert httpx.get(answer.headers["location"], auth=(ACCOUNT_SID, there.box.auth_token)).status_code == 400


def test_a_place(there: Boxed) -> None:
    place = {"latitude": "50.9", "longitude": "6.9", "address": "Rathausplatz 9", "label": "Town hall"}
    form = written(there, **place)
    assert {
        "Latitude": "50.9",
        "Longitude": "6.9",
        "Address": "Rathausplatz 9",
        "Label": "Town hall",
    }.items() <= form.items()
    assert form["MessageType"] == "location"


@pytest.mark.parametrize(("latitude", "longitude"), [("91", "0"), ("0", "181"), ("x", "0"), ("", "0"), ("nan", "0")])
def test_a_place_that_is_nowhere_is_not_sent(there: Boxed, latitude: str, longitude: str) -> None:
    answer = there.control("POST", "/messages", data={"phone": SAM, "latitude": latitude, "longitude": longitude})
    assert answer.status_code == 422


def test_a_contact_is_a_vcard(there: Boxed) -> None:
    form = written(there, contact=json.dumps({"name": "Weiß; Jürgen", "phone": "+491715550187"}))
    assert (form["MessageType"], form["MediaContentType0"]) == ("contacts", "text/vcard")
    card = httpx.get(form["MediaUrl0"], auth=(ACCOUNT_SID, there.box.auth_token), follow_redirects=True)
    assert "FN:Weiß\\; Jürgen" in card.content.decode()
    assert there.bubbles()[-1]["contact"] == {"name": "Weiß; Jürgen", "phone": "+491715550187"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("true", {"Forwarded": "true"}),
        ("frequently", {"Forwarded": "true", "FrequentlyForwarded": "true"}),
        ("false", {}),
    ],
)
def test_a_forwarded_message(there: Boxed, asked: str, said: dict[str, str]) -> None:
    form = written(there, text="hello", forwarded=asked)
    assert {name: form[name] for name in form if "orwarded" in name} == said


def test_a_reply_names_the_message_and_who_wrote_it(there: Boxed) -> None:
    ours = there.send(Body="Filed.").json()["sid"]
    form = written(there, text="no", quoting=ours)
    assert form["OriginalRepliedMessageSid"] == ours
    assert form["OriginalRepliedMessageSender"] == OUR_NUMBER
    own = written(there, text="I mean this", quoting=form["MessageSid"])
    assert own["OriginalRepliedMessageSender"] == f"whatsapp:{SAM}"


def test_a_sender_with_a_username_hides_the_number(there: Boxed) -> None:
    phone = {"number": KIM, "name": "Kim Larsen", "external_id": "DK.13491208655302741918"}
    assert there.control("POST", "/phones", json=phone).status_code == 201
    form = written(there, phone=KIM, text="hello")
    assert form["From"] == f"whatsapp:{phone['external_id']}"
    assert (form["ExternalUserId"], form["ProfileUsername"]) == (phone["external_id"], "kim.larsen")
    assert KIM[1:] not in json.dumps(form)
    assert there.send(To=form["From"], Body="hello").status_code == 201
    assert [one["text"] for one in there.bubbles(KIM)] == ["hello", "hello"]


def test_a_press_of_a_button_says_its_words_and_its_id(there: Boxed) -> None:
    content = {"body": "Filed.", "actions": [{"title": "Task", "id": "task:{{1}}"}, {"title": "Other", "id": "other"}]}
    template = there.template("twilio/quick-reply", content).json()["sid"]
    asked = there.send(ContentSid=template, ContentVariables='{"1": "MM1"}').json()["sid"]
    form = written(there, button="task:MM1", quoting=asked)
    said = {"Body": "Task", "ButtonText": "Task", "ButtonPayload": "task:MM1", "MessageType": "interactive"}
    assert said.items() <= form.items()
    assert form["OriginalRepliedMessageSid"] == asked
    wrong = there.control("POST", "/messages", data={"phone": SAM, "button": "no-such", "quoting": asked})
    assert wrong.status_code == 422


def test_an_item_of_a_list(there: Boxed) -> None:
    items = [{"item": "Hall 4", "id": "h4", "description": "by the river"}, {"item": "Hall 5", "id": "h5"}]
    template = there.template("twilio/list-picker", {"body": "Where?", "button": "Choose", "items": items})
    asked = there.send(ContentSid=template.json()["sid"]).json()["sid"]
    form = written(there, item="h4", quoting=asked)
    said = {"Body": "Hall 4", "ListId": "h4", "ListTitle": "Hall 4", "ListDescription": "by the river"}
    assert said.items() <= form.items()
    assert there.bubbles()[-2]["list"]["items"][1] == {"id": "h5", "title": "Hall 5", "description": ""}


def test_twiml_in_the_answer_is_sent_to_the_phone(there: Boxed) -> None:
    there.bot.answers.append(
        (200, "<Response><Message>One &amp; two</Message><Message><Body>3</Body></Message></Response>")
    )
    written(there, text="hello")
    assert [one["text"] for one in there.bubbles() if one["direction"] == "out"] == ["One & two", "3"]


@pytest.mark.parametrize("answer", ["<Response>", "hello", "<Other/>", "<!DOCTYPE x []><Response/>", "<Response/>", ""])
def test_an_answer_that_is_no_twiml_or_says_nothing_sends_nothing(there: Boxed, answer: str) -> None:
    there.bot.answers.append((200, answer))
    written(there, text="hello")
    assert [one for one in there.bubbles() if one["direction"] == "out"] == []
