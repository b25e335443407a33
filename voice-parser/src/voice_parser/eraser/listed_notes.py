"""How all that is listed of a person or a company is erased: note after note, each counted once, killed or not."""

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
"""What a request is at once its notes are gone; no message id."""


@dataclass(frozen=True)
class Pass:
    """What one way through the list came to.

    Attributes:
        found: how many notes there were.
        problem: why some of them are still there; empty when all are gone.
    """

    found: int
    problem: str = ""


@dataclass(frozen=True)
class ListedNotes:
    """Erases what the ledger lists."""

    eraser: Eraser

    def erase(self, held: HeldRequest, goes_on: GoesOn) -> Pass:
        """Goes once through the notes of the request's person or company; one that fails does not hold up the others.

        Raises Misconfigured, Lost, or RetryLater when the list can not be read.
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
            except Wait as wait:  # whoever wants us to wait would say so of the next one, too
                return Pass(found, str(wait))
            except Exception as error:  # noqa: BLE001 - a bug that one note brings out must not hold up the others
                problem = reason(error)
                log("note not erased", message_id=note.message_id, company_id=request.company_id, reason=problem)
        return Pass(found, problem)

    def _settle_interrupted(self, held: HeldRequest) -> None:
        """Whoever was killed may have erased the note without counting it; it is asked again, and counted now."""
        if not held.request.doing or held.request.doing == THE_REST:
            return
        try:
            erasure = self.eraser.erase(held.request.company_id, held.request.doing)
        except Misconfigured:
            raise
        except Exception as error:  # noqa: BLE001 - it is still listed, and comes up again
            log("interrupted note not erased", message_id=held.request.doing, reason=reason(error))
            erasure = None
        held.note(counts=_with(held, erasure), doing="")

    def _erase(self, held: HeldRequest, message_id: str) -> None:
        held.note(doing=message_id)
        erasure = self.eraser.erase(held.request.company_id, message_id)
        held.note(counts=_with(held, erasure), doing="")


def _with(held: HeldRequest, erasure: Erasure | None) -> dict[str, int]:
    """The counts with those of one more note; None where it was none after all."""
    return held.counted({"notes": 1, **asdict(erasure.erased)} if erasure else {})
