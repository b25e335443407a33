"""The whole platform on this machine: an embedded AWS, the production stacks, a Twilio in a box, and a key."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import boto3

from ai_voice_local import engines, private, templates
from ai_voice_local.aws.embedded_aws import EmbeddedAws, embedded_aws
from ai_voice_local.deployment import Outputs, Overrides, deploy
from ai_voice_local.ports import free_port
from ai_voice_local.simulator import calling, model_switch, recognising
from ai_voice_local.simulator.story import Story
from ai_voice_operations.twilio.aim import RETRIES
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.correcting.quick_replies import QuickReplies, every
from ai_voice_shared.records.api_keys import SCOPES, ApiKeys
from twilio_in_a_box.account.messages import ACCOUNT_SID
from twilio_in_a_box.box import TwilioInABox
from voice_parser.speech import whisper_models

_NO_KEY = "none"
"""In the secret, for a server of your own that wants no key. A key of an earlier run is not for that server."""

_COLD_SECONDS = 120.0

CUSTOMERS = templates.INFRASTRUCTURE / "local" / "customers.json"
STRANGER = "+15550100099"
COMPANY = "acme-heating"
PHONE = "+15550100001"
"""The company of the sender in the demo."""


@dataclass(frozen=True)
class Platform:
    """A running platform.

    Attributes:
        environment: the variables that lead AWS clients to it.
        engines: what hears, understands, answers and compares meanings, as lines for people.
        log: where its functions write.
    """

    outputs: Outputs
    twilio: TwilioInABox
    environment: dict[str, str]
    api_key: str
    engines: list[str]
    log: Path


@dataclass(frozen=True)
class Running:
    """What another process needs to use a running platform.

    Attributes:
        environment: the variables with which AWS clients use it.
        phone_secret: the key of the phones in the box.
    """

    data_api_url: str
    api_key: str
    phone_url: str
    phone_secret: str
    environment: dict[str, str]

    def write(self, folder: Path) -> None:
        """Writes into the folder where the platform is, for other processes."""
        private.write(_file(folder), json.dumps(asdict(self)))

    @classmethod
    def read(cls, folder: Path) -> "Running | None":
        """The platform that runs with this folder, or None."""
        try:
            return cls(**json.loads(_file(folder).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    @staticmethod
    def forget(folder: Path) -> None:
        """Removes this information when the platform ends."""
        _file(folder).unlink(missing_ok=True)


@contextmanager
def platform(
    folder: Path,
    *,
    keep: bool = False,
    enforce_iam: bool = False,
    overrides: Overrides | None = None,
    switchable_models: bool = False,
    progress: Callable[[str], None] = lambda _what: None,
) -> Iterator[Platform]:
    """A platform for the length of the block; all of its processes end with it.

    Args:
        folder: for its log and, with `keep`, its data.
        keep: whether the data stays for the next run with the same folder.
        enforce_iam: whether functions may do only what their roles allow (over TLS; Python's HTTP clients trust it).
        overrides: parameters of stacks, by folder.
        switchable_models: whether the simulator can have the models answer 429; they are asked through a proxy then.
        progress: gets the name of each part that is started.
    """
    private.folder(folder)
    log = folder / "aws.log"
    progress("embedded AWS")
    with (
        _twilio(folder) as twilio,
        embedded_aws(log, state=folder / "aws" if keep else None, enforce_iam=enforce_iam) as running,
        _used(running, environment := _variables(running)),
        model_switch.switched(twilio, own := _with_ours(overrides or {}, twilio), wanted=switchable_models) as ours,
    ):
        if keep:
            (folder / "twilio" / "port").write_text(str(twilio.port), encoding="utf-8")
        outputs = deploy(running, overrides=with_speech_model(ours, progress), progress=progress)
        twilio.webhook_url = outputs.webhook_url
        calling.answer_calls(twilio, outputs.webhook_url, CUSTOMERS)
        twilio.links = {"console": f"{outputs.data_api_url}/", "note": f"{outputs.data_api_url}/#/notes/{{sid}}"}
        twilio.what_came_of = Story(Ledger(aws.dynamodb(), outputs.table)).of
        _put_secrets(outputs, twilio, own_server=bool(own["voice-parser"].get("OpenAiBaseUrl")))
        _put_customers(outputs)
        _add_phones(twilio)
        worker = templates.parameters("voice-parser", "local") | ours["voice-parser"]
        twilio.exchange.recognise = recognising.recogniser(worker)
        used = engines.told(templates.parameters("voice-parser", "local") | own["voice-parser"])
        yield Platform(outputs, twilio, environment, _api_key(folder, outputs), used, log)


def _twilio(folder: Path) -> TwilioInABox:
    """Twilio with the phones of the sample customers; a cold function may take longer than Twilio waits."""
    kept = folder / "twilio"
    return TwilioInABox(kept, port=_kept_port(folder), patience=_COLD_SECONDS, overrides=RETRIES.removeprefix("#"))


def _variables(running: EmbeddedAws) -> dict[str, str]:
    """The variables with which AWS clients use it and other HTTP clients trust it."""
    trusted = {"SSL_CERT_FILE": str(running.certificate)} if running.certificate else {}
    return running.client_environment | trusted


def _with_ours(overrides: Overrides, twilio: TwilioInABox) -> dict[str, dict[str, str]]:
    """The given parameters over ours: where our Twilio is, and OpenAI's engines when there is a key."""
    ours = engines.everywhere(dict.fromkeys(templates.ENGINES, "openai") if _openai_key() else {})
    of_twilio = {
        "TwilioApiUrl": twilio.url,
        "TwilioMessagingUrl": twilio.url,
        "TwilioMediaOrigins": twilio.media_origins,
        "QuickReplySids": _buttons(twilio),
    }
    ours.setdefault("voice-parser", {}).update(of_twilio)
    return {folder: ours.get(folder, {}) | dict(overrides.get(folder, {})) for folder in {*ours, *overrides}}


def with_speech_model(overrides: Overrides, progress: Callable[[str], None]) -> Overrides:
    """The parameters with the folder of the model that WHISPER_MODEL names, if Whisper transcribes.

    The model is fetched now if it is not here yet: the first note does not wait for it, and functions fetch nothing.
    Raises Misconfigured if it cannot be had.
    """
    worker = overrides.get("voice-parser", {})
    transcriber = worker.get("Transcriber") or templates.parameters("voice-parser", "local")["Transcriber"]
    model = os.environ.get("WHISPER_MODEL", "").strip()
    if transcriber != "whisper" or model in {"", whisper_models.DEFAULT}:
        return overrides
    folder = whisper_models.ensure(model, progress).absolute()
    return {**overrides, "voice-parser": {**worker, "WhisperModel": str(folder)}}


def _buttons(twilio: TwilioInABox) -> str:
    """The parameter with the buttons below replies, each made once."""
    there = {content.friendly_name: content.sid for content in twilio.contents.all.values()}
    made = {
        key: there.get(definition["friendly_name"]) or twilio.contents.create(definition).sid
        for key, definition in every()
    }
    return QuickReplies(made).to_setting()


def _put_secrets(outputs: Outputs, twilio: TwilioInABox, *, own_server: bool) -> None:
    client = aws.secretsmanager()
    values = {"account_sid": ACCOUNT_SID, "auth_token": twilio.auth_token}
    client.put_secret_value(SecretId=outputs.twilio_secret, SecretString=json.dumps(values))
    if key := _openai_key() or (_NO_KEY if own_server else ""):
        client.put_secret_value(SecretId=outputs.openai_secret, SecretString=json.dumps({"api_key": key}))


def _put_customers(outputs: Outputs) -> None:
    """Puts the sample customers, unless a kept bucket has its own."""
    s3 = aws.s3()
    if not s3.list_objects_v2(Bucket=outputs.bucket, Prefix="customers.json").get("Contents"):
        s3.put_object(Bucket=outputs.bucket, Key="customers.json", Body=CUSTOMERS.read_bytes())


def _add_phones(twilio: TwilioInABox) -> None:
    """A phone for each sample customer, and one that nobody knows."""
    sample = json.loads(CUSTOMERS.read_text(encoding="utf-8"))
    names = {company["company_id"]: company["name"] for company in sample["companies"]}
    for customer in sample["customers"]:
        number = customer["phone_numbers"][0].replace(" ", "")
        twilio.add_phone(number, customer["name"], f"known · {names[customer['company_id']]}")
    twilio.add_phone(STRANGER, "Nobody", "not known")


def _api_key(folder: Path, outputs: Outputs) -> str:
    """The key of the sample company; if data is kept, it is made only once."""
    keys = ApiKeys(Ledger(aws.dynamodb(), outputs.table))
    file = folder / "api_key"
    if file.exists() and keys.find(key := file.read_text(encoding="utf-8")):
        return key
    key, _ = keys.create(COMPANY, "local", SCOPES)
    private.write(file, key)
    return key


def _openai_key() -> str:
    return os.environ.get("OPENAI_API_KEY", "").strip()


def _kept_port(folder: Path) -> int:
    """Media URLs in kept messages hold the port, so it stays."""
    file = folder / "twilio" / "port"
    return int(file.read_text(encoding="utf-8")) if file.exists() else free_port()


def _file(folder: Path) -> Path:
    return folder / "running.json"


@contextmanager
def _used(running: EmbeddedAws, variables: dict[str, str]) -> Iterator[None]:
    """Makes this process's AWS clients use it; boto3 keeps the keys that it found first, maybe of another run."""
    before, session = dict(os.environ), boto3.DEFAULT_SESSION
    os.environ.update(variables)
    boto3.DEFAULT_SESSION = running.session
    try:
        yield
    finally:
        boto3.DEFAULT_SESSION = session
        os.environ.clear()
        os.environ.update(before)
