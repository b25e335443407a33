"""What rules take a note for, in each of their languages: an order, knowledge, a question, or neither.

The sentences are of many trades, some of them dictated without marks or capitals, or written without accents.
"""

import pytest

from ai_voice_shared.domain import Company, Transcript
from voice_parser.understanding.analyzers.rules import RulesAnalyzer
from voice_parser.understanding.cues import LANGUAGES

ORDERS = {
    "de": (
        "Ruf bitte Frau Schneider wegen der Fliesen an",
        "Jonas soll morgen die Leiter zum Kindergarten bringen",
        "wir brauchen noch drei säcke zement auf der baustelle",
        "Denk dran die Maschine auszuschalten",
        "hallo peter bitte noch schrauben mitbringen danke",
        "Bestellen Sie bitte zwanzig Meter Kabel",
        "Fürs Zelt bräuchten wir noch Heringe",
        "Uns geht das Streusalz aus",
        "Rückruf an Herrn Ince bis Donnerstag",
        "Seid so lieb und kehrt den Hof",
        "Der Anhänger ist bis Freitag abzuholen",
        "im saal flackert das licht sag dem elektriker bescheid",
        "Es wäre gut, wenn jemand das Tor ölt",
        "Hof kehren, Kübel gießen, Wege harken",
        "Noch zwei Säcke Kies für die Einfahrt Rees",
        "Ich habe Frau Aydin die Pläne bis Freitag versprochen",
        "Kontrollier den Ölstand",
        "Tisch 3 möchte zahlen",
        "Am Montag als erstes die Rampe streuen",
        "Die Köchin braucht den Tisch bis vier",
        "Herr Webb wartet auf deinen Anruf",
        "Zwei Boote brauchen neue Leinen",
        "kannste dem wirt die gläser bringen",
        "Herr Webb bittet um ein Angebot",
        "Lasst uns im Frühling die Bänke streichen",
        "Die Decke ist bis Samstag zu bügeln",
    ),
    "en": (
        "Call the plumber back before noon",
        "Dont forget to lock the van",
        "hi anna can u send me the drawings for the roof pls",
        "Leak in the kitchen at number nine, please send someone today",
        "order 3 bags of cement and bring them to the bakery",
        "reminder: pay the crane rental by the 15th",
        "The chapel roof could do with another coat of lime",
        "The gutters want clearing before the frost",
        "We're running low on chlorine tablets",
        "We are nearly out of oat milk",
        "Reply to Mrs Khan by Thursday",
        "Omar's supposed to sweep the yard",
        "It would be good if somebody oiled the gate",
        "Do me a favour and rinse the tank",
        "Whatever you do don't drain the pond before March",
        "the door is jammed send someone",
        "Be so kind as to post the keys",
        "Nina to collect the keys on Monday",
        "Promised Mr Webb the drawings by Friday",
        "Note to self: renew the road tax",
        "Two more bags of gravel for the Rees drive",
        "Have the kettle descaled before the party",
        "The chain is slack, tighten it",
        "The guests in room 3 want extra pillows",
        "Best grit the ramp before it freezes",
        "We must not forget to feed the ducks",
        "Ruth said she'd mend the net by Monday",
        "The bride wants the tables laid by four",
        "Mr Webb is waiting for your call",
        "Mr Webb asks for a visit",
        "Let's paint the benches in spring",
        "Time to oil the looms",
        "Are you able to open the bar on Sunday?",
    ),
    "es": (
        "Llama a la señora Ruiz antes de las doce",
        "No olvides cerrar el almacén",
        "hola ana me puedes mandar los planos por favor",
        "Avísame cuando llegue el pedido",
        "faltan tornillos, compra una caja",
        "No mandes la factura antes del lunes",
    ),
    "fr": (
        "Appelle madame Petit avant midi",
        "N'oublie pas de fermer le dépôt",
        "bonjour tu peux m'envoyer les plans stp",
        "Envoyer le devis à la boulangerie",
        "merci de rappeler le client avant ce soir",
        "Il faut que Marc nettoie les gouttières",
    ),
    "it": (
        "Chiama la signora Rossi prima di mezzogiorno",
        "Non dimenticare di chiudere il magazzino",
        "ciao anna mi puoi mandare i disegni per favore",
        "Inviare il preventivo al panificio",
        "Non mandare la fattura prima di lunedì",
        "abbiamo bisogno di due rotoli di cavo",
    ),
    "nl": (
        "Bel mevrouw Jansen voor twaalf uur",
        "Vergeet niet het magazijn af te sluiten",
        "hoi anna kun je mij de tekeningen sturen alsjeblieft",
        "Offerte naar de bakkerij sturen",
        "Stuur de factuur niet voor maandag",
        "Kunt u morgen langskomen voor het slot?",
        "De houtsnippers zijn bijna op",
        "We komen nog twee stoelen tekort",
        "Wees zo vriendelijk om de poort te sluiten",
        "Schrob morgen het terras",
        "Het zou goed zijn als iemand de vlag strijkt",
        "Zeg tegen Noor dat ze de sleutel ophaalt",
        "de lamp in de hal knippert laat de elektricien komen",
        "Hof vegen, bakken gieten, paden harken",
        "Nog twee zakken grind voor de oprit",
        "Ik heb meneer Aydin de tekening voor vrijdag beloofd",
        "Tafel 3 wil betalen",
        "Blijf van de knoppen af",
        "De kok wil de tafels uiterlijk vier uur gedekt",
        "Meneer Webb wacht op je telefoontje",
        "Karton buitenzetten",
        "Meneer Webb vraagt om een offerte",
        "Laten we de banken schilderen",
        "Tijd om de kas te luchten",
    ),
    "pt": (
        "Ligue para a dona Rosa antes do meio-dia",
        "Não esqueça de fechar o depósito",
        "oi ana você pode me mandar as plantas por favor",
        "O filtro tem que ser trocado esta semana",
        "Enviar orçamento para a padaria",
        "É preciso limpar as calhas",
    ),
}
KNOWLEDGE = {
    "de": (
        "Wir müssen die Pumpe doch nicht bestellen, die alte läuft wieder",
        "Frau Schneider hat die Rechnung schon bezahlt",
        "gestern mussten wir das wasser abstellen weil das ventil klemmte",
        "Du brauchst die Leiter nicht mitbringen, dort steht eine",
        "Die Chefin wollte den Zaun gestrichen haben, ist längst erledigt",
        "Becken 2 Chlor 0,6, Raum 7 liegt bei 21,5",
        "Kurz vor acht war der Strom weg",
        "gestern wurden sie geliefert",
        "Bei Regen die Klappe schließen",
        "hab die klappe geschlossen und zwei schrauben ersetzt",
        "Ein Teil Sirup auf zwei Teile Wasser",
        "Immer erst das Ventil schließen",
        "Auf Eichenholz nie Seife verwenden",
        "Der Keller ist trocken, sagt sie",
    ),
    "en": (
        "The filter was changed yesterday, pressure is now 2.1 bar",
        "Roof finished, no damage found",
        "Gate code is 4471",
        "tenant in 3b has a dog careful",
        "Asked us to move the socket, it's already done",
        "Nitrate 12, pH 6.9, tank temp 24.5",
        "The crates should arrive on Wednesday",
        "It must be locked before anybody leaves the yard",
        "You need a torx key to open the panel",
        "Use one part syrup with two parts water",
        "Change the belt was the idea, it works again",
        "Always wet the blade first",
        "Never mix the two cleaners",
        "There are nine boats, two more than last year",
        "Drill from the hire shop is broken",
        "Lift two at the clinic is back in service",
    ),
    "es": (
        "Ya no hace falta pedir la bomba, la vieja funciona",
        "No hay que llamar al cliente, ya pagó",
        "Ayer cambiamos el filtro y ahora la presión es de 2 bares",
        "compré dos cajas de tornillos en la ferretería",
        "Hay que cambiar la cerradura, ya está hecho",
    ),
    "fr": (
        "Plus besoin de commander la pompe, l'ancienne marche",
        "Il ne faut pas rappeler le client, il a déjà payé",
        "hier on a changé le filtre, la pression est à 2 bars",
        "Code du portail 4471",
        "Il fallait changer la serrure, c'est déjà fait",
    ),
    "it": (
        "Non serve più ordinare la pompa, quella vecchia funziona",
        "Il tetto è finito",
        "la cliente non vuole piastrelle bianche",
        "ho comprato due scatole di viti",
        "Bisognava cambiare la serratura, è già fatto",
    ),
    "nl": (
        "De pomp hoeft niet meer besteld te worden, de oude doet het weer",
        "Het dak is klaar",
        "de klant wil geen witte tegels",
        "Code van het hek is 4471",
        "Het slot moet vervangen worden, is al gebeurd",
        "gister de tegels bij de kapper gelegd",
        "De planken zijn besteld, die komen maandag",
        "vanochtend was het water 12 graden",
        "Bij storm de luiken sluiten",
        "De lijm heeft twintig minuten nodig",
        "Riem vervangen, draait weer",
        "Altijd eerst de klep sluiten",
        "Nooit zeep op eikenhout gebruiken",
    ),
    "pt": (
        "Não precisa mais pedir a bomba, a velha voltou a funcionar",
        "O telhado está pronto",
        "o cliente não quer azulejo branco",
        "comprei duas caixas de parafusos",
        "Tinha que trocar a fechadura, já está feito",
    ),
}
QUESTIONS = {
    "de": (
        "wann haben wir die heizung bei müller zuletzt gewartet",
        "Weiß jemand den Code fürs Tor",
        "haben wir noch dichtungen im lager",
        "Wie lautet das WLAN Passwort im Hostel",
        "Mich würde interessieren, ob die Orgel schon gestimmt wurde",
        "Ich frage mich, wer den Zaun gestrichen hat",
        "Kennt jemand den Namen der Floristin",
    ),
    "en": (
        "when did we last service the boiler at the school",
        "hi does anyone know the code for the gate",
        "was the dosing pump calibrated last month",
        "Anyone seen the moisture meter?",
        "I wonder whether the ferry ramp was ever painted",
        "Can anyone remember who tuned the organ",
        "not sure if the skip was collected",
        "Whereabouts is the fuse box at the mill",
    ),
    "es": (
        "cuándo revisamos la caldera del colegio",
        "alguien sabe dónde están las llaves",
        "quedan juntas en la furgoneta?",
        "¿Sigue el contenedor en la calle Parque?",
    ),
    "fr": (
        "quand est-ce qu'on a révisé la chaudière de l'école",
        "est-ce que quelqu'un sait où sont les clés",
        "il reste des joints dans la camionnette ?",
        "La benne est toujours rue du Parc ?",
    ),
    "it": (
        "quando abbiamo revisionato la caldaia della scuola",
        "qualcuno sa dove sono le chiavi",
        "ci sono ancora guarnizioni nel furgone?",
        "Il cassone è ancora in via Parco?",
    ),
    "nl": (
        "wanneer hebben we de ketel van de school nagekeken",
        "weet iemand waar de sleutels zijn",
        "hebben we nog pakkingen in de bus",
        "Staat de container nog in de Parkstraat?",
        "Ik vraag me af of het orgel al gestemd is",
        "Ik ben benieuwd wie het hek geschilderd heeft",
    ),
    "pt": (
        "quando revisamos a caldeira da escola",
        "alguém sabe onde estão as chaves",
        "ainda temos juntas na van?",
        "O contentor ainda está na rua do Parque?",
    ),
}
NEITHER = {
    "de": (
        "Guten Morgen zusammen",
        "alles klar, bis morgen",
        "ok mach ich",
        "Lieben Dank, das ging ja schnell!",
        "hihi, der ist gut 😄",
        "Gute Besserung, Rosi 🌷",
        "Hallo?",
        "nur ein Test",
        "Sorry, hab deine Nachricht verpasst",
        "Ooh wie niedlich 😍",
    ),
    "en": (
        "Good morning everybody",
        "ok great",
        "Cheers guys, speak tomorrow",
        "Thanks so much, that saved my day!",
        "haha, love that one 😄",
        "Get well soon, Rosie 🌷",
        "Hello?",
        "just testing",
        "Sorry I missed your message",
        "Ooh so pretty 😍",
    ),
    "es": (
        "Buenos días a todos",
        "hasta mañana",
        "Buenas noches a todos",
        "Gracias, ha sido rapidísimo",
        "jajaja, muy bueno ese 😄",
        "Que te mejores, Rosa 🌷",
    ),
    "fr": (
        "Bonjour à tous",
        "à demain",
        "Bonne nuit à tous",
        "Merci encore, quelle rapidité",
        "haha, elle est bonne 😄",
        "Prompt rétablissement, Rose 🌷",
    ),
    "it": (
        "Buongiorno a tutti",
        "a domani",
        "Buonanotte a tutti",
        "Grazie ancora, velocissimi",
        "ahahah, questa è bella 😄",
        "Pronta guarigione, Rosa 🌷",
    ),
    "nl": (
        "Goedemorgen allemaal",
        "tot morgen",
        "Welterusten allemaal",
        "Heel erg bedankt, dat ging snel!",
        "hihi, die is goed 😄",
        "Beterschap gewenst, Roos 🌷",
        "Hallo?",
        "Typisch woensdag",
        "Sorry, ik had je bericht gemist",
        "Ooh wat mooi 😍",
    ),
    "pt": (
        "Bom dia a todos",
        "até amanhã",
        "Boa noite a todos",
        "Obrigada mesmo, foi rapidíssimo",
        "kkkkk essa foi ótima 😄",
        "As melhoras, Rosa 🌷",
    ),
}


def noted(text: str, language: str) -> tuple[str, str | None]:
    """The intent, and the question."""
    note = RulesAnalyzer().understand(Transcript(text, language=language), Company("a", "A")).note
    return note.intent, getattr(note, "question", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_orders_reminders_and_needs_are_jobs(language: str) -> None:
    assert [text for text in ORDERS[language] if noted(text, language)[0] != "job-to-be-done"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_done_or_need_not_be_done_is_knowledge(language: str) -> None:
    assert [text for text in KNOWLEDGE[language] if noted(text, language)[0] != "knowledge-document"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_for_the_notes_with_or_without_their_mark(language: str) -> None:
    assert [text for text in QUESTIONS[language] if noted(text, language)[1] is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_greetings_and_thanks_are_neither(language: str) -> None:
    assert [text for text in NEITHER[language] if noted(text, language) != ("other", None)] == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("The roof is tight. Please send the invoice.", "job-to-be-done"),
        ("If the light blinks, press the button twice", "knowledge-document"),
        ("Should we not order it, they will be cold. No need to hurry though.", "knowledge-document"),
        ("Can you believe it, the shed burnt down", "knowledge-document"),
        ("can you order the shed", "job-to-be-done"),
        ("Check from the bank arrived", "knowledge-document"),
        ("Check the bank", "job-to-be-done"),
        ("The pump must be switched off before anybody opens the cover", "knowledge-document"),
        ("THANKS!!! SEE YOU", "other"),
        ("Thanks, please send the drawings", "job-to-be-done"),
        ("Thanks, the flow is 12 litres now", "knowledge-document"),
        ("Thanks for the tour of the plant, the pump in the cellar still leaks badly", "knowledge-document"),
        ("???", "other"),
    ],
)
def test_a_clause_counts_by_what_it_says(text: str, intent: str) -> None:
    assert noted(text, "en")[0] == intent


def test_accents_may_be_left_out_but_not_added() -> None:
    assert noted("Envia el parte a Lucia", "es")[0] == "job-to-be-done"
    assert noted("Compré dos cajas en la tienda", "es")[0] == "knowledge-document"


def test_a_language_without_cues_is_filed_by_the_english_ones() -> None:
    assert noted("Please bring the ladder", "sv")[0] == "job-to-be-done"
