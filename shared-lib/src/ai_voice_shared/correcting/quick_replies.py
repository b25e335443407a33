"""What a sender may choose from below a reply: buttons where the Twilio account has them, a line of text elsewhere.

WhatsApp shows buttons only of a Content resource (Twilio, "twilio/quick-reply"). There is one for each choice and
language; `ai_voice_operations` makes them, and a setting names their sids.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from ai_voice_shared.intents import NAMES
from ai_voice_shared.phrases import FALLBACK, phrase
from ai_voice_shared.words.languages import SPOKEN, primary

KEEP = "keep"
"""The choice whether a corrected name is kept for the company's glossary."""

KEEP_IT, NOT_NOW = "keep:yes", "keep:no"
FILE = "file:"
"""Begins the payload of a button that files a note as another kind; its name follows."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    **{kind: tuple(FILE + other for other in NAMES if other != kind) for kind in NAMES},
    KEEP: (KEEP_IT, NOT_NOW),
}
"""The payloads of each choice's buttons. A note's own kind is not offered: the choice is named by it."""

LONGEST_BODY = 1_024
"""Characters above the buttons (Twilio, "twilio/quick-reply")."""

LONGEST_TITLE = 20
"""Characters of a button's title in WhatsApp."""

_NAMED = {KEEP_IT: "keep_yes", NOT_NOW: "keep_no"}


def title(payload: str, language: str | None) -> str:
    """What the button says."""
    return phrase(_NAMED.get(payload) or f"kind_{payload.removeprefix(FILE)}", language)


def line(choice: str, language: str | None) -> str:
    """The choice as a line of text, for a reply without buttons."""
    first, second = (title(payload, language) for payload in CHOICES[choice])
    return phrase("keep_line" if choice == KEEP else "choose_line", language, first=first, second=second)


def definition(choice: str, language: str) -> dict[str, Any]:
    """The choice as a Content resource (Twilio, "Content API"); its only variable is the text of a reply.

    The name holds a hash of what it says: other words are another resource, because nothing changes one.
    """
    actions = [{"type": "QUICK_REPLY", "title": title(payload, language), "id": payload} for payload in CHOICES[choice]]
    types = {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}}
    said = hashlib.sha256(json.dumps(types, sort_keys=True).encode()).hexdigest()[:8]
    name = f"ai_voice_{choice.replace('-', '_')}_{language}_{said}"
    return {"friendly_name": name, "language": language, "variables": {"1": "…"}, "types": types}


def every() -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """All Content resources that there are to make, by choice and language."""
    for language in SPOKEN:
        for choice in CHOICES:
            yield (choice, language), definition(choice, language)


@dataclass(frozen=True)
class QuickReplies:
    """The Content resources of an account: their sids by choice and language."""

    sids: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def read(cls, setting: str) -> Self:
        """Those of the setting, as `en:HX…,HX…,HX… de:…`: by language, those of the choices in their order."""
        entries = (entry.partition(":") for entry in setting.split())
        named = ((language, zip(CHOICES, sids.split(","), strict=False)) for language, _, sids in entries)
        return cls({(choice, language): sid for language, pairs in named for choice, sid in pairs})

    def to_setting(self) -> str:
        """The setting that `read` reads; a language that lacks one is left out."""
        found = ((language, [self.sids.get((one, language)) for one in CHOICES]) for language in SPOKEN)
        return " ".join(f"{language}:{','.join(filter(None, sids))}" for language, sids in found if all(sids))

    def sid(self, choice: str, language: str) -> str:
        """The sid of the choice's Content resource in the language, else in English; empty where there is none."""
        own = primary(language or FALLBACK)
        return self.sids.get((choice, own if own in SPOKEN else FALLBACK), "")
