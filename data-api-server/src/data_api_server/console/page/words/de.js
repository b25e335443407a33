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

  // player

  // ask

  // tasks

  // analyses

  // upload

  // usage

  // settings
};
