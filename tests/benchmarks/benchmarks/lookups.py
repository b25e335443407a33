"""Exact lookups: what people type if they know what they look for, each with the one note that has to come first.

Written for this project. Half of the lookups (those at even places) may be tuned on; the other half is reported.
"""

import tempfile
from pathlib import Path

from ai_voice_shared.domain import Segment
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.segment_index import SegmentIndexes
from benchmarks.folder_s3 import FolderS3

_COMPANY = "lookups"

NOTES: dict[str, tuple[str, str]] = {
    "part": ("en", "We fitted AB-1042/7 at the Jones house."),
    "part-decoys": ("en", "AB-1041/7 and AB-1043/7 are on the shelf, and order 1042 is closed."),
    "part-scattered": ("en", "Order 1042: 7 pieces of AB tape, and 7 more of AB glue for order 1042."),
    "meter": ("en", "The meter with number 4711 0815 33 stands at 18,250 units."),
    "meter-decoy": ("en", "Meter 4711 was read, meter 0815 was not, and 33 more wait."),
    "phone": ("en", "Call the landlord at +49 170 123 45 67 before noon."),
    "phone-decoy": ("en", "Room 170 has 123 tiles, 45 of them broken, 67 loose."),
    "phone-joined": ("en", "The caretaker has +442079460958, he answers after six."),
    "serial": ("en", "The inverter's serial is SN.77_41-C and it hums."),
    "serial-decoy": ("en", "The inverter C 77 has no serial, ask SN about 41."),
    "antifreeze": ("en", "Top up the anti-freeze in the solar loop."),
    "heatpump": ("en", "The heat-pump in the yard is iced up."),
    "heat-decoy": ("en", "Pump out the cellar and turn the heat down."),
    "obrien": ("en", "O'Brien wants the gutter done by spring."),
    "obrien-decoy": ("en", "Brian wants the fence done, and Ryan too."),
    "fiftytwo": ("en", "The return line runs at fifty two degrees."),
    "fifty-decoy": ("en", "Fifty screws are left, and two boxes; it was 25 degrees."),
    "seven": ("en", "The pump in building seven leaks at the flange."),
    "eight": ("en", "The pump in building eight is dry."),
    "hundred": ("en", "Four hundred and twenty bricks came short."),
    "vessel": ("en", "The expansion vessel is flat, so refill it."),
    "vessel-scattered": ("en", "A vessel for paint, no expansion of the yard: the vessel is for the expansion."),
    "shutoff": ("en", "The main shut-off valve is behind the washing machine."),
    "shut-decoy": ("en", "The shop is shut, and the valve came off."),
    "date": ("en", "The permit runs out on 2027-03-14."),
    "date-decoy": ("en", "The permit of 2026-03-14 is in the folder."),
    "invoice": ("en", "Invoice INV-2026-0042 was sent twice."),
    "invoice-decoy": ("en", "Invoice INV-2026-0043 and invoice INV-2025-0042 are paid."),
    "price": ("en", "They ask 1,250.00 for the scaffold."),
    "price-decoy": ("en", "They ask 1,205.00 for the crane and 250 for the driver."),
    "wallbox": ("en", "The wallbox trips the RCD type B at night."),
    "wallbox-decoy": ("en", "Type the report; the B side of the wall box is painted, no RCD there."),
    "chaudiere": ("fr", "La chaudière est fermée depuis hier."),
    "chaudiere-decoy": ("fr", "Le radiateur est froid depuis hier."),
    "installations": ("pt", "As instalações precisam de mais pressão."),
    "instal-decoy": ("pt", "As janelas precisam de tinta."),
    "averia": ("es", "Hay una avería en la tubería del sótano."),
    "averia-decoy": ("es", "Hay una fuga en el techo del garaje."),
    "perdita": ("it", "La perdita è nell'unità al terzo piano, qualità cattiva."),
    "centrala": ("ro", "Centrala termică are o scurgere și presiune mică."),
    "kazan": ("tr", "Kazanın basıncı düşük, sıcaklığı altmış beş derece."),  # noqa: RUF001 - Turkish
    "zweiundfuenfzig": ("de", "Der Vorlauf steht auf zweiundfünfzig Grad."),
    "vorlauf-decoy": ("de", "Der Vorlauf steht auf fünfundzwanzig Grad."),
    "kw": ("de", "Der Brenner hat 24 kW, Typ BR-24/K."),
    "kw-decoy": ("de", "Der Brenner hat 42 kW, Typ BR-42/K."),
    "quatre": ("fr", "Le compteur marque quatre-vingt-dix-sept."),
    "quatre-decoy": ("fr", "Quatre compteurs, dix vannes et sept joints."),
    "drieentachtig": ("nl", "De ketel staat op drieëntachtig graden."),
    "halvfjerds": ("da", "Kedlen står på enoghalvfjerds grader."),
    "pump-zh": ("zh", "七号楼的水泵坏了。"),
    "valve-zh": ("zh", "阀门已经更换。"),
    "dabav": ("hi", "पंप नंबर सात में पानी का दबाव बहुत कम है"),
    "leak-th": ("th", "ท่อน้ำชั้นสามรั่วมากวันนี้"),
    "hebrew": ("he", "דוד דולף מאז אתמול"),
    "arabic": ("ar", "درجة حرارة المضخة ثمانية وثمانون"),
    "long": ("de", "Die Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft rief an."),
    "key": ("en", "The key is under the blue pot, left of the door."),
    "key-scattered": ("en", "Pot the blue plant; the door key of the left shed is lost, under no pot."),
}
"""Language and text; what ends in "decoy" or "scattered" is made to be found instead."""

LOOKUPS: tuple[tuple[str, str], ...] = (
    ("AB-1042/7", "part"),
    ('"AB-1042/7"', "part"),
    ("AB1042/7", "part"),
    ("ab1042", "part"),
    ("AB 1042/7", "part"),
    ("ab-1042-7", "part"),
    ("4711081533", "meter"),
    ("4711 0815 33", "meter"),
    ("4711-0815-33", "meter"),
    ("18250", "meter"),
    ("18.250", "meter"),
    ("+491701234567", "phone"),
    ("01701234567", "phone"),
    ("0170 1234567", "phone"),
    ("0049 170 1234567", "phone"),
    ("+49 (0)170 123 45 67", "phone"),
    ("+44 20 7946 0958", "phone-joined"),
    ("020 7946 0958", "phone-joined"),
    ("SN77-41C", "serial"),
    ("SN.77_41-C", "serial"),
    ("SN 77/41 C", "serial"),
    ("antifreeze", "antifreeze"),
    ("anti-freeze", "antifreeze"),
    ("heatpump", "heatpump"),
    ("heat-pump", "heatpump"),
    ("heat pump", "heatpump"),
    ("OBrien", "obrien"),
    ("O’Brien", "obrien"),
    ("o'brien", "obrien"),
    ("52 degrees", "fiftytwo"),
    ("fifty-two degrees", "fiftytwo"),
    ("building 7", "seven"),
    ("pump building 7", "seven"),
    ("building 8", "eight"),
    ("building seven", "seven"),
    ("420 bricks", "hundred"),
    ("four hundred twenty bricks", "hundred"),
    ("expansion vessel", "vessel"),
    ('"expansion vessel"', "vessel"),
    ("shutoff valve", "shutoff"),
    ("shut-off valve", "shutoff"),
    ("2027-03-14", "date"),
    ("20270314", "date"),
    ("2027/03/14", "date"),
    ("INV-2026-0042", "invoice"),
    ("INV20260042", "invoice"),
    ('"INV-2026-0042"', "invoice"),
    ("1250", "price"),
    ("1,250", "price"),
    ("1.250,00", "price"),
    ("RCD type B", "wallbox"),
    ("chaudiere fermee", "chaudiere"),
    ("CHAUDIÈRE", "chaudiere"),
    ("instalacoes", "installations"),
    ("pressao", "installations"),
    ("averia", "averia"),
    ("tuberia", "averia"),
    ("qualita unita", "perdita"),
    ("termica", "centrala"),
    ("presiune mica", "centrala"),
    ("basinc dusuk", "kazan"),
    ("65", "kazan"),
    ("52 Grad", "zweiundfuenfzig"),
    ("BR24/K", "kw"),
    ("BR-24/K", "kw"),
    ("97", "quatre"),
    ("83 graden", "drieentachtig"),
    ("71 grader", "halvfjerds"),
    ("泵", "pump-zh"),
    ("水泵", "pump-zh"),
    ("阀", "valve-zh"),
    ("पानी का दबाव", "dabav"),
    ("รั่ว", "leak-th"),
    ("דּוּד", "hebrew"),
    ("٨٨", "arabic"),
    ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "long"),
    ("under the blue pot", "key"),
    ('"under the blue pot"', "key"),
)
"""What is typed, and the note that has to come first."""


def firsts(folder: Path) -> list[str]:
    """The note that comes first for each lookup; "" where nothing is found."""
    indexes = SegmentIndexes(FolderS3(folder / "s3").store(), folder / "cache", fresh_seconds=3600)
    indexes.rebuild(_COMPANY, (_note(name, *of) for name, of in NOTES.items()), lambda _count: None)
    found = [indexes.search(_COMPANY, typed, limit=1, verbatim=True) for typed, _ in LOOKUPS]
    return [hits[0].message_id if hits else "" for hits in found]


def report() -> str:
    """How many come first, of all and of each half; a line for each that does not."""
    with tempfile.TemporaryDirectory() as folder:
        first = firsts(Path(folder))
    right = [found == wanted for found, (_, wanted) in zip(first, LOOKUPS, strict=True)]
    halves = {"all lookups": right, "every other one": right[::2], "the others": right[1::2]}
    lines = [
        f"typed    {name:16} {len(some):5} lookups     hit@1 {sum(some) / len(some):.3f}"
        for name, some in halves.items()
    ]
    lines += [
        f"    {typed}: found {found or 'nothing'}, wanted {wanted}"
        for found, (typed, wanted) in zip(first, LOOKUPS, strict=True)
        if found != wanted
    ]
    return "\n".join(lines)


def _note(name: str, language: str, text: str) -> IndexedNote:
    said = (Segment(0.0, 1.0, text),)
    return IndexedNote(name, "knowledge-document", "sender", "", "2026-01-01T00:00:00.000Z", language, said)
