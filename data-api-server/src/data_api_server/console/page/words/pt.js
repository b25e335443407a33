export default {
  // shell
  "nav.notes": "Notas", "nav.ask": "Perguntar", "nav.tasks": "Tarefas", "nav.analyses": "Análises",
  "nav.calls": "Chamadas",
  "nav.upload": "Enviar", "nav.usage": "Consumo", "nav.settings": "Definições", "nav.more": "Mais",
  "nav.needs_one": "{count} precisa de si", "nav.needs_other": "{count} precisam de si",
  "shell.nav": "Páginas", "shell.skip": "Saltar para a página", "shell.key": "Chave: {name}", "shell.close": "Fechar",
  "shell.live": "Em direto", "shell.connecting": "A ligar", "shell.gone": "Sem direto",
  "shell.lost": "Sem ligação desde as {time}",
  "shell.slow": "Hoje está lento. Continuamos a tentar.", "shell.no-pages": "Esta chave não pode ler nada aqui.",
  "shell.broken": "Esta página não abriu.",
  "shell.broken.text": "Nada se perdeu. Tente outra vez ou recarregue a página.",
  "offline.title": "Sem ligação desde as {time}.", "offline.text": "Pode ler e corrigir o que está carregado.",
  "offline.next": "Próxima tentativa em {seconds} s", "offline.now": "Tentar agora",
  "notice.again": "Tentar outra vez", "notice.details": "Detalhes", "notice.no-answer": "O servidor não respondeu.",
  "confirm.keep": "Manter", "done.undo": "Anular",
  "keys.title": "Teclas", "keys.on": "As teclas simples estão ligadas", "keys.search": "Procurar",
  "keys.go": "Ir para uma página",
  "keys.move": "Seguinte, anterior", "keys.open": "Abrir, ouvir", "keys.play": "Ouvir, pausa",
  "keys.seconds": "5 segundos para trás, para a frente",
  "keys.line": "Linha anterior, seguinte", "keys.speed": "Mais lento, mais rápido",
  "keys.unsure": "Próxima linha incerta",
  "keys.edit": "Editar a linha", "keys.save": "Guardar, linha seguinte", "keys.leave": "Sair",
  "keys.task": "Prazo, responsável",
  "keys.archive": "Arquivar", "keys.undo": "Anular",
  "status.received": "Recebida", "status.heard": "Ouvida", "status.understood": "Entendida", "status.filed": "Arrumada",
  "status.searchable": "Pesquisável", "status.waiting": "À espera", "status.refused": "Recusada",
  "status.parked": "Posta de lado",
  "status.overdue": "Em atraso",

  // session
  "session.title": "Entrar com uma chave", "session.text": "Alguém da sua empresa fez uma para si. Cole-a aqui.",
  "session.key": "Chave da API", "session.show": "Mostrar", "session.open": "Abrir a consola",
  "session.language": "Língua",
  "session.kept": "A chave fica neste separador. Se o fechar, sai da sessão.",
  "session.none": "Não tenho chave", "session.out": "Sair",
  "session.none.text": "Quem gere esta plataforma para a sua empresa faz as chaves. Peça uma com o seu nome.",
  "session.empty": "Cole primeiro uma chave.", "session.refused": "Esta chave não funciona. Pode ter sido anulada.",
  "session.no-answer": "O servidor não respondeu. A sua chave continua aqui. Tente outra vez.",

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
