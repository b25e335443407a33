"""The commands behind `make demo`, `make up` and `make note`."""

import argparse
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import httpx

from ai_voice_local import engines, note, private
from ai_voice_local.aws.embedded_aws import EmbeddedAwsError
from ai_voice_local.demos import call as demo_of_a_call
from ai_voice_local.demos import notes as demo_of_notes
from ai_voice_local.deployment import DeploymentError
from ai_voice_local.platform import PHONE, Running, platform
from ai_voice_local.simulator.sweeping import sweeping
from ai_voice_local.terminal import NoAnswer, say
from ai_voice_shared.errors import Misconfigured

_EXPECTED = (EmbeddedAwsError, DeploymentError, Misconfigured, NoAnswer, note.NotSent)


def main() -> int:
    """Runs a command; returns its exit code."""
    arguments = _parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that starts us in the background ignores it
    try:
        match arguments.command:
            case "demo":
                demo_of_notes.run()
            case "demo-call":
                demo_of_a_call.run()
            case "up":
                _up(arguments.folder)
            case "within":
                return _within(arguments.folder, arguments.program)
            case _:
                _note(arguments)
    except _EXPECTED as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except httpx.HTTPError as error:
        more = (
            "" if arguments.command.startswith("demo") else f" {arguments.folder / 'aws.log'} says more."
        )  # it is gone by now
        sys.stderr.write(f"The platform gave an unexpected answer: {_problem(error)}.{more}\n")
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 0 if arguments.command == "up" else 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ai_voice_local", description="The whole platform on this machine.")
    parser.add_argument("--folder", type=Path, default=Path(".local"), help="the folder for its data (default: .local)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="send three notes through the platform, show each step, and end")
    commands.add_parser("demo-call", help="play a recorded call and a question by phone, show each step, and end")
    commands.add_parser("up", help="run the platform until Ctrl-C; its data stays in the folder")
    within = commands.add_parser("within", help="run a program with AWS clients that use the running platform")
    within.add_argument("program", nargs=argparse.REMAINDER, help="the program and its arguments")
    send = commands.add_parser("note", help="send a note into a running platform and follow it")
    send.add_argument("--file", type=Path, help="a recording (or any file) to send")
    send.add_argument("--text", default="", help="a text note, or the caption of the file")
    send.add_argument(
        "--forget", metavar="SID", default="", help="reply “forget that” to this message (a note, or our reply to it)"
    )
    send.add_argument("--from", dest="sender", default=PHONE, help=f"the sender's phone number (default: {PHONE})")
    return parser


def _problem(error: httpx.HTTPError) -> str:
    """What the answer says about itself, if it is a problem document."""
    with suppress(AttributeError, ValueError, KeyError, TypeError):  # there is no answer, or another one
        problem = error.response.json()  # type: ignore[attr-defined]
        return f"{problem['status']} {problem['title']}: {problem['detail']}".rstrip(".")
    return str(error).partition("\n")[0]


def _up(folder: Path) -> None:
    os.umask(private.UMASK)
    try:
        chosen = engines.named(os.environ, warn=lambda sentence: say(f"  {sentence}"))
        starting = platform(
            folder,
            keep=True,
            overrides=chosen,
            switchable_models=True,
            progress=lambda what: say(f"  starting  {what}"),
        )
        with starting as running, sweeping(running.outputs):
            outputs = running.outputs
            Running(
                outputs.data_api_url,
                running.api_key,
                phone_url=running.twilio.url,
                phone_secret=running.twilio.control_key,
                environment=running.environment,
            ).write(folder)
            say(f"\n  console    {outputs.data_api_url}/")
            say(f"  simulator  {running.twilio.page_url}   (phones to write with)")
            say(f"  API key    {running.api_key}   (to sign in with; header x-api-key)")
            say(f"  data API   {outputs.data_api_url}/docs")
            say(f"  webhook    {outputs.webhook_url}")
            say("  engines    " + "\n             ".join(running.engines))
            say(f"  log        {running.log}")
            for warning in _stale_indexes():
                say(f"  note       {warning}")
            say("\n  Send it something:  make note TEXT='Please order two valves by Friday'")
            say("                      make note FILE=infrastructure/local/samples/job.ogg")
            say("  Ctrl-C stops it and keeps its data.\n")
            threading.Event().wait()
    finally:
        Running.forget(folder)


def _stale_indexes() -> list[str]:
    """What a kept index cannot do with the present embedder, and the command that makes it able to."""
    import boto3  # noqa: PLC0415 - a fifth of a second that only `make up` needs

    from ai_voice_operations.doctor import indexes  # noqa: PLC0415 - as said above
    from ai_voice_operations.doctor.environment import Environment  # noqa: PLC0415

    return [f"{one.what}: {one.remedy}" for one in indexes.vectors(Environment("local", boto3.Session())) if one.remedy]


def _within(folder: Path, program: list[str]) -> int:
    running = Running.read(folder)
    if running is None:
        raise note.NotSent(note.NOTHING_RUNS)
    return subprocess.run(program, env=os.environ | running.environment, check=False).returncode  # noqa: S603 - ours


def _note(arguments: argparse.Namespace) -> None:
    text = arguments.text or (note.FORGET if arguments.forget else "")
    if not arguments.file and not text:
        raise note.NotSent("There is nothing to send: give FILE=recording.ogg or TEXT='…'.")
    note.send(arguments.folder, file=arguments.file, text=text, sender=arguments.sender, quoting=arguments.forget)


if __name__ == "__main__":
    sys.exit(main())
