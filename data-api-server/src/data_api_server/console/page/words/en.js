export default {
  // shell
  "nav.notes": "Notes", "nav.ask": "Ask", "nav.tasks": "Tasks", "nav.analyses": "Analyses", "nav.calls": "Calls",
  "nav.upload": "Upload", "nav.usage": "Usage", "nav.settings": "Settings", "nav.more": "More",
  "nav.needs_one": "{count} needs you", "nav.needs_other": "{count} need you",
  "shell.nav": "Pages", "shell.skip": "Skip to the page", "shell.key": "Key: {name}", "shell.close": "Close",
  "shell.live": "Live", "shell.connecting": "Connecting", "shell.gone": "Not live", "shell.lost": "Offline since {time}",
  "shell.slow": "Slow today. Still trying.", "shell.no-pages": "This key may not read anything here.",
  "shell.broken": "This page did not open.", "shell.broken.text": "Nothing is lost. Try again, or reload the page.",
  "offline.title": "No connection since {time}.", "offline.text": "Read and correct what is loaded.",
  "offline.next": "Next try in {seconds} s", "offline.now": "Try now",
  "notice.again": "Try again", "notice.details": "Details", "notice.no-answer": "The server did not answer.",
  "confirm.keep": "Keep", "done.undo": "Undo",
  "keys.title": "Keys", "keys.on": "Single keys are on", "keys.search": "Search", "keys.go": "Go to a page",
  "keys.move": "Next, previous", "keys.open": "Open, play", "keys.play": "Play, pause", "keys.seconds": "5 seconds back, on",
  "keys.line": "Line before, after", "keys.speed": "Slower, faster", "keys.unsure": "Next unsure line",
  "keys.edit": "Edit the line", "keys.save": "Save, next line", "keys.leave": "Leave", "keys.task": "Due day, owner",
  "keys.archive": "Archive", "keys.undo": "Undo",
  "status.received": "Received", "status.heard": "Heard", "status.understood": "Understood", "status.filed": "Filed",
  "status.searchable": "Searchable", "status.waiting": "Waiting", "status.refused": "Refused", "status.parked": "Parked",
  "status.overdue": "Overdue",

  // session
  "session.title": "Sign in with a key", "session.text": "Someone in your company made one for you. Paste it here.",
  "session.key": "API key", "session.show": "Show", "session.open": "Open console", "session.language": "Language",
  "session.kept": "The key stays in this tab. Close the tab and you are signed out.",
  "session.none": "I have no key", "session.out": "Sign out",
  "session.none.text": "Whoever runs this platform for your company makes keys. Ask for one with your name on it.",
  "session.empty": "Paste a key first.", "session.refused": "This key does not work. It may have been revoked.",
  "session.no-answer": "The server did not answer. Your key is still here. Try again.",

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
