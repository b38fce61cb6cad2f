# Cifras en el tiempo, la revisión mensual, lo que se mantiene, preguntas que se podrían quitar.
nav-insight = Análisis
insight-title = Análisis
insight-pages = Páginas
insight-over-time = En el tiempo
insight-measure = Medida
insight-programme = Programa
insight-all-programmes = Todos los programas
insight-site = Centro
insight-all-sites = Todos los centros
insight-competency = Área de práctica
insight-all-competencies = Todas las áreas de práctica
insight-narrow = Centro, área de práctica, periodo
insight-grain = Un punto por cada
insight-by-month = Mes
insight-by-week = Semana
insight-none = Todavía no hay nada que mostrar
insight-nothing-expected = Su organización aún no ha fijado cada cuánto se observa la práctica.
insight-percent = { $n } %
insight-days = { $n } días
insight-hours = { $n } h
insight-of = { $x } de { $n }
insight-in = { $x } en { $n } registros
insight-from = de { $n }
insight-interval = probable: { $low } a { $high } %
insight-small = Pocos registros
insight-so-far = hasta ahora
insight-table = Ver las cifras en una tabla
insight-month = Mes
insight-week = Semana del
insight-value = Valor
insight-counted = Recuento
insight-print = Imprimir
insight-signal = hay señal
insight-no-signal = sin señal
insight-signals = Señal
insight-summary-median =
    { $n ->
        [one] { $n } punto, mediana { $centre }, { $said }
       *[other] { $n } puntos, mediana { $centre }, { $said }
    }
insight-summary-mean =
    { $n ->
        [one] { $n } punto, media { $centre }, { $said }
       *[other] { $n } puntos, media { $centre }, { $said }
    }
insight-key-median = Mediana
insight-key-mean = Media
insight-key-limits = Límites
insight-key-diamond = Parte de una señal: una racha, o el tiempo desde que empezó
insight-key-triangle = Señal: fuera de los límites, o más de lo que explica la referencia
sign-outside = fuera de los límites
sign-shift = parte de un cambio de nivel
sign-trend = parte de una tendencia
sign-near-limit = cerca de un límite con otros
note-mostly-on-centre = { $on } de { $of } puntos están en la mediana, así que un gráfico de rachas no muestra nada aquí.
note-too-few = Han terminado { $have } periodos; la regla necesita { $need }. Léalo como una lista, no como una tendencia.
note-trial-limits = Los límites con { $n } puntos son provisionales.
note-crosses-seldom = Algo cambió: la línea cruza el centro { $n } veces; por azar se esperarían al menos { $least }.
measure-observations-done = Observaciones hechas, de las previstas
measure-pass-rate = Estándares cumplidos en la práctica
measure-days-to-close = Días hasta terminar la orientación
measure-recurrence = Volvió a ocurrir tras una acción
measure-medication-deviations = Desviaciones de medicamentos
measure-avoidable-escalations = Preguntas evitables a la guardia
measure-near-misses = Casi incidentes
measure-complaints = Quejas
measure-handoff-complete = Entregas de turno completas
measure-safety-plan-unknown = Plan de seguridad desconocido
measure-task-hours = Horas hasta hacer una tarea
measure-late-doses = Dosis tardías
measure-omissions = Dosis omitidas
measure-variances-reported = Variaciones reportadas
measure-variance-hours = Horas hasta reportar la variación
measure-reconciled = Órdenes que coinciden
measure-audit-met = Puntos de auditoría cumplidos
measure-confidence = Confianza según supervisión
meaning-observations-done = Observaciones hechas al final del periodo, de las que su organización espera de cada persona que trabajó allí todo ese tiempo. Evaluadas o no. No se cuentan los registros retirados, los que tienen dos versiones mientras no se elija una, lo que alguien observó de sí mismo ni lo que se observó sin el consentimiento que pide el estándar.
meaning-pass-rate = Controles y observaciones en la práctica real que cumplieron su estándar, de los evaluados. No se cuentan simulaciones ni trabajo en papel.
meaning-days-to-close = Desde abrir un ciclo de orientación hasta cerrarlo con su evidencia; el valor central de cada periodo.
meaning-recurrence = Incidentes y casi incidentes del tipo que debía evitar una acción cerrada, en un centro de los informes a los que respondió y mientras se vigila; de todos.
meaning-medication-deviations = Puntos no cumplidos en controles, observaciones y auditorías de medicamentos, por registro. No se cuentan simulaciones.
meaning-avoidable-escalations = Preguntas a la guardia que una buena entrega de turno habría respondido.
meaning-near-misses = Casi incidentes reportados.
meaning-complaints = Quejas registradas.
meaning-handoff-complete = Entregas de turno en las que se respondió a todo, nada era desconocido y nada faltó.
meaning-safety-plan-unknown = Entregas de turno en las que nadie conocía el plan de seguridad.
meaning-task-hours = Desde pasar una tarea hasta tenerla hecha; el valor central de cada periodo.
meaning-late-doses = De las dosis previstas en los registros auditados, las dadas tarde.
meaning-omissions = De las dosis previstas en los registros auditados, las no dadas.
meaning-variances-reported = De las dosis tardías y omitidas en los registros auditados, las reportadas.
meaning-variance-hours = Desde que se ve hasta que se reporta, según las auditorías; la media.
meaning-reconciled = De las órdenes comparadas en auditorías, las iguales en orden, registro y etiqueta.
meaning-audit-met = Puntos cumplidos en auditorías, de los marcados.
meaning-confidence = La media de valoraciones de 1 (todavía no) a 4 (enseña a otros).
behind-count =
    { $n ->
        [one] El que hay detrás de esta cifra.
       *[other] { $shown } de los { $n } que hay detrás de esta cifra.
    }
behind-missed = No cumplido: { $what }
behind-none = Nada en { $when }
behind-none-week = Nada en la semana del { $when }
behind-none-months = Nada de { $from } a { $to }
month-title = Revisión mensual
month-before = Mes anterior
month-after = Mes siguiente
month-leading = Antes: lo que hacemos
month-lagging = Después: lo que resulta
month-nothing = Nada contado
month-was = Mes anterior: { $what }
month-themes = Temas del mes
month-no-themes = No se reportó nada.
month-no-competency = Aún sin área de práctica
month-incidents = Incidentes y casi incidentes
month-repeated = Con más de una queja en tres meses
month-reviews = Revisiones
month-not-reviewed = Este mes aún no se ha revisado
month-review = Registrar la revisión
month-review-send = Guardar la revisión
month-reviewed = Revisión guardada
month-role-specific = Los estándares que vimos son propios de un puesto
month-validated = Se validaron en la práctica real
month-changed = El resultado cambió
hold-title = ¿Se mantiene?
hold-rule = "Se mantiene" descarta que el estándar se cumpla menos del 60 % de las veces: quien no lo cumple más a menudo aparece así alguna vez en 5 de cada 100 casos como mucho. Hace falta volver a comprobarlo siete veces de siete en la práctica real (más tras un fallo), de día, tarde, noche o fin de semana, y ningún fallo crítico. "Volvió atrás": dos fallos en las últimas cinco, o uno crítico en las últimas tres. "No se mantuvo": un fallo crítico anterior, tras el cual ya no puede mantenerse. Tras 90 días sin volver a comprobar, no se dice nada.
hold-none = No se cerró ningún ciclo de orientación en el último año
hold-none-hint = Los ciclos cerrados aparecen aquí con los resultados de sus comprobaciones.
hold-too-early = Demasiado pronto
hold-watch = Falló la última vez
hold-reverted = Volvió atrás
hold-holds = Se mantiene
hold-looks = { $met } de { $n } comprobaciones cumplidas en la práctica real
hold-compared = Puntos cumplidos: { $before } antes, { $after } desde el cierre
hold-missing = Pendiente: { $what }
missing-looks =
    { $n ->
        [one] { $n } comprobación más en la práctica real
       *[other] { $n } comprobaciones más en la práctica real
    }
missing-days =
    { $n ->
        [one] una comprobación { $n } día más tarde
       *[other] una comprobación { $n } días más tarde
    }
missing-off-hours = una comprobación de noche o en fin de semana
missing-bands =
    { $n ->
        [one] { $n } momento distinto del día o la semana
       *[other] { $n } momentos distintos del día o la semana
    }
band-day = día
band-evening = tarde
band-night = noche
band-weekend = fin de semana
items-title = Preguntas que podría quitar
items-rule = Se propone quitar una pregunta que se pudo valorar al menos 72 veces y nunca encontró nada: entonces encontraría algo en menos de 5 de cada 100. Las preguntas críticas se quedan. Decide quien escribe el estándar.
items-none = Aún no hay registros
items-none-hint = Cuando se usen los estándares, sus preguntas aparecen aquí con lo que encontraron.
items-numbers = Encontró algo en { $told } de { $asked } registros; en { $unseen } no se vio o no correspondía. Encontraría algo en un { $most } % del resto como mucho
items-propose = Se podría quitar
items-critical = Crítica: se queda
items-tells = Útil
date-month-year = { $month } { $year }
date-day-month = { $day } { $month }
insight-no-verdict = sin valorar
insight-no-records = Sin registros
insight-key-baseline = Lo habitual antes
sign-risen = salió mal más de lo que explica la referencia
insight-summary-baseline =
    { $n ->
        [one] { $n } punto, antes lo habitual { $centre }, { $said }
       *[other] { $n } puntos, antes lo habitual { $centre }, { $said }
    }
insight-since = Desde { $when }, más o menos, sale mal más de lo que explica la referencia.
insight-gaps =
    { $n ->
        [one] Sin registros en un periodo: { $which }.
       *[other] Sin registros en { $n } periodos: { $which }.
    }
why-spread = Gráfico de rachas sobre la mediana (reglas de Anhøj), porque los puntos se reparten alrededor. Si nada cambió, da una señal falsa en un año de cada veinte, más o menos.
why-rare = Suma acumulada frente a los años anteriores (CUSUM exacto), porque sale mal poco: { $mean } por periodo. Solo busca si sale mal más; si nada cambió, da una señal falsa en un año de cada veinte, más o menos.
why-overlap = Se dibuja, no se valora: los puntos vecinos comparten observaciones y suben y bajan juntos por sí solos.
why-grows = Se dibuja, no se valora: la parte crece con cada acción cerrada alguna vez. Cada acción dice si volvió a pasar.
why-clustered = Se dibuja, no se valora: la mayoría de los puntos está en la mediana y las respuestas de un registro se parecen.
why-too-few = Se dibuja, no se valora: han terminado muy pocos periodos. Léalo como una lista, no como una tendencia.
month-signal-rule = Las señales son del último mes terminado. Se vigilan siete cifras: si nada cambió, aquí aparece una señal por azar menos de una vez al año.
hold-lapsed = Sin comprobación reciente
hold-shown = Cumplidas { $met } de { $n } comprobaciones en la práctica real desde { $since }; descarta menos del { $least } %
measure-simulated-met = Estándares cumplidos en simulación
measure-paper-met = Estándares cumplidos en papel
measure-incidents = Incidentes
meaning-simulated-met = Casos de práctica y llamadas simuladas que cumplieron su estándar, de los evaluados.
meaning-paper-met = Auditorías, casos escritos y notas revisadas que cumplieron su estándar, de los evaluados.
meaning-incidents = Incidentes reportados, incluidas las visitas perdidas. No se cuentan casi incidentes ni otras inquietudes. Elija un tipo debajo de la medida.
insight-kind = Qué salió mal
insight-all-kinds = Todos los tipos
insight-ratings =
    { $n ->
        [one] de { $n } valoración
       *[other] de { $n } valoraciones
    }
insight-running = { $period } hasta ahora: { $said }. Aún no entra en la tendencia.
insight-running-week = Semana del { $period } hasta ahora: { $said }. Aún no entra en la tendencia.
hold-did-not = No se mantuvo
hold-critical = El { $day } no se cumplió un punto crítico
behind-judged = { $n } de estas { $of } se evaluaron: cumplidas o por debajo del estándar. Las demás no se pudieron evaluar.
behind-again = Volvió a pasar después de una acción
behind-complete = Completa
behind-plan-unknown = Plan de seguridad desconocido
behind-adds = Contado aquí: { $x } de { $n }
behind-months = { $from } a { $to }
