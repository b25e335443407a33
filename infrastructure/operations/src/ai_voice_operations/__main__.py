"""The commands of operators: `python -m ai_voice_operations --help`."""

import sys
from collections.abc import Sequence

import typer

from ai_voice_operations import command_line
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import visible
from ai_voice_shared.errors import DeadLetter, Misconfigured, RetryLater

_STOPPED = 130
"""What typer makes of Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; returns its exit status. It tells an error in one sentence."""
    try:
        status = command_line.run(sys.argv[1:] if arguments is None else arguments)
    except typer.TyperException as error:
        return _told(command_line.sentence(error), error.exit_code)
    except Refused as refused:
        return _told(str(refused), 2)
    except (Failed, RetryLater, DeadLetter, Misconfigured) as failed:
        return _told(str(failed), 1)
    except Exception as error:
        if sentence := _of_aws(error):
            return _told(sentence, 1)
        raise
    if status == _STOPPED:
        sys.stderr.write("\n")
        return _told("Stopped. What AWS has begun goes on: run the same command again to follow it.", status)
    return status


def _of_aws(error: Exception) -> str:
    """What to do about an error of AWS's; "" for any other."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - help needs no AWS

    if not isinstance(error, BotoCoreError | ClientError):
        return ""
    from ai_voice_operations import account  # noqa: PLC0415 - as above

    return account.sentence(error)


def _told(problem: str, status: int) -> int:
    sys.stderr.write(f"{visible(problem)}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
