"""A voice document is refused with Twilio's code wherever it breaks a rule of Twilio's."""

import pytest

from twilio_in_a_box.voice import clips
from twilio_in_a_box.voice.document import LARGEST, read, unsorted_urls
from twilio_in_a_box.voice.problems import CODES, NOT_SERVED, TwimlProblem
from twilio_in_a_box.voice.speaking import LONGEST, POLLY
from twilio_in_a_box.voice.table import ROOT, VERBS

NUMBER = "+15550100002"
CALLBACK = 'statusCallbackUrl="https://a.example/events"'


def refusal(inside: str) -> int:
    """The code with which a document with this content is refused."""
    with pytest.raises(TwimlProblem) as refused:
        read(f"<Response>{inside}</Response>")
    return refused.value.code


def test_a_document_of_all_verbs_is_read_in_their_order() -> None:
    steps = read(
        '<?xml version="1.0" encoding="UTF-8"?><Response>'
        f'<Start><Transcription {CALLBACK} track="both_tracks" partialResults="false" languageCode="en-US"'
        ' transcriptionEngine="deepgram" speechModel="nova-3" hints="valve, 18 litre vessel"/></Start>'
        '<Start><Recording channels="dual" recordingStatusCallback="/recording"/></Start>'
        '<Say voice="Polly.Joanna-Neural" language="en-US">Hello <break time="1s"/>Sam</Say><Pause length="2"/>'
        '<Gather input="speech dtmf" speechTimeout="2" actionOnEmptyResult="true" action="/turn?call=1" numDigits="1"'
        ' language="de-DE"><Say>Ask.</Say><Play>https://a.example/clip.wav</Play><Pause/></Gather>'
        '<Record action="note" maxLength="120" finishOnKey="#" recordingStatusCallbackEvent="completed absent"/>'
        f'<Dial record="record-from-answer-dual" action="/after" timeout="20"><Number>{NUMBER}</Number></Dial>'
        f"<Dial>{NUMBER}</Dial><Stop><Transcription/></Stop>"
        '<Redirect method="POST">wait?n=1</Redirect><Hangup/><Reject/>'
        "</Response>"
    )
    assert [step.name for step in steps][:5] == ["Start", "Start", "Say", "Pause", "Gather"]
    assert steps[2].text == "Hello Sam"
    assert [one.name for one in steps[4].inside] == ["Say", "Play", "Pause"]
    assert steps[6].inside[0].text == NUMBER
    assert all(step.problem is None and all(one.problem is None for one in step.inside) for step in steps)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("", 11770),
        ("  \n", 11770),
        ("hello", 12100),
        ("<Response>", 12100),
        ("<!DOCTYPE x []><Response/>", 12100),
        ("<Other/>", 12102),
        ("<response/>", 12102),
        ('<Response a="b"/>', 12200),
        ("<Response>words</Response>", 12200),
        (f"<Response><Say>{'x' * LARGEST}</Say></Response>", 11750),
    ],
)
def test_an_answer_that_is_no_document(answer: str, code: int) -> None:
    with pytest.raises(TwimlProblem) as refused:
        read(answer)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<say>a</say>", 12200),
        ("<Speak>a</Speak>", 12200),
        ("<Number>+15550100002</Number>", 12200),
        ("<Transcription/>", 12200),
        ('<Say speed="2">a</Say>', 12200),
        ("<Hangup>now</Hangup>", 12200),
        ("<Pause><Say>a</Say></Pause>", 12200),
        ("<Say/>", 13520),
        ("<Say>  </Say>", 13520),
        (f"<Say>{'x' * (LONGEST + 1)}</Say>", 13521),
        ("<Say>a <b>c</b></Say>", 12200),
        ('<Say loop="-1">a</Say>', 13510),
        ('<Say voice="Joanna">a</Say>', 13511),
        ('<Say voice="Polly.Vicki-Neural" language="en-US">a</Say>', 13511),
        ('<Say voice="Google.de-DE-Chirp3-HD-Aoede" language="en-US">a</Say>', 13511),
        ('<Say voice="woman" language="pl-PL">a</Say>', 13511),
        ('<Say language="en">a</Say>', 13512),
        ("<Play/>", 11100),
        ("<Play>https://</Play>", 11100),
        ("<Play>https://a b.example/x</Play>", 11100),
        ('<Play loop="x">https://a.example/x.wav</Play>', 13410),
        ('<Play digits="hello"/>', 13430),
        ('<Pause length="0"/>', 13910),
        ('<Pause length="0.5"/>', 13910),
        ("<Redirect/>", 11100),
        ('<Redirect method="PUT">/a</Redirect>', 13710),
        ('<Reject reason="no"/>', 13810),
        ("<Gather><Redirect>/a</Redirect></Gather>", 13320),
        ("<Gather><Gather/></Gather>", 13320),
        ("<Gather><Speak/></Gather>", 12200),
        ('<Gather><Say voice="x">a</Say></Gather>', 13321),
        ('<Gather><Say loop="x">a</Say></Gather>', 13322),
        ('<Gather input="voice"/>', 13326),
        ('<Gather input=""/>', 13326),
        ('<Gather speechTimeout="1.5"/>', 13327),
        ('<Gather speechTimeout="0"/>', 13327),
        ('<Gather speechTimeout="auto" speechModel="default"/>', 13335),
        ('<Gather speechTimeout="auto" speechModel="phone_call"/>', 13327),
        ('<Gather speechModel="nova-3"/>', 13334),
        ('<Gather language="en"/>', 13331),
        (f'<Gather hints="{"x" * 101}"/>', 13330),
        (f'<Gather hints="{",".join("a" * 501)}"/>', 13330),
        ('<Gather timeout="soon"/>', 13313),
        ('<Gather numDigits="0"/>', 13314),
        ('<Gather finishOnKey="12"/>', 13310),
        ('<Gather method="PUT"/>', 13312),
        ('<Gather bargeIn="yes"/>', 13332),
        ('<Gather profanityFilter="yes"/>', 13333),
        ('<Gather actionOnEmptyResult="True"/>', 13338),
        ('<Gather action="ftp://a.example/x"/>', 11100),
        ('<Record method="PUT"/>', 13610),
        ('<Record timeout="x"/>', 13611),
        ('<Record maxLength="0"/>', 13612),
        ('<Record finishOnKey="a"/>', 13613),
        ('<Record playBeep="no"/>', 13616),
        ('<Record trim="true"/>', 13699),
        ('<Record recordingStatusCallback="https://"/>', 13256),
        ('<Record recordingStatusCallbackEvent="done"/>', 13621),
        ("<Dial/>", 13223),
        ("<Dial>5550100002</Dial>", 13223),
        ("<Dial><Number>415-123</Number></Dial>", 13223),
        ("<Dial><Say>a</Say></Dial>", 13215),
        (f"<Dial>{NUMBER}<Number>{NUMBER}</Number></Dial>", 13215),
        (f'<Dial record="true-dual">{NUMBER}</Dial>', 13217),
        (f'<Dial timeout="601">{NUMBER}</Dial>', 13212),
        (f'<Dial callerId="Acme">{NUMBER}</Dial>', 13214),
        (f'<Dial hangupOnStar="1">{NUMBER}</Dial>', 13213),
        (f'<Dial statusCallbackEvent="answered">{NUMBER}</Dial>', 12200),
        (f'<Dial><Number sendDigits="x">{NUMBER}</Number></Dial>', 13222),
        ("<Start/>", 12200),
        (f"<Start><Transcription {CALLBACK}/><Recording/></Start>", 12200),
        ("<Start><Say>a</Say></Start>", 12200),
        (f'<Start><Transcription {CALLBACK} engine="google"/></Start>', 12200),
        ('<Start><Recording channels="2"/></Start>', 12200),
        ("<Dial><Conference>room</Conference></Dial>", NOT_SERVED),
        ('<Start><Stream url="wss://a.example/"/></Start>', NOT_SERVED),
        ("<Connect><ConversationRelay/></Connect>", NOT_SERVED),
        ('<Gather partialResultCallback="/partial"/>', NOT_SERVED),
        ('<Record transcribe="true"/>', NOT_SERVED),
        ('<Record transcribe="yes"/>', 13614),
        (f'<Dial><Number url="/whisper">{NUMBER}</Number></Dial>', NOT_SERVED),
    ],
)
def test_what_breaks_a_rule_has_its_code(inside: str, code: int) -> None:
    assert refusal(inside) == code


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'statusCallbackUrl="/events"',
        f'{CALLBACK} transcriptionEngine="whisper"',
        f'{CALLBACK} transcriptionEngine="google" speechModel="nova-3"',
        f'{CALLBACK} transcriptionEngine="deepgram" speechModel="deepgram_nova-3"',
        f'{CALLBACK} transcriptionEngine="deepgram" speechModel="telephony"',
        f'{CALLBACK} partialResults="yes"',
        f'{CALLBACK} track="both"',
        f'{CALLBACK} languageCode="english"',
    ],
)
def test_wrong_settings_of_a_transcription_only_stop_the_transcription(attributes: str) -> None:
    (start,) = read(f"<Response><Start><Transcription {attributes}/></Start></Response>")
    assert start.inside[0].problem
    assert start.inside[0].problem.code == 32650


def test_parameters_out_of_order_are_found_wherever_a_url_stands() -> None:
    steps = read(
        '<Response><Gather action="/a?b=1&amp;a=2"><Play>/clip?z=1&amp;a=1</Play></Gather>'
        '<Redirect>/c?y=1&amp;x=1</Redirect><Redirect>/c?x=1&amp;y=1</Redirect><Record action="/ok?a=1"/></Response>'
    )
    assert unsorted_urls(steps) == ["/a?b=1&a=2", "/c?y=1&x=1"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"OggS" + b"0" * 100, "audio/ogg"),
        (b"OggS" + b"0" * 100, "audio/ogg; codecs=opus"),
        (b"OggS" + b"0" * 100, "audio/wav"),
        (b"RIFF", "application/octet-stream"),
        (b"RIFF", ""),
        (b"", "audio/wav"),
    ],
)
def test_a_clip_that_cannot_be_played(content: bytes, kind: str) -> None:
    with pytest.raises(TwimlProblem) as refused:
        clips.check(content, kind)
    assert refused.value.code == 13420


def test_every_code_of_the_rules_has_words_and_every_verb_has_its_place() -> None:
    assert {rule.code for verb in VERBS.values() for rule in verb.rules.values()} <= CODES.keys()
    inside = {name for verb in VERBS.values() for name in verb.inside}
    assert ROOT | inside == VERBS.keys()
    names = [name for names in POLLY.values() for name in names.split()]
    assert len(names) == len(set(names))
