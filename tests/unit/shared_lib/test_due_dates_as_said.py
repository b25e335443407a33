"""Orders as people say and write them, in each language that we speak: their words for when, and the day these mean.

Said on Thursday, 26 November 2026, at nine in the morning; "-" stands for none.
"""

from datetime import UTC, datetime

import pytest

from ai_voice_shared.times.due_dates import resolved, words
from ai_voice_shared.times.zones import LocalTime

THURSDAY = LocalTime(datetime(2026, 11, 26, 9, tzinfo=UTC), UTC)

SAID = """
en | Order two valves by tomorrow morning | by tomorrow morning | 2026-11-27
en | call the supplier tommorow at 3 in the afternoon | tommorow at 3 in the afternoon | 2026-11-27T15:00:00+00:00
en | Send the quote by end of day | by end of day | 2026-11-26
en | Send the quote by EOD Friday | by EOD Friday | 2026-11-27
en | please fix the door by end of week | by end of week | 2026-11-29
en | I need the list by the end of next week | by the end of next week | 2026-12-06
en | invoice them by month end | by month end | 2026-11-30
en | Clean the filter before the weekend | before the weekend | 2026-11-28
en | do the inspection this weekend | this weekend | 2026-11-29
en | Come back on Tuesday next week | on Tuesday next week | 2026-12-01
en | come back next week on Tuesday at 2 pm | next week on Tuesday at 2 pm | 2026-12-01T14:00:00+00:00
en | pay the deposit by the 15th | by the 15th | 2026-12-15
en | pay the deposit by the 5th of December | by the 5th of December | 2026-12-05
en | book the crane for this coming Wednesday | for this coming Wednesday | 2026-12-02
en | Call Ana at 3 p.m. | at 3 p.m | 2026-11-26T15:00:00+00:00
en | Be there by 3:30 pm on Monday | by 3:30 pm on Monday | 2026-11-30T15:30:00+00:00
en | call them as soon as possible | - | -
de | Bitte zwei Ventile bestellen bis spätestens Montag | bis spätestens Montag | 2026-11-30
de | Bitte spätestens bis Dienstag liefern | spätestens bis Dienstag | 2026-12-01
de | ruf den Kunden heute noch an | heute noch | 2026-11-26
de | das muss noch heute raus | heute | 2026-11-26
de | Angebot bis Ende der Woche schicken | bis Ende der Woche | 2026-11-29
de | Angebot bis Ende nächster Woche schicken | bis Ende nächster Woche | 2026-12-06
de | Rechnung bis Monatsende stellen | bis Monatsende | 2026-11-30
de | das Dach vor dem Wochenende abdecken | vor dem Wochenende | 2026-11-28
de | Termin nächste Woche Dienstag um 14 Uhr machen | nächste Woche Dienstag um 14 Uhr | 2026-12-01T14:00:00+00:00
de | am Dienstag nächster Woche die Pumpe tauschen | am Dienstag nächster Woche | 2026-12-01
de | kommenden Mittwoch das Gerüst holen | kommenden Mittwoch | 2026-12-02
de | bis morgen früh den Schlüssel abgeben | bis morgen früh | 2026-11-27
de | Bis uebermorgen bitte die Liste schicken | Bis uebermorgen | 2026-11-28
de | bitte bis 5 Dezember bezahlen | bis 5 Dezember | 2026-12-05
de | Bis 11. Dezember ist der Kran anzumelden | Bis 11. Dezember | 2026-12-11
de | Bis 11. Dezember um 9 Uhr den Kran anmelden | Bis 11. Dezember um 9 Uhr | 2026-12-11T09:00:00+00:00
de | in vierzehn Tagen nachfragen | in vierzehn Tagen | 2026-12-10
de | Ruf Frau Yilmaz um 15 Uhr an | um 15 Uhr | 2026-11-26T15:00:00+00:00
de | bis Freitag nachmittag um halb vier liefern | bis Freitag nachmittag um halb vier | 2026-11-27T15:30:00+00:00
de | morgen um 3 Uhr anrufen | morgen um 3 Uhr | 2026-11-27
de | um 10 Uhr am Montag die Heizung prüfen | um 10 Uhr am Montag | 2026-11-30T10:00:00+00:00
de | so schnell wie möglich zurückrufen | - | -
de | Guten Morgen, bitte die Pumpe prüfen | - | -
es | Pide dos válvulas para el viernes | para el viernes | 2026-11-27
es | hay que entregar el informe antes del lunes | antes del lunes | 2026-11-30
es | llama al cliente hoy mismo | hoy mismo | 2026-11-26
es | esta tarde a las 5 pasa por el almacen | esta tarde a las 5 | 2026-11-26T17:00:00+00:00
es | mañana a primera hora cambia el filtro | mañana a primera hora | 2026-11-27
es | pasado manana por la tarde hay que pintar | pasado manana por la tarde | 2026-11-28
es | manda el presupuesto a más tardar el martes | a más tardar el martes | 2026-12-01
es | como muy tarde el miércoles hay que pagar | como muy tarde el miércoles | 2026-12-02
es | Haz la revisión el martes de la semana que viene | el martes de la semana que viene | 2026-12-01
es | acaba la obra la semana próxima | la semana próxima | 2026-12-06
es | envía la factura antes de fin de mes | antes de fin de mes | 2026-11-30
es | envía la factura a finales de la próxima semana | a finales de la próxima semana | 2026-12-06
es | limpia el local antes del fin de semana | antes del fin de semana | 2026-11-28
es | paga el alquiler antes del día 5 | antes del día 5 | 2026-12-05
es | para el 15 | para el 15 | 2026-12-15
es | paga el cinco de diciembre | el cinco de diciembre | 2026-12-05
es | llama a Marta a las tres de la tarde | a las tres de la tarde | 2026-11-26T15:00:00+00:00
es | dentro de quince días revisa la bomba | dentro de quince días | 2026-12-11
es | entrega en 3 días hábiles | - | -
es | asta el lunes no toques la caldera | asta el lunes | 2026-11-30
fr | Commande deux vannes d'ici vendredi | d'ici vendredi | 2026-11-27
fr | d ici lundi il faut livrer les carreaux | d ici lundi | 2026-11-30
fr | il faut le devis pour demain | pour demain | 2026-11-27
fr | rappelle le client en fin de journée | en fin de journée | 2026-11-26
fr | rappelle le client cet aprem | cet aprem | 2026-11-26
fr | envoie le devis avant la fin de la semaine | avant la fin de la semaine | 2026-11-29
fr | facture d'ici la fin du mois | d'ici la fin du mois | 2026-11-30
fr | passe fin de semaine prochaine | fin de semaine prochaine | 2026-12-06
fr | nettoie l'atelier avant le week-end | avant le week-end | 2026-11-28
fr | installe la chaudière mardi de la semaine prochaine | mardi de la semaine prochaine | 2026-12-01
fr | la semaine prochaine mardi il faut changer le filtre | la semaine prochaine mardi | 2026-12-01
fr | au plus tard mercredi prochain | au plus tard mercredi prochain | 2026-12-02
fr | paie le loyer avant le 5 | avant le 5 | 2026-12-05
fr | le premier décembre coupe l'eau | le premier décembre | 2026-12-01
fr | relance-le dans quinze jours | dans quinze jours | 2026-12-11
fr | appelle Ana à 15h30 | à 15h30 | 2026-11-26T15:30:00+00:00
fr | après demain matin, vérifie la pompe | après demain matin | 2026-11-28
fr | aujourdhui il faut fermer la vanne | aujourdhui | 2026-11-26
pt | Compre duas válvulas até sexta | até sexta | 2026-11-27
pt | até sexta precisamos de dez sacos | até sexta | 2026-11-27
pt | precisa entregar para amanhã cedo | para amanhã cedo | 2026-11-27
pt | liga para o cliente ainda hoje | ainda hoje | 2026-11-26
pt | manda o orçamento até o fim do dia | até o fim do dia | 2026-11-26
pt | manda o orçamento no máximo até terça-feira | no máximo até terça-feira | 2026-12-01
pt | na terça da semana que vem troca a bomba | na terça da semana que vem | 2026-12-01
pt | termina a obra até o fim da próxima semana | até o fim da próxima semana | 2026-12-06
pt | emite a nota até o fim do mês | até o fim do mês | 2026-11-30
pt | limpa a loja antes do fim de semana | antes do fim de semana | 2026-11-28
pt | paga o aluguel até o dia 5 | até o dia 5 | 2026-12-05
pt | até dia 15 de dezembro | até dia 15 de dezembro | 2026-12-15
pt | no primeiro de dezembro corta a água | no primeiro de dezembro | 2026-12-01
pt | liga para a Ana às 3 da tarde | às 3 da tarde | 2026-11-26T15:00:00+00:00
pt | depois de amanha de manha troca o filtro | depois de amanha de manha | 2026-11-28
pt | passa na segunda às 9 | na segunda às 9 | 2026-11-30T09:00:00+00:00
pt | entrega em 3 dias úteis | - | -
it | Ordina due valvole entro venerdì | entro venerdì | 2026-11-27
it | entro venerdi ordina due valvole | entro venerdi | 2026-11-27
it | chiama il cliente domani mattina alle 9 | domani mattina alle 9 | 2026-11-27T09:00:00+00:00
it | domani mattina chiama il fornitore | domani mattina | 2026-11-27
it | domattina passa dal magazzino | domattina | 2026-11-27
it | dopodomani bisogna cambiare la pompa | dopodomani | 2026-11-28
it | dopo domani pomeriggio bisogna cambiare la pompa | dopo domani pomeriggio | 2026-11-28
it | manda il preventivo lunedì prossimo | lunedì prossimo | 2026-11-30
it | manda il preventivo entro il prossimo lunedi | entro il prossimo lunedi | 2026-11-30
it | richiamalo oggi pomeriggio alle 4 | oggi pomeriggio alle 4 | 2026-11-26T16:00:00+00:00
it | richiamalo oggi alle 15 | oggi alle 15 | 2026-11-26T15:00:00+00:00
it | Chiama Marta alle 15 | alle 15 | 2026-11-26T15:00:00+00:00
it | Chiama Marta alle 15.30. | alle 15.30 | 2026-11-26T15:30:00+00:00
it | alle 15 di domani devi essere dal cliente | alle 15 di domani | 2026-11-27T15:00:00+00:00
it | chiama domani alle tre del pomeriggio | domani alle tre del pomeriggio | 2026-11-27T15:00:00+00:00
it | tra tre giorni controlla la caldaia | tra tre giorni | 2026-11-29
it | fra una settimana ricontrolla le perdite | fra una settimana | 2026-12-03
it | entro quindici giorni serve il collaudo | entro quindici giorni | 2026-12-11
it | fattura entro fine mese | entro fine mese | 2026-11-30
it | fattura entro la fine del mese | entro la fine del mese | 2026-11-30
it | finisci i lavori entro la settimana | entro la settimana | 2026-11-29
it | finisci i lavori la settimana prossima | la settimana prossima | 2026-12-06
it | vieni martedì della settimana prossima | martedì della settimana prossima | 2026-12-01
it | la prossima settimana martedì vai dal cliente | la prossima settimana martedì | 2026-12-01
it | entro fine della prossima settimana | entro fine della prossima settimana | 2026-12-06
it | pulisci il locale prima del fine settimana | prima del fine settimana | 2026-11-28
it | il 5 dicembre va pagato l'affitto | il 5 dicembre | 2026-12-05
it | paga l'affitto entro il 5 | entro il 5 | 2026-12-05
it | il primo dicembre chiudi l'acqua | il primo dicembre | 2026-12-01
it | il cinque giugno c'è la revisione | il cinque giugno | 2027-06-05
it | entro e non oltre il 15/12 | entro e non oltre il 15/12 | 2026-12-15
it | al più tardi mercoledì consegna le chiavi | al più tardi mercoledì | 2026-12-02
it | mercoledì che viene monta il quadro | mercoledì che viene | 2026-12-02
it | stasera chiudi la valvola | stasera | 2026-11-26
it | entro stasera mandami le foto | entro stasera | 2026-11-26
it | da fare in giornata | in giornata | 2026-11-26
it | da lunedì a mercoledì sei in cantiere | a mercoledì | 2026-12-02
en | Set it at 20 and use the 15th one from the left | - | -
de | Ändere die Höhe um 15 | - | -
de | Nimm den 5. Schlüssel von links | - | -
es | Pon el termostato a 20 y dale las llaves a las 3 vecinas | - | -
fr | Mets le thermostat à 20 et monte au 5 | - | -
fr | Donne les clés aux 3 voisines, le lundi on est fermé | - | -
pt | Compra as 3 válvulas da segunda bomba | - | -
it | Scrivi alle 3 ditte, il sabato siamo chiusi | - | -
it | Prendi 5 set di chiavi per il secondo piano | - | -
it | perde da tre giorni, riparala | - | -
it | il prima possibile richiama il cliente | - | -
it | consegna entro 3 giorni lavorativi | - | -
it | porta sei tubi a Mario | - | -
nl | Bestel twee kleppen vóór vrijdag | vóór vrijdag | 2026-11-27
nl | bestel twee kleppen voor vrijdag | voor vrijdag | 2026-11-27
nl | Uiterlijk maandag moet de offerte weg | Uiterlijk maandag | 2026-11-30
nl | bel de klant morgenochtend | morgenochtend | 2026-11-27
nl | bel de klant morgen ochtend om 9 uur | morgen ochtend om 9 uur | 2026-11-27T09:00:00+00:00
nl | bel de klant morgenmiddag om 3 uur | morgenmiddag om 3 uur | 2026-11-27T15:00:00+00:00
nl | Goede morgen, bestel twee kleppen | - | -
nl | overmorgen moet de pomp vervangen worden | overmorgen | 2026-11-28
nl | kom volgende week dinsdag langs | volgende week dinsdag | 2026-12-01
nl | kom dinsdag volgende week langs | dinsdag volgende week | 2026-12-01
nl | maak het werk volgende week af | volgende week | 2026-12-06
nl | Bel Marta om 15 uur | om 15 uur | 2026-11-26T15:00:00+00:00
nl | bel Marta om 15.30 uur | om 15.30 uur | 2026-11-26T15:30:00+00:00
nl | vrijdag om half vier 's middags leveren | vrijdag om half vier 's middags | 2026-11-27T15:30:00+00:00
nl | controleer de ketel over drie dagen | over drie dagen | 2026-11-29
nl | vraag het over veertien dagen nog eens | over veertien dagen | 2026-12-10
nl | binnen een week moet het klaar zijn | binnen een week | 2026-12-03
nl | factureer voor het eind van de maand | voor het eind van de maand | 2026-11-30
nl | factureer eind van de maand | eind van de maand | 2026-11-30
nl | stuur het eind volgende week | eind volgende week | 2026-12-06
nl | ruim op vóór het weekend | vóór het weekend | 2026-11-28
nl | bel hem vandaag nog | vandaag nog | 2026-11-26
nl | doe het vanmiddag om 4 uur | vanmiddag om 4 uur | 2026-11-26T16:00:00+00:00
nl | op 5 juni is de keuring | op 5 juni | 2027-06-05
nl | betaal de huur voor de 5e | voor de 5e | 2026-12-05
nl | betaal tegen 1 december | tegen 1 december | 2026-12-01
nl | komende woensdag de steiger ophalen | komende woensdag | 2026-12-02
nl | maandagochtend de sleutel afgeven | maandagochtend | 2026-11-30
nl | deze week nog afmaken | deze week | 2026-11-29
nl | het lekt al drie dagen, maak het | - | -
nl | zo snel mogelijk terugbellen | - | -
nl | Bel meneer De Mei, zaterdags is hij er niet | - | -
nl | morgen om 8 langsgaan | morgen om 8 | 2026-11-27T08:00:00+00:00
nl | koop 15 schroeven om 3 platen vast te zetten | - | -
nl | binnen 3 werkdagen leveren | - | -
en | come early next week | early next week | -
en | finish the roof by mid December | by mid December | -
en | paint it by COB tomorrow | by COB tomorrow | 2026-11-27
en | ship it within 48 hours | within 48 hours | 2026-11-28
en | order it by wensday | by wensday | 2026-12-02
en | call them back in two hours | in two hours | 2026-11-26T11:00:00+00:00
en | call them after the weekend | - | -
de | Montag in einer Woche den Zähler ablesen | Montag in einer Woche | -
de | bis Mitte Dezember die Fenster einbauen | bis Mitte Dezember | -
de | in KW 50 die Heizung warten | in KW 50 | 2026-12-13
de | Freitagmittag die Schlüssel abholen | Freitagmittag | 2026-11-27T12:00:00+00:00
de | bis Mitwoch liefern | bis Mitwoch | 2026-12-02
de | in 3 Stunden nachsehen | in 3 Stunden | 2026-11-26T12:00:00+00:00
de | nach dem Wochenende anrufen | - | -
es | de aquí al viernes hay que acabar | de aquí al viernes | 2026-11-27
es | llámale al mediodía | al mediodía | 2026-11-26T12:00:00+00:00
es | para el savado | para el savado | 2026-11-28
es | llámale en una hora | en una hora | 2026-11-26T10:00:00+00:00
es | a mediados de diciembre revisa el tejado | a mediados de diciembre | -
fr | livre sous 48 heures | sous 48 heures | 2026-11-28
fr | rappelle-le dans une heure | dans une heure | 2026-11-26T10:00:00+00:00
fr | mi-décembre il faut poser les fenêtres | mi-décembre | -
pt | para terça sem falta manda a lista | para terça | 2026-12-01
pt | liga de volta em duas horas | em duas horas | 2026-11-26T11:00:00+00:00
pt | em meados de dezembro troca o telhado | em meados de dezembro | -
it | da qui a venerdì finisci il muro | da qui a venerdì | 2026-11-27
it | lunedi' prossimo porta le piastrelle | lunedi' prossimo | 2026-11-30
it | entro mezzogiorno di domani manda le misure | entro mezzogiorno di domani | 2026-11-27T12:00:00+00:00
it | inizio della prossima settimana chiama Marta | inizio della prossima settimana | -
it | entro mercoldi consegna | entro mercoldi | 2026-12-02
it | richiamalo tra due ore | tra due ore | 2026-11-26T11:00:00+00:00
it | richiamalo fra un'ora | fra un'ora | 2026-11-26T10:00:00+00:00
it | a metà dicembre controlla il tetto | a metà dicembre | -
it | consegna il 05-12-2026 | il 05-12-2026 | 2026-12-05
it | da tre giorni non funziona, chiamali giovedi | giovedi | 2026-12-03
it | metà delle finestre va cambiata | - | -
nl | donderdag over een week de meter opnemen | donderdag over een week | 2026-12-03
nl | voor 10 uur morgenochtend bellen | voor 10 uur morgenochtend | 2026-11-27T10:00:00+00:00
nl | begin volgende maand de ketel onderhouden | begin volgende maand | -
nl | voor morge bestellen | voor morge | 2026-11-27
nl | over een uur terugbellen | over een uur | 2026-11-26T10:00:00+00:00
nl | halverwege december het dak nakijken | halverwege december | -
nl | in week 50 de ketel onderhouden | in week 50 | 2026-12-13
nl | lever op 05-12-2026 | op 05-12-2026 | 2026-12-05
"""
ROWS = [tuple(one.strip() for one in line.split("|")) for line in SAID.strip().splitlines()]


@pytest.mark.parametrize(("language", "sentence", "found", "due"), ROWS, ids=[" ".join(one[:2]) for one in ROWS])
def test_the_words_of_an_order_tell_when_it_is_due(language: str, sentence: str, found: str, due: str) -> None:
    by_when = words(sentence, language)
    assert (by_when or "-", resolved(by_when, None, THURSDAY, language) or "-") == (found, due)
