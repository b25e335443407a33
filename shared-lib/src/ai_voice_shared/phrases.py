"""What a sender is told when there is no summary to tell, in the languages we speak; English for all others."""

from ai_voice_shared.words.languages import primary

FALLBACK = "en"

_PHRASES: dict[str, dict[str, str]] = {
    "no_speech": {
        "en": "We heard no speech in your recording. It is kept; please record it again if you meant to say something.",
        "es": "No oímos voz en su grabación. Queda guardada; grábela de nuevo si quería decir algo.",
        "de": "Wir haben in Ihrer Aufnahme keine Sprache gehört. Sie ist aufbewahrt; bitte sprechen Sie sie neu ein.",
        "fr": "Aucune parole entendue dans votre enregistrement. Il est conservé ; merci de le refaire si besoin.",
        "pt": "Não ouvimos fala na sua gravação. Ela está guardada; grave de novo se quis dizer algo.",
    },
    "unreadable_audio": {
        "en": "We could not open your recording as audio. The file is kept; please record the note again.",
        "es": "No pudimos abrir su grabación como audio. El archivo queda guardado; grabe la nota de nuevo.",
        "de": "Ihre Aufnahme ließ sich nicht als Ton öffnen. Die Datei ist aufbewahrt; bitte neu aufnehmen.",
        "fr": "Impossible d'ouvrir votre enregistrement audio. Le fichier est conservé ; merci de le refaire.",
        "pt": "Não conseguimos abrir sua gravação como áudio. O arquivo está guardado; grave a nota de novo.",
    },
    "too_long": {
        "en": "Your recording is longer than {minutes} minutes. It is kept, but please send it in shorter parts.",
        "es": "Su grabación dura más de {minutes} minutos. Queda guardada, pero envíela en partes más cortas.",
        "de": "Ihre Aufnahme ist länger als {minutes} Minuten. Sie ist aufbewahrt; bitte in kürzeren Teilen senden.",
        "fr": "Votre enregistrement dépasse {minutes} minutes. Il est conservé ; envoyez-le par parties.",
        "pt": "Sua gravação tem mais de {minutes} minutos. Está guardada, mas envie em partes mais curtas.",
    },
    "too_large": {
        "en": "Your file is larger than {megabytes} MB, so we could not take it. Please send a smaller one.",
        "es": "Su archivo supera {megabytes} MB y no pudimos aceptarlo. Envíe uno más pequeño.",
        "de": "Ihre Datei ist größer als {megabytes} MB; sie ging nicht durch. Bitte senden Sie eine kleinere.",
        "fr": "Votre fichier dépasse {megabytes} Mo, nous n'avons pas pu le prendre. Envoyez-en un plus petit.",
        "pt": "Seu arquivo passa de {megabytes} MB e não pudemos aceitá-lo. Envie um menor.",
    },
    "media_gone": {
        "en": "WhatsApp no longer has your file, so we could not take it. Please send it again.",
        "es": "WhatsApp ya no tiene su archivo y no pudimos recibirlo. Envíelo de nuevo.",
        "de": "WhatsApp hat Ihre Datei nicht mehr; wir konnten sie nicht annehmen. Bitte senden Sie sie noch einmal.",
        "fr": "WhatsApp n'a plus votre fichier, nous n'avons pas pu le prendre. Merci de le renvoyer.",
        "pt": "O WhatsApp não tem mais seu arquivo e não pudemos recebê-lo. Envie de novo.",
    },
    "empty": {
        "en": "Your message was empty. Send a voice note or a text and we will file it.",
        "es": "Su mensaje estaba vacío. Envíe una nota de voz o un texto y lo archivaremos.",
        "de": "Ihre Nachricht war leer. Senden Sie eine Sprachnachricht oder einen Text, wir legen ihn ab.",
        "fr": "Votre message était vide. Envoyez une note vocale ou un texte et nous le classerons.",
        "pt": "Sua mensagem estava vazia. Envie uma nota de voz ou um texto e nós arquivamos.",
    },
    "kept_file": {
        "en": "We kept your file. We file voice notes, videos with speech and texts; this one is kept as it is.",
        "es": "Guardamos su archivo. Archivamos notas de voz, videos con voz y textos; este queda tal cual.",
        "de": "Ihre Datei ist aufbewahrt. Ausgewertet werden Sprachnachrichten, Videos mit Ton und Texte.",
        "fr": "Votre fichier est conservé tel quel. Nous traitons les notes vocales, vidéos parlées et textes.",
        "pt": "Guardamos seu arquivo como está. Processamos notas de voz, vídeos com fala e textos.",
    },
    "kept_for_us": {
        "en": "We have kept your message, but could not work on it. We will look at it.",
        "es": "Guardamos su mensaje, pero no pudimos procesarlo. Lo revisaremos.",
        "de": "Ihre Nachricht ist aufbewahrt, ließ sich aber nicht bearbeiten. Wir sehen sie uns an.",
        "fr": "Votre message est conservé, mais nous n'avons pas pu le traiter. Nous allons le regarder.",
        "pt": "Guardamos sua mensagem, mas não conseguimos processá-la. Vamos verificar.",
    },
    "waits": {
        "en": "We have your message. It waits for its turn and takes longer than usual.",
        "es": "Tenemos su mensaje. Espera su turno y tarda más de lo normal.",
        "de": "Ihre Nachricht ist da. Sie wartet, bis sie an der Reihe ist; es dauert länger als sonst.",
        "fr": "Nous avons votre message. Il attend son tour et prend plus de temps que d'habitude.",
        "pt": "Temos sua mensagem. Ela espera a vez e demora mais do que o normal.",
    },
    "over_budget": {
        "en": "Your message is kept. This month's allowance is used up; we will work on it as soon as there is room.",
        "es": "Guardamos su mensaje. El cupo de este mes está agotado; lo procesaremos en cuanto haya espacio.",
        "de": "Ihre Nachricht ist aufbewahrt. Das Kontingent dieses Monats ist erschöpft; sie folgt, sobald Platz ist.",
        "fr": "Votre message est conservé. Le forfait du mois est épuisé ; il sera traité dès que possible.",
        "pt": "Guardamos sua mensagem. A cota deste mês acabou; vamos processá-la assim que houver espaço.",
    },
    "too_many": {
        "en": "Your messages come faster than we can work on them. All are kept and follow one by one. "
        "We will not answer each of them.",
        "es": "Sus mensajes llegan más rápido de lo que podemos procesar. Todos quedan guardados y siguen uno a uno. "
        "No responderemos a cada uno.",
        "de": "Ihre Nachrichten kommen schneller, als wir sie bearbeiten können. Alle sind aufbewahrt und folgen "
        "nacheinander. Wir antworten nicht auf jede.",
        "fr": "Vos messages arrivent plus vite que nous ne pouvons les traiter. Tous sont conservés et suivront un par "
        "un. Nous ne répondrons pas à chacun.",
        "pt": "Suas mensagens chegam mais rápido do que conseguimos processar. Todas estão guardadas e seguem uma a "
        "uma. Não vamos responder a cada uma.",
    },
    "notes_do_not_tell": {
        "en": "The notes do not tell.",
        "es": "Las notas no lo dicen.",
        "de": "Die Notizen sagen dazu nichts.",
        "fr": "Les notes ne le disent pas.",
        "pt": "As notas não dizem.",
    },
    "not_verified": {
        "en": "No answer could be verified in the notes. They may tell it all the same.",
        "es": "Ninguna respuesta se pudo verificar en las notas. Aun así, puede que lo digan.",
        "de": "Keine Antwort ließ sich an den Notizen prüfen. Vielleicht sagen sie es dennoch.",
        "fr": "Aucune réponse n'a pu être vérifiée dans les notes. Elles le disent peut-être quand même.",
        "pt": "Nenhuma resposta pôde ser verificada nas notas. Mesmo assim, talvez elas o digam.",
    },
    "not_proven": {
        "en": "Said, but not proven: {statement}",
        "es": "Dicho, pero no probado: {statement}",
        "de": "Gesagt, aber nicht belegt: {statement}",
        "fr": "Dit, mais non prouvé : {statement}",
        "pt": "Dito, mas não provado: {statement}",
    },
    "extracts_only": {
        "en": "These are extracts from the notes, found without a language model.",
        "es": "Son extractos de las notas, hallados sin modelo de lenguaje.",
        "de": "Dies sind Auszüge aus den Notizen, ohne Sprachmodell gefunden.",
        "fr": "Ce sont des extraits des notes, trouvés sans modèle de langage.",
        "pt": "São trechos das notas, encontrados sem modelo de linguagem.",
    },
    "near_words": {
        "en": "No note has the words of your question. What follows has words that look like them.",
        "es": "Ninguna nota tiene las palabras de su pregunta. Lo que sigue tiene palabras parecidas.",
        "de": "Keine Notiz enthält die Wörter Ihrer Frage. Was folgt, enthält ähnliche Wörter.",
        "fr": "Aucune note ne contient les mots de votre question. Ce qui suit contient des mots semblables.",
        "pt": "Nenhuma nota tem as palavras da sua pergunta. O que segue tem palavras parecidas.",
    },
    "some_near_words": {
        "en": "Some words of your question are in no note. Part of what follows has words that look like them.",
        "es": "Ninguna nota tiene algunas palabras de su pregunta. Parte de lo que sigue tiene palabras parecidas.",
        "de": "Einige Wörter Ihrer Frage stehen in keiner Notiz. Ein Teil des Folgenden enthält ähnliche Wörter.",
        "fr": "Aucune note ne contient certains mots de votre question. Une partie de ce qui suit en a de semblables.",
        "pt": "Algumas palavras da sua pergunta não estão em nenhuma nota. Parte do que segue tem palavras parecidas.",
    },
    "not_understood": {
        "en": "Kept as it is: we could not tell what kind of note this is.",
        "es": "Guardada tal cual: no supimos qué tipo de nota es.",
        "de": "Unverändert aufbewahrt: wir konnten nicht erkennen, was für eine Notiz das ist.",
        "fr": "Conservée telle quelle : nous n'avons pas su de quel type de note il s'agit.",
        "pt": "Guardada como está: não soubemos que tipo de nota é.",
    },
    "hear_source": {
        "en": '▶ Send "play {number}" to hear source {number}.',
        "es": "▶ Envíe «reproduce {number}» para oír la fuente {number}.",
        "de": "▶ Senden Sie „spiel {number}“, um Quelle {number} zu hören.",
        "fr": "▶ Envoyez « joue {number} » pour écouter la source {number}.",
        "pt": "▶ Envie “toca {number}” para ouvir a fonte {number}.",
    },
    "nothing_to_play": {
        "en": "There is nothing to play: ask a question first. Its sources can be played for {hours} hours.",
        "es": "No hay nada que reproducir: haga primero una pregunta. Sus fuentes se pueden oír {hours} horas.",
        "de": "Es gibt nichts abzuspielen: stellen Sie zuerst eine Frage. Ihre Quellen bleiben {hours} Stunden hörbar.",
        "fr": "Rien à écouter : posez d'abord une question. Ses sources restent audibles {hours} heures.",
        "pt": "Não há nada para tocar: faça primeiro uma pergunta. As fontes podem ser ouvidas por {hours} horas.",
    },
    "no_such_source": {
        "en": "The answer has no source {number}; the last one is {count}.",
        "es": "La respuesta no tiene fuente {number}; la última es la {count}.",
        "de": "Die Antwort hat keine Quelle {number}; die letzte ist {count}.",
        "fr": "La réponse n'a pas de source {number} ; la dernière est la {count}.",
        "pt": "A resposta não tem fonte {number}; a última é a {count}.",
    },
    "source_is_text": {
        "en": "Source {number} was written, not said, so there is nothing to hear.",
        "es": "La fuente {number} se escribió, no se dijo: no hay nada que oír.",
        "de": "Quelle {number} wurde geschrieben, nicht gesprochen; es gibt nichts zu hören.",
        "fr": "La source {number} est un texte écrit : il n'y a rien à écouter.",
        "pt": "A fonte {number} foi escrita, não falada: não há nada para ouvir.",
    },
    "source_gone": {
        "en": "The recording of source {number} is no longer there.",
        "es": "La grabación de la fuente {number} ya no está.",
        "de": "Die Aufnahme von Quelle {number} gibt es nicht mehr.",
        "fr": "L'enregistrement de la source {number} n'existe plus.",
        "pt": "A gravação da fonte {number} não está mais disponível.",
    },
    "forgotten": {
        "en": "Erased for good: your message and everything we made of it.",
        "es": "Borrado para siempre: su mensaje y todo lo que hicimos con él.",
        "de": "Endgültig gelöscht: Ihre Nachricht und alles, was wir daraus gemacht haben.",
        "fr": "Effacé pour de bon : votre message et tout ce que nous en avions tiré.",
        "pt": "Apagado de vez: sua mensagem e tudo o que fizemos com ela.",
    },
    "forget_which": {
        "en": "Which message? To have one erased, reply to that very message and write “forget that”.",
        "es": "¿Qué mensaje? Para borrar uno, responda a ese mismo mensaje y escriba «borra eso».",
        "de": "Welche Nachricht? Antworten Sie auf die, die gelöscht werden soll, und schreiben Sie „lösche das“.",
        "fr": "Quel message ? Pour en effacer un, répondez à ce message même et écrivez « efface ça ».",
        "pt": "Qual mensagem? Para apagar uma, responda a ela mesma e escreva “apaga isso”.",
    },
    "forget_unsure": {
        "en": "Erase that message? We may have misheard you. To erase it, reply to it and write “forget that”.",
        "es": "¿Borrar ese mensaje? Quizá le oímos mal. Para borrarlo, responda a él y escriba «borra eso».",
        "de": "Diese Nachricht löschen? Vielleicht haben wir uns verhört. "
        "Zum Löschen antworten Sie auf sie und schreiben Sie „lösche das“.",
        "fr": "Effacer ce message ? Nous avons pu mal entendre. Pour l'effacer, répondez-y et écrivez « efface ça ».",
        "pt": "Apagar essa mensagem? Talvez tenhamos ouvido mal. Para apagar, responda a ela e escreva “apaga isso”.",
    },
    "nothing_to_forget": {
        "en": "There is nothing to erase: we do not have that message, or no longer.",
        "es": "No hay nada que borrar: no tenemos ese mensaje, o ya no.",
        "de": "Es gibt nichts zu löschen: diese Nachricht haben wir nicht, oder nicht mehr.",
        "fr": "Rien à effacer : nous n'avons pas ce message, ou ne l'avons plus.",
        "pt": "Não há nada para apagar: não temos essa mensagem, ou não mais.",
    },
    "not_yours_to_forget": {
        "en": "That message is somebody else's. You can have your own messages erased.",
        "es": "Ese mensaje es de otra persona. Puede hacer borrar los suyos.",
        "de": "Diese Nachricht ist von jemand anderem. Sie können Ihre eigenen löschen lassen.",
        "fr": "Ce message est de quelqu'un d'autre. Vous pouvez faire effacer les vôtres.",
        "pt": "Essa mensagem é de outra pessoa. Você pode mandar apagar as suas.",
    },
    "notes_of_then_do_not_tell": {
        "en": "The notes of that time do not tell. Notes searched: {days}. Ask without a time to search all of them.",
        "es": "Las notas de entonces no dicen nada. Notas consultadas: {days}. "
        "Pregunte sin fecha para buscar en todas.",
        "de": "Die Notizen aus dieser Zeit sagen dazu nichts. Durchsuchte Notizen: {days}. "
        "Fragen Sie ohne Zeitangabe, um alle zu durchsuchen.",
        "fr": "Les notes de cette période n'en disent rien. Notes consultées : {days}. "
        "Posez la question sans date pour chercher dans toutes.",
        "pt": "As notas desse tempo não dizem nada. Notas consultadas: {days}. Pergunte sem data para buscar em todas.",
    },
    "notes_searched": {
        "en": "Notes searched: {days}.",
        "es": "Notas consultadas: {days}.",
        "de": "Durchsuchte Notizen: {days}.",
        "fr": "Notes consultées : {days}.",
        "pt": "Notas consultadas: {days}.",
    },
    "days_since": {
        "en": "since {day}",
        "es": "desde el {day}",
        "de": "seit {day}",
        "fr": "depuis le {day}",
        "pt": "desde {day}",
    },
    "days_before": {
        "en": "before {day}",
        "es": "antes del {day}",
        "de": "vor dem {day}",
        "fr": "avant le {day}",
        "pt": "antes de {day}",
    },
    "day": {"en": "{day} {month}", "de": "{day}. {month}"},
    "months": {
        "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "es": "ene feb mar abr may jun jul ago sep oct nov dic",
        "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sep. Okt. Nov. Dez.",
        "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    },
    "whole_is_filed": {
        "en": "The whole note is filed under this title; your company can read it.",
        "es": "La nota completa está archivada con este título; su empresa puede leerla.",
        "de": "Die ganze Notiz ist unter diesem Titel abgelegt; Ihr Unternehmen kann sie lesen.",
        "fr": "La note entière est classée sous ce titre ; votre entreprise peut la lire.",
        "pt": "A nota inteira está arquivada com este título; sua empresa pode lê-la.",
    },
    "and_more": {
        "en": "… and {count} more",
        "es": "… y {count} más",
        "de": "… und {count} weitere",
        "fr": "… et {count} de plus",
        "pt": "… e mais {count}",
    },
    "answer_goes_on": {
        "en": "This is not all that the notes tell: ask about one part to read more.",
        "es": "Las notas dicen más: pregunte por una parte para leerlo.",
        "de": "Die Notizen sagen noch mehr: fragen Sie nach einem Teil davon.",
        "fr": "Les notes en disent plus : demandez un point précis pour le lire.",
        "pt": "As notas dizem mais: pergunte por uma parte para ler o resto.",
    },
    "nothing_heard": {
        "en": "We heard nothing in the file itself; it is kept.",
        "es": "En el archivo mismo no oímos nada; queda guardado.",
        "de": "In der Datei selbst haben wir nichts gehört; sie ist aufbewahrt.",
        "fr": "Dans le fichier lui-même, nous n'avons rien entendu ; il est conservé.",
        "pt": "No próprio arquivo não ouvimos nada; ele está guardado.",
    },
    "kept_beside": {
        "en": "The file itself is kept as it is.",
        "es": "El archivo mismo queda guardado tal cual.",
        "de": "Die Datei selbst ist unverändert aufbewahrt.",
        "fr": "Le fichier lui-même est conservé tel quel.",
        "pt": "O próprio arquivo fica guardado como está.",
    },
    "kept_place": {
        "en": "📍 Place kept: {title}",
        "es": "📍 Lugar guardado: {title}",
        "de": "📍 Ort aufbewahrt: {title}",
        "fr": "📍 Lieu conservé : {title}",
        "pt": "📍 Lugar guardado: {title}",
    },
    "kept_contact": {
        "en": "👤 Contact kept: {title}",
        "es": "👤 Contacto guardado: {title}",
        "de": "👤 Kontakt aufbewahrt: {title}",
        "fr": "👤 Contact conservé : {title}",
        "pt": "👤 Contato guardado: {title}",
    },
    "no_words": {
        "en": "We saw no words in your message. It is kept; send a voice note or a text and we will file it.",
        "es": "No vimos palabras en su mensaje. Queda guardado; envíe una nota de voz o un texto y lo archivaremos.",
        "de": "In Ihrer Nachricht stehen keine Worte. Sie ist aufbewahrt; Sprachnachrichten und Texte legen wir ab.",
        "fr": "Votre message ne contient pas de mots. Il est conservé ; nous classons notes vocales et textes.",
        "pt": "Não vimos palavras na sua mensagem. Ela está guardada; envie uma nota de voz ou um texto.",
    },
    "unknown_kind": {
        "en": "We cannot read this kind of message yet. It is kept; send a voice note or a text and we will file it.",
        "es": "Aún no sabemos leer este tipo de mensaje. Queda guardado; envíe una nota de voz o un texto.",
        "de": "Diese Art von Nachricht können wir noch nicht lesen. Sie ist aufbewahrt; Sprache und Text legen wir ab.",
        "fr": "Nous ne savons pas encore lire ce type de message. Il est conservé. Envoyez un vocal ou un texte.",
        "pt": "Ainda não sabemos ler este tipo de mensagem. Ela está guardada; envie uma nota de voz ou um texto.",
    },
    "partly_uncertain": {
        "en": "We are not sure that we heard every part right. Please check it, and send again what is wrong.",
        "es": "No estamos seguros de haber oído bien todas las partes. Revíselo y envíe de nuevo lo que esté mal.",
        "de": "Wir sind nicht sicher, ob wir alles richtig gehört haben. Bitte prüfen und Falsches neu senden.",
        "fr": "Nous ne sommes pas sûrs d'avoir tout bien entendu. Merci de vérifier et de renvoyer ce qui est faux.",
        "pt": "Não temos certeza de ter ouvido tudo certo. Verifique e envie de novo o que estiver errado.",
    },
}

NAMES = frozenset(_PHRASES)


def phrase(name: str, language: str | None, **details: str) -> str:
    """The phrase in the language (a BCP 47 code), with its placeholders filled in."""
    return in_language(_PHRASES[name], language).format(**details)


def in_language(texts: dict[str, str], language: str | None) -> str:
    """The text of the language's main part (`pt` for `pt-BR`), else the English one."""
    return texts.get(primary(language or FALLBACK), texts[FALLBACK])
