"""Words that only form a question, by language: they do not say what it is about."""

ONLY_ASKING = {
    "en": """
        a an the and or but nor so as at by for from in into of off on onto out over to up upon with without within
        about against among between during through towards toward under after before behind beside besides beyond
        per via than then there here this that these those it its he she they them their theirs his her hers him we
        us our ours you your yours i me my mine who whom whose which what when where why how is are was were be been
        being am do does did doing done have has had having can could may might must shall should will would not no
        any some all each every both either neither few more most much many other others another such same own only
        also too very just if while because since until though although whether again once ever s t d ll m re ve
        summarize summarise summary summaries describe explain outline list give tell show find name please want
        know discuss discussed discusses discussing discussion discussions talk talked talks talking conversation
        say said says saying mention mentioned mentions mentioning think thought thoughts thinks thinking opinion
        opinions view views viewpoint idea ideas attitude attitudes believe believed feel felt suggest suggested
        suggests suggesting suggestion suggestions propose proposed proposes recommend recommended recommendation
        recommendations state stated comment comments commented respond responded response answer answered ask asked
        asks question questions conclude concluded conclusion conclusions decide decided decision decisions agree
        agreed disagree disagreed agreement introduce introduced introduction present presented presents
        presentation presentations raise raised put forward meeting meetings group team teams participant
        participants speaker speakers people person everyone someone somebody anybody anyone member members note
        notes message messages regarding concerning related relating terms regards regard respect according topic
        topics part thing things reason reasons detail details main overall general specific it made make come came
        go got get take took""",
    "de": """
        der die das den dem des ein eine einen einem einer eines und oder aber als an am auf aus bei bis durch für
        gegen in im ins mit nach ohne über um unter von vom vor während wegen zu zum zur zwischen dass ob wenn weil
        es er sie wir ihr ihm ihn uns euch mich mir du dich dir ich mein sein seine ihre unser dies diese dieser
        dieses wer wem wen wessen was welche welcher welches wann wo warum wieso weshalb wie ist sind war waren wird
        werden wurde wurden hat haben hatte hatten kann können könnte muss müssen soll sollen sollte will wollen
        darf nicht kein keine auch nur noch schon da dort hier alle alles etwas bitte fasse zusammen zusammenfassung
        beschreibe erkläre nenne liste zeige gib sag sage gesagt sagte sagen besprochen besprechen diskutiert
        diskussion gespräch meinung meinte gedacht denkt denken erwähnt vorgeschlagen vorschlag entschieden
        entscheidung beschlossen gefragt frage notiz notizen nachricht nachrichten besprechung team gruppe
        teilnehmer leute jemand thema""",
    "es": """
        el la los las un una unos unas y e o u pero como a al ante bajo con contra de del desde durante en entre
        hacia hasta para por según sin sobre tras que qué quién quien quiénes cuál cuáles cuándo cuando dónde donde
        cómo porqué cuánto cuánta si se su sus le les lo nos me mi te tu yo él ella ellos ellas es son era eran fue
        fueron ser está están estaba ha han había hay puede pueden debe deben no ni también solo sólo más muy este
        esta estos estas ese esa eso esto todo todos resume resumir resumen describe explica enumera dime muestra
        dar dijo dijeron decir dicho discutió discutieron discusión habló hablaron conversación opinión opina opinó
        piensa pensó mencionó mencionaron sugirió sugerencia propuso propuesta decidió decidieron decisión preguntó
        pregunta nota notas mensaje mensajes reunión equipo grupo participantes alguien tema""",
    "fr": """
        le la les l un une des du de d et ou mais comme à au aux avec chez contre dans depuis en entre par pour sans
        selon sous sur vers que qu quoi qui quel quelle quels quelles quand où comment pourquoi combien si se s son
        sa ses leur leurs lui nous vous me m mon ma te tu je j il elle ils elles on est sont était étaient être a
        ont avait avaient peut peuvent doit doivent ne n pas ni aussi seulement plus très ce cet cette ces c cela ça
        tout tous y résume résumer résumé décris explique liste donne dis montre dit dire discuté discussion parlé
        parle conversation avis opinion pense pensé penser mentionné suggéré suggestion proposé proposition décidé
        décision demandé question note notes message messages réunion équipe groupe participants quelqu sujet""",
    "it": """
        il lo la i gli le l un uno una e o ma come a al allo alla ai agli alle con contro da dal dalla di del dello
        della dei degli delle durante in nel nella nei nelle fra tra per su sul sulla senza secondo che chi cui cosa
        quale quali quando dove perché quanto se si suo sua suoi sue loro ci vi mi mio ti tu io lui lei noi voi è
        sono era erano essere ha hanno aveva avevano può possono deve devono non né anche solo più molto questo
        questa questi queste quello quella tutto tutti riassumi riassunto descrivi spiega elenca dimmi mostra detto
        dire disse discusso discussione parlato conversazione opinione pensa pensato menzionato suggerito proposto
        proposta deciso decisione chiesto domanda nota note messaggio messaggi riunione squadra gruppo partecipanti
        qualcuno tema""",
    "nl": """
        de het een en of maar als aan bij door in met na naar om onder op over per sinds te tegen tot tussen uit van
        voor zonder dat die dit deze er hier daar wie wat welke wanneer waar waarom hoe is zijn was waren wordt
        worden werd heb heeft hebben had hadden kan kunnen moet moeten zal zullen zou wil niet geen ook nog maar hij
        zij ze we wij je jij ik mij me hun hem haar ons onze mijn zijn alles alle iets vat samen samenvatting
        beschrijf leg noem toon geef zeg zei gezegd besproken discussie gesprek mening vindt denkt dacht genoemd
        voorgesteld voorstel besloten beslissing gevraagd vraag notitie notities bericht berichten vergadering team
        groep deelnemers iemand onderwerp""",
    "pt": """
        o a os as um uma uns umas e ou mas como ao aos à às com contra de do da dos das desde durante em no na nos
        nas entre para pelo pela por sem sob sobre que quê quem qual quais quando onde porque quanto se seu sua seus
        suas lhe nos me meu minha te tu eu ele ela eles elas é são era eram foi foram ser está estão estava há tem
        têm tinha pode podem deve devem não nem também só mais muito este esta estes estas esse essa isso isto tudo
        todos resuma resumir resumo descreva explique liste diga mostre dê disse disseram dizer dito discutiu
        discutiram discutido discussão falou falaram conversa opinião acha achou pensa pensou mencionou sugeriu
        sugestão propôs proposta decidiu decisão perguntou pergunta nota notas mensagem mensagens reunião equipe
        equipa grupo participantes alguém tema""",
    "sv": """
        en ett den det de dem dom och eller men som att av på i in ut till från för med utan om under över efter före
        innan vid hos mot mellan genom sedan här där vem vilka vilken vilket vad när var vart varför hur är var vara
        varit bli blir blev har hade haft kan kunde ska skulle vill ville måste bör inte ingen inget inga också bara
        mycket mer han hon vi ni jag mig dig du oss er sig sin sitt sina min mitt mina din ditt vår våra deras hans
        hennes alla allt något någon några så då nu ju sammanfatta beskriv förklara lista visa berätta säg säger sa
        sade sagt diskuterade samtal tycker tänker nämnde föreslog beslut bestämt frågade fråga anteckning anteckningar
        meddelande meddelanden möte grupp deltagare ämne""",
    "da": """
        en et den det de dem og eller men som at af på i ind ud til fra for med uden om under over efter før ved hos mod
        mellem gennem siden her der hvem hvilke hvilken hvilket hvad hvornår hvor hvorfor hvordan er var være været
        bliver blev har havde haft kan kunne skal skulle vil ville må bør ikke ingen intet også kun bare meget mere han
        hun vi jeg mig dig du os jer sig sin sit sine min mit mine din dit vores deres hans hendes alle alt noget
        nogen nogle så da nu opsummer beskriv forklar vis fortæl sig siger sagde sagt diskuterede samtale mener tænker
        nævnte foreslog beslutning besluttet spurgte spørgsmål note noter besked beskeder møde gruppe deltagere emne""",
    "nb": """
        en ei et den det de dem og eller men som at av på i inn ut til fra for med uten om under over etter før ved hos
        mot mellom gjennom siden her der hvem hvilke hvilken hvilket hva når hvor hvorfor hvordan er var være vært blir
        ble har hadde hatt kan kunne skal skulle vil ville må bør ikke ingen også bare mye mer han hun vi dere jeg meg
        deg du oss seg sin sitt sine min mitt mine din ditt vår våre deres hans hennes alle alt noe noen så da nå
        oppsummer beskriv forklar vis fortell si sier sa sagt diskuterte samtale mener tenker nevnte foreslo beslutning
        besluttet spurte spørsmål notat notater melding meldinger møte gruppe deltakere tema""",
    "fi": """
        ja tai mutta että kun jos kuin niin myös vain jo vielä ei en et emme ette eivät ole on olen olet olemme olette
        ovat oli olivat ollut olla voi voivat voiko pitää täytyy mikä mitä mitkä missä mistä mihin minne kuka kenen
        ketkä milloin koska miksi miten kuinka paljonko tämä tätä tämän tässä nämä se sen sitä siinä siitä ne niitä hän
        hänen he minä minun sinä sinun me meidän te teidän joka jotka jossa jotain joku kaikki kaikkien nyt sitten
        siellä täällä tuo ennen jälkeen kanssa ilman onko oliko kerro selitä kuvaile luettele näytä sano sanoi sanoivat
        sanottiin keskusteltiin keskustelu mielipide mainitsi ehdotti päätös päätettiin kysyi kysymys muistiinpano
        muistiinpanot viesti viestit kokous ryhmä osallistujat aihe""",
}
"""Small words, and words for asking, telling and discussing. They are everywhere, and have no subject."""

THINGS = """
    agreement agreements conclusion conclusions decision decisions discussion group groups meeting meetings
    presentation presentations proposal recommendation recommendations team teams besprechung diskussion entscheidung
    gruppe vorschlag acuerdo decisión discusión equipo grupo propuesta reunión décision groupe proposition réunion
    équipe decisione discussione gruppo proposta riunione squadra beslissing discussie groep vergadering voorstel
    decisão discussão equipa equipe reunião"""
"""Words among them that are also things: "Where is the meeting?" is about one."""
