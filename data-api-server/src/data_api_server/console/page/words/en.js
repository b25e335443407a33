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
  "note.title": "Title", "note.summary": "Summary", "note.transcript": "Transcript", "note.text": "Text", "note.tasks": "Tasks",
  "note.reply": "Reply", "note.files": "Files", "note.parts": "Parts of the note", "note.ask": "Ask about this", "note.more": "More",
  "note.copy": "Copy link to this second", "note.copied": "Link copied", "note.again": "Read it again",
  "note.reading": "It is being read again", "note.gone": "This note is not here.", "note.gone.text": "It may have been erased.",
  "note.not-loaded": "The note did not load.", "note.edit": "Edit: {what}", "note.edit-line": "Edit the line at {at}",
  "note.play-at": "Play from {at}", "note.play-line": "Play this line", "note.line": "Words of the line", "note.leave": "Leave",
  "note.save": "Save", "note.saving": "Saving", "note.saved": "Saved", "note.was": "was “{text}”", "note.kept": "Kept here, not sent yet",
  "note.refused": "Not saved: the server refused this text. It is still here.",
  "note.not-saved": "Not saved. Your text is still here. {why}",
  "note.changed": "Somebody changed this meanwhile. Look at it, then save again.",
  "note.conflict": "Somebody corrected this line while you were writing.", "note.theirs": "theirs", "note.yours": "yours",
  "note.keep-theirs": "Keep theirs", "note.keep-yours": "Keep yours", "note.unsure": "Unsure: ", "note.follow": "Follow the recording",
  "note.no-words": "This note has no words.", "note.filed-as": "Filed as", "note.intent.job-to-be-done": "Task",
  "note.intent.knowledge-document": "Knowledge", "note.intent.other": "Other", "note.kind.voice": "WhatsApp voice",
  "note.kind.text": "WhatsApp text", "note.kind.video": "Video", "note.kind.image": "Picture", "note.kind.document": "Document",
  "note.kind.location": "Place", "note.kind.contact": "Contact", "note.kind.other": "Message", "note.task.what": "Task",
  "note.task.who": "Who", "note.task.by_when": "By when", "note.task.add": "Add", "note.task.remove": "Remove",
  "note.task.removed": "Task removed", "note.task.nobody": "No owner", "note.task.no-day": "no date", "note.no-tasks": "No tasks.",
  "note.reply.to": "Reply to {name}", "note.no-reply": "No reply was sent.", "note.reply.sending": "Sending",
  "note.reply.sent": "Sent {time}", "note.reply.delivered": "Delivered {time}", "note.reply.read": "Read {time}",
  "note.reply.failed": "Not delivered, {time}", "note.file.audio": "Recording", "note.file.video": "Video", "note.file.image": "Picture",
  "note.file.document": "Document", "note.file.contact": "Contact", "note.file.full_text": "Transcript",
  "note.file.text_summary": "Summary", "note.file.segments": "Lines with times", "note.file.analysis": "What was understood",
  "note.file.gone": "gone", "note.understanding.under-way": "The corrected words are being read again.",
  "note.understanding.failed": "The corrected words could not be read again. The title is from before.",
  "note.understanding.over-budget": "Not read again: the budget of this month is used up.", "note.erase": "Erase note",
  "note.erase.title": "Erase this note?", "note.erase.voice": "The recording, its words, its tasks and the copies at Twilio go for good.",
  "note.erase.text": "Its words, its files, its tasks and the copies at Twilio go for good.",
  "note.erase.kept": "{name} keeps what is on the phone.", "note.erased": "Erased",
  "note.receipt": "Erased {time}: {what}, its words in search. Kept: that it existed.", "note.files.count_one": "{count} file",
  "note.files.count_other": "{count} files", "note.replies.count_one": "{count} reply", "note.replies.count_other": "{count} replies",
  "note.copies.count_one": "{count} copy at Twilio", "note.copies.count_other": "{count} copies at Twilio",

  // player
  "player.name": "Recording", "player.place": "Place in the recording", "player.of": "{at} of {duration}", "player.play": "Play",
  "player.pause": "Pause", "player.back": "5 seconds back", "player.on": "5 seconds on", "player.speed": "Speed",
  "player.speed.now": "Speed: {rate}×", "player.unsure_one": "{count} unsure", "player.unsure_other": "{count} unsure",
  "player.unsure.before": "Unsure line before", "player.unsure.next": "Next unsure line", "player.failed": "The recording did not load.",
  "citation.play": "Play {what}", "citation.pause": "Pause {what}", "citation.written": "written {when}", "citation.erased": "erased",

  // ask

  // tasks

  // analyses

  // upload

  // usage

  // settings
};
