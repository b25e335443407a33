"""How Spanish names days, in the form of `spans.folded`."""

from ai_voice_shared.times.forms import ClockWords, TimeWords, each

WORDS = TimeWords(
    weekdays=each("lunes martes miercoles juebes|jueves biernes|viernes sabado|savado domingo"),
    short=(),
    months=each("enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre"),
    abbreviated=each("ene feb mar abr may jun jul ago sept? oct nov dic"),
    seasons=each("primavera verano otono invierno"),
    units={
        "hour": "horas?",
        "day": "dias?",
        "week": "semanas?",
        "month": "mes(?:es)?",
        "year": "anos?",
        "weekend": r"fin\s+de\s+semana|finde",
    },
    numbers=each(
        "una?|1 dos|2 tres|3 cuatro|4 cinco|5 seis|6 siete|7 ocho|8 nueve|9 diez|10 once|11 doce|12 "
        "quince|15 veinte|20 treinta|30 primero|1"
    ),
    forms=(
        ("anteayer|antes de ayer|antier", "day", -2),
        ("ayer(?: por la (?:manana|tarde|noche))?|anoche", "day", -1),
        ("hoy(?: mismo)?(?: (?:por|en|a) la (?:manana|tarde|noche))?|esta (?:misma )?(?:manana|tarde|noche)", "day", 0),
        (r"(?<=para\s)(?:el )?fin(?:al)? del dia", "day", 0),
        ("pasado manana(?: por la (?:manana|tarde|noche))?", "day", 2),
        (
            (
                r"(?<!la\s)(?<!esta\s)(?<!misma\s)(?<!cada\s)manana"
                "(?: (?:mismo|sin falta|temprano|a primera hora))?(?: (?:por|en|a) la (?:manana|tarde|noche))?"
            ),
            "day",
            1,
        ),
        ("est[ae] (?:mism[ao] )?{unit}", "unit", 0),
        ("(?:la |el )?{unit} pasad[ao]|(?:la |el )?pasad[ao] {unit_}", "unit", -1),
        ("(?:la |el )?{unit} (?:que viene|proxim[ao]|entrante)|(?:la |el )?proxim[ao] {unit_}", "unit", 1),
        ("hace {number} {unit}", "ago", None),
        ("(?:desde hace|(?:en )?l[ao]s ultim[ao]s) {number} {unit}", "lately", None),
        ("(?:la ultima|el ultimo) {unit}", "lately", None),
        ("(?:en|dentro de) {number} {unit}(?! (?:habil|laborable))", "ahead", None),
        ("{weekday} de la (?:semana pasada|pasada semana)", "of_week", -1),
        ("{weekday} de esta semana|esta semana,? el {weekday_}", "of_week", 0),
        (
            (
                "{weekday} de la (?:semana (?:que viene|proxima|entrante)|proxima semana)"
                "|(?:la )?(?:semana que viene|proxima semana),? el {weekday_}"
            ),
            "of_week",
            1,
        ),
        ("{weekday} pasado|pasado {weekday_}", "weekday", -1),
        ("este {weekday}", "weekday", 0),
        ("{weekday} (?:que viene|entrante)", "weekday", 2),
        ("(?:el )?proximo {weekday}|{weekday_} proximo", "weekday", 1),
        ("{weekday}(?: (?:por|en|a) la (?:manana|tarde|noche))?(?! de la semana)", "weekday", None),
        ("(?:{weekday},? )?(?:dia )?{dom}(?: de)? {month}(?: de(?:l)?)? {year}", "date", None),
        ("(?:{weekday},? )?(?:dia )?{dom}(?: de)? {month}", "date", None),
        ("{number} de {name}", "date", None),
        (r"dia {dom}|(?:el ){dom_}(?=\s*(?:[?.,;:!)]|$)| de este mes| del mes)", "dom", None),
        ("{name}(?: de(?:l)?)? {year}", "month", None),
        ("{name} pasado|pasado {name_}", "month", -1),
        ("este {name}", "month", 0),
        ("{name} que viene|proximo {name_}", "month", 1),
        ("{name}", "month", None),
        ("(?:el )?{weekend}", "weekend", None),
        (
            "(?:a )?(?:principios|comienzos) (?:de|del|de la) (?:{unit} (?:que viene|proxim[ao])|proxim[ao] {unit_})",
            "next_part",
            -1,
        ),
        (
            "(?:el |a )?(?:finales|fin|final) (?:de|del|de la) (?:{unit} (?:que viene|proxim[ao])|proxim[ao] {unit_})",
            "next_part",
            1,
        ),
        ("(?:a )?(?:principios|comienzos) (?:de|del|de la|de este|de esta) (?:{unit}|{name})", "part", -1),
        (
            "(?:a )?mediados (?:de|del|de la) (?:{unit} (?:que viene|proxim[ao])|proxim[ao] {unit_})",
            "next_part",
            0,
        ),
        ("(?:a )?mediados (?:de|del|de la|de este|de esta) (?:{unit}|{name})", "part", 0),
        (
            "(?:el |a )?(?:finales|fin(?:es)?(?! de semana)|final) (?:de|del|de la|de este|de esta) (?:{unit}|{name})",
            "part",
            1,
        ),
        ("{season} pasad[ao]|pasad[ao] {season_}", "season", -1),
        ("est[ae] {season}", "season", 0),
        ("{season} que viene|proxim[ao] {season_}", "season", 1),
        ("{season}", "season", None),
    ),
    relations={
        "since": "desde|desde el|desde la|a partir de|a partir del",
        "from": "de|del|de la",
        "to": "a|al",
        "before": "antes de|antes del|antes de el|antes de la|antes de este",
        "after": "despues de|despues del|despues de la|tras|tras el|tras la",
        "until": "hasta|hasta el|hasta la|asta|asta el",
        "by": "a mas tardar|a mas tardar el|como maximo|como maximo el|como muy tarde|como muy tarde el"
        "|no mas tarde del|de aqui a|de aqui al",
        "on": "el|este|para el dia",
        "in": "en|en el|en la|durante|durante el|durante la",
        "for": "para|para el|para la|para este|por la|pal|pa el",
        "again": "cada|los|todos los",
    },
    due=r"vence[nr]?|vencid[oa]s?|plazos?",
    to_do=r"pendientes?|hay que|tenemos que|debemos|falta|por hacer|previst[oa]s?|prometi\w+",
    clock=ClockWords(
        before="(?:a|antes de|hasta|para|sobre|desde) las?|al|antes del|hasta el|para el",
        alone="(?:a|para|hasta|sobre|antes de) las?",
        beside="(?:a|para|hasta|sobre|antes de) las?",
        hour="horas?|hs?",
        half_past="y media",
        morning="(?:de|por|en) la manana|de la madrugada",
        afternoon="(?:(?:de|por|en) la |esta )tarde",
        night="de la noche",
    ),
)
