"""Kinds of orders, questions and other notes in Spanish, French, Italian and Portuguese, beside their plain forms.

Each kind has sentences of its own here; none is in the sets that the benchmark judges by.
"""

import pytest

from ai_voice_shared.domain import Company, Transcript
from ai_voice_shared.intents import Other
from voice_parser.understanding.analyzers.rules import RulesAnalyzer
from voice_parser.understanding.understanding import Analysis

ORDERS = {
    "of any verb, to anybody": (
        ("es", "Recojan la carretilla elevadora del muelle tres"),
        ("es", "Ponele grasa a la cadena de la sembradora"),
        ("es", "Desatascad el sumidero del patio antes de comer"),
        ("fr", "Rebouchez les trous du couloir avant vendredi"),
        ("fr", "Ne laissez pas les clés sur le tableau"),
        ("it", "Ripassate il battiscopa del corridoio"),
        ("it", "Fatemi avere le misure della vetrina"),
        ("pt", "Desaparafusa a placa e anota o número"),
        ("pt", "Me avisa quando o mármore chegar"),
    ),
    "behind a report": (
        ("es", "La persiana del escaparate se ha atascado, desmóntala el jueves"),
        ("fr", "Le robinet du labo goutte, changes-en le joint mardi"),
        ("it", "Il rubinetto del laboratorio perde, sostituiscilo martedì"),
        ("pt", "A torneira da copa pinga, troca-a na terça"),
    ),
    "of a need": (
        ("es", "Nos harían falta cuatro rodillos de pelo corto"),
        ("fr", "Il nous faudrait trois sacs de ciment colle"),
        ("it", "Ci vorrebbero tre sacchi di colla"),
        ("pt", "Fazia falta mais três sacos de cimento cola"),
    ),
    "by how many of what": (
        ("es", "3 cajas de guantes talla M, gracias"),
        ("fr", "6 sacs de plâtre pour le chantier Morel, merci"),
        ("it", "6 sacchi di gesso per il cantiere Moretti, grazie"),
        ("pt", "6 sacos de gesso para a obra do Moreira, obrigado"),
    ),
    "by a noun": (
        ("es", "Revisión de extintores a concertar antes del 12"),
        ("fr", "Rdv à prendre avec l'expert avant le 10"),
        ("it", "Appuntamento da prendere con il perito entro il 10"),
        ("pt", "Consulta a marcar com o perito até dia 10"),
    ),
    "as a polite question": (
        ("es", "¿Te importaría acercar las muestras al laboratorio?"),
        ("fr", "Est-ce que ça t'ennuierait de déplacer la remorque ?"),
        ("it", "Ti scoccerebbe spostare il rimorchio?"),
        ("pt", "Tem como você trazer a furadeira amanhã?"),
    ),
    "as what would be good": (
        ("es", "Sería conveniente que alguien vaciara la fosa"),
        ("fr", "Il faudrait que quelqu'un passe la débroussailleuse"),
        ("it", "Bisognerebbe che qualcuno passasse il decespugliatore"),
        ("pt", "Era bom que alguém passasse a roçadora"),
    ),
}

KNOWLEDGE = {
    "what is not needed": (
        ("es", "No hará falta pintar el techo, la mancha ha salido con lejía"),
        ("fr", "Ce ne sera pas nécessaire de repeindre le plafond"),
        ("it", "Non sarà necessario ridipingere il soffitto"),
        ("pt", "Não vai ser necessário pintar o teto"),
    ),
    "what looks like an order": (
        ("es", "Mantiene la temperatura a 65 grados"),
        ("es", "Abrieron los rodamientos y estaban secos"),
        ("fr", "Les fers à repasser chauffent mal"),
        ("fr", "Manque de pression au deuxième étage"),
        ("it", "La macchina da cucire fa saltare il contatore"),
        ("it", "I canali di gronda sono pieni di foglie"),
        ("pt", "A bomba que trocámos em março já pinga"),
        ("pt", "Vende-se bem o queijo curado ao domingo"),
    ),
}

QUESTIONS = (
    ("es", "No sé si pagamos ya el seguro de la furgoneta"),
    ("es", "donde guardamos las brocas de widia"),
    ("fr", "Je ne sais plus si on a payé la taxe du camion"),
    ("fr", "Les clés du dépôt sont où"),
    ("it", "Non ricordo se abbiamo pagato il bollo del furgone"),
    ("it", "dove teniamo le punte da cemento"),
    ("pt", "Não me lembro se pagámos o selo da carrinha"),
    ("pt", "Sabem se o notário abre na sexta"),
)

OTHERS = (
    ("es", "Perdón por el retraso"),
    ("es", "Qué ilusión verte ayer, Marisa"),
    ("fr", "C'était un plaisir, à bientôt"),
    ("fr", "Bonne reprise Julien 💪"),
    ("it", "Scusate il ritardo"),
    ("it", "È stato un piacere, a presto"),
    ("pt", "Desculpem o atraso"),
    ("pt", "Bom regresso, Júlio 💪"),
)

PEOPLE = (
    ("es", "Marta que mire lo de la nómina de Luis", "Marta"),
    ("fr", "Que Sophie prévienne le traiteur", "Sophie"),
    ("fr", "Hugo est censé rapporter la bâche lundi", "Hugo"),
    ("it", "Che Sofia avvisi il catering", "Sofia"),
    ("pt", "A Sofia que avise o catering", "Sofia"),
)


def understood(language: str, text: str) -> Analysis:
    """The note, of a company that speaks its language and English."""
    company = Company("acme", "Acme", languages=(language, "en"))
    return RulesAnalyzer().understand(Transcript(text), company)


@pytest.mark.parametrize(("language", "text"), [one for kind in ORDERS.values() for one in kind])
def test_an_order_of_each_kind_is_a_job(language: str, text: str) -> None:
    analysis = understood(language, text)
    assert (analysis.language, analysis.note.intent) == (language, "job-to-be-done")
    assert analysis.note.tasks


@pytest.mark.parametrize(("language", "text"), [one for kind in KNOWLEDGE.values() for one in kind])
def test_what_only_looks_like_an_order_is_knowledge(language: str, text: str) -> None:
    assert understood(language, text).note.intent == "knowledge-document"


@pytest.mark.parametrize(("language", "text"), QUESTIONS)
def test_a_question_needs_no_mark_and_may_be_asked_in_a_roundabout_way(language: str, text: str) -> None:
    note = understood(language, text).note
    assert isinstance(note, Other)
    assert note.question


@pytest.mark.parametrize(("language", "text"), OTHERS)
def test_apologies_wishes_and_praise_tell_nothing(language: str, text: str) -> None:
    note = understood(language, text).note
    assert isinstance(note, Other)
    assert note.question is None


@pytest.mark.parametrize(("language", "text", "who"), PEOPLE)
def test_who_is_told_to_do_it_is_found(language: str, text: str, who: str) -> None:
    assert [item.who for item in understood(language, text).note.tasks] == [who]
