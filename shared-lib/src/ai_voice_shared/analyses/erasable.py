"""What analyses hold of a note, and of a company: statements that cite it, its title, and who sent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ai_voice_shared.analyses.analyses import Analyses, contents, listed, pointed
from ai_voice_shared.analyses.model import Content
from ai_voice_shared.erasure.held import NOTHING, Held, MessageIds, PersonIds

_COUNTED = "analyses"


@dataclass(frozen=True)
class ErasableAnalyses:
    """Takes notes out of analyses. The analyses themselves are the company's, and go with it."""

    analyses: Analyses

    def of_message(self, message: MessageIds) -> Held:
        """What the analyses that rest on it hold of it."""
        company_id, message_id = message.company_id, message.message_id
        places = self.analyses.ledger.places(pointed(company_id), f"{message_id}#")
        resting = [place.partition("#")[2] for place in places]
        return Held({_COUNTED: len(resting)}, lambda: self._take_out(company_id, message_id, resting))

    def of_person(self, person: PersonIds) -> Held:
        """Nothing that is not in the person's notes."""
        del person
        return NOTHING

    def of_company(self, company_id: str) -> Held:
        """All of it."""
        ledger = self.analyses.ledger
        places = {pk: ledger.places(pk) for pk in (listed(company_id), contents(company_id), pointed(company_id))}

        def erase() -> None:
            for pk, some in places.items():
                ledger.delete_all(pk, some)

        return Held({_COUNTED: len(places[listed(company_id)])}, erase)

    def _take_out(self, company_id: str, message_id: str, analysis_ids: Sequence[str]) -> None:
        for analysis_id in analysis_ids:
            take_out(self.analyses, company_id, analysis_id, message_id)
            self.analyses.ledger.delete(pointed(company_id), f"{message_id}#{analysis_id}")


def take_out(analyses: Analyses, company_id: str, analysis_id: str, message_id: str) -> None:
    """Takes a note out of one analysis; again, it changes nothing. Raises RetryLater."""
    analyses.rewrite(company_id, analysis_id, partial(_without, message_id=message_id))
    analyses.untitle(company_id, analysis_id, message_id)


def _without(content: Content, message_id: str) -> Content:
    return content.without(message_id)
