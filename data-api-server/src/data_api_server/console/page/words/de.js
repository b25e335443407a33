export default {
  // shell
  "nav.notes": "Notizen", "nav.ask": "Fragen", "nav.tasks": "Aufgaben", "nav.analyses": "Auswertungen",
  "nav.calls": "Anrufe",
  "nav.upload": "Hochladen", "nav.usage": "Verbrauch", "nav.settings": "Einstellungen", "nav.more": "Mehr",
  "nav.needs_one": "{count} braucht Sie", "nav.needs_other": "{count} brauchen Sie",
  "shell.nav": "Seiten", "shell.skip": "Zur Seite springen", "shell.key": "Schlüssel: {name}",
  "shell.close": "Schließen",
  "shell.live": "Live", "shell.connecting": "Verbindung wird hergestellt", "shell.gone": "Nicht live",
  "shell.lost": "Offline seit {time}",
  "shell.slow": "Heute langsam. Wir versuchen es weiter.", "shell.no-pages": "Dieser Schlüssel darf hier nichts lesen.",
  "shell.broken": "Diese Seite hat sich nicht geöffnet.",
  "shell.broken.text": "Nichts ist verloren. Versuchen Sie es noch einmal, oder laden Sie die Seite neu.",
  "offline.title": "Keine Verbindung seit {time}.",
  "offline.text": "Was geladen ist, können Sie lesen und korrigieren.",
  "offline.next": "Nächster Versuch in {seconds} s", "offline.now": "Jetzt versuchen",
  "notice.again": "Noch einmal versuchen", "notice.details": "Einzelheiten",
  "notice.no-answer": "Der Server hat nicht geantwortet.",
  "confirm.keep": "Behalten", "done.undo": "Rückgängig",
  "keys.title": "Tasten", "keys.on": "Einzelne Tasten sind an", "keys.search": "Suchen", "keys.go": "Zu einer Seite",
  "keys.move": "Nächste, vorige", "keys.open": "Öffnen, abspielen", "keys.play": "Abspielen, Pause",
  "keys.seconds": "5 Sekunden zurück, vor",
  "keys.line": "Zeile davor, danach", "keys.speed": "Langsamer, schneller", "keys.unsure": "Nächste unsichere Zeile",
  "keys.edit": "Zeile bearbeiten", "keys.save": "Speichern, nächste Zeile", "keys.leave": "Verlassen",
  "keys.task": "Fälliger Tag, wer",
  "keys.archive": "Archivieren", "keys.undo": "Rückgängig",
  "status.received": "Erhalten", "status.heard": "Gehört", "status.understood": "Verstanden",
  "status.filed": "Abgelegt",
  "status.searchable": "Durchsuchbar", "status.waiting": "Wartet", "status.refused": "Abgelehnt",
  "status.parked": "Zurückgestellt",
  "status.overdue": "Überfällig",

  // session
  "session.title": "Mit einem Schlüssel anmelden",
  "session.text": "Jemand in Ihrer Firma hat einen für Sie gemacht. Fügen Sie ihn hier ein.",
  "session.key": "API-Schlüssel", "session.show": "Zeigen", "session.open": "Konsole öffnen",
  "session.language": "Sprache",
  "session.kept": "Der Schlüssel bleibt in diesem Tab. Schließen Sie den Tab, dann sind Sie abgemeldet.",
  "session.none": "Ich habe keinen Schlüssel", "session.out": "Abmelden",
  "session.none.text": "Wer diese Plattform für Ihre Firma betreibt, macht Schlüssel. Bitten Sie um einen mit Ihrem Namen.",
  "session.empty": "Fügen Sie zuerst einen Schlüssel ein.",
  "session.refused": "Dieser Schlüssel geht nicht. Vielleicht wurde er widerrufen.",
  "session.no-answer": "Der Server hat nicht geantwortet. Ihr Schlüssel steht noch hier. Versuchen Sie es noch einmal.",

  // notes

  // note
  "note.title": "Titel", "note.summary": "Zusammenfassung", "note.transcript": "Mitschrift", "note.text": "Text", "note.tasks": "Aufgaben",
  "note.reply": "Antwort", "note.files": "Dateien", "note.parts": "Teile der Notiz", "note.ask": "Dazu fragen", "note.more": "Mehr",
  "note.copy": "Link zu dieser Sekunde kopieren", "note.copied": "Link kopiert", "note.again": "Noch einmal auswerten",
  "note.reading": "Sie wird noch einmal ausgewertet", "note.gone": "Diese Notiz ist nicht hier.",
  "note.gone.text": "Vielleicht wurde sie gelöscht.", "note.not-loaded": "Die Notiz wurde nicht geladen.",
  "note.edit": "Bearbeiten: {what}", "note.edit-line": "Zeile bei {at} bearbeiten", "note.play-at": "Ab {at} abspielen",
  "note.play-line": "Diese Zeile abspielen", "note.line": "Worte der Zeile", "note.leave": "Verlassen", "note.save": "Speichern",
  "note.saving": "Wird gespeichert", "note.saved": "Gespeichert", "note.was": "vorher „{text}“",
  "note.kept": "Hier behalten, noch nicht gesendet",
  "note.refused": "Nicht gespeichert: Der Server hat den Text abgelehnt. Er steht noch hier.",
  "note.not-saved": "Nicht gespeichert. Ihr Text steht noch hier. {why}",
  "note.changed": "Jemand hat das inzwischen geändert. Sehen Sie nach und speichern Sie dann noch einmal.",
  "note.conflict": "Jemand hat diese Zeile korrigiert, während Sie schrieben.", "note.theirs": "von dort", "note.yours": "Ihre",
  "note.keep-theirs": "Andere behalten", "note.keep-yours": "Ihre behalten", "note.unsure": "Unsicher: ",
  "note.follow": "Der Aufnahme folgen", "note.no-words": "Diese Notiz hat keine Worte.", "note.filed-as": "Abgelegt als",
  "note.intent.job-to-be-done": "Aufgabe", "note.intent.knowledge-document": "Wissen", "note.intent.other": "Anderes",
  "note.kind.voice": "WhatsApp-Sprachnachricht", "note.kind.text": "WhatsApp-Text", "note.kind.video": "Video", "note.kind.image": "Bild",
  "note.kind.document": "Dokument", "note.kind.location": "Ort", "note.kind.contact": "Kontakt", "note.kind.other": "Nachricht",
  "note.task.what": "Aufgabe", "note.task.who": "Wer", "note.task.by_when": "Bis wann", "note.task.add": "Hinzufügen",
  "note.task.remove": "Entfernen", "note.task.removed": "Aufgabe entfernt", "note.task.nobody": "Niemand", "note.task.no-day": "kein Datum",
  "note.no-tasks": "Keine Aufgaben.", "note.reply.to": "Antwort an {name}", "note.no-reply": "Es wurde keine Antwort gesendet.",
  "note.reply.sending": "Wird gesendet", "note.reply.sent": "Gesendet {time}", "note.reply.delivered": "Zugestellt {time}",
  "note.reply.read": "Gelesen {time}", "note.reply.failed": "Nicht zugestellt, {time}", "note.file.audio": "Aufnahme",
  "note.file.video": "Video", "note.file.image": "Bild", "note.file.document": "Dokument", "note.file.contact": "Kontakt",
  "note.file.full_text": "Mitschrift", "note.file.text_summary": "Zusammenfassung", "note.file.segments": "Zeilen mit Zeiten",
  "note.file.analysis": "Was verstanden wurde", "note.file.gone": "weg",
  "note.understanding.under-way": "Die korrigierten Worte werden noch einmal ausgewertet.",
  "note.understanding.failed": "Die korrigierten Worte konnten nicht ausgewertet werden. Der Titel ist von vorher.",
  "note.understanding.over-budget": "Nicht ausgewertet: Das Budget dieses Monats ist aufgebraucht.", "note.erase": "Notiz löschen",
  "note.erase.title": "Diese Notiz löschen?",
  "note.erase.voice": "Die Aufnahme, ihre Worte, ihre Aufgaben und die Kopien bei Twilio sind dann für immer weg.",
  "note.erase.text": "Ihre Worte, Dateien und Aufgaben und die Kopien bei Twilio sind dann für immer weg.",
  "note.erase.kept": "{name} behält, was auf dem Telefon ist.", "note.erased": "Gelöscht",
  "note.receipt": "Gelöscht {time}: {what}, ihre Worte in der Suche. Behalten: dass es sie gab.", "note.files.count_one": "{count} Datei",
  "note.files.count_other": "{count} Dateien", "note.replies.count_one": "{count} Antwort", "note.replies.count_other": "{count} Antworten",
  "note.copies.count_one": "{count} Kopie bei Twilio", "note.copies.count_other": "{count} Kopien bei Twilio",

  // player
  "player.name": "Aufnahme", "player.place": "Stelle der Aufnahme", "player.of": "{at} von {duration}", "player.play": "Abspielen",
  "player.pause": "Pause", "player.back": "5 Sekunden zurück", "player.on": "5 Sekunden vor", "player.speed": "Tempo",
  "player.speed.now": "Tempo: {rate}×", "player.unsure_one": "{count} unsicher", "player.unsure_other": "{count} unsicher",
  "player.unsure.before": "Unsichere Zeile davor", "player.unsure.next": "Nächste unsichere Zeile",
  "player.failed": "Die Aufnahme wurde nicht geladen.", "citation.play": "{what} abspielen", "citation.pause": "{what} anhalten",
  "citation.written": "geschrieben {when}", "citation.erased": "gelöscht",

  // ask

  // tasks

  // analyses

  // upload

  // usage

  // settings
};
