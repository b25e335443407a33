"""A process that runs another one and ends it, with all its children, when our standard input closes.

It is the leader of its own session: everything that it runs stays in its process group, and is ended with that group.
A pipe always ends with its writer, in whatever way the writer dies. So a pipe is safer than a signal.
"""

import os
import signal
import subprocess
import sys
import threading
import time

GRACE_SECONDS = 60.0
"""Seconds that the command has to end by itself, after it is asked to."""


def run(command: list[str]) -> None:
    """Runs the command until it or standard input ends, then ends the whole process group, including this process."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - the command of our starter
    threading.Thread(target=_end_with_our_input, args=(process,), daemon=True).start()
    process.wait()
    os.killpg(0, signal.SIGKILL)


def _end_with_our_input(process: subprocess.Popen[bytes]) -> None:
    sys.stdin.buffer.read()
    process.terminate()
    time.sleep(GRACE_SECONDS)
    process.kill()


if __name__ == "__main__":
    run(sys.argv[1:])
