"""A process that runs another and lets nothing of it outlive the one who holds our standard input open.

Started as the leader of a session of its own: what it runs stays in its process group, and is ended with that group.
A pipe ends with its writer, however that dies, which makes it a better lifeline than a signal.
"""

import os
import signal
import subprocess
import sys
import threading
import time

GRACE_SECONDS = 60.0
"""For the command to end by itself once it is told to."""


def run(command: list[str]) -> None:
    """Runs the command until it or standard input ends, then ends the whole process group, us included."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - what our starter wants run
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
