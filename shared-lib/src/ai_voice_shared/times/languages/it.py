"""How Italian names days, in the form of `spans.folded`."""

from ai_voice_shared.times.forms import ClockWords, TimeWords, each

WORDS = TimeWords(
    weekdays=each("lunedi'? martedi'? mercol(?:e)?di'? giovedi'? venerdi'? sabato domenica"),
    short=(),
    months=each("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    abbreviated=each(r"gen feb mar apr mag giu lug ago sett|set(?=\.) ott nov dic"),
    seasons=each("primavera estate autunno inverno"),
    units={
        "hour": "or[ae]",
        "day": "giorn[oi]",
        "week": "set+iman[ae]",
        "month": "mes[ei]",
        "year": "ann[oi]",
        "weekend": r"fine\s?settimana|week[\s-]?end",
    },
    numbers=each(
        "una?|uno|primo|1 due|2 tre|3 quattro|4 cinque|5 sei|6 sette|7 otto|8 nove|9 dieci|10 undici|11 dodici|12 "
        "quindici|15 venti|20 trenta|30"
    ),
    forms=(
        ("(?:l')?altro ?ieri|ieri l'altro|avantieri", "day", -2),
        ("ieri(?: (?:mattina|pomeriggio|sera|notte))?|(?:la )?notte scorsa|la scorsa notte", "day", -1),
        (
            (
                "oggi(?: (?:stesso|mattina|pomeriggio))?|(?:que)?sta ?(?:mattina|sera)|stamani|sta ?notte"
                r"|questo pomeriggio|in giornata|fine giornata|(?<=entro\s)(?:la fine della giornata|la giornata|sera)"
            ),
            "day",
            0,
        ),
        ("dopo ?domani(?: (?:mattina|pomeriggio|sera))?", "day", 2),
        ("domani(?: (?:stesso|mattina|a pranzo|pomeriggio|sera|notte))?|domattina", "day", 1),
        (r"(?:quest[oa] |quest'){unit}|in settimana|(?<=entro\s)(?:la |il |l'){unit_}", "unit", 0),
        ("(?:la |il |lo |l')?{unit} (?:scors|passat)[oa]|(?:la |lo |il )?(?:scors|passat)[oa] {unit_}", "unit", -1),
        (
            "(?:la |il |l')?{unit} (?:pros+im[oa]|ventur[oa]|entrante|che viene)|(?:la |il )?pros+im[oa] {unit_}",
            "unit",
            1,
        ),
        ("(?:{number} |un'){unit} fa", "ago", None),
        ("(?:da|gli ultimi|le ultime|negli ultimi|nelle ultime|ultim[ie]) {number} {unit}", "lately", None),
        ("(?:nell'|l')ultim[oa] {unit}", "lately", None),
        (
            (
                "(?:tra|fra|in|entro|entro i pros+imi|entro le pros+ime|nei pros+imi|nelle pros+ime|nel giro di) "
                "(?:{number} |un')(?:{unit})(?! (?:lavorativ|feriali|fa))"
            ),
            "ahead",
            None,
        ),
        ("{weekday} (?:della|di) (?:set+imana scorsa|scorsa set+imana)", "of_week", -1),
        ("{weekday} (?:della|di) questa set+imana|questa set+imana,? {weekday_}", "of_week", 0),
        (
            (
                "{weekday} (?:della|di) (?:set+imana (?:pros+ima|entrante|che viene)|pros+ima set+imana)"
                "|(?:la )?(?:set+imana pros+ima|pros+ima set+imana),? {weekday_}"
            ),
            "of_week",
            1,
        ),
        ("{weekday} (?:scors|passat)[oa]|(?:lo |la )?scors[oa] {weekday_}", "weekday", -1),
        ("quest[oa] {weekday}", "weekday", 0),
        ("{weekday} pros+im[oa]|(?:il |la )?pros+im[oa] {weekday_}", "weekday", 1),
        ("{weekday} (?:che viene|entrante)", "weekday", 2),
        ("{weekday}(?: (?:mattina|a pranzo|pomeriggio|sera|notte))?", "weekday", None),
        ("(?:{weekday},? )?(?:il )?{dom}(?:[°º])?(?: di)? {month}(?: del)? {year}", "date", None),
        ("(?:{weekday},? )?(?:il )?{dom}(?:[°º])?(?: di)? {month}", "date", None),
        ("{number} {name}", "date", None),
        (r"(?:giorno )?{dom}(?=\s*(?:[?.,;:!)]|$)| del mese| di questo mese)", "dom", None),
        ("{name}(?: del)? {year}", "month", None),
        ("(?:lo )?scorso {name}|{name_} scorso", "month", -1),
        ("questo {name}", "month", 0),
        ("(?:il )?pros+imo {name}|{name_} pros+imo", "month", 1),
        ("a {name}", "in_month", None),
        ("{name}", "month", None),
        ("(?:il |lo )?{weekend}", "weekend", None),
        ("(?:l'|a )?inizio (?:della |del |dell'|di )?(?:{unit} pros+im[oa]|pros+im[oa] {unit_})", "next_part", -1),
        ("(?:la |a )?fine (?:della |del |dell'|di )?(?:{unit} pros+im[oa]|pros+im[oa] {unit_})", "next_part", 1),
        ("(?:a )?meta (?:della |del |dell'|di )?(?:{unit} pros+im[oa]|pros+im[oa] {unit_})", "next_part", 0),
        ("(?:a )?meta (?:del |della |dell'|di |di quest[oa] )?(?:{unit}|{name})", "part", 0),
        ("(?:l'|a )?inizio (?:del |della |dell'|di |di quest[oa] )?(?:{unit}|{name})", "part", -1),
        ("(?:la |a )?fine (?!settimana)(?:del |della |dell'|di |di quest[oa] )?(?:{unit}|{name})", "part", 1),
        ("(?:l')?{season} scors[oa]|(?:la |lo )?scors[oa] {season_}", "season", -1),
        ("(?:quest[oa] |quest'){season}", "season", 0),
        ("(?:l')?{season} pros+im[oa]|(?:la |il )?pros+im[oa] {season_}", "season", 1),
        ("{season}", "season", None),
    ),
    relations={
        "since": "da|dal|dalla|dall'|a partire da|a partire dal|a partire dalla|fin da|fin dal|sin da|sin dal",
        "from": "di|del|della|dell'",
        "to": "a|al|alla|all'",
        "before": "prima di|prima del|prima della|prima dell'",
        "after": "dopo|dopo il|dopo la|dopo l'",
        "until": "fino a|fino al|fino alla|fino all'|sino a|sino al",
        "by": "entro|entro il|entro la|entro l'|entro e non oltre|entro e non oltre il|non oltre|non oltre il"
        "|da qui a|da qui al|al piu tardi|al piu tardi il|al massimo|al massimo il|massimo|massimo il",
        "on": "il|l'|lo|giorno|il giorno|nella giornata di",
        "in": "in|nel|nella|nell'|nello|durante|durante il|durante la|durante l'|nel corso del|nel mese di",
        "for": "per|per il|per la|per l'|per lo",
        "again": "ogni|il|la|i|le|tutti i|tutte le",
    },
    due=r"scad\w+(?: abbiamo| ci sono)?|termin[ei] ultim\w+",
    to_do=r"da fare|da finire|da consegnare|dobbiamo|dev\w+|bisogna|occorre|manca\w*|previst[oaie]|in programma"
    r"|promess[oaie]|promett\w+",
    clock=ClockWords(
        before="a|entro|per|prima di|verso|alle"
        "|dalle|fino alle|(?:entro|per|verso) le|(?:prima|dopo) delle|all'|ore|alle ore|entro le ore",
        alone="(?:fino )?alle(?: ore)?|(?:entro|per|verso) le(?: ore)?|prima delle|ore",
        beside="(?:fino )?alle(?: ore)?|(?:entro|per|verso) le(?: ore)?|prima delle|ore",
        hour="(?!)",
        half_past="e mezz[ao]",
        morning="(?:del |di |questa )?mattin[ao]|(?:sta|do)mattina",
        afternoon="(?:del |questo )?pomeriggio|(?:di |della )?(?:sta)?sera",
        night="(?:di )?(?:sta)?notte",
    ),
)
