"""How an analysis is shown: each statement with citations that play, as answers have them."""

from ai_voice_shared.analyses.model import Analysis, Content, Section
from ai_voice_shared.phrases import phrase
from ai_voice_shared.words.languages import primary
from data_api_server.analyses.models import AnalysisBrief, AnalysisShown, SectionShown, SourceShown, brief
from data_api_server.notes.asking import Asking, Shown
from data_api_server.services import Services


def short(one: Analysis) -> AnalysisBrief:
    """The analysis in a list."""
    return AnalysisBrief.model_validate(brief(one))


def whole(services: Services, one: Analysis, content: Content) -> AnalysisShown:
    """The analysis with what it says; nothing of it before it is ready."""
    asking = Asking(services.answering, services.notes, services.store, services.url_seconds, services.quotas)
    shown = Shown(asking, one.company_id)
    sections = content.sections if one.status == "ready" else ()
    return AnalysisShown.model_validate(
        brief(one)
        | {
            "fields": content.choice.fields,
            "language": language(content) or None,
            "layout": content.choice.template.layout,
            "made_at": one.made_at or None,
            "done": one.done,
            "sections": [_section(shown, content, section) for section in sections],
            "left_out": content.left_out,
            "sources": [SourceShown.of(source) for source in content.sources],
            "erased_notes": sum(source.erased for source in content.sources),
        }
    )


def language(content: Content) -> str:
    """In which language the analysis is, as far as it is known."""
    return content.language or content.choice.language or content.choice.template.language


def nothing(content: Content, section: Section) -> str:
    """What is said in place of statements; empty if there are some."""
    template, spoken = content.choice.template, language(content)
    if section.statements:
        return ""
    own = (template.nothing or {}).get(section.heading or "", "")
    return own if own and primary(spoken) == primary(template.language) else phrase("nothing_said", spoken)


def _section(shown: Shown, content: Content, section: Section) -> SectionShown:
    return SectionShown(
        heading=section.heading,
        statements=[shown.statement(one) for one in section.statements],
        nothing=nothing(content, section) or None,
    )
