"""How all listed notes of a person or a company are erased: one by one, each counted once, even after a kill."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from ai_voice_shared.erasing import Erasure
from ai_voice_shared.errors import Misconfigured, Wait, reason
from ai_voice_shared.records.checkpoints import Busy
from ai_voice_shared.records.held_requests import HeldRequest, Lost
from ai_voice_shared.telemetry import log
from voice_parser.eraser.eraser import Eraser

type GoesOn = Callable[[], bool]

NEXT_RUN = "it goes on in the next run"

THE_REST = "#rest"
"""What a request is doing after its notes are gone; this is no message id."""


@dataclass(frozen=True)
class Pass:
    """The result of one pass through the list.

    Attributes:
        found: how many notes there were.
        problem: why some of them are still there; empty when all are gone.
    """

    found: int
    problem: str = ""


@dataclass(frozen=True)
class ListedNotes:
    """Erases the notes that the ledger lists."""

    eraser: Eraser

    def erase(self, held: HeldRequest, goes_on: GoesOn) -> Pass:
        """Goes once through the notes of the request's person or company; one that fails does not delay the others.

        Raises Misconfigured, Lost, or RetryLater if the list cannot be read.
        """
        self._settle_interrupted(held)
        request, found, problem = held.request, 0, ""
        for _, note in self.eraser.notes.each(request.company_id, request.customer_id):
            if not goes_on():
                return Pass(found, problem or NEXT_RUN)
            if self.eraser.notes.get(request.company_id, note.message_id) is None:
                continue  # erased just now: the list follows within a second
            found += 1
            try:
                self._erase(held, note.message_id)
            except (Misconfigured, Lost):
                raise
            except Busy as busy:
                problem = str(busy)
            except Wait as wait:  # the next note would have to wait, too
                return Pass(found, str(wait))
            except Exception as error:  # noqa: BLE001 - a bug in one note must not delay the others
                problem = reason(error)
                log("note not erased", message_id=note.message_id, company_id=request.company_id, reason=problem)
        return Pass(found, problem)

    def _settle_interrupted(self, held: HeldRequest) -> None:
        """A killed run may have erased a note without counting it. Its erasure is repeated, and counted now."""
        if not held.request.doing or held.request.doing == THE_REST:
            return
        try:
            erasure = self.eraser.erase(held.request.company_id, held.request.doing)
        except Misconfigured:
            raise
        except Exception as error:  # noqa: BLE001 - it is still listed, and comes again
            log("interrupted note not erased", message_id=held.request.doing, reason=reason(error))
            erasure = None
        held.note(counts=_with(held, erasure), doing="")

    def _erase(self, held: HeldRequest, message_id: str) -> None:
        held.note(doing=message_id)
        erasure = self.eraser.erase(held.request.company_id, message_id)
        held.note(counts=_with(held, erasure), doing="")


def _with(held: HeldRequest, erasure: Erasure | None) -> dict[str, int]:
    """The counts with those of one more note; None if there was no such note."""
    return held.counted({"notes": 1, **asdict(erasure.erased)} if erasure else {})
