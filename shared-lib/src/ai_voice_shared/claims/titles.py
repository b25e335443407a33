"""Whether a statement gives somebody the title of somebody else: "Dr Quinn" for Dr Osei and Mrs Quinn."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ai_voice_shared.facts import names as claim_names
from ai_voice_shared.facts.vocabulary import listed
from ai_voice_shared.words.number_spelling import bare
from ai_voice_shared.words.text_words import cut

_MR, _MRS = "mr", "mrs"
_KINDS = {
    _MR: listed("mr herr herrn m monsieur senor sr don senhor signor signore sig meneer dhr"),
    _MRS: listed("mrs ms miss frau fr mme madame mlle senora senorita sra srta dona senhora signora mevrouw mevr"),
    "dr": listed("dr dra doctor doktor docteur doctora doutor doutora dottore dottoressa"),
    "prof": listed("prof professor professeur profesor profesora professora professore"),
}
_BESIDE = 2
"""Characters between a title and a name at most: ". "."""


class _Titled(NamedTuple):
    kind: str
    name: str


def mixes(text: str, language: str, sources: Sequence[str]) -> bool:
    """Whether a name has a title that the sources give only to another name, or a title for the other sex."""
    known = [one for source in sources for one in _titled(source)]
    return any(_is_anothers(one, known, language) for one in _titled(text))


def _titled(text: str) -> Iterator[_Titled]:
    for title, name in pairwise(cut(text)):
        kind = next((kind for kind, words in _KINDS.items() if bare(title.text) in words), "")
        if kind and name.text[:1].isupper() and name.start - title.end <= _BESIDE:
            yield _Titled(kind, name.text)


def _is_anothers(told: _Titled, known: Sequence[_Titled], language: str) -> bool:
    mine = {one.kind for one in known if _is(told.name, one.name, language)}
    if not mine or told.kind in mine:
        return False
    others = {one.kind for one in known if not _is(told.name, one.name, language)}
    return told.kind in others or {told.kind, *mine} == {_MR, _MRS}


def _is(name: str, other: str, language: str) -> bool:
    return claim_names.names_of([other]).has(name, language)
