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

  // player

  // ask

  // tasks

  // analyses

  // upload

  // usage

  // settings
};
