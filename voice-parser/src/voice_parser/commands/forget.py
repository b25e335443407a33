"""When a message asks to erase another one ("forget that", as a quoted reply), and which one it may erase."""

import re
import unicodedata
from dataclasses import dataclass

from ai_voice_shared.erasing import Erasing
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.replies import Replies
from voice_parser.inbound.message import InboundMessage

_MOST_WORDS = 6
_LONGEST = 300
"""Characters, with the blanks and marks around the words."""

# "forget it" and its like mean "never mind" as often, and what is erased is lost: they are not among these.
_ASKED = {
    "en": r"(?:please )?(?:forget (?:that|this)|(?:delete|erase|remove) (?:that|this|it))"
    r"(?: (?:one|(?:voice )?(?:note|message)|recording))?(?:,? please)?"
    r"|(?:please )?(?:forget|delete|erase|remove) (?:my|the) (?:(?:voice )?(?:note|message)|recording)(?:,? please)?",
    "es": r"(?:por favor,? )?(?:olvid[ae]|borr[ae]|elimin[ae]) (?:eso|esto|(?:es[ae]|est[ae]|este|el|la|mi) "
    r"(?:nota|mensaje|audio|grabación))(?:,? por favor)?"
    r"|(?:por favor,? )?(?:b[óo]rr[ae]|el[íi]min[ae])l[oa](?:,? por favor)?",
    "de": r"(?:bitte )?(?:vergiss|vergessen sie|lösche?|löschen sie) "
    r"(?:das|dies(?:es)?|(?:diese|die|meine) (?:sprach)?(?:nachricht|notiz|aufnahme))(?: bitte)?"
    r"|(?:bitte )?(?:das|(?:diese|die|meine) (?:sprach)?(?:nachricht|notiz|aufnahme)) (?:bitte )?(?:vergessen|löschen)"
    r"|bitte löschen",
    "fr": r"(?:s'il (?:te|vous) pla[iî]t,? )?(?:oublie[zr]?|efface[zr]?|supprime[zr]?) "
    r"(?:ça|ceci|cela|(?:ce|cette|le|la|mon|ma) (?:message|note|enregistrement|vocal))(?:,? s'il (?:te|vous) pla[iî]t)?"
    r"|(?:efface|supprime)z?-l[ea](?:,? s'il (?:te|vous) pla[iî]t)?",
    "pt": r"(?:por favor,? )?(?:esque(?:ce|ça)|apag(?:a|ue|ar)|exclu(?:i|a|ir)) "
    r"(?:isso|isto|(?:ess[ae]|est[ae]|a|o|minha) (?:nota|mensagem|áudio|gravação))(?:,? por favor)?"
    r"|(?:apague|exclua)-[oa](?:,? por favor)?",
    "it": r"(?:per (?:favore|piacere|cortesia),? )?(?:dimentica|dimentichi|scorda|scordi|cancell[ai]|elimin[ai]) "
    r"(?:quest[oa]|quell[oa]|ciò|(?:(?:quest[oa]|quel|quell[oa]|il|la|il mio|la mia) |quest'|quell'|l')"
    r"(?:nota|messaggio|vocale|audio|registrazione)(?: vocale)?)(?:,? per (?:favore|piacere|cortesia))?"
    r"|(?:per (?:favore|piacere|cortesia),? )?(?:cancellal[oa]|eliminal[oa]|(?:lo|la) (?:cancelli|elimini))"
    r"(?:,? per (?:favore|piacere|cortesia))?",
    "nl": r"(?:(?:alsjeblieft|alstublieft|graag),? )?(?:vergeet|wis|verwijder)(?: u)? "
    r"(?:dat|dit|(?:dit|dat|deze|die|het|de|mijn) (?:(?:spraak)?(?:bericht|notitie)|opname|memo))"
    r"(?:,? (?:alsjeblieft|alstublieft|aub|a\.u\.b\.?|graag))?"
    r"|(?:graag )?(?:dit|dat|(?:dit|dat|deze|die|het|de|mijn) (?:(?:spraak)?(?:bericht|notitie)|opname|memo)) "
    r"(?:graag )?(?:wissen|verwijderen|vergeten)(?:,? (?:alsjeblieft|alstublieft|aub|graag))?",
}
"""Regular expressions over lower-case text, by language."""


@dataclass(frozen=True)
class Target:
    """The result of a request: the message to erase (empty for none), and the phrase for the reply."""

    message_id: str
    phrase: str


@dataclass(frozen=True)
class Forgetter:
    """Erases senders' own messages, and no others."""

    notes: Notes
    replies: Replies
    erasing: Erasing

    def wanted(self, message: InboundMessage, text: str) -> str | None:
        """The language (BCP 47) in which a message asks to forget, given what was written or said in it.

        None if it does not ask, or has anything else in it.
        """
        return None if message.pressed or message.location else asked(text)

    def target(self, job: NoteJob, message: InboundMessage) -> Target:
        """Which message to erase. Keep the result before it is erased, because it cannot be found afterwards.

        The quoted message is the sender's own, or one that we sent about it. Raises RetryLater.
        """
        if not message.replied_to:
            return Target("", "forget_which")
        reply = self.replies.find(message.replied_to)
        if reply and reply.company_id != job.company_id:
            return Target("", "nothing_to_forget")
        note = self.notes.get(job.company_id, reply.message_id if reply else message.replied_to)
        if note is None:
            return Target("", "nothing_to_forget")
        if note.customer_id != job.customer_id:
            return Target("", "not_yours_to_forget")
        return Target(note.message_id, "forgotten")

    def forget(self, job: NoteJob, target: Target, language: str | None) -> str:
        """Erases the target and returns the reply. A second call erases nothing more and returns the same.

        Raises RetryLater, or Wait while the message is being processed.
        """
        if target.message_id:
            self.erasing.erase(job.company_id, target.message_id)
        return phrase(target.phrase, language)


def asked(text: str) -> str | None:
    """The language in which the text only asks to forget; None if it does not, or says more."""
    if len(text) > _LONGEST:
        return None
    said = unicodedata.normalize("NFKC", text).casefold().strip().replace("’", "'")
    if len(said.split()) > _MOST_WORDS:
        return None
    return next((language for language, cue in _ASKED.items() if re.fullmatch(rf"\W*(?:{cue})\W*", said)), None)
