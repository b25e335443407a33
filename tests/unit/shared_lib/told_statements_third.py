"""A third set of statements, over other notes again: written after the checker was fixed with the second.

At first, 5 of these 40 lies passed and 5 of these 40 honest statements were dropped.
"""

from unit.shared_lib.told_statements import Told, note

NOTES = [
    note(
        "K1",
        "Ben Adler",
        "2026-09-07",
        "en",  # Monday
        "Delivered twelve crates to the Riverside depot, two of them were damaged.",
        "The inspector, Ms Lindqvist, wants the fire doors replaced by the end of the week.",
        "The lease runs until 31 December 2029 and the deposit was 2.5 months' rent.",
        "I did not sign for the second parcel because it was open.",
        "Water pressure on the top floor is only 1.8 bar, should be at least 2.5.",
        "The concrete truck came at quarter to seven, forty minutes late.",
        "Paint the hallway, but leave the kitchen as it is.",
        "Kowalski's quote is 18,400, Brandt's is 21,950 euros.",
    ),
    note(
        "K2",
        "Sofie",
        "2026-09-08",
        "de",  # Tuesday
        "Heute haben wir 16 Heizkörper montiert, morgen folgen die restlichen fünf.",
        "Der Strom im zweiten Stock wird am 14. September von 9 bis 12 Uhr abgeschaltet.",
        "Niemand darf ohne Helm auf das Dach.",
        "Frau Petersen hat die Rechnung 2026-118 über 960 Euro noch nicht bezahlt.",
    ),
    note(
        "K3",
        "Marta",
        "2026-09-08",
        "pt",
        "O senhor Almeida pediu oito lâmpadas e três tomadas para sexta-feira.",
        "O elevador não pode levar mais de 400 quilos.",
    ),
    note(
        "K4",
        "Nils",
        "2026-09-09",
        "sv",  # Wed
        "Vi behöver femton meter kabel till källaren före fredag.",
    ),
    note("K5", "Ewa", "2026-09-09", "pl", "Pan Wiśniewski zapłacił 1200 złotych za naprawę dachu."),
]


def q(*numbers: int) -> dict[str, str]:
    """Whole segments as quotes, by their numbers from 1."""
    texts = [segment.text for one in NOTES for segment in one.segments]
    return {f"S{number}": texts[number - 1] for number in numbers}


LIES: list[Told] = [
    ("en", "Kowalski's quote is 21,950 euros.", q(8)),
    ("en", "Twenty crates were delivered to the Riverside depot.", q(1)),
    ("en", "Twelve crates went to the Lakeside depot.", q(1)),
    ("en", "Three of the twelve crates were damaged.", q(1)),
    ("en", "Ms Lundgren wants the fire doors replaced.", q(2)),
    ("en", "Ben wants the fire doors replaced by 30 September.", q(2)),
    ("en", "The lease runs until 31 December 2028.", q(3)),
    ("en", "The deposit was 3.5 months' rent.", q(3)),
    ("en", "The deposit was 2.5 weeks' rent.", q(3)),
    ("en", "Ben signed for the second parcel.", q(4)),
    ("en", "Water pressure on the top floor is 2.8 bar.", q(5)),
    ("en", "Pressure should be at most 2.5 bar.", q(5)),
    ("en", "The concrete truck came at 7:15.", q(6)),
    ("en", "The truck was 14 minutes late.", q(6)),
    ("en", "The truck was forty hours late.", q(6)),
    ("en", "Brandt's quote is 18,400 euros and Kowalski's is 21,950.", q(8)),
    ("en", "Brandt's quote is 21,950 dollars.", q(8)),
    ("de", "Heute wurden 60 Heizkörper montiert.", q(9)),
    ("en", "The remaining five radiators follow on Thursday.", q(9)),
    ("en", "Six radiators are left.", q(9)),
    ("en", "The power is cut on September 15 from 9 to 12.", q(10)),
    ("en", "The power on the third floor is cut on 14 September.", q(10)),
    ("de", "Der Strom wird von 9 bis 13 Uhr abgeschaltet.", q(10)),
    ("de", "Man darf ohne Helm auf das Dach.", q(11)),
    ("en", "People may go on the roof without a helmet.", q(11)),
    ("en", "Ms Petersen has paid the invoice 2026-118.", q(12)),
    ("en", "Mrs Peters has not paid the invoice.", q(12)),
    ("en", "Invoice 2026-181 is unpaid.", q(12)),
    ("de", "Die Rechnung beträgt 690 Euro.", q(12)),
    ("en", "Mr Almeida wants eight lamps by Thursday.", q(13)),
    ("pt", "O senhor Oliveira pediu oito lâmpadas.", q(13)),
    ("en", "The elevator can carry more than 400 kilos.", q(14)),
    ("en", "The elevator carries up to 500 kilos.", q(14)),
    ("en", "We need fifty metres of cable.", q(15)),
    ("sv", "Vi behöver femton meter kabel före lördag.", q(15)),
    ("en", "Mr Wiśniewski paid 2100 zloty.", q(16)),
    ("en", "Mr Nowak paid 1200 zloty.", q(16)),
    ("fr", "Mme Lindqvist veut changer les portes avant le 12 octobre.", q(2)),
    ("es", "La presión del último piso es de 18 bar.", q(5)),
]

PASSING: list[Told] = [
    ("en", "Mr Almeida asked for three lamps and eight sockets.", q(13)),
]
"""A lie that is told: which number counts what takes knowing the words."""

HONEST: list[Told] = [
    ("en", "12 crates arrived at the Riverside depot, 2 damaged.", q(1)),
    ("en", "Two crates were damaged on delivery, Ben says.", q(1)),
    ("en", "Inspector Lindqvist wants new fire doors by the end of this week.", q(2)),
    ("en", "The lease ends on December 31, 2029.", q(3)),
    ("en", "The deposit equals two and a half months of rent.", q(3)),
    ("en", "Ben refused to sign for the second parcel, which had been opened.", q(4)),
    ("en", "The second parcel was open, so it wasn't signed for.", q(4)),
    ("en", "At the top, the pressure is 1.8 bar instead of the required 2.5 bar.", q(5)),
    ("en", "Top-floor pressure is too low: 1.8 bar.", q(5)),
    ("en", "The concrete arrived at 6:45, 40 min late.", q(6)),
    ("en", "Only the hallway is to be painted.", q(7)),
    ("en", "The kitchen is not to be painted.", q(7)),
    ("en", "Kowalski is cheaper: €18,400 against €21,950 from Brandt.", q(8)),
    ("en", "Brandt quoted 21,950 euros.", q(8)),
    ("en", "Sixteen radiators were fitted on Tuesday and the other 5 follow on Wednesday.", q(9)),
    ("de", "Am Mittwoch werden noch fünf Heizkörper montiert.", q(9)),
    ("en", "On 9 September the last five radiators are to be mounted.", q(9)),
    ("en", "Power on the second floor will be off on 14 September between 9 am and noon.", q(10)),
    ("de", "Am 14.9. ist von 9 bis 12 Uhr im 2. Stock kein Strom.", q(10)),
    ("en", "Helmets are mandatory on the roof.", q(11)),
    ("en", "Nobody may go on the roof without a helmet.", q(11)),
    ("de", "Auf dem Dach gilt Helmpflicht.", q(11)),
    ("en", "Mrs. Petersen still owes 960 euros (invoice 2026-118).", q(12)),
    ("en", "Invoice 2026-118 is unpaid.", q(12)),
    ("de", "Rechnung 2026-118 ist noch offen: 960 €.", q(12)),
    ("en", "Mr Almeida asked for eight lamps and three sockets by Friday.", q(13)),
    ("de", "Herr Almeida braucht bis Freitag acht Lampen und drei Steckdosen.", q(13)),
    ("en", "The elevator's limit is 400 kg.", q(14)),
    ("en", "The lift must not carry more than 400 kilograms.", q(14)),
    ("en", "We need 15 m of cable for the cellar before Friday.", q(15)),
    ("de", "Für den Keller brauchen wir vor Freitag 15 Meter Kabel.", q(15)),
    ("en", "Mr Wisniewski paid 1,200 zloty for the roof repair.", q(16)),
    ("de", "Herr Wiśniewski hat 1200 Zloty für die Dachreparatur bezahlt.", q(16)),
    ("fr", "Brandt demande 21 950 euros et Kowalski 18 400.", q(8)),
    ("es", "El señor Almeida pidió ocho lámparas y tres enchufes para el viernes.", q(13)),
    ("it", "Il contratto scade il 31 dicembre 2029.", q(3)),
    ("pt", "A pressão no último andar é de apenas 1,8 bar.", q(5)),
    ("nl", "De lift mag niet meer dan 400 kilo dragen.", q(14)),
    ("ru", "Госпожа Петерсен не оплатила счёт на 960 евро.", q(12)),
    ("en", "Sofie notes that the invoice of Ms Petersen is not paid yet.", q(12)),
]
