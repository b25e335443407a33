"""What a question is about: its words without those that only ask, which of them stand together, and its quotes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, islice
from operator import itemgetter

from ai_voice_shared.search_words import as_one_word, ordered, spelled_words, words
from ai_voice_shared.text_words import Word, cut, plain

_ONLY_ASKING = {
    "en": """
        a an the and or but nor so as at by for from in into of off on onto out over to up upon with without within
        about against among between during through towards toward under after before behind beside besides beyond
        per via than then there here this that these those it its he she they them their theirs his her hers him we
        us our ours you your yours i me my mine who whom whose which what when where why how is are was were be been
        being am do does did doing done have has had having can could may might must shall should will would not no
        any some all each every both either neither few more most much many other others another such same own only
        also too very just if while because since until though although whether again once ever s t d ll m re ve
        summarize summarise summary summaries describe explain outline list give tell show find name please want
        know discuss discussed discusses discussing discussion discussions talk talked talks talking conversation
        say said says saying mention mentioned mentions mentioning think thought thoughts thinks thinking opinion
        opinions view views viewpoint idea ideas attitude attitudes believe believed feel felt suggest suggested
        suggests suggesting suggestion suggestions propose proposed proposes recommend recommended recommendation
        recommendations state stated comment comments commented respond responded response answer answered ask asked
        asks question questions conclude concluded conclusion conclusions decide decided decision decisions agree
        agreed disagree disagreed agreement introduce introduced introduction present presented presents
        presentation presentations raise raised put forward meeting meetings group team teams participant
        participants speaker speakers people person everyone someone somebody anybody anyone member members note
        notes message messages regarding concerning related relating terms regards regard respect according topic
        topics part thing things reason reasons detail details main overall general specific it made make come came
        go got get take took""",
    "de": """
        der die das den dem des ein eine einen einem einer eines und oder aber als an am auf aus bei bis durch für
        gegen in im ins mit nach ohne über um unter von vom vor während wegen zu zum zur zwischen dass ob wenn weil
        es er sie wir ihr ihm ihn uns euch mich mir du dich dir ich mein sein seine ihre unser dies diese dieser
        dieses wer wem wen wessen was welche welcher welches wann wo warum wieso weshalb wie ist sind war waren wird
        werden wurde wurden hat haben hatte hatten kann können könnte muss müssen soll sollen sollte will wollen
        darf nicht kein keine auch nur noch schon da dort hier alle alles etwas bitte fasse zusammen zusammenfassung
        beschreibe erkläre nenne liste zeige gib sag sage gesagt sagte sagen besprochen besprechen diskutiert
        diskussion gespräch meinung meinte gedacht denkt denken erwähnt vorgeschlagen vorschlag entschieden
        entscheidung beschlossen gefragt frage notiz notizen nachricht nachrichten besprechung team gruppe
        teilnehmer leute jemand thema""",
    "es": """
        el la los las un una unos unas y e o u pero como a al ante bajo con contra de del desde durante en entre
        hacia hasta para por según sin sobre tras que qué quién quien quiénes cuál cuáles cuándo cuando dónde donde
        cómo porqué cuánto cuánta si se su sus le les lo nos me mi te tu yo él ella ellos ellas es son era eran fue
        fueron ser está están estaba ha han había hay puede pueden debe deben no ni también solo sólo más muy este
        esta estos estas ese esa eso esto todo todos resume resumir resumen describe explica enumera dime muestra
        dar dijo dijeron decir dicho discutió discutieron discusión habló hablaron conversación opinión opina opinó
        piensa pensó mencionó mencionaron sugirió sugerencia propuso propuesta decidió decidieron decisión preguntó
        pregunta nota notas mensaje mensajes reunión equipo grupo participantes alguien tema""",
    "fr": """
        le la les l un une des du de d et ou mais comme à au aux avec chez contre dans depuis en entre par pour sans
        selon sous sur vers que qu quoi qui quel quelle quels quelles quand où comment pourquoi combien si se s son
        sa ses leur leurs lui nous vous me m mon ma te tu je j il elle ils elles on est sont était étaient être a
        ont avait avaient peut peuvent doit doivent ne n pas ni aussi seulement plus très ce cet cette ces c cela ça
        tout tous y résume résumer résumé décris explique liste donne dis montre dit dire discuté discussion parlé
        parle conversation avis opinion pense pensé penser mentionné suggéré suggestion proposé proposition décidé
        décision demandé question note notes message messages réunion équipe groupe participants quelqu sujet""",
    "it": """
        il lo la i gli le l un uno una e o ma come a al allo alla ai agli alle con contro da dal dalla di del dello
        della dei degli delle durante in nel nella nei nelle fra tra per su sul sulla senza secondo che chi cui cosa
        quale quali quando dove perché quanto se si suo sua suoi sue loro ci vi mi mio ti tu io lui lei noi voi è
        sono era erano essere ha hanno aveva avevano può possono deve devono non né anche solo più molto questo
        questa questi queste quello quella tutto tutti riassumi riassunto descrivi spiega elenca dimmi mostra detto
        dire disse discusso discussione parlato conversazione opinione pensa pensato menzionato suggerito proposto
        proposta deciso decisione chiesto domanda nota note messaggio messaggi riunione squadra gruppo partecipanti
        qualcuno tema""",
    "nl": """
        de het een en of maar als aan bij door in met na naar om onder op over per sinds te tegen tot tussen uit van
        voor zonder dat die dit deze er hier daar wie wat welke wanneer waar waarom hoe is zijn was waren wordt
        worden werd heb heeft hebben had hadden kan kunnen moet moeten zal zullen zou wil niet geen ook nog maar hij
        zij ze we wij je jij ik mij me hun hem haar ons onze mijn zijn alles alle iets vat samen samenvatting
        beschrijf leg noem toon geef zeg zei gezegd besproken discussie gesprek mening vindt denkt dacht genoemd
        voorgesteld voorstel besloten beslissing gevraagd vraag notitie notities bericht berichten vergadering team
        groep deelnemers iemand onderwerp""",
    "pt": """
        o a os as um uma uns umas e ou mas como ao aos à às com contra de do da dos das desde durante em no na nos
        nas entre para pelo pela por sem sob sobre que quê quem qual quais quando onde porque quanto se seu sua seus
        suas lhe nos me meu minha te tu eu ele ela eles elas é são era eram foi foram ser está estão estava há tem
        têm tinha pode podem deve devem não nem também só mais muito este esta estes estas esse essa isso isto tudo
        todos resuma resumir resumo descreva explique liste diga mostre dê disse disseram dizer dito discutiu
        discutiram discutido discussão falou falaram conversa opinião acha achou pensa pensou mencionou sugeriu
        sugestão propôs proposta decidiu decisão perguntou pergunta nota notas mensagem mensagens reunião equipe
        equipa grupo participantes alguém tema""",
}
"""The little words, and the words of asking, telling and discussing; they stand everywhere and are about nothing."""


_MOST_WORDS, _MOST_PHRASES, _LONGEST_PHRASE = 100, 5, 20
"""Of one question that are looked for; each word and phrase costs a look into the whole index."""

_JOINING = frozenset("-\u2010\u2011/._")

_QUOTED = re.compile('"([^"]+)"|[\u201c\u201e]([^\u201c\u201d\u201e]+)[\u201c\u201d]|\u00ab([^\u00ab\u00bb]+)\u00bb')


@dataclass(frozen=True)
class Sought:
    """What to look for, in the forms that the index holds.

    Attributes:
        words: each once.
        spelled: their other spellings.
        whole: all its words in order, in each language, where none between them only asks.
        phrases: that have to stand there, of each the forms of which one is enough; a form is its words in order.
    """

    words: list[str] = field(default_factory=list)
    spelled: list[str] = field(default_factory=list)
    whole: list[tuple[str, ...]] = field(default_factory=list)
    phrases: list[list[tuple[str, ...]]] = field(default_factory=list)


def sought(question: str, languages: tuple[str, ...], *, verbatim: bool = False) -> Sought:
    """What to look for in notes of these languages (as `search_words.stemming` names them).

    Of a question with more words the first ones, in each language. Quotation marks demand their phrase only if
    `verbatim`, and then also words that else only ask; in a question they are mostly around a title or a saying.
    """
    kept, quoted = _kept(question), _quoted(question) if verbatim else []
    about = " ".join([*kept, *quoted]) or question
    return Sought(
        _first_once((words(about, language) for language in languages), _MOST_WORDS),
        _first_once((spelled_words(about, language) for language in languages), _MOST_WORDS),
        _whole(kept, languages),
        [forms for phrase in quoted for forms in _forms(phrase, languages)],
    )


def _first_once[T](of_each: Iterable[Iterable[T]], most: int) -> list[T]:
    """The first ones of each, none twice."""
    return list(dict.fromkeys(one for some in of_each for one in islice(dict.fromkeys(some), most)))


def _whole(parts: Sequence[str], languages: Sequence[str]) -> list[tuple[str, ...]]:
    if len(parts) != 1:
        return []
    in_order = (words_ for language in languages for words_ in ordered(parts[0], language))
    return list(dict.fromkeys(tuple(words_) for words_ in in_order if 1 < len(words_) <= _LONGEST_PHRASE))


def _forms(quoted: str, languages: Sequence[str]) -> list[list[tuple[str, ...]]]:
    """What has to stand there, of each the forms in all languages; of one name or number also its one-word form."""
    of_each = [ordered(quoted, language) for language in languages]
    found = [list(dict.fromkeys(map(tuple, forms))) for forms in zip(*of_each, strict=True) if forms[0]]
    if len(found) == 1:
        found[0] += [(one,) for language in languages for one in as_one_word(quoted, language)]
    return found


def _quoted(question: str) -> list[str]:
    """What stands in quotation marks, if it has a word."""
    quoted = (next(filter(None, found.groups())) for found in _QUOTED.finditer(question))
    return [text for text in islice(quoted, _MOST_PHRASES) if cut(text)]


def parts_asked_for(question: str) -> list[str]:
    """The parts of the question between the words that only ask, each as it is written; none when all words do."""
    return _kept(question)


def only_asks(word: str) -> bool:
    """Whether the word, in small letters and without accents, is one of those that only ask in some language."""
    return word in _bare_words()


def demands_phrases(question: str) -> bool:
    """Whether something stands in quotation marks."""
    return bool(_quoted(question))


def cleaned(question: str) -> str:
    """The question without the words that only ask; the question itself when nothing else is in it."""
    return " ".join(_kept(question)) or question


def _kept(question: str) -> list[str]:
    """The parts of the question between the words that only ask, each as it is written.

    A word that only asks stays where a sign joins it to another one: shut-off is one thing.
    """
    asked = cut(question)
    only_asking = _only_asking([plain(word.text) for word in asked])
    joined = _joined(question, asked)
    kept = ((some, any(plain(word.text) not in only_asking for word in some)) for some in joined)
    parts = (list(alike) for is_kept, alike in groupby(kept, key=itemgetter(1)) if is_kept)
    return [question[some[0][0][0].start : some[-1][0][-1].end] for some in parts]


def _joined(question: str, asked: Sequence[Word]) -> list[list[Word]]:
    """The words, those that a sign joins together."""
    joined: list[list[Word]] = []
    for word in asked:
        if joined and question[joined[-1][-1].end : word.start] in _JOINING:
            joined[-1].append(word)
        else:
            joined.append([word])
    return joined


def _only_asking(asked: list[str]) -> frozenset[str]:
    """Those of the language the question shares most little words with, so that no language's words harm another's."""
    return max(_WORDS, key=lambda known: sum(word in known for word in asked))


_WORDS = tuple(frozenset(known.split()) for known in _ONLY_ASKING.values())


@cache
def _bare_words() -> frozenset[str]:
    return frozenset(bare for known in _ONLY_ASKING.values() for bare in words(known, ""))
