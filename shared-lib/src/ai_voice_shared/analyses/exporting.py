"""What a company's export has of its analyses: what was asked for, what each says, and from where."""

from dataclasses import asdict
from typing import Any

from ai_voice_shared.analyses.analyses import Analyses
from ai_voice_shared.analyses.model import Analysis, Content

_NOT_TOLD = {"company_id", "titled_by"}


def exported(analyses: Analyses, company_id: str) -> list[dict[str, Any]]:
    """All of them, the oldest first."""
    return [_told(one, content) for one, content in analyses.each(company_id)]


def _told(one: Analysis, content: Content) -> dict[str, Any]:
    fields = {name: value for name, value in asdict(one).items() if name not in _NOT_TOLD}
    choice = content.choice
    return fields | {
        "instructions": choice.template.instructions,
        "layout": choice.template.layout,
        "note_ids": list(choice.note_ids),
        "fields": choice.fields,
        "language": content.language or None,
        "sections": [asdict(section) for section in content.sections],
        "left_out": content.left_out,
        "sources": [asdict(source) for source in content.sources],
    }
