export default {
  // shell
  "nav.notes": "Notes", "nav.ask": "Demander", "nav.tasks": "Tâches", "nav.analyses": "Analyses", "nav.calls": "Appels",
  "nav.upload": "Envoyer", "nav.usage": "Consommation", "nav.settings": "Réglages", "nav.more": "Plus",
  "nav.needs_one": "{count} a besoin de vous", "nav.needs_other": "{count} ont besoin de vous",
  "shell.nav": "Pages", "shell.skip": "Aller à la page", "shell.key": "Clé : {name}", "shell.close": "Fermer",
  "shell.live": "En direct", "shell.connecting": "Connexion", "shell.gone": "Pas en direct",
  "shell.lost": "Hors ligne depuis {time}",
  "shell.slow": "C’est lent aujourd’hui. Nous essayons encore.", "shell.no-pages": "Cette clé ne peut rien lire ici.",
  "shell.broken": "Cette page ne s’est pas ouverte.",
  "shell.broken.text": "Rien n’est perdu. Réessayez, ou rechargez la page.",
  "offline.title": "Pas de connexion depuis {time}.", "offline.text": "Vous pouvez lire et corriger ce qui est chargé.",
  "offline.next": "Prochain essai dans {seconds} s", "offline.now": "Essayer maintenant",
  "notice.again": "Réessayer", "notice.details": "Détails", "notice.no-answer": "Le serveur n’a pas répondu.",
  "confirm.keep": "Garder", "done.undo": "Annuler",
  "keys.title": "Touches", "keys.on": "Les touches seules sont actives", "keys.search": "Chercher",
  "keys.go": "Aller à une page",
  "keys.move": "Suivante, précédente", "keys.open": "Ouvrir, écouter", "keys.play": "Écouter, pause",
  "keys.seconds": "5 secondes en arrière, en avant",
  "keys.line": "Ligne avant, après", "keys.speed": "Plus lent, plus vite", "keys.unsure": "Ligne incertaine suivante",
  "keys.edit": "Modifier la ligne", "keys.save": "Enregistrer, ligne suivante", "keys.leave": "Quitter",
  "keys.task": "Échéance, responsable",
  "keys.archive": "Archiver", "keys.undo": "Annuler",
  "status.received": "Reçue", "status.heard": "Entendue", "status.understood": "Comprise", "status.filed": "Classée",
  "status.searchable": "Trouvable", "status.waiting": "En attente", "status.refused": "Refusée",
  "status.parked": "Mise de côté",
  "status.overdue": "En retard",

  // session
  "session.title": "Se connecter avec une clé",
  "session.text": "Quelqu’un de votre entreprise en a fait une pour vous. Collez-la ici.",
  "session.key": "Clé d’API", "session.show": "Afficher", "session.open": "Ouvrir la console",
  "session.language": "Langue",
  "session.kept": "La clé reste dans cet onglet. Fermez l’onglet et vous êtes déconnecté.",
  "session.none": "Je n’ai pas de clé", "session.out": "Se déconnecter",
  "session.none.text": "La personne qui gère cette plateforme pour votre entreprise fait les clés. Demandez-en une à votre nom.",
  "session.empty": "Collez d’abord une clé.",
  "session.refused": "Cette clé ne marche pas. Elle a peut-être été révoquée.",
  "session.no-answer": "Le serveur n’a pas répondu. Votre clé est encore là. Réessayez.",

  // notes

  // note
  "note.title": "Titre", "note.summary": "Résumé", "note.transcript": "Transcription", "note.text": "Texte", "note.tasks": "Tâches",
  "note.reply": "Réponse", "note.files": "Fichiers", "note.parts": "Parties de la note", "note.ask": "Poser une question",
  "note.more": "Plus", "note.copy": "Copier le lien vers cette seconde", "note.copied": "Lien copié", "note.again": "La relire",
  "note.reading": "Elle est en cours de relecture", "note.gone": "Cette note n’est pas ici.",
  "note.gone.text": "Elle a peut-être été effacée.", "note.not-loaded": "La note ne s’est pas chargée.", "note.edit": "Modifier : {what}",
  "note.edit-line": "Modifier la ligne à {at}", "note.play-at": "Écouter à partir de {at}", "note.play-line": "Écouter cette ligne",
  "note.line": "Mots de la ligne", "note.leave": "Quitter", "note.save": "Enregistrer", "note.saving": "Enregistrement",
  "note.saved": "Enregistré", "note.was": "avant « {text} »", "note.kept": "Gardé ici, pas encore envoyé",
  "note.refused": "Non enregistré : le serveur a refusé ce texte. Il est toujours ici.",
  "note.not-saved": "Non enregistré. Votre texte est toujours ici. {why}",
  "note.changed": "Quelqu’un a changé cela entre-temps. Regardez, puis enregistrez de nouveau.",
  "note.conflict": "Quelqu’un a corrigé cette ligne pendant que vous écriviez.", "note.theirs": "la leur", "note.yours": "la vôtre",
  "note.keep-theirs": "Garder la leur", "note.keep-yours": "Garder la vôtre", "note.unsure": "Incertain : ",
  "note.follow": "Suivre l’enregistrement", "note.no-words": "Cette note n’a pas de mots.", "note.filed-as": "Classée comme",
  "note.intent.job-to-be-done": "Tâche", "note.intent.knowledge-document": "Savoir", "note.intent.other": "Autre",
  "note.kind.voice": "Vocal WhatsApp", "note.kind.text": "Texte WhatsApp", "note.kind.video": "Vidéo", "note.kind.image": "Image",
  "note.kind.document": "Document", "note.kind.location": "Lieu", "note.kind.contact": "Contact", "note.kind.other": "Message",
  "note.task.what": "Tâche", "note.task.who": "Qui", "note.task.by_when": "Pour quand", "note.task.add": "Ajouter",
  "note.task.remove": "Retirer", "note.task.removed": "Tâche retirée", "note.task.nobody": "Personne", "note.task.no-day": "pas de date",
  "note.no-tasks": "Aucune tâche.", "note.reply.to": "Réponse à {name}", "note.no-reply": "Aucune réponse n’a été envoyée.",
  "note.reply.sending": "En cours d’envoi", "note.reply.sent": "Envoyée {time}", "note.reply.delivered": "Remise {time}",
  "note.reply.read": "Lue {time}", "note.reply.failed": "Non remise, {time}", "note.file.audio": "Enregistrement",
  "note.file.video": "Vidéo", "note.file.image": "Image", "note.file.document": "Document", "note.file.contact": "Contact",
  "note.file.full_text": "Transcription", "note.file.text_summary": "Résumé", "note.file.segments": "Lignes et temps",
  "note.file.analysis": "Ce qui a été compris", "note.file.gone": "absent",
  "note.understanding.under-way": "Les mots corrigés sont en cours de relecture.",
  "note.understanding.failed": "Les mots corrigés n’ont pas pu être relus. Le titre est celui d’avant.",
  "note.understanding.over-budget": "Pas relu : le budget de ce mois est épuisé.", "note.erase": "Effacer la note",
  "note.erase.title": "Effacer cette note ?",
  "note.erase.voice": "L’enregistrement, ses mots, ses tâches et les copies chez Twilio disparaissent pour toujours.",
  "note.erase.text": "Ses mots, ses fichiers, ses tâches et les copies chez Twilio disparaissent pour toujours.",
  "note.erase.kept": "{name} garde ce qui est sur son téléphone.", "note.erased": "Effacée",
  "note.receipt": "Effacée {time} : {what}, ses mots dans la recherche. Reste : qu’elle a existé.",
  "note.files.count_one": "{count} fichier", "note.files.count_other": "{count} fichiers", "note.replies.count_one": "{count} réponse",
  "note.replies.count_other": "{count} réponses", "note.copies.count_one": "{count} copie chez Twilio",
  "note.copies.count_other": "{count} copies chez Twilio",

  // player
  "player.name": "Enregistrement", "player.place": "Endroit de l’enregistrement", "player.of": "{at} sur {duration}",
  "player.play": "Écouter", "player.pause": "Pause", "player.back": "Reculer de 5 secondes", "player.on": "Avancer de 5 secondes",
  "player.speed": "Vitesse", "player.speed.now": "Vitesse : {rate}×", "player.unsure_one": "{count} incertain",
  "player.unsure_other": "{count} incertains", "player.unsure.before": "Ligne incertaine précédente",
  "player.unsure.next": "Ligne incertaine suivante", "player.failed": "L’enregistrement ne s’est pas chargé.",
  "citation.play": "Écouter {what}", "citation.pause": "Pause {what}", "citation.written": "écrit {when}", "citation.erased": "effacée",

  // ask

  // tasks

  // analyses

  // upload

  // usage

  // settings
};
