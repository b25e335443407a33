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

  // player

  // ask

  // tasks

  // analyses

  // upload

  // usage

  // settings
};
