# Lo que se sigue: ciclos, restricciones, incidentes, señales, acciones.
follow-title = Seguimiento
follow-none = Todavía no hay nada en seguimiento
follow-none-hint = Aquí aparecen los ciclos de acompañamiento, incidentes, casi incidentes, restricciones y acciones correctivas.
follow-open = Abiertos
follow-ended = Terminados
follow-cycle = Ciclo de acompañamiento
follow-restriction = Restricción
follow-incident = Incidente
follow-near-miss = Casi incidente
follow-signal = Señal
follow-action = Acción correctiva
follow-improvement = Mejora
follow-assessment = Autoevaluación
follow-governance = Revisión de gobernanza
follow-to-classify = Por clasificar
follow-classified = Clasificado
follow-state-open = Abierto
follow-carried-out = Llevada a cabo
follow-unproven = Cerrado sin su evidencia
follow-lifted = Levantada
follow-closed = Cerrado
follow-stopped = Detenido
follow-ended-already = Ya ha terminado. Mire su historial.
follow-high-risk = Una acción de alto riesgo necesita al menos una comprobación en vivo. Pídala.
follow-dates = La fecha nueva debe ser posterior a la anterior.
follow-evidence = Evidencia
follow-slipped = La última comprobación no se cumplió: hace falta una más
follow-answers = A qué responde
follow-expected = Práctica esperada
follow-why = Motivo
follow-gap = Tipo de carencia
follow-competency = Competencia
follow-owner = Responsable
follow-note = En sus palabras
follow-write = Guardar
follow-written = Guardado
follow-extend = Ampliar una semana
follow-close = Cerrar
follow-stop = Detener sin evidencia
follow-classify = Clasificar
want-validations =
    { $n ->
        [one] { $n } comprobación cumplida más
       *[other] { $n } comprobaciones cumplidas más
    }
want-live = { $n } en la práctica real
want-notes =
    { $n ->
        [one] { $n } nota más que cumpla el estándar
       *[other] { $n } notas más que cumplan el estándar
    }
want-confirmations =
    { $n ->
        [one] { $n } decisión confirmada más
       *[other] { $n } decisiones confirmadas más
    }
want-nothing = Está toda la evidencia que se pidió.
want-still = Falta: { $what }
want-before = Antes: { $what }
want-still-open =
    { $n ->
        [one] Sigue abierto un ciclo o una restricción que abrió esta acción. Ciérrelo primero.
       *[other] Siguen abiertos { $n } ciclos o restricciones que abrió esta acción. Ciérrelos primero.
    }
cycle-not-met = No cumplido: { $item }
cycle-deviation = { $deviation } (no cumplido: { $item })
evidence-counts = Cuenta
evidence-failed = No cuenta
evidence-count = Contar esta observación
evidence-counted = Visto de nuevo, cuenta como evidencia
gap-knowledge = Conocimiento
gap-workflow = Forma de trabajo
gap-accountability = Responsabilidad
gap-hint = Solo una carencia de conocimiento se resuelve con formación.
category-abuse-verbal = Abuso verbal
category-abuse-physical = Abuso físico
category-abuse-sexual = Abuso sexual
category-abuse-psychological = Abuso psicológico
category-abuse-emotional = Abuso emocional
category-neglect = Negligencia
category-exploitation = Explotación, también de dinero
category-restraint = Uso indebido de contención o aislamiento
category-medication = Medicación
category-death = Muerte inexplicada
category-fall = Caída
category-escalation = Aviso demasiado tarde
category-handoff = Relevo
category-missed-visit = Visita perdida
category-documentation = Documentación
category-equipment = Equipo
category-other = Otra cosa
outcome-poison-control = Se llamó a toxicología
outcome-emergency = Urgencias del hospital
outcome-urgent-care = Atención urgente
outcome-hospital = Hospital
outcome-death = Muerte
outcome-injury = Lesión
source-audit = Auditoría de documentación
source-theme = Tema de incidentes
source-partner = Comentario de un colaborador
source-complaint = Queja
source-on-call = Pregunta a la guardia
action-kind = Tipo de acción
action-retraining = Nueva formación
action-workflow = Cambio en la forma de trabajo
action-supervision = Supervisión
action-staffing = Personal
action-equipment = Equipo
action-misses = La formación sola no responde a esta carencia
action-misses-hint = También tiene que cambiar la forma de trabajo, o quién responde de ella. Añada una acción para eso.
work-notified = Autoridad avisada
work-investigation = Investigación empezada
work-resolved = Resuelto
work-tracked = Seguido
stage-plan = Planificar
stage-do = Hacer
stage-study = Estudiar
stage-act = Actuar
session-coaching = Anotar acompañamiento
session-confirmed = Decisión confirmada
session-not-confirmed = Decisión no confirmada
session-learning = Microaprendizaje
session-reflection = Reflexión
step-opened = Abierto
step-evidence = Evidencia añadida
step-extended = Ampliado
step-closed = Cerrado
step-reviewed = Revisado
step-reported = Comunicado
step-updated = Actualizado
improvement-aim = Objetivo
improvement-measure = Medida
cycle-title = Abrir un ciclo
cycle-hint = Dos semanas: acompañar, comprobar de nuevo, cerrar con evidencia.
cycle-weakness = Qué se vio
cycle-checks = Comprobaciones que deben cumplirse
cycle-checks-hint = Al menos una en la práctica real.
cycle-notes = Notas que deben cumplir el estándar
cycle-open = Guardar y abrir
report-title = Comunicar un incidente
report-kind = ¿Qué fue?
report-category = Categoría
report-source = Fuente
report-happened = Ocurrió
report-words = Qué pasó
report-words-hint = Qué se vio y qué se hizo. Sin nombres de las personas apoyadas.
report-outcomes = A qué llevó
report-no-site = Elija un centro
report-send = Comunicar
report-reportable = Hay que comunicarlo fuera
report-reportable-hint = Avise ahora a su supervisor; el plazo de la autoridad ya corre.
report-reportable-hint-lead = El plazo de la autoridad ya corre. Anótelo aquí cuando se le haya avisado.
owed-follow-cycle = Ciclos de acompañamiento
owed-follow-restriction = Restricciones
owed-follow-report = Por clasificar
owed-follow-action = Acciones correctivas
owed-observe = Por observar
owed-recheck = ¿Se mantiene?
restrict-title = Poner una restricción
restrict-hint = Por tiempo limitado: se revisa cada semana y se levanta con una comprobación real.
restrict-duties = Qué no hace mientras tanto
restrict-standard = Se comprueba con este estándar
restrict-standard-none = Elija un estándar
restrict-words-missing = Escriba qué no hace y por qué.
restrict-standard-missing = Elija el estándar de la comprobación.
action-title = Abrir una acción correctiva
action-what = Qué va a cambiar
action-owner-none = Elija un responsable
action-high-risk = Alto riesgo
action-high-risk-hint = Solo se cierra después de una comprobación real.
gap-missing = Elija el tipo de carencia.
