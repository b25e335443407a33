"""How Dutch names days, in the form of `spans.folded`.

"voor" means "for" or "before"; only "vóór" surely means "before".
"""

from ai_voice_shared.times.forms import ClockWords, TimeWords, each

WORDS = TimeWords(
    weekdays=each("maandag dinsdag woe?nsdag|woendag donderdag vrijdag|vrydag zaterdag zondag"),
    short=(),
    months=each("januari februari maart april mei juni juli augustus september oktober november december"),
    abbreviated=each("jan feb mrt apr mei jun jul aug sept? okt nov dec"),
    seasons=each("lente|voorjaar zomer herfst|najaar winter"),
    units={
        "hour": "uur|uren",
        "day": "dag(?:en)?",
        "week": "week|weken",
        "month": "maand(?:en)?",
        "year": "jaar|jaren",
        "weekend": "weekend|weekeinde",
    },
    numbers=each(
        "een|eerste|1 twee|tweede|2 drie|derde|3 vier|vierde|4 vijf|vijfde|5 zes|zesde|6 zeven|zevende|7 "
        "acht|achtste|8 negen|negende|9 tien|tiende|10 elf|elfde|11 twaalf|twaalfde|12 veertien|14 "
        "vijftien|15 twintig|20 dertig|30"
    ),
    forms=(
        ("eergisteren", "day", -2),
        ("gister(?:en)?(?: ?(?:ochtend|morgen|middag|namiddag|avond|nacht))?", "day", -1),
        (
            (
                "vandaag(?: nog)?|van(?:ochtend|morgen|middag|avond)|deze (?:ochtend|morgen|middag|avond)"
                "|(?:(?:het )?einde? (?:van )?(?:de |deze )?)dag"
            ),
            "day",
            0,
        ),
        ("overmorgen(?: ?(?:ochtend|vroeg|middag|namiddag|avond))?", "day", 2),
        (
            (
                r"(?<!goede\s)(?<!goeie\s)(?<!de\s)(?<!deze\s)(?<!elke\s)(?<!iedere\s)(?<!een\s)"
                "morgen?(?: ?(?:ochtend|vroeg|middag|namiddag|avond|nacht))?"
            ),
            "day",
            1,
        ),
        ("(?:deze|dit) {unit}|(?:binnen|in de loop van) (?:de |het ){unit_}", "unit", 0),
        ("(?:de |het )?(?:vorige?|verleden|laatst) {unit}", "unit", -1),
        ("(?:de |het )?(?:volgende?|komende?|aankomende?) {unit}", "unit", 1),
        ("{number} {unit} (?:geleden|terug)", "ago", None),
        (
            "(?:sinds|al|al sinds|(?:in |gedurende )?de (?:laatste|afgelopen|voorbije)) {number} {unit}",
            "lately",
            None,
        ),
        ("(?:in |gedurende )?(?:(?:de |het )?(?:afgelopen|voorbije)|(?:de|het) laatste) {unit}", "lately", None),
        ("(?:over|binnen|in) (?:de komende )?{number} {unit}", "ahead", None),
        ("(?:vorige|verleden) week,? (?:op )?{weekday}|{weekday_} (?:van )?(?:vorige|verleden) week", "of_week", -1),
        ("deze week,? (?:op )?{weekday}|{weekday_} (?:van )?deze week", "of_week", 0),
        ("(?:volgende|komende) week,? (?:op )?{weekday}|{weekday_} (?:van )?(?:volgende|komende) week", "of_week", 1),
        ("(?:vorige|afgelopen|verleden|voorbije) {weekday}|{weekday_} (?:j\\.?l\\.?)", "weekday", -1),
        ("deze {weekday}", "weekday", 0),
        ("volgende {weekday}", "weekday", 1),
        ("(?:aanstaande|komende|eerstkomende) {weekday}|{weekday_} (?:aanstaande|a\\.?s\\.?)", "weekday", 2),
        ("{weekday}(?: ?(?:ochtend|morgen|middag|namiddag|avond|nacht))?", "weekday", None),
        ("(?:{weekday},? )?(?:de )?{dom}(?:e|ste|de)?\\.?(?: van)? {month} {year}", "date", None),
        ("(?:{weekday},? )?(?:de )?{dom}(?:e|ste|de)?\\.?(?: van)? {month}", "date", None),
        ("(?:de )?{number} {name}", "date", None),
        (r"(?:de )?{dom}(?:e|ste|de)(?=\s*(?:[?.,;:!)]|$)| van (?:de|deze) maand)", "dom", None),
        ("{name} {year}", "month", None),
        ("(?:vorige|afgelopen|verleden) {name}", "month", -1),
        ("deze {name}", "month", 0),
        ("(?:volgende|komende) {name}", "month", 1),
        ("{name}", "month", None),
        ("(?:het )?{weekend}", "weekend", None),
        ("(?:het begin van |begin (?:van )?)(?:de |het )?(?:volgende?|komende?) {unit}", "next_part", -1),
        ("(?:het einde? van |einde? (?:van )?)(?:de |het )?(?:volgende?|komende?) {unit}", "next_part", 1),
        ("(?:half|medio|midden|halverwege) (?:van )?(?:de |het )?(?:volgende?|komende?) {unit}", "next_part", 0),
        ("(?:half|medio|midden|halverwege) (?:van )?(?:de |het |deze |dit )?(?:{unit}|{name})", "part", 0),
        ("week {dom}", "iso_week", None),
        ("(?:het begin van |begin (?:van )?)(?:de |het |deze |dit )?(?:{unit}|{name})", "part", -1),
        ("(?:het einde? van |einde? (?:van )?)(?:de |het |deze |dit )?(?:{unit}|{name})", "part", 1),
        ("(?:(?:de |het )?(?:vorige?|afgelopen|verleden)) {season}", "season", -1),
        ("(?:deze|dit) {season}", "season", 0),
        ("(?:de |het )?(?:volgende?|komende?) {season}", "season", 1),
        ("(?:de |het )?{season}", "season", None),
    ),
    relations={
        "since": "sinds|sinds de|sinds het|sedert|vanaf|vanaf de|met ingang van|per",
        "from": "van",
        "to": "naar",
        "before": "vóór|vóór de|vóór het|eerder dan|eerder dan de",
        "after": "na|na de|na het",
        "until": "tot|tot de|tot aan|tot en met|tot en met de|t/m",
        "by": "uiterlijk|uiterlijk op|uiterlijk voor|uiterlijk de|uiterlijk tegen|ten laatste|ten laatste op|tegen"
        "|tegen de|tegen het|niet later dan|op zijn laatst",
        "on": "op|op de",
        "in": "in|in de|in het|tijdens|tijdens de|tijdens het|gedurende|gedurende de",
        "for": "voor|voor de|voor het",
        "again": "elke|iedere|op elke|op iedere|alle",
    },
    due=r"verval\w*|deadlines?|termijn(?:en)?(?: lopen af)?|uiterste datum",
    to_do=r"te doen|moet(?:en)?|gepland|beloo?f\w+|klaar zijn|af zijn|staat|afgesproken",
    clock=ClockWords(
        before="om|tegen|rond|voor|vóór|vanaf|tot|na",
        alone="(?!)",
        beside="om|tegen",
        hour="uur|u",
        half_past="(?!)",
        morning=r"(?:'s )?\w*(?:ochtend|voormiddag)s?|'s morgens|vanmorgen",
        afternoon=r"(?:'s )?\w*(?<!voor)middags?|(?:'s )?\w*avonds?",
        night="'s nachts|vannacht",
    ),
)
