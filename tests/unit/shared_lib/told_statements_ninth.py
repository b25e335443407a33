"""A ninth set of statements, over notes in Italian and Dutch: a heating firm and a building site."""

from unit.shared_lib.told_statements import Told, note

NOTES = [
    note(  # a Thursday; S1 to S9
        "M1",
        "Giulia",
        "2026-11-26",
        "it",
        "Metà delle finestre è arrivata, il resto arriva lunedì.",
        "La pompa del bagno non funziona perché manca la corrente.",
        "Il signor Bianchi ha pagato 250 euro, la signora Rossi non ha ancora pagato.",
        "Il cancello va chiuso alle diciotto.",
        "Abbiamo ordinato tre valvole invece di quattro.",
        "Le chiavi sono nella cassetta, non in ufficio.",
        "Nessuno ha controllato la caldaia questa settimana.",
        "Il cavo rosso è a sinistra, quello nero a destra.",
        "Il muro della cantina è ancora umido, quello della cucina è asciutto.",
    ),
    note(  # a Thursday; S10 to S18
        "M2",
        "Sanne",
        "2026-11-26",
        "nl",
        "De helft van de tegels is geleverd, de rest komt dinsdag.",
        "De lift staat stil omdat de stroom is uitgevallen.",
        "Meneer De Wit heeft betaald, mevrouw Jansen nog niet.",
        "De poort moet om zes uur dicht.",
        "We hebben acht deuren besteld in plaats van negen.",
        "De sleutel ligt in het kluisje, niet op kantoor.",
        "Niemand heeft deze week de ketel gecontroleerd.",
        "De oude pomp was goedkoop, de nieuwe is duur.",
        "Links is de leiding warm, rechts koud.",
    ),
]


def q(*numbers: int) -> dict[str, str]:
    """Whole segments as quotes, by their numbers from 1."""
    texts = [segment.text for one in NOTES for segment in one.segments]
    return {f"S{number}": texts[number - 1] for number in numbers}


LIES: list[Told] = [
    ("it", "Tutte le finestre sono arrivate.", q(1)),
    ("it", "La pompa del bagno funziona.", q(2)),
    ("it", "La signora Rossi ha pagato.", q(3)),
    ("it", "Il signor Bianchi ha pagato 520 euro.", q(3)),
    ("it", "Il cancello va aperto alle diciotto.", q(4)),
    ("it", "Abbiamo ordinato quattro valvole.", q(5)),
    ("it", "La caldaia è stata controllata questa settimana.", q(7)),
    ("it", "Il cavo rosso è a destra.", q(8)),
    ("it", "Il muro della cantina è asciutto.", q(9)),
    ("nl", "Alle tegels zijn geleverd.", q(10)),
    ("nl", "De rest komt donderdag.", q(10)),
    ("nl", "De lift staat niet stil.", q(11)),
    ("nl", "Mevrouw Jansen heeft betaald.", q(12)),
    ("nl", "De poort moet om zeven uur dicht.", q(13)),
    ("nl", "We hebben negen deuren besteld.", q(14)),
    ("nl", "De nieuwe pomp is goedkoop.", q(17)),
    ("nl", "Rechts is de leiding warm.", q(18)),
]

PASSING: list[Told] = [
    ("nl", "De ketel is deze week gecontroleerd.", q(16)),
]
"""A lie that is told: what nobody did, without the "nobody"."""

HONEST: list[Told] = [
    ("it", "Metà delle finestre è arrivata.", q(1)),
    ("it", "Il resto delle finestre arriva lunedì.", q(1)),
    ("it", "La pompa del bagno non funziona.", q(2)),
    ("it", "Il signor Bianchi ha pagato 250 euro.", q(3)),
    ("it", "La signora Rossi non ha ancora pagato.", q(3)),
    ("it", "Sono state ordinate tre valvole.", q(5)),
    ("it", "Le chiavi sono nella cassetta.", q(6)),
    ("it", "Il cavo nero è a destra.", q(8)),
    ("it", "Il muro della cucina è asciutto.", q(9)),
    ("nl", "De nieuwe pomp is duur.", q(17)),
    ("nl", "Rechts is de leiding koud.", q(18)),
    ("nl", "De helft van de tegels is geleverd.", q(10)),
    ("nl", "De rest van de tegels komt dinsdag.", q(10)),
    ("nl", "De lift staat stil.", q(11)),
    ("nl", "Mevrouw Jansen heeft nog niet betaald.", q(12)),
    ("nl", "Er zijn acht deuren besteld.", q(14)),
    ("nl", "De sleutel ligt in het kluisje.", q(15)),
    ("en", "Nobody has checked the boiler this week.", q(16)),
]

DROPPED: list[Told] = []
