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
  "note.title": "Título", "note.summary": "Resumo", "note.transcript": "Transcrição", "note.text": "Texto", "note.tasks": "Tarefas",
  "note.reply": "Resposta", "note.files": "Ficheiros", "note.parts": "Partes da nota", "note.ask": "Perguntar sobre isto",
  "note.more": "Mais", "note.copy": "Copiar ligação para este segundo", "note.copied": "Ligação copiada", "note.again": "Ler de novo",
  "note.reading": "Está a ser lida de novo", "note.gone": "Esta nota não está aqui.", "note.gone.text": "Talvez tenha sido apagada.",
  "note.not-loaded": "A nota não carregou.", "note.edit": "Editar: {what}", "note.edit-line": "Editar a linha em {at}",
  "note.play-at": "Ouvir a partir de {at}", "note.play-line": "Ouvir esta linha", "note.line": "Palavras da linha", "note.leave": "Sair",
  "note.save": "Guardar", "note.saving": "A guardar", "note.saved": "Guardado", "note.was": "antes “{text}”",
  "note.kept": "Guardado aqui, ainda não enviado", "note.refused": "Não guardado: o servidor recusou o texto. Continua aqui.",
  "note.not-saved": "Não guardado. O seu texto continua aqui. {why}",
  "note.changed": "Alguém mudou isto entretanto. Veja e guarde de novo.", "note.conflict": "Alguém corrigiu esta linha enquanto escrevia.",
  "note.theirs": "a outra", "note.yours": "a sua", "note.keep-theirs": "Manter a outra", "note.keep-yours": "Manter a sua",
  "note.unsure": "Incerto: ", "note.follow": "Seguir a gravação", "note.no-words": "Esta nota não tem palavras.",
  "note.filed-as": "Arquivada como", "note.intent.job-to-be-done": "Tarefa", "note.intent.knowledge-document": "Conhecimento",
  "note.intent.other": "Outro", "note.kind.voice": "Voz por WhatsApp", "note.kind.text": "Texto por WhatsApp", "note.kind.video": "Vídeo",
  "note.kind.image": "Imagem", "note.kind.document": "Documento", "note.kind.location": "Lugar", "note.kind.contact": "Contacto",
  "note.kind.other": "Mensagem", "note.task.what": "Tarefa", "note.task.who": "Quem", "note.task.by_when": "Para quando",
  "note.task.add": "Adicionar", "note.task.remove": "Remover", "note.task.removed": "Tarefa removida", "note.task.nobody": "Ninguém",
  "note.task.no-day": "sem data", "note.no-tasks": "Sem tarefas.", "note.reply.to": "Resposta a {name}",
  "note.no-reply": "Nenhuma resposta foi enviada.", "note.reply.sending": "A enviar", "note.reply.sent": "Enviada {time}",
  "note.reply.delivered": "Entregue {time}", "note.reply.read": "Lida {time}", "note.reply.failed": "Não entregue, {time}",
  "note.file.audio": "Gravação", "note.file.video": "Vídeo", "note.file.image": "Imagem", "note.file.document": "Documento",
  "note.file.contact": "Contacto", "note.file.full_text": "Transcrição", "note.file.text_summary": "Resumo",
  "note.file.segments": "Linhas com tempos", "note.file.analysis": "O que se entendeu", "note.file.gone": "em falta",
  "note.understanding.under-way": "As palavras corrigidas estão a ser lidas de novo.",
  "note.understanding.failed": "Não foi possível ler de novo as palavras corrigidas. O título é o de antes.",
  "note.understanding.over-budget": "Não foi lida de novo: o orçamento deste mês acabou.", "note.erase": "Apagar nota",
  "note.erase.title": "Apagar esta nota?",
  "note.erase.voice": "A gravação, as suas palavras, as suas tarefas e as cópias na Twilio desaparecem para sempre.",
  "note.erase.text": "As suas palavras, ficheiros e tarefas e as cópias na Twilio desaparecem para sempre.",
  "note.erase.kept": "{name} fica com o que está no telefone.", "note.erased": "Apagada",
  "note.receipt": "Apagada {time}: {what}, as suas palavras na pesquisa. Fica: que existiu.", "note.files.count_one": "{count} ficheiro",
  "note.files.count_other": "{count} ficheiros", "note.replies.count_one": "{count} resposta",
  "note.replies.count_other": "{count} respostas", "note.copies.count_one": "{count} cópia na Twilio",
  "note.copies.count_other": "{count} cópias na Twilio",

  // player
  "player.name": "Gravação", "player.place": "Lugar na gravação", "player.of": "{at} de {duration}", "player.play": "Ouvir",
  "player.pause": "Pausa", "player.back": "5 segundos atrás", "player.on": "5 segundos à frente", "player.speed": "Velocidade",
  "player.speed.now": "Velocidade: {rate}×", "player.unsure_one": "{count} incerta", "player.unsure_other": "{count} incertas",
  "player.unsure.before": "Linha incerta anterior", "player.unsure.next": "Próxima linha incerta",
  "player.failed": "A gravação não carregou.", "citation.play": "Ouvir {what}", "citation.pause": "Pausar {what}",
  "citation.written": "escrito {when}", "citation.erased": "apagada",

  // ask

  // tasks

  // analyses

  // upload

  // usage

  // settings
};
