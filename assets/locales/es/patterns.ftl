# Patrones, errores pequeños que se acumulan, grupos, plazos.
work-trended = Buscado en patrones
patterns-title = Patrones
patterns-one = Patrón
patterns-rule = { $count } incidentes o casi incidentes parecidos en { $days } días son un patrón: en un centro, o entre centros si ninguno lo muestra solo.
patterns-raised = Necesitan una acción
patterns-none = Ningún patrón espera una acción
patterns-none-hint = Los casi incidentes e incidentes parecidos aparecen aquí al llegar al umbral.
patterns-answered = Con acción
patterns-also = Ver también
patterns-sub = Errores pequeños, grupos, plazos
pattern-across = Entre centros: { $sites }
pattern-dates = { $from } a { $to }
pattern-count = { $n } parecidos
pattern-said = { $n } reportes parecidos, de { $from } a { $to }.
pattern-classify = Registre primero la causa
pattern-classify-hint = Abra un reporte de abajo y registre su causa: la formación solo ayuda si la causa es de conocimiento.
pattern-gap = La causa más grave de los { $n } de { $of } que la tienen: { $gap }
pattern-some-open = Algunos reportes aún no tienen causa; la suya puede ser más grave.
pattern-actions = Acciones
pattern-reports = Reportes
competency-handoff = Entrega de turno
competency-medication = Medicamentos
competency-escalation = Aviso y escalado
competency-documentation = Documentación
competency-welfare = Chequeos de bienestar
competency-visits = Visitas
competency-rights = Práctica que respeta los derechos
competency-communication = Comunicación
competency-distress = Malestar leve
competency-confidence = Confianza
input-audit = Auditorías y notas revisadas
input-observation = Observaciones
input-theme = Incidentes y casi incidentes
input-partner = Colaboradores y guardia
input-complaint = Quejas
duty-notify = Avisar a la autoridad
duty-classify = Registrar la causa
duty-investigate = Iniciar la investigación
duty-resolve = Resolver
cohort-day = Laborables, día
cohort-evening = Laborables, tarde
cohort-night = Laborables, noche
cohort-weekend = Fines de semana
cohort-site = Centro, frente a los otros
cohort-programme = Programa, frente a los otros
cohort-band = Momento de trabajo, frente al resto
cohort-role = Función, frente a las otras
cohort-new = Nuevos: sus primeros 90 días
cohort-longer = Con más tiempo aquí
cohort-start = Tiempo desde que empezaron, frente al resto
ratio-times = { $times } veces la tasa habitual (intervalo del 95 %: { $low } a { $high })
chain-title = Del patrón a la prueba
chain-pattern =
    { $n ->
        [one] { $n } reporte
       *[other] { $n } reportes
    }
chain-opened-for =
    { $n ->
        [one] { $kind }, { $n } persona
       *[other] { $kind }, { $n } personas
    }
chain-revalidated = Comprobado de nuevo
chain-revalidated-of = Comprobado de nuevo, { $n } de { $of }
chain-recurrence = Volvió a pasar
chain-not-yet = Todavía no
chain-closed = Cerrada, sin registro de que se llevó a cabo
chain-not-watched = Aún sin vigilar
chain-again =
    { $days ->
        [0] { $n } en menos de un día
        [one] { $n } en { $days } día
       *[other] { $n } en { $days } días
    }
chain-cycles = Quién se forma de nuevo
chain-restrictions = Tareas limitadas hasta entonces
again-title = ¿Volvió a pasar?
again-none-yet = Se cuenta durante { $days } días, desde el día en que la acción se haya llevado a cabo y, además, comprobada de nuevo o cerrada.
again-never = No se llevó a cabo, así que no se cuenta nada.
again-nothing = Ningún reporte parecido desde entonces, y ninguno en los días anteriores que se cuentan: aún no hay qué comparar.
again-no-usual = No hay con qué comparar.
again-less = Menos de lo habitual antes, más allá del azar: { $times }
again-more = Más de lo habitual antes, más allá del azar: { $times }
again-unsure = Son muy pocos para mostrar un cambio: { $times }
again-until = Se cuenta hasta cumplir { $days } días.
retrain-title = Formar de nuevo a quienes toca
retrain-hint = Para cada persona: un repaso de quince minutos y una comprobación en la práctica real en dos semanas.
retrain-standard = Se comprueba con: { $standard }
retrain-who = ¿Quién?
retrain-limit = Limitar sus tareas hasta comprobarlo
retrain-nobody = Elija al menos a una persona.
retrain-duties-missing = Escriba qué no deben hacer hasta entonces.
retrain-none-left = Todas las personas de allí ya se están formando
retrain-send = Abrir los ciclos
retrain-expected = El estándar se cumple en la práctica real
drift-title = Errores pequeños que se acumulan
drift-sub = Puntos no cumplidos, incidentes y comentarios, contados juntos
drift-rule = Se muestra cuando hay { $count } errores en la misma área de práctica en { $days } días (auditorías, incidentes y comentarios contados juntos); las quejas repetidas se muestran siempre.
drift-none = Nada se acumula
drift-none-hint = Aquí aparecen juntos los puntos no cumplidos, casi incidentes y comentarios de la misma área de práctica.
drift-before = { $before } en los { $days } días anteriores.
drift-count =
    { $n ->
        [one] { $n } vez
       *[other] { $n } veces
    }
drift-agree = Más que antes en { $n } de 3 fuentes
drift-complaints = Quejas repetidas
drift-of-looked = Algo sin cumplir en { $n } de { $of } valoradas
drift-reports =
    { $n ->
        [one] { $n } reporte
       *[other] { $n } reportes
    }
drift-item = Sin cumplir en { $n } de { $of } en que se vio; en el medio año anterior, en { $before } de { $all }. { $change }
behind-reports = Reportes
behind-records = Observaciones
cohorts-title = Grupos
cohorts-sub = ¿Qué grupo destaca frente al resto?
cohorts-measure = Qué se cuenta
cohorts-all = Todas las áreas de práctica
cohorts-hint = Los últimos { $days } días, contando solo la primera observación de cada persona con cada estándar (quedan fuera { $again } posteriores, porque un fallo se vuelve a comprobar). De los grupos señalados aquí, como mucho uno de cada veinte lo es por azar, contando las { $n } comparaciones.
cohorts-none = Nada que comparar
cohorts-none-hint = Hacen falta dos grupos del mismo tipo con observaciones.
cohort-action = { $name } destaca frente al resto
measure-not-met = Observaciones no cumplidas
measure-reports = Incidentes y casi incidentes
finding-over = Sobrerrepresentado
finding-not-shown = Sin diferencia demostrada
finding-few-cases = Muy pocos casos
finding-few-people = Menos de tres personas
rates-observed = { $n } de { $of } primeras observaciones de { $people } personas · el resto { $m } de { $all }
timely-title = Hecho a tiempo
timely-sub = Investigaciones, soluciones, acciones
timely-period = Periodo
timely-hint = Lo que vencía de { $from } a { $to }, hecho o no. Si está por debajo del { $least } %, explique por qué en la revisión mensual: sus notas se guardan con el mes.
timely-review = Revisión mensual
timely-investigated = Investigación iniciada a tiempo
timely-resolved = Incidente resuelto a tiempo
timely-actions = Acción correctiva terminada a tiempo
timely-late = Tarde o atrasadas
timely-none-due = Nada vencía
timely-short = Bajo la línea
timely-held = En la línea o por encima
timely-rate = { $n } de { $of } ({ $percent } %)
thresholds-title = Ajustes de la organización
thresholds-sub = Lo que decide su organización
thresholds-state = Cada autoridad fija sus plazos: ponga los suyos.
threshold-pattern-count = Reportes parecidos que hacen un patrón
threshold-pattern-days = En cuántos días
threshold-category = Solo de la misma categoría
threshold-category-hint = Si no, se cuenta junto todo lo de la misma área de práctica.
threshold-drift-count = Errores que cuentan como acumulados
threshold-drift-days = En cuántos días (errores pequeños)
threshold-notify = Horas para avisar a la autoridad
threshold-classify = Horas para registrar la causa
threshold-investigate = Horas para iniciar una investigación
threshold-resolve = Días para resolver un incidente
threshold-action = Días para una acción correctiva
in-force-title = Restricciones en vigor
in-force-review = Revisar { $day }
owed-pattern = Patrones que necesitan una acción
report-competency = Área de práctica
report-competency-none = No lo sé
report-signal = Otra inquietud
work-when = Cuándo se hizo
work-before = Eso es antes de que ocurriera. Indique la hora en que se hizo.
work-done = Hecho { $when }
report-harm = ¿Qué tan grave fue? (solo medicamentos)
report-harm-none = Aún no se sabe
harm-a = A · podía causar un error
harm-b = B · no llegó a la persona
harm-c = C · llegó a la persona, sin daño
harm-d = D · hizo falta vigilarla
harm-e = E · daño pasajero, intervención
harm-f = F · daño pasajero, hospital
harm-g = G · daño permanente
harm-h = H · intervención para mantener la vida
harm-i = I · muerte
report-when = ¿Cuándo ocurrió?
report-about = ¿Práctica de quién?
report-about-none = De nadie en particular
timeline-title = Avance
timeline-identified = Identificado
timeline-reported = Reportado
timeline-triaged = Causa registrada
timeline-trended = Buscado en patrones
timeline-open = Fecha límite: { $when }
timeline-none = Todavía no
action-due = Plazo para hacerla
action-watch = Después se vigila durante
action-counts-as = Cuenta como volver a pasar: { $theme }, en { $place }.
action-everywhere = todos los centros
action-new-gap = ¿Qué causa corrige?
patterns-chance = Llegar al umbral es su propia regla. Cada patrón que necesita una acción dice además si es más de lo que aquí explica el azar; si nada cambió, esta página se equivoca en eso menos de una vez al año.
pattern-beyond = Más de lo que aquí explica el azar
pattern-ordinary = Llegó a su umbral; más o menos lo habitual aquí ({ $month } al mes)
pattern-maybe = Llegó a su umbral; aquí, por azar, una vez cada { $years } años ({ $month } al mes), lo que no basta para decir más
threshold-ordinary = En un año normal, un centro con un reporte así cada dos meses llega a esto por puro azar en el { $half } de los años; con uno al mes, en el { $one }.
drift-chance = "Más que antes" compara con el medio año anterior según cuántas observaciones se hicieron; si nada cambió, esta página se equivoca en eso una vez cada dos años, más o menos.
drift-more = Más que antes
drift-steady = Más o menos como antes
drift-not-known = Sin con qué comparar
cohorts-hint-reports = Los últimos { $days } días. Aquí no se sabe cuánto trabajo se hizo: son recuentos y no se señala a ningún grupo.
finding-no-exposure = Un recuento, no una tasa
rates-reports = { $n } reportados; allí trabajan { $people } personas
again-since =
    { $days ->
        [0] { $after } en menos de un día desde el { $day }
        [one] { $after } en { $days } día desde el { $day }
       *[other] { $after } en los { $days } días desde el { $day }
    }
again-usual =
    { $reports ->
        [0] antes de abrirla, { $before } en { $days } días
       *[other] antes del primer reporte al que responde, { $before } en { $days } días
    }
again-usual-not-known = no se sabe qué era habitual antes
work-entered-later = Anotado { $span } después
timely-later = Anotado después de hacerse
timely-rate-later =
    { $n ->
        [one] { $n } se anotó después de hacerse.
       *[other] { $n } se anotaron después de hacerse.
    }
drift-found-in = Aparece en { $n } de 3 fuentes
drift-item-more = uno de sus puntos más que antes
drift-items-steady = sus puntos más frecuentes, más o menos como antes
again-more-new = Más de lo habitual antes, más allá del azar: en los días anteriores que se cuentan no pasó.
again-unsure-new = Son muy pocos para mostrar un cambio: en los días anteriores que se cuentan no pasó.
counted-shown =
    { $n ->
        [one] { $n } persona comprobada de nuevo
       *[other] { $n } personas comprobadas de nuevo
    }
counted-not-shown =
    { $n ->
        [one] { $n } persona todavía no
       *[other] { $n } personas todavía no
    }
counted-proof =
    { $n ->
        [one] { $n } observación que cuenta
       *[other] { $n } observaciones que cuentan
    }
counted-elsewhere =
    { $n ->
        [one] Hay { $n } reporte más que no está en este dispositivo.
       *[other] Hay { $n } reportes más que no están en este dispositivo.
    }
counted-none-again = No ha vuelto a pasar
counted-none-shown = Todavía no se ha comprobado de nuevo a nadie
counted-none-reports = Ninguno de sus reportes está en este dispositivo
