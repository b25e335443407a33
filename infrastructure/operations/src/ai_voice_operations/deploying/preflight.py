"""What is checked in an account before a deployment changes anything: limits, permissions, what exists already."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_operations.account import sentence
from ai_voice_operations.deploying.account_room import AccountRoom
from ai_voice_operations.deploying.image_tags import service_of
from ai_voice_operations.deploying.leftovers import Leftovers
from ai_voice_operations.doctor.finding import STYLES, Finding, warn
from ai_voice_operations.problems import Refused
from ai_voice_operations.terminal import Terminal

type _Check = Callable[[], Iterator[Finding]]


@dataclass(frozen=True)
class Preflight:
    """The checks; all of them only read."""

    terminal: Terminal
    room: AccountRoom
    leftovers: Leftovers

    def check(self, folders: Sequence[str], pushed: Sequence[str], *, only_show: bool) -> None:
        """Tells what is wrong and what to do about it.

        Args:
            folders: the folders of the stacks to be deployed.
            pushed: services whose images have to be pushed first.
            only_show: whether also to tell what is in order, and to go on after any problem.

        Raises:
            Refused: something would make the deployment fail; nothing was changed.
        """
        failed = 0
        for finding in self._findings(folders, pushed):
            if only_show or finding.level != "ok":
                self.terminal.paint(_line(finding), STYLES[finding.level])
            failed += finding.level == "FAIL"
        if failed and not only_show:
            raise Refused(f"Nothing was changed: fix what is marked FAIL above, then run it again ({failed} to fix).")

    def _findings(self, folders: Sequence[str], pushed: Sequence[str]) -> Iterator[Finding]:
        checks: list[tuple[str, _Check]] = []
        if any(service_of(folder) for folder in folders):
            checks.append(("Lambda's concurrency", self.room.concurrency))
        if pushed:
            checks.append(("permissions in ECR", partial(self.room.permissions, pushed)))
        checks += [(folder, partial(self.leftovers.findings, folder)) for folder in folders]
        for name, check in checks:
            yield from _told(name, check)


def _told(name: str, check: _Check) -> Iterator[Finding]:
    """A check's findings; credentials that may not look may still deploy."""
    try:
        yield from check()
    except (BotoCoreError, ClientError) as error:
        yield warn(f"{name}: not looked at: {sentence(error)}", "the deployment goes on without this check")


def _line(finding: Finding) -> str:
    """A finding as a line, with account ids (the doctor hides them): they are part of names in the commands."""
    return f"{finding.level:<4}  {finding.what}" + (f" … {finding.remedy}" if finding.remedy else "")
