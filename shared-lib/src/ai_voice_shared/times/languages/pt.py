"""How Portuguese names days, in the form of `spans.folded`."""

from ai_voice_shared.times.forms import ClockWords, TimeWords, each

WORDS = TimeWords(
    weekdays=each(
        "segunda[-\\s]feira terca[-\\s]feira quarta[-\\s]feira quinta[-\\s]feira sexta[-\\s]feira sabado domingo"
    ),
    short=each("segunda terca quarta quinta sexta"),
    months=each("janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro"),
    abbreviated=each("jan fev mar abr mai jun jul ago set out nov dez"),
    seasons=each("primavera verao outono inverno"),
    units={
        "hour": "horas?",
        "day": "dias?",
        "week": "semanas?",
        "month": "mes(?:es)?",
        "year": "anos?",
        "weekend": r"fim\s+de\s+semana",
    },
    numbers=each(
        "uma?|1 dois|duas|2 tres|3 quatro|4 cinco|5 seis|6 sete|7 oito|8 nove|9 dez|10 onze|11 doze|12 "
        "quinze|15 vinte|20 trinta|30 primeiro|1"
    ),
    forms=(
        ("anteontem", "day", -2),
        ("ontem(?: (?:de manha|a tarde|a noite))?", "day", -1),
        (
            (
                "(?:ainda )?hoje(?: (?:ainda|mesmo))?(?: (?:de manha|pela manha|a tarde|de tarde|a noite))?"
                "|(?:n?esta|n?essa) (?:manha|tarde|noite)"
            ),
            "day",
            0,
        ),
        (r"(?<=ate\s)o (?:fim|final) do (?:dia|expediente)", "day", 0),
        ("depois de amanha(?: (?:de manha|a tarde|de tarde|a noite))?", "day", 2),
        ("amanha(?: (?:mesmo|sem falta|cedo))?(?: (?:de manha|pela manha|a tarde|de tarde|a noite))?", "day", 1),
        ("n?es[st][ae] {unit}", "unit", 0),
        ("{unit} passad[ao]", "unit", -1),
        ("{unit} (?:que vem|que entra|proxim[ao])|proxim[ao] {unit_}", "unit", 1),
        ("(?:ha|faz) {number} {unit}(?: atras)?|{number_} {unit_} atras", "ago", None),
        ("(?:desde ha|(?:n?[ao]s )?ultim[ao]s) {number} {unit}", "lately", None),
        ("ultim[ao] {unit}", "lately", None),
        ("(?:em|dentro de|daqui a) {number} {unit}(?! (?:utei|util))", "ahead", None),
        ("(?:{weekday}|{short}) da semana passada", "of_week", -1),
        ("(?:{weekday}|{short}) d(?:esta|essa) semana", "of_week", 0),
        (
            (
                "(?:{weekday}|{short}) da (?:semana que vem|proxima semana)"
                "|(?:semana que vem|proxima semana),? na (?:{weekday_}|{short_})"
            ),
            "of_week",
            1,
        ),
        ("(?:{weekday}|{short}) passad[ao]|ultim[ao] (?:{weekday_}|{short_})", "weekday", -1),
        ("n?es[st][ae] (?:{weekday}|{short})", "weekday", 0),
        ("(?:{weekday}|{short}) que vem", "weekday", 2),
        ("proxim[ao] (?:{weekday}|{short})", "weekday", 1),
        ("{weekday}(?: (?:cedo|de manha|pela manha|a tarde|de tarde|a noite))?", "weekday", None),
        (
            (
                r"{short}(?: (?:cedo|de manha|pela manha|a tarde|de tarde|a noite))?(?=\s*(?:[?.,;:!)]|$)"
                r"|\s+(?:ao|aos|para|com|sobre|e|ou|as|sem|o|os|um|uma|por|que|eu|ele|ela|voce|precis\w+|temos|tem)\b)"
            ),
            "short",
            None,
        ),
        ("(?:{weekday},? )?(?:dia )?{dom}(?: de)? {month}(?: de)? {year}", "date", None),
        ("(?:{weekday},? )?(?:dia )?{dom}(?: de)? {month}", "date", None),
        ("(?:{number}|{dom}[ºo°]) de {name}", "date", None),
        (r"dia {dom}", "dom", None),
        ("{name}(?: de)? {year}", "month", None),
        ("{name} passado|ultimo {name_}", "month", -1),
        ("n?este {name}", "month", 0),
        ("{name} que vem|proximo {name_}", "month", 1),
        ("{name}", "month", None),
        ("(?:o )?{weekend}", "weekend", None),
        ("(?:n?o )?(?:inicio|comeco) d[ao] (?:{unit} que vem|proxim[ao] {unit_})", "next_part", -1),
        ("(?:n?o )?(?:fim|final) d[ao] (?:{unit} que vem|proxim[ao] {unit_})", "next_part", 1),
        ("(?:n?o )?(?:inicio|comeco) d(?:[aeo]|est[ae]|ess[ae]) (?:{unit}|{name})", "part", -1),
        ("(?:n?o )?meados d[ao] (?:{unit} que vem|proxim[ao] {unit_})", "next_part", 0),
        ("(?:n?o )?meados d(?:[aeo]|est[ae]|ess[ae]) (?:{unit}|{name})", "part", 0),
        ("(?:n?o )?(?:fim|final)(?! de semana) d(?:[aeo]|est[ae]|ess[ae]) (?:{unit}|{name})", "part", 1),
        ("{season} passad[ao]|ultim[ao] {season_}", "season", -1),
        ("n?es[st][ae] {season}", "season", 0),
        ("{season} que vem|proxim[ao] {season_}", "season", 1),
        ("{season}", "season", None),
    ),
    relations={
        "since": "desde|desde a|desde o|a partir de|a partir da|a partir do",
        "from": "de|da|do",
        "to": "ao",
        "before": "antes de|antes da|antes do",
        "after": "depois de|depois da|depois do|apos|apos a|apos o",
        "until": "ate o fim de",
        "by": "ate|ate a|ate o|ate ao|no maximo|no maximo ate|ate no maximo|o mais tardar|o mais tardar ate"
        "|no mais tardar",
        "on": "na|no|a|o|dia|no dia",
        "in": "em|durante|durante o|durante a",
        "for": "para|para a|para o|para este|pra|pro|pra este",
        "again": "cada|toda|todo|todas as|todos os|aos|as",
    },
    due=r"vence[mr]?|vencid[oa]s?|prazos?",
    to_do=r"pendentes?|temos que|devemos|falta|a fazer|previst[oa]s?|promet\w+",
    clock=ClockWords(
        before="(?:ate |antes d|pel|para |d)?as|ao|ate o|antes do",
        alone="(?:ate |pel)?as",
        beside="(?!)",
        hour="horas?|hs?",
        half_past="e meia",
        morning="(?:da|de|pela) manha|da madrugada",
        afternoon="(?:da|a|de|pela) tarde",
        night="(?:da|a) noite",
    ),
)
