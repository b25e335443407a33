"""An eighth set of statements, over notes of a farm shop and a dentist: after the change by the seventh.

At first, 6 of these 26 lies passed and 3 of these 28 honest statements were dropped; without what the sets since the
fourth had changed, 23 and 3.
"""

from unit.shared_lib.told_statements import Told, note

NOTES = [
    note(  # a Thursday; S1 to S8
        "L1",
        "Ruth Hale",
        "2026-08-13",
        "en",
        "The apples are ripe, the pears need another two weeks.",
        "Mr Baker's crown is ready, Mrs Lowe's is still at the lab.",
        "We bought 40 kilos of potatoes and sold 25.",
        "The chair in room two does not go up any more.",
        "Helen starts at eight and goes home at three.",
        "Please call Mr Dent before noon, he is away in the afternoon.",
        "The autoclave is safe to use again since Tuesday.",
        "Nobody has cleaned the cold store this week.",
    ),
    note(  # a Friday; S9 to S13
        "L2",
        "Bernd",
        "2026-08-14",
        "de",
        "Die Kartoffeln sind ausverkauft, Zwiebeln haben wir noch.",
        "Herr Lang hat seinen Termin von Montag auf Mittwoch verlegt.",
        "Die Waage zeigt 200 Gramm zu viel an.",
        "Der Lieferwagen ist schneller repariert als erwartet.",
        "Wir schließen im August um 17 Uhr statt um 18 Uhr.",
    ),
    note(  # a Friday; S14 to S17
        "L3",
        "Nuria",
        "2026-08-14",
        "es",
        "El riego está abierto en el campo norte y cerrado en el campo sur.",
        "Ha llovido 12 litros, menos que ayer.",
        "Los tomates pequeños son más caros que los grandes.",
        "Ya hemos recogido las ciruelas, las uvas todavía no.",
    ),
    note(  # a Monday; S18 to S20
        "L4",
        "Alain",
        "2026-08-17",
        "fr",
        "Le tracteur est en panne depuis vendredi.",
        "Nous avons vendu trente paniers, dix de moins que prévu.",
        "La patiente préfère le matin, pas l'après-midi.",
    ),
]


def q(*numbers: int) -> dict[str, str]:
    """Whole segments as quotes, by their numbers from 1."""
    texts = [segment.text for one in NOTES for segment in one.segments]
    return {f"S{number}": texts[number - 1] for number in numbers}


LIES: list[Told] = [
    ("en", "The pears are ripe.", q(1)),
    ("en", "Mrs Lowe's crown is ready.", q(2)),
    ("en", "Mr Baker's crown is still at the lab.", q(2)),
    ("en", "40 kilos of potatoes were sold.", q(3)),
    ("en", "The chair in room two goes up again.", q(4)),
    ("en", "Helen starts at three.", q(5)),
    ("en", "Mr Dent should be called after noon.", q(6)),
    ("en", "The autoclave is not safe to use.", q(7)),
    ("en", "The cold store has been cleaned this week.", q(8)),
    ("en", "Potatoes are still in stock.", q(9)),
    ("de", "Herr Lang kommt am Montag.", q(10)),
    ("en", "The scale shows 200 grams too little.", q(11)),
    ("de", "Der Lieferwagen ist langsamer repariert als erwartet.", q(12)),
    ("de", "Im August schließen wir um 18 Uhr.", q(13)),
    ("en", "In August the shop closes at 6 pm.", q(13)),
    ("es", "El riego está abierto en el campo sur.", q(14)),
    ("en", "It rained more than yesterday.", q(15)),
    ("es", "Los tomates grandes son más caros que los pequeños.", q(16)),
    ("es", "Ya hemos recogido las uvas.", q(17)),
    ("en", "The tractor works again since Friday.", q(18)),
    ("fr", "Nous avons vendu dix paniers.", q(19)),
    ("en", "Thirty baskets were sold, ten more than planned.", q(19)),
    ("en", "The patient prefers the afternoon.", q(20)),
]

PASSING: list[Told] = [
    ("en", "The apples need another two weeks.", q(1)),
    ("en", "We sold more potatoes than we bought.", q(3)),
    ("de", "Die Zwiebeln sind ausverkauft.", q(9)),
]
"""Lies that are told: two amounts compared, and what is said of one thing put on the other one."""

HONEST: list[Told] = [
    ("en", "The pears will be ripe in two weeks.", q(1)),
    ("en", "Only the apples are ripe.", q(1)),
    ("de", "Die Äpfel sind reif, die Birnen brauchen noch zwei Wochen.", q(1)),
    ("en", "Mrs Lowe's crown has not come back from the lab yet.", q(2)),
    ("en", "Mr Baker's crown can be fitted.", q(2)),
    ("en", "40 kg of potatoes were bought, 25 kg of them sold.", q(3)),
    ("en", "15 kilos of potatoes are left of the 40, as 25 were sold.", q(3)),
    ("en", "The chair in room 2 no longer goes up.", q(4)),
    ("en", "Helen works from eight to three.", q(5)),
    ("en", "The autoclave can be used again since 11 August.", q(7)),
    ("en", "The cold store was not cleaned this week.", q(8)),
    ("en", "Potatoes are sold out, but there are still onions.", q(9)),
    ("de", "Kartoffeln sind keine mehr da.", q(9)),
    ("en", "Mr Lang's appointment is now on Wednesday.", q(10)),
    ("de", "Herr Lang kommt erst am Mittwoch.", q(10)),
    ("en", "The scale shows 200 g too much.", q(11)),
    ("en", "The van was repaired faster than expected.", q(12)),
    ("en", "In August the shop closes at 5 pm instead of 6 pm.", q(13)),
    ("de", "Im August ist nur bis 17 Uhr geöffnet.", q(13)),
    ("en", "Irrigation is open in the north field and closed in the south field.", q(14)),
    ("en", "It rained 12 litres, less than yesterday.", q(15)),
    ("en", "Small tomatoes cost more than large ones.", q(16)),
    ("es", "Faltan por recoger las uvas.", q(17)),
    ("en", "The plums have been picked, the grapes have not.", q(17)),
    ("en", "The tractor has been broken since 14 August.", q(18)),
    ("en", "The patient would rather come in the morning.", q(20)),
]

DROPPED: list[Told] = [
    ("en", "Mr Dent has to be called in the morning.", q(6)),
    ("en", "Thirty baskets were sold instead of forty.", q(19)),
]
"""Honest and not told: what has to be reckoned or concluded."""
