"""How German names days, in the form of `spans.folded`."""

from ai_voice_shared.times.forms import ClockWords, TimeWords, each

WORDS = TimeWords(
    weekdays=each("montag dienstag mitt?woch donn?erstag freitag samstag|sonnabend sonntag"),
    short=(),
    months=each(
        "januar|janner februar|feber marz|maerz april mai juni juli august september oktober november dezember"
    ),
    abbreviated=each("jan feb mrz apr mai jun jul aug sept? okt nov dez"),
    seasons=each("fruhjahr|fruhling|fruehjahr|fruehling sommer herbst winter"),
    units={
        "hour": "stunden?",
        "day": "tage?n?",
        "week": "wochen?",
        "month": "monate?[ns]?",
        "year": "jahre?[ns]?",
        "weekend": "wochenende",
    },
    numbers=each(
        "eine[nmrs]?|ein|1 zwei|2 drei|3 vier|4 funf|fuenf|5 sechs|6 sieben|7 acht|8 neun|9 zehn|10 elf|11 "
        "zwolf|zwoelf|12 vierzehn|14 funfzehn|15 zwanzig|20 dreissig|dreißig|30"
    ),
    forms=(
        ("vorgestern", "day", -2),
        ("gestern(?: (?:fruh|morgen|vormittag|mittag|nachmittag|abend|nacht))?", "day", -1),
        ("letzte nacht", "day", -1),
        ("heute(?: noch)?(?: (?:fru(?:e)?h|morgen|vormittag|mittag|nachmittag|abend|nacht))?", "day", 0),
        (r"(?<=bis\s)(?:zum )?(?:feierabend|dienstschluss|geschaftsschluss)", "day", 0),
        ("(?:ubermorgen|uebermorgen)(?: (?:fru(?:e)?h|vormittag|mittag|nachmittag|abend))?", "day", 2),
        (
            r"(?<!am\s)(?<!jede[nrs]\s)(?<!guten\s)(?<!der\s)morgen(?: (?:frue?h|(?:vor|nach)?mittag|abend))?",
            "day",
            1,
        ),
        ("diese[nmrs]? {unit}", "unit", 0),
        ("(?:letzte|vergangene|vorige)[nmrs]? {unit}", "unit", -1),
        ("vorletzte[nmrs]? {unit}", "unit", -2),
        ("(?:nachste|naechste|kommende)[nmrs]? {unit}", "unit", 1),
        ("(?:ubernachste|uebernaechste)[nmrs]? {unit}", "unit", 2),
        ("vor {number} {unit}", "ago", None),
        ("(?:seit|(?:in )?(?:den|die) (?:letzten|vergangenen)) {number} {unit}", "lately", None),
        ("(?:in|binnen|innerhalb von) {number} {unit}", "ahead", None),
        ("(?:letzte|vorige|vergangene)[nr]? woche,? (?:am )?{weekday}|{weekday_} letzter woche", "of_week", -1),
        ("diese woche,? (?:noch )?(?:am )?{weekday}|{weekday_} dieser woche", "of_week", 0),
        (
            (
                "(?:nachste|naechste|kommende)[nr]? woche,? (?:am )?{weekday}"
                "|{weekday_} (?:der )?(?:nachste|naechste|kommende)[nr] woche"
            ),
            "of_week",
            1,
        ),
        ("(?:letzte|vergangene|vorige)[nmrs]? {weekday}", "weekday", -1),
        ("diese[nmrs]? {weekday}", "weekday", 0),
        ("(?:nachste|naechste)[nmrs]? {weekday}", "weekday", 1),
        ("kommende[nmrs]? {weekday}", "weekday", 2),
        ("{weekday}(?: ?(?:frue?h|morgen|vormittag|mittag|nachmittag|abend))?", "weekday", None),
        ("(?:{weekday},? (?:den |dem )?)?{dom}\\.? ?{month} {year}", "date", None),
        ("(?:{weekday},? (?:den |dem )?)?{dom}\\.? ?{month}", "date", None),
        ("erste[nr]? {name}", "date", None),
        (r"{dom}\.?(?=\s*(?:[?,;:!)]|$)|\s+(?:dieses|des|diesen) )", "dom", None),
        ("{name} {year}", "month", None),
        ("(?:letzte|vergangene|vorige)[nmrs]? {name}", "month", -1),
        ("diese[nmrs]? {name}", "month", 0),
        ("(?:nachste|naechste|kommende)[nmrs]? {name}", "month", 1),
        ("{name}", "month", None),
        ("(?:das )?{weekend}", "weekend", None),
        ("anfang (?:der |des )?(?:nachste|naechste|kommende)[nrs]? {unit}", "next_part", -1),
        ("mitte (?:der |des )?(?:nachste|naechste|kommende)[nrs]? {unit}", "next_part", 0),
        ("ende (?:der |des )?(?:nachste|naechste|kommende)[nrs]? {unit}", "next_part", 1),
        ("mitte (?:der |des |dieser |dieses )?(?:{unit}|{name})", "part", 0),
        ("(?:kw|kalenderwoche) ?{dom}", "iso_week", None),
        ("(?P<unit>monat)sende|(?P<unit_>jahr)esende", "part", 1),
        ("anfang (?:der |des |dieser |dieses )?(?:{unit}|{name})", "part", -1),
        ("ende (?:der |des |dieser |dieses )?(?:{unit}|{name})", "part", 1),
        ("(?:letzte|vergangene|vorige)[nmrs]? {season}", "season", -1),
        ("diese[nmrs]? {season}", "season", 0),
        ("(?:nachste|naechste|kommende)[nmrs]? {season}", "season", 1),
        ("{season}", "season", None),
    ),
    relations={
        "since": "seit|seit dem|seit der|ab|ab dem",
        "from": "von|vom",
        "to": "zum|zu",
        "before": "vor|vorm|vor dem|vor der",
        "after": "nach|nach dem|nach der",
        "until": "bis einschliesslich",
        "by": "bis|bis zum|bis zur|bis am|bis in|spatestens|spatestens am|spatestens bis|spatestens bis zum"
        "|bis spatestens|bis spatestens am|bis spatestens zum|spaetestens|spaetestens am|spaetestens bis"
        "|bis spaetestens",
        "on": "am|an|den|dem",
        "in": "im|in|in der|in den|ubers|uebers|wahrend|wahrend des|wahrend der",
        "for": "fur|fur den|fur die|fur das|furs|fuer|fuer den|fuer die|fuer das",
        "again": "jede[nmrs]?|an jede[nmrs]?",
    },
    due=r"(?:uber)?fallig\w*|fristen?|frist",
    to_do=r"zu tun|erledig\w+|muss|mussen|soll|sollen|steht|anstehen\w*|geplant|versprochen",
    clock=ClockWords(
        before="um|gegen|bis|vor|ab|nach|von",
        alone="(?!)",
        beside="um|ab|bis|gegen",
        hour="uhr",
        half_past="(?!)",
        morning=r"\w*vormittags?|morgens|frue?h",
        afternoon=r"\w*(?:nachmittag|abend)s?",
        night="nachts?",
    ),
)
