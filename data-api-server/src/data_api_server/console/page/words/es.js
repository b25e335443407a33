export default {
  // shell
  "nav.notes": "Notas", "nav.ask": "Preguntar", "nav.tasks": "Tareas", "nav.analyses": "Análisis",
  "nav.calls": "Llamadas",
  "nav.upload": "Subir", "nav.usage": "Consumo", "nav.settings": "Ajustes", "nav.more": "Más",
  "nav.needs_one": "{count} le necesita", "nav.needs_other": "{count} le necesitan",
  "shell.nav": "Páginas", "shell.skip": "Saltar a la página", "shell.key": "Clave: {name}", "shell.close": "Cerrar",
  "shell.live": "En directo", "shell.connecting": "Conectando", "shell.gone": "Sin directo",
  "shell.lost": "Sin conexión desde las {time}",
  "shell.slow": "Hoy va lento. Seguimos intentándolo.", "shell.no-pages": "Esta clave no puede leer nada aquí.",
  "shell.broken": "Esta página no se abrió.",
  "shell.broken.text": "No se ha perdido nada. Inténtelo otra vez o recargue la página.",
  "offline.title": "Sin conexión desde las {time}.", "offline.text": "Puede leer y corregir lo que está cargado.",
  "offline.next": "Próximo intento en {seconds} s", "offline.now": "Intentar ahora",
  "notice.again": "Intentar otra vez", "notice.details": "Detalles", "notice.no-answer": "El servidor no respondió.",
  "confirm.keep": "Conservar", "done.undo": "Deshacer",
  "keys.title": "Teclas", "keys.on": "Las teclas sueltas están activadas", "keys.search": "Buscar",
  "keys.go": "Ir a una página",
  "keys.move": "Siguiente, anterior", "keys.open": "Abrir, escuchar", "keys.play": "Escuchar, pausa",
  "keys.seconds": "5 segundos atrás, adelante",
  "keys.line": "Línea anterior, siguiente", "keys.speed": "Más lento, más rápido",
  "keys.unsure": "Siguiente línea dudosa",
  "keys.edit": "Editar la línea", "keys.save": "Guardar, línea siguiente", "keys.leave": "Salir",
  "keys.task": "Fecha, responsable",
  "keys.archive": "Archivar", "keys.undo": "Deshacer",
  "status.received": "Recibida", "status.heard": "Oída", "status.understood": "Entendida", "status.filed": "Guardada",
  "status.searchable": "Se puede buscar", "status.waiting": "En espera", "status.refused": "Rechazada",
  "status.parked": "Apartada",
  "status.overdue": "Vencida",

  // session
  "session.title": "Entrar con una clave", "session.text": "Alguien de su empresa hizo una para usted. Péguela aquí.",
  "session.key": "Clave de API", "session.show": "Mostrar", "session.open": "Abrir la consola",
  "session.language": "Idioma",
  "session.kept": "La clave se queda en esta pestaña. Al cerrarla, sale de la sesión.",
  "session.none": "No tengo clave", "session.out": "Salir",
  "session.none.text": "Quien lleva esta plataforma para su empresa hace las claves. Pida una con su nombre.",
  "session.empty": "Primero pegue una clave.", "session.refused": "Esta clave no funciona. Puede que la hayan anulado.",
  "session.no-answer": "El servidor no respondió. Su clave sigue aquí. Inténtelo otra vez.",

  // notes

  // note
  "note.title": "Título", "note.summary": "Resumen", "note.transcript": "Transcripción", "note.text": "Texto", "note.tasks": "Tareas",
  "note.reply": "Respuesta", "note.files": "Archivos", "note.parts": "Partes de la nota", "note.ask": "Preguntar sobre esto",
  "note.more": "Más", "note.copy": "Copiar enlace a este segundo", "note.copied": "Enlace copiado", "note.again": "Leerla de nuevo",
  "note.reading": "Se está leyendo de nuevo", "note.gone": "Esta nota no está aquí.", "note.gone.text": "Quizá se borró.",
  "note.not-loaded": "La nota no se cargó.", "note.edit": "Editar: {what}", "note.edit-line": "Editar la línea en {at}",
  "note.play-at": "Reproducir desde {at}", "note.play-line": "Reproducir esta línea", "note.line": "Palabras de la línea",
  "note.leave": "Salir", "note.save": "Guardar", "note.saving": "Guardando", "note.saved": "Guardado", "note.was": "antes «{text}»",
  "note.kept": "Guardado aquí, aún sin enviar", "note.refused": "No guardado: el servidor rechazó el texto. Sigue aquí.",
  "note.not-saved": "No guardado. Su texto sigue aquí. {why}", "note.changed": "Alguien cambió esto entretanto. Mírelo y guarde de nuevo.",
  "note.conflict": "Alguien corrigió esta línea mientras usted escribía.", "note.theirs": "la otra", "note.yours": "la suya",
  "note.keep-theirs": "Dejar la otra", "note.keep-yours": "Dejar la suya", "note.unsure": "Dudoso: ", "note.follow": "Seguir la grabación",
  "note.no-words": "Esta nota no tiene palabras.", "note.filed-as": "Archivada como", "note.intent.job-to-be-done": "Tarea",
  "note.intent.knowledge-document": "Conocimiento", "note.intent.other": "Otro", "note.kind.voice": "Voz por WhatsApp",
  "note.kind.text": "Texto por WhatsApp", "note.kind.video": "Vídeo", "note.kind.image": "Imagen", "note.kind.document": "Documento",
  "note.kind.location": "Lugar", "note.kind.contact": "Contacto", "note.kind.other": "Mensaje", "note.task.what": "Tarea",
  "note.task.who": "Quién", "note.task.by_when": "Para cuándo", "note.task.add": "Añadir", "note.task.remove": "Quitar",
  "note.task.removed": "Tarea quitada", "note.task.nobody": "Sin dueño", "note.task.no-day": "sin fecha", "note.no-tasks": "Sin tareas.",
  "note.reply.to": "Respuesta a {name}", "note.no-reply": "No se envió respuesta.", "note.reply.sending": "Enviando",
  "note.reply.sent": "Enviada {time}", "note.reply.delivered": "Entregada {time}", "note.reply.read": "Leída {time}",
  "note.reply.failed": "No entregada, {time}", "note.file.audio": "Grabación", "note.file.video": "Vídeo", "note.file.image": "Imagen",
  "note.file.document": "Documento", "note.file.contact": "Contacto", "note.file.full_text": "Transcripción",
  "note.file.text_summary": "Resumen", "note.file.segments": "Líneas con tiempos", "note.file.analysis": "Lo entendido",
  "note.file.gone": "no está", "note.understanding.under-way": "Se están leyendo de nuevo las palabras corregidas.",
  "note.understanding.failed": "No se pudieron leer de nuevo las palabras corregidas. El título es el de antes.",
  "note.understanding.over-budget": "No se leyó de nuevo: el presupuesto de este mes está agotado.", "note.erase": "Borrar nota",
  "note.erase.title": "¿Borrar esta nota?",
  "note.erase.voice": "La grabación, sus palabras, sus tareas y las copias en Twilio se van para siempre.",
  "note.erase.text": "Sus palabras, archivos y tareas y las copias en Twilio se van para siempre.",
  "note.erase.kept": "{name} conserva lo que hay en su teléfono.", "note.erased": "Borrada",
  "note.receipt": "Borrada {time}: {what}, sus palabras en la búsqueda. Queda: que existió.", "note.files.count_one": "{count} archivo",
  "note.files.count_other": "{count} archivos", "note.replies.count_one": "{count} respuesta",
  "note.replies.count_other": "{count} respuestas", "note.copies.count_one": "{count} copia en Twilio",
  "note.copies.count_other": "{count} copias en Twilio",

  // player
  "player.name": "Grabación", "player.place": "Lugar en la grabación", "player.of": "{at} de {duration}", "player.play": "Reproducir",
  "player.pause": "Pausa", "player.back": "5 segundos atrás", "player.on": "5 segundos adelante", "player.speed": "Velocidad",
  "player.speed.now": "Velocidad: {rate}×", "player.unsure_one": "{count} dudosa", "player.unsure_other": "{count} dudosas",
  "player.unsure.before": "Línea dudosa anterior", "player.unsure.next": "Siguiente línea dudosa",
  "player.failed": "La grabación no se cargó.", "citation.play": "Reproducir {what}", "citation.pause": "Pausar {what}",
  "citation.written": "escrito {when}", "citation.erased": "borrada",

  // ask

  // tasks

  // analyses

  // upload

  // usage

  // settings
};
