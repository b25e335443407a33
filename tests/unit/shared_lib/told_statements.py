"""Statements as language models make them of notes: honest ones, and lies of every kind; written before the checker.

At first, 2 of these 82 lies passed and 4 of these 74 honest statements were dropped.

Each is a language, a statement and what it cites: labels of `NOTES` below, each with a quote that stands there.
"""

from ai_voice_shared.domain import Segment
from ai_voice_shared.search.model import IndexedNote

type Told = tuple[str, str, dict[str, str]]


def note(message_id: str, name: str, day: str, language: str, *texts: str) -> IndexedNote:
    """A note by its sender's name, received at ten that day."""
    segments = tuple(Segment(place * 9.0, place * 9.0 + 8.0, text) for place, text in enumerate(texts))
    received_at = f"{day}T10:00:00.000Z"
    return IndexedNote(message_id, "knowledge-document", name.lower(), name, received_at, language, segments)


NOTES = [
    note(  # a Friday; S1 to S9
        "SM1",
        "Sam Porter",
        "2026-11-13",
        "en",
        "The circulation pump in building seven runs at 78 degrees.",
        "The one in building eight runs at 64 degrees.",
        "The meter is AB-1042/7 and the caretaker's phone is +49 170 123 45 67.",
        "Peter Hill's boiler leaks, but Mary Jones has a dry one.",
        "Tomorrow we deliver two pallets of 25 kg bags.",
        "Pump A makes 3 bar and pump B makes 5 bar.",
        "It was -5 °C outside and the oil pressure was below 3 bar.",
        "The boiler on Oak Road is not broken, only switched off.",
        "We have ninety metres of pipe left, minus the twelve that Daniel took.",
    ),
    note(  # a Monday; S10 to S16
        "SM2",
        "Ana Ruiz",
        "2026-11-16",
        "en",
        "I told Mr Smith on Elm Street that we would be there on Thursday at half past two.",
        "We need forty valves, 12 mm each, by 1 May.",
        "Do not assume that the valve is safe to open before Monday.",
        "The new boiler costs $1,250.00 net, plus 19% tax.",
        "Alex from the bank called, she wants the papers within three weeks.",
        "The client won't pay before the leak is fixed.",
        "We start at 7 am and must be out by 6 pm.",
    ),
    note(  # a Tuesday; S17 to S20
        "SM3",
        "Jürgen Weiß",
        "2026-11-17",
        "de",
        "Die Lieferung der Firma Krause kommt am Mittwoch, den 25. November, um 14:30 Uhr.",
        "Der Keller ist nicht trocken, wir haben vierzig Liter Wasser abgepumpt.",
        "Frau Novák hat 350 Kilogramm Kies bestellt.",
        "Peter Schulz darf den Schlüssel nicht mitnehmen.",
    ),
    note(  # a Wednesday; S21 to S23
        "SM4",
        "Carmen Vidal",
        "2026-11-18",
        "es",
        "La señora Gómez pagó ayer 85 euros por la llave 4711.",
        "El técnico no vino el martes.",
        "La bomba nueva pesa treinta y cinco kilos.",
    ),
    note(  # a Thursday; S24 to S26
        "SM5",
        "Luc Moreau",
        "2026-11-19",
        "fr",
        "Le chantier de la rue Mozart commence le 3 décembre avec quatre ouvriers.",
        "Il ne faut pas couper l'eau avant vendredi.",
        "Madame Petit veut 2,5 mètres de tuyau.",
    ),
    note(  # S27 to S28
        "SM6",
        "Олег",
        "2026-11-19",
        "ru",
        "Насос в доме семь работает при 52 градусах.",
        "Мария Иванова заказала двадцать труб.",
    ),
]

PUMP = {"S1": "pump in building seven runs at 78 degrees"}
PUMP_8 = {"S2": "building eight runs at 64 degrees"}
METER = {"S3": "The meter is AB-1042/7"}
PHONE = {"S3": "phone is +49 170 123 45 67"}
BOILERS = {"S4": "Peter Hill's boiler leaks, but Mary Jones has a dry one"}
PALLETS = {"S5": "Tomorrow we deliver two pallets of 25 kg bags"}
PUMPS = {"S6": "Pump A makes 3 bar and pump B makes 5 bar"}
COLD = {"S7": "It was -5 °C outside"}
OIL = {"S7": "the oil pressure was below 3 bar"}
OAK = {"S8": "The boiler on Oak Road is not broken"}
PIPE = {"S9": "ninety metres of pipe left"}
DANIEL = {"S9": "minus the twelve that Daniel took"}
SMITH = {"S10": "I told Mr Smith on Elm Street that we would be there on Thursday at half past two"}
VALVES = {"S11": "We need forty valves, 12 mm each, by 1 May"}
SAFE = {"S12": "the valve is safe to open"}
UNSAFE = {"S12": "Do not assume that the valve is safe to open before Monday"}
PRICE = {"S13": "costs $1,250.00 net, plus 19% tax"}
ALEX = {"S14": "Alex from the bank called, she wants the papers within three weeks"}
PAY = {"S15": "The client won't pay before the leak is fixed"}
HOURS = {"S16": "We start at 7 am and must be out by 6 pm"}
KRAUSE = {"S17": "Die Lieferung der Firma Krause kommt am Mittwoch, den 25. November, um 14:30 Uhr"}
CELLAR = {"S18": "Der Keller ist nicht trocken"}
LITRES = {"S18": "vierzig Liter Wasser abgepumpt"}
GRAVEL = {"S19": "Frau Novák hat 350 Kilogramm Kies bestellt"}
KEY = {"S20": "Peter Schulz darf den Schlüssel nicht mitnehmen"}
GOMEZ = {"S21": "La señora Gómez pagó ayer 85 euros por la llave 4711"}
TECNICO = {"S22": "El técnico no vino el martes"}
BOMBA = {"S23": "pesa treinta y cinco kilos"}
MOZART = {"S24": "Le chantier de la rue Mozart commence le 3 décembre avec quatre ouvriers"}
EAU = {"S25": "Il ne faut pas couper l'eau avant vendredi"}
PETIT = {"S26": "Madame Petit veut 2,5 mètres de tuyau"}
NASOS = {"S27": "Насос в доме семь работает при 52 градусах"}
MARIA = {"S28": "Мария Иванова заказала двадцать труб"}

LIES: list[Told] = [
    # numbers
    ("en", "The pump in building seven runs at 87 degrees.", PUMP),
    ("en", "The pump runs at seventy-nine degrees.", PUMP),
    ("en", "The pump in building nine runs at 78 degrees.", PUMP),
    ("en", "We need fourteen valves by 1 May.", VALVES),
    ("en", "We need 400 valves.", VALVES),
    ("en", "The boiler costs $1,520.00 net.", PRICE),
    ("en", "The boiler costs $125 net.", PRICE),
    ("en", "The meter is AB-1043/7.", METER),
    ("en", "The meter is AB-1042/8.", METER),
    ("en", "The caretaker's phone is +49 170 123 45 76.", PHONE),
    ("en", "Daniel took twenty metres of pipe.", DANIEL),
    ("en", "There are three pallets.", PALLETS),
    ("en", "The boiler costs 1.25 million dollars.", PRICE),
    # signs and comparators
    ("en", "It was 5 °C outside.", COLD),
    ("en", "It was +5 °C outside.", COLD),
    ("en", "The oil pressure was above 3 bar.", OIL),
    ("en", "The oil pressure was more than 3 bar.", OIL),
    ("en", "The oil pressure was > 3 bar.", OIL),
    # units
    ("en", "It was -5 °F outside.", COLD),
    ("en", "The bags weigh 25 lb each.", PALLETS),
    ("en", "The valves are 12 cm each.", VALVES),
    ("en", "The boiler costs €1,250.00 net.", PRICE),
    ("en", "The tax is 19 dollars.", PRICE),
    ("en", "The oil pressure was below 3 psi.", OIL),
    ("en", "Alex wants the papers within three days.", ALEX),
    ("en", "Ninety feet of pipe are left.", PIPE),
    # names
    ("en", "Alex said that the pump runs at 78 degrees.", PUMP),
    ("en", "Mr Smith promised 400 valves by 1 May.", {"S1": "pump in building seven"}),
    ("en", "We told Mr Miller that we would come on Thursday.", SMITH),
    ("en", "We promised to be on Baker Street on Thursday.", SMITH),
    ("en", "According to Kim, the pump runs at 78 degrees.", PUMP),
    ("en", "The boiler of Peter Jones leaks.", BOILERS),
    ("en", "Danielle took twelve metres.", DANIEL),
    ("en", "Ana Ruiz said that the meter is AB-1042/7.", METER),
    ("en", "The delivery comes from Siemens on Wednesday.", KRAUSE),
    # dates, days, times
    ("en", "We will be there on Friday at half past two.", SMITH),
    ("en", "We need forty valves by 1 June.", VALVES),
    ("en", "We need forty valves by 10 May.", VALVES),
    ("en", "The delivery comes on 2026-11-26.", KRAUSE),
    ("en", "We will be there on Thursday at 3:30 pm.", SMITH),
    ("en", "We start at 7 pm.", HOURS),
    ("en", "The two pallets are delivered on Sunday.", PALLETS),
    ("en", "The delivery comes on 25 November 2027.", KRAUSE),
    # negations cut off or turned
    ("en", "The valve is safe to open.", SAFE),
    ("en", "The valve is safe to open before Monday.", UNSAFE),
    ("en", "The boiler on Oak Road is broken.", OAK),
    ("en", "The client will pay before the leak is fixed.", PAY),
    ("en", "The pump in building seven does not run at 78 degrees.", PUMP),
    # swapped sources
    ("en", "The pump in building seven runs at 64 degrees.", PUMP | PUMP_8),
    ("en", "Building seven's runs at 64 degrees, building eight's at 78.", PUMP | PUMP_8),
    ("en", "Pump A makes 5 bar and pump B makes 3 bar.", PUMPS),
    ("en", "Mary Jones' boiler leaks; Peter Hill has a dry one.", BOILERS),
    ("en", "Forty valves are needed in building seven.", PUMP),
    # other languages
    ("de", "Die Pumpe in Gebäude sieben läuft mit 87 Grad.", PUMP),
    ("de", "Die Pumpe in Gebäude sieben läuft mit siebenundachtzig Grad.", PUMP),
    ("de", "Wir brauchen vierzig Ventile bis zum 1. Juni.", VALVES),
    ("de", "Herr Müller erwartet uns am Donnerstag.", SMITH),
    ("de", "Das Ventil kann gefahrlos geöffnet werden.", UNSAFE),
    ("de", "Der Keller ist trocken.", CELLAR),
    ("de", "Die Lieferung der Firma Krause kommt am Dienstag.", KRAUSE),
    ("de", "Peter Schulz darf den Schlüssel mitnehmen.", KEY),
    ("de", "Frau Novák hat 350 Pfund Kies bestellt.", GRAVEL),
    ("fr", "La pompe du bâtiment sept tourne à quatre-vingt-sept degrés.", PUMP),
    ("fr", "Le chantier commence le 13 décembre.", MOZART),
    ("fr", "Le chantier de la rue Mozart commence le 3 novembre.", MOZART),
    ("fr", "Madame Dupont veut 2,5 mètres de tuyau.", PETIT),
    ("fr", "On peut couper l'eau avant vendredi.", EAU),
    ("es", "La bomba funciona a 87 grados.", PUMP),
    ("es", "La señora García pagó 85 euros.", GOMEZ),
    ("es", "El técnico vino el martes.", TECNICO),
    ("es", "La señora Gómez pagó 85 dólares.", GOMEZ),
    ("en", "Ms Gómez paid 58 euros.", GOMEZ),
    ("en", "The new pump weighs 53 kilos.", BOMBA),
    ("en", "Ms Gómez paid on 19 November.", GOMEZ),
    ("ru", "Насос в доме семь работает при 25 градусах.", NASOS),
    ("en", "Anna Ivanova ordered twenty pipes.", MARIA),
    ("pt", "A bomba do prédio sete funciona a 87 graus.", PUMP),
    ("it", "La pompa dell'edificio sette lavora a 87 gradi.", PUMP),
    ("nl", "De pomp in gebouw zeven draait op 87 graden.", PUMP),
    ("ja", "7号棟のポンプは87度で動いています。", PUMP),
    ("ar", "المضخة في المبنى سبعة تعمل عند ٨٧ درجة.", PUMP),
    ("hi", "इमारत सात का पंप ८७ डिग्री पर चलता है।", PUMP),
]

HONEST: list[Told] = [
    ("en", "The pump in building 7 runs at seventy-eight degrees.", PUMP),
    ("en", "Sam says that building seven's pump is at 78 °C.", PUMP),
    ("en", "On Friday, Sam Porter reported 78 degrees for the pump in building seven.", PUMP),
    ("en", "The pump temperature was 78 degrees on 13 November.", PUMP),
    ("en", "Building eight: 64°.", PUMP_8),
    ("en", "The pumps run at 78 degrees (building seven) and 64 degrees (building eight).", PUMP | PUMP_8),
    ("en", "Building seven's pump runs at 78 degrees, building eight's at 64.", PUMP | PUMP_8),
    ("en", "Pump A makes 3 bar, pump B 5.", PUMPS),
    ("en", "The caretaker can be reached at +491701234567.", PHONE),
    ("en", "Meter number: AB 1042/7.", METER),
    ("en", "Ana promised Mr. Smith to come on Thursday at 2:30 pm.", SMITH),
    ("en", "We'll be at Elm Street at 14:30 on Thursday.", SMITH),
    ("en", "Somebody is expected at Smith's on Thursday, 19 November.", SMITH),
    ("en", "40 valves of 12mm are needed by May 1st.", VALVES),
    ("en", "Forty 12 millimetre valves have to be there by 2027-05-01.", VALVES),
    ("en", "Don't open the valve before Monday.", UNSAFE),
    ("en", "The valve should stay closed until Monday.", UNSAFE),
    ("en", "The valve may not be safe yet.", UNSAFE),
    ("en", "The boiler costs 1250 dollars without tax.", PRICE),
    ("en", "Net price: USD 1,250; the tax is 19 percent.", PRICE),
    ("en", "Alex wants the papers in 3 weeks.", ALEX),
    ("en", "The client pays only after the leak is fixed.", PAY),
    ("en", "Work starts at seven in the morning and ends by 18:00.", HOURS),
    ("en", "It was minus five degrees outside.", COLD),
    ("en", "Oil pressure was under 3 bar.", OIL),
    ("en", "The boiler on Oak Road works, it is just switched off.", OAK),
    ("en", "Two pallets of 25-kilo bags are delivered on Saturday.", PALLETS),
    ("en", "On 14 November, two pallets are delivered.", PALLETS),
    ("en", "Mary Jones' boiler is dry, while Peter Hill's leaks.", BOILERS),
    ("en", "90 m of pipe are left; Daniel took 12.", PIPE | DANIEL),
    ("en", "Krause delivers on Wednesday, November 25, at 2:30 pm.", KRAUSE),
    ("en", "The cellar is wet; 40 litres of water were pumped out.", CELLAR | LITRES),
    ("en", "Mrs Novak ordered 350 kg of gravel.", GRAVEL),
    ("en", "Peter Schulz must not take the key along.", KEY),
    ("en", "Mrs. Gómez paid €85 on Tuesday for key 4711.", GOMEZ),
    ("en", "The technician did not come on Tuesday.", TECNICO),
    ("en", "The new pump weighs 35 kg.", BOMBA),
    ("en", "The building site on Rue Mozart begins on December 3 with four workers.", MOZART),
    ("en", "The water must not be cut off until Friday.", EAU),
    ("en", "Ms Petit wants 2.5 m of hose.", PETIT),
    ("en", "Maria Ivanova ordered 20 pipes.", MARIA),
    ("en", "Oleg says that the pump in house 7 runs at 52 degrees.", NASOS),
    ("de", "Die Umwälzpumpe in Gebäude sieben läuft mit 78 Grad.", PUMP),
    ("de", "Laut Sam läuft die Pumpe in Gebäude 7 mit achtundsiebzig Grad.", PUMP),
    ("de", "Am Donnerstag um 14:30 Uhr werden wir bei Herrn Smith in der Elm Street erwartet.", SMITH),
    ("de", "Am Donnerstag um halb drei sind wir bei Herrn Smith.", SMITH),
    ("de", "Bis zum 1. Mai brauchen wir vierzig Ventile mit je 12 mm.", VALVES),
    ("de", "Das Ventil sollte nicht vor Montag geöffnet werden.", UNSAFE),
    ("de", "Der neue Heizkessel kostet 1.250,00 Dollar netto zuzüglich 19 Prozent Steuer.", PRICE),
    ("de", "Am Samstag liefern wir zwei Paletten mit Säcken zu 25 Kilogramm.", PALLETS),
    ("de", "Peters Schlüssel bleibt hier, er darf ihn nicht mitnehmen.", KEY),
    ("de", "Frau Gómez hat am Dienstag 85 Euro für den Schlüssel 4711 bezahlt.", GOMEZ),
    ("de", "Draußen waren es minus 5 Grad.", COLD),
    ("fr", "La pompe du bâtiment sept tourne à soixante-dix-huit degrés.", PUMP),
    ("fr", "Nous serons chez M. Smith jeudi à 14h30.", SMITH),
    ("fr", "Il faut quarante vannes de 12 mm avant le 1er mai.", VALVES),
    ("fr", "La chaudière neuve coûte 1 250 dollars hors taxe.", PRICE),
    ("es", "La bomba del edificio siete funciona a 78 grados.", PUMP),
    ("es", "Se necesitan cuarenta válvulas de 12 mm para el 1 de mayo.", VALVES),
    ("es", "Estaremos el jueves a las dos y media en casa del señor Smith.", SMITH),
    ("es", "No hay que cortar el agua antes del viernes.", EAU),
    ("pt", "A bomba do prédio sete funciona a 78 graus.", PUMP),
    ("it", "La pompa dell'edificio sette lavora a settantotto gradi.", PUMP),
    ("nl", "De pomp in gebouw zeven draait op 78 graden.", PUMP),
    ("pl", "Pani Novák zamówiła 350 kg żwiru.", GRAVEL),
    ("pl", "W czwartek o 14:30 mamy być u pana Smitha.", SMITH),
    ("ru", "Насос в здании семь работает при 78 градусах.", PUMP),
    ("ru", "Мы обещали господину Смиту быть там в четверг.", SMITH),
    ("cs", "Ve čtvrtek máme být u pana Smithe na Elm Street.", SMITH),
    ("ja", "7号棟のポンプは78度で動いています。", PUMP),
    ("ar", "المضخة في المبنى 7 تعمل عند ٧٨ درجة.", PUMP),
    ("hi", "इमारत सात का पंप ७८ डिग्री पर चलता है।", PUMP),
    ("tr", "Yedi numaralı binadaki pompa 78 derecede çalışıyor.", PUMP),
    ("sv", "Pumpen i byggnad sju går på sjuttioåtta grader.", PUMP),
]
