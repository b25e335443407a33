"""The command `twilio-in-a-box`: runs the box until Ctrl-C."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from twilio_in_a_box.account.addresses import CHANNEL, is_absolute_url, is_number
from twilio_in_a_box.account.messages import ACCOUNT_SID, OUR_NUMBER
from twilio_in_a_box.box import TwilioInABox
from twilio_in_a_box.calls import sound

_PRIVATE = 0o077


def main() -> int:
    """Runs the box; returns its exit code."""
    asked = _parser().parse_args()
    os.umask(_PRIVATE)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    box = TwilioInABox(asked.folder, asked.port, asked.webhook, number=f"{CHANNEL}{asked.number}")
    box.overrides, box.fallback_url = asked.overrides, asked.fallback or ""
    box.auth_token = os.environ.get("TWILIO_AUTH_TOKEN") or box.auth_token
    if asked.voice:
        box.answer_calls(asked.voice)
    box.exchange.speak, box.exchange.overrides = sound.voices(), asked.overrides
    try:
        with box:
            _add_phones(box, asked.phone)
            sys.stdout.write(_told(box))
            sys.stdout.flush()
            threading.Event().wait()
    except OSError as error:
        sys.stderr.write(f"The box cannot start: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="twilio-in-a-box", description="Twilio's WhatsApp API on this machine.")
    parser.add_argument("--port", type=int, default=4010, help="where it listens on 127.0.0.1 (default: 4010)")
    parser.add_argument("--webhook", type=_url, required=True, help="the URL that gets the messages of phones")
    parser.add_argument("--voice", type=_url, help="the URL that gets the calls of phones")
    parser.add_argument("--folder", type=Path, default=Path(".twilio-in-a-box"), help="where it keeps its data")
    default = OUR_NUMBER.removeprefix(CHANNEL)
    parser.add_argument("--number", type=_number, default=default, help=f"your WhatsApp number (default: {default})")
    parser.add_argument("--fallback", type=_url, help="the URL for them when all attempts have failed")
    parser.add_argument("--overrides", default="", help="when webhooks are posted again, as in 'rc=3&rp=ct,rt,5xx'")
    parser.add_argument(
        "--phone", action="append", default=[], metavar="NUMBER=NAME", help="a phone on the page; may be repeated"
    )
    return parser


def _add_phones(box: TwilioInABox, phones: list[str]) -> None:
    for phone in phones or ["+15550100001=Sam"]:
        number, _, name = phone.partition("=")
        box.add_phone(_number(number), name)


def _told(box: TwilioInABox) -> str:
    lines = {
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": box.auth_token,
        "API": box.url,
        "From": box.number,
        "webhook": box.webhook_url,
        "simulator": box.page_url,
    }
    return "\n".join(f"  {name:<20}{value}" for name, value in lines.items()) + "\n\n  Ctrl-C stops it.\n"


def _url(text: str) -> str:
    if not is_absolute_url(text):
        raise argparse.ArgumentTypeError(f"{text} is not a URL like http://localhost:8000/webhook")
    return text


def _number(text: str) -> str:
    if not is_number(text):
        raise argparse.ArgumentTypeError(f"{text} is not a number like +15550100000")
    return text


if __name__ == "__main__":
    sys.exit(main())
