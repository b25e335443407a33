"""What people say when they ask for something, by language: the table behind the rules engine and "play 1".

What makes a note of one kind stands beside that kind, in `ai_voice_shared.intents`.
"""

from dataclasses import dataclass

from ai_voice_shared.intents import JobToBeDone


@dataclass(frozen=True)
class Cues:
    """One language's cues; regular expressions over lower-case text.

    Attributes:
        common: words without a subject.
        job: words in a sentence that asks for something.
        polite: words that a title and an action item leave out.
        who: captures who has to do it.
        by_when: until when, in words that name no day; empty if none are known.
        verbs: the beginning of an order after another one; `last_verbs`: its end, if the verb comes last.
        joining: words that join two orders, in addition to a comma.
        question: the beginning of a question; speech has no question marks.
        small_talk: the beginning of a question that the notes cannot answer.
        play: the words before the number of a source that somebody wants to hear.
        numbers: the words for the numbers from one on.
    """

    common: frozenset[str]
    job: str
    polite: str
    who: str
    by_when: str
    verbs: str
    last_verbs: str
    joining: str
    question: str
    small_talk: str
    play: str
    numbers: tuple[str, ...]


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _alternatives(text: str) -> str:
    return "|".join(text.split())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CUES = {
    "en": Cues(
        common=_words(
            "the a an and or to of in on at is are was were be we i you it that this with for have has had not my our "
            "your he she they them his her their from by as but so if there here just all please will can what when "
            "where which who why how did do does much many"
        ),
        job=JobToBeDone.cues["en"],
        polite=r"\b(?:please|kindly)\b",
        who=r"\b(?:ask|tell|remind|get) (\w+) to\b",
        by_when=r"\b(?:by|before|until) (?:noon|the end of \w+(?: \w+)?|\d{1,2} ?[ap]m)\b",
        verbs=_alternatives(
            r"(?:ask|tell|remind|get)\s\w+\sto "
            "order call send check repair replace fix buy bring book schedule write pay clean prepare "
            "install deliver collect return measure cancel email inform make take "
            "fetch phone ring invoice print"
        ),
        last_verbs="",
        joining="and then|and also|and|then|also",
        # "what we need is" and "when it rains" tell; "what do we need" and "when did it rain" ask
        question=r"(?:(?:by|since|until|for|in|on|at|to|with|from|about) )?"
        r"(?:(?:what|which|who|whose|whom)(?: (?!(?:we|i|you|they|he|she|it|the|an?|this|that|means)\b)|'s |'re )\w"
        r"|(?:when|where|why)(?:'s|'re| (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
        r"|must))\b"
        r"|how (?:much|many|long|wide|high|deep|far|big|large|thick|heavy|old|often|hot|warm"
        r"|is|are|was|were|do|does|did|can|could|should|will|would)\b"
        r"|(?:is|are|was|were|did|does|has|will) (?:we|i|they|he|she|it|there|the|any\w*|some\w*|this|that)\b"
        r"|(?:do|have|had|can|should|must) (?:we|i|they|any\w*)\b|did you\b"
        r"|(?:do you|does any\w+|do we|does some\w+) (?:know|remember)\b"
        r"|(?:(?:can|could|would) (?:you|some\w+|any\w+) )?(?:tell|remind) me (?:again )?"
        r"(?:what|which|who|whose|when|where|why|how|if|whether)\b)",
        small_talk=r"how (?:are (?:you|things)|is it going|do you do)\b|how's it going|what's up",
        play=r"(?:re)?play|listen to|hear",
        numbers=_numbers("one two three four five six seven eight nine ten"),
    ),
    "es": Cues(
        common=_words(
            "el la los las un una y o de en a que es son con por para no se lo su del al muy hay esta "
            "qué cuándo dónde quién cuál cuánto cómo"
        ),
        job=JobToBeDone.cues["es"],
        polite=r"\bpor favor\b",
        who=r"\b(?:pide|pídele|dile|recuérdale|avisa) a (\w+)",
        by_when="",
        verbs=_alternatives(
            r"(?:pídele|dile|dígale|recuérdale)\sa\s\w+\sque "
            "pide pida pídele llama llame manda mande envía envíe compra compre revisa revise repara "
            "repare cambia cambie trae traiga reserva reserve escribe escriba paga pague limpia limpie "
            "prepara prepare avisa avise pedir llamar mandar enviar comprar "
            "revisar reparar cambiar traer reservar escribir pagar limpiar preparar avisar"
        ),
        last_verbs="",
        joining="y después|y luego|y también|y|luego|después|también",
        question=r"(?:(?:a|de|en|con|por|para|desde|hasta|sobre) )?"
        r"(?:qué (?!bueno|bien|lástima|pena)\w+|cuándo|dónde|adónde|quién(?:es)?|cuál(?:es)?|cuánt[oa]s?|cómo)\b"
        r"|por qué\b|hay (?:algun[oa]?s?|algún)\b|(?:alguien )?sabe[sn]?(?: alguien| usted)? (?:si|qué|cu|d[oó]nde|qui)"
        r"|(?:dime|dígame|puedes? decirme|recuérdame) (?:si|qué|cu|cómo|d[oó]nde|qui)|tenemos algun[oa]?s?\b",
        small_talk=r"qué tal|cómo (?:est[áa]|va|andas)",
        play=r"reprodu(?:ce|cir|zca)|pon|escuchar?|oír",
        numbers=_numbers("uno dos tres cuatro cinco seis siete ocho nueve diez"),
    ),
    "de": Cues(
        common=_words(
            "der die das und oder zu in im am ist sind war ein eine wir ich sie es mit für nicht auf den dem "
            "was wann wo wer wie welche welcher warum haben hat gibt"
        ),
        job=JobToBeDone.cues["de"],
        polite=r"\bbitte\b",
        who=r"\b(?:sag|erinnere|frag) (\w+)",
        by_when="",
        verbs=_alternatives(
            "bestell bestelle ruf rufe schick schicke prüf prüfe kauf kaufe bring bringe schreib schreibe "
            "repariere tausch tausche bezahle reinige hol hole miss"
        ),
        last_verbs=_alternatives(
            "bestellen anrufen rufen schicken senden prüfen kaufen bringen mitbringen schreiben "
            "reparieren austauschen tauschen bezahlen zahlen reinigen vorbereiten buchen abholen holen "
            "messen liefern einbauen ausbauen fragen"
        ),
        joining="und dann|und auch|und|dann|danach|außerdem",
        # a question's verb comes second: "was haben wir" asks, "was wir haben" does not
        question=r"(?:(?:bis|seit|ab|für|in|an|auf|mit|von|zu|um|bei|nach|aus|über) )?"
        r"(?:(?:was|wann|wo|wohin|woher|wer|wen|wem|wessen|wie) "
        r"(?!(?:der|die|das|den|dem|wir|ich|du|er|sie|es|man|eine?|besprochen|gesagt|vereinbart|immer|gewünscht)\b)\w+"
        r"|welche[rsmn]?|warum|wieso|weshalb|womit|wofür|worüber|wozu|woran|wieviele?)\b"
        r"|(?:haben|sind|können|sollen|müssen|dürfen|wurden|waren) (?:wir|die|sie|das)\b"
        r"|(?:hat|ist|war|wurde|kann|soll|muss|darf|kommt) (?:der|die|das|er|sie|es|man|jemand|da)\b|gibt es\b"
        r"|(?:weißt du|weiß jemand|wissen sie|wissen wir)\b"
        r"|(?:(?:kannst du|können sie) mir sagen|sag mir|sagen sie mir),? (?:was|wann|wo|wer|wen|wem|wie|welche|ob)",
        small_talk=r"wie geht|was geht",
        play=r"spiele?n?(?: sie)?|abspielen|hör(?:en?)?|anhören",
        numbers=_numbers("eins zwei drei vier fünf sechs sieben acht neun zehn"),
    ),
    "fr": Cues(
        common=_words(
            "le la les un une et ou de du des en à au est sont nous je vous il elle avec pour pas ne que qui "
            "quel quelle quand où combien comment pourquoi l d qu on ce"
        ),
        job=JobToBeDone.cues["fr"],
        polite=r"\bs'il (?:te|vous) pla[iî]t\b",
        who=r"\b(?:demande|demandez|dis|dites|rappelle|rappelez) à (\w+)",
        by_when="",
        verbs=_alternatives(
            r"(?:demande|demandez|dis|dites)\sà\s\w+\sde "
            "commande commandez appelle appelez rappelle rappelez envoie envoyez vérifie vérifiez répare "
            "réparez remplace remplacez achète achetez apporte apportez réserve réservez écris écrivez "
            "paie payez nettoie nettoyez prépare préparez commander appeler "
            "rappeler envoyer vérifier réparer remplacer acheter apporter réserver écrire payer nettoyer "
            "préparer changer prévenir"
        ),
        last_verbs="",
        joining="et puis|et ensuite|et aussi|et|puis|ensuite|aussi",
        question=r"(?:(?:à|de|d'|en|avec|pour|par|chez|depuis|jusqu'à|sur) ?)?(?:quel(?:le)?s?|combien|qui|quoi)\b"
        r"|qu'(?:est-ce|a-t|avons|ont)|est-ce qu|comment\b|pourquoi\b|où (?:est|sont|se|a|avons|va|vont|doit|faut)\b"
        r"|que (?:dit|disent|veut|doit|savons|devons|reste|faut-il)\b"
        r"|quand (?:est|sont|a|ont|avons|va|vont|doi\w+|faut|devons|arrive|vien\w+|sera|commence)\b"
        r"|(?:y )?a-t-\w+|\w+-(?:t-)?(?:il|elle|ils|elles|on|je|tu)\b|(?:avons|sommes|devons|pouvons)-nous\b"
        r"|(?:avez|savez|êtes)-vous\b|(?:tu sais|dis-moi|dites-moi|quelqu'un sait) (?:si|ce qu|qu|où|comment|combien)",
        small_talk=r"comment (?:ça va|vas|allez)|ça va",
        play=r"joue[rz]?|écoute[rz]?",
        numbers=_numbers("un deux trois quatre cinq six sept huit neuf dix"),
    ),
    "pt": Cues(
        common=_words(
            "o a os as um uma e ou de do da em no na ao é são nós eu você com por para não até que se muito está "
            "quando onde quem qual quanto quantos quantas como alguma algum temos"
        ),
        job=JobToBeDone.cues["pt"],
        polite=r"\bpor favor\b",
        who=r"\b(?:peça|diga|lembre) (?:a|ao|à) (\w+)",
        by_when="",
        verbs=_alternatives(
            r"(?:peça|diga|lembre)\s(?:a|ao|à)\s\w+\s(?:para|que) "
            "encomende encomenda ligue liga mande manda envie envia compre compra verifique "
            "verifica conserte conserta troque troca traga traz reserve reserva escreva escreve pague "
            "paga limpe limpa prepare prepara avise avisa pedir encomendar ligar mandar "
            "enviar comprar verificar consertar trocar trazer reservar escrever pagar limpar preparar "
            "avisar"
        ),
        last_verbs="",
        joining="e depois|e também|e|depois|também",
        question=r"(?:(?:a|à|às|de|em|com|por|para|desde|até|sobre) )?"
        r"(?:que horas|quem|qual|quais|quant[oa]s?|onde|aonde|de onde)\b|o que (?!precis|temos que)\w|por qu[eê] \w"
        r"|quando (?:é|foi|vai|vamos|vão|será|chega\w*|vem|temos|fica|começa|prometemos|combinamos)\b"
        r"|como (?:é|foi|se|faço|fazemos|está|funciona|ficou)\b|(?:há|tem|temos|existe) algu(?:m|ma|ns|mas)\b"
        r"|(?:alguém|você|vocês) sabe[m]? (?:se|o que|qu|onde|como)|já (?:temos|foi|chegou|chegaram)\b"
        r"|(?:me diga|diga-me|me lembra|pode me dizer) (?:se|o que|qu|onde|como)",
        small_talk=r"tudo bem|como (?:vai|está(?:s)? (?:você|o senhor|a senhora)?$)",
        play=r"toca[r]?|toque|reproduz(?:ir|a)?|ouvir|ouça|escutar?",
        numbers=_numbers("um dois três quatro cinco seis sete oito nove dez"),
    ),
}
