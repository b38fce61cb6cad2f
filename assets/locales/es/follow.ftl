# Lo que se sigue: ciclos, restricciones, incidentes, otras inquietudes, acciones.
follow-title = Seguimiento
follow-none = Todavía no hay nada en seguimiento
follow-none-hint = Aquí aparecen los ciclos de orientación, incidentes, casi incidentes, restricciones y acciones correctivas.
follow-open = Abiertos
follow-ended = Terminados
follow-cycle = Ciclo de orientación
follow-restriction = Restricción
follow-incident = Incidente
follow-near-miss = Casi incidente
follow-signal = Otra inquietud
follow-action = Acción correctiva
follow-improvement = Mejora
follow-assessment = Autoevaluación
follow-governance = Revisión mensual
follow-to-classify = Falta la causa
follow-classified = Causa registrada
follow-state-open =
    { $gender ->
        [f] Abierta
       *[m] Abierto
    }
follow-carried-out = Llevada a cabo
follow-not-carried-out = Terminada sin llevarse a cabo
follow-closed-not-met = Cerrada – { $n } de { $of } sin comprobar de nuevo
follow-unproven =
    { $gender ->
        [f] Cerrada sin su evidencia
       *[m] Cerrado sin su evidencia
    }
follow-lifted = Levantada
follow-closed =
    { $gender ->
        [f] Cerrada
       *[m] Cerrado
    }
follow-stopped =
    { $gender ->
        [f] Terminada antes
       *[m] Terminado antes
    }
follow-ended-already = Esto ya terminó. Vea su historial.
follow-high-risk = Una acción de alto riesgo necesita volver a comprobarse al menos una vez en la práctica real. Pídalo.
follow-never-live = Este estándar nunca se observa en la práctica real, así que nadie podría demostrarlo. Elija otro estándar para la nueva comprobación.
follow-dates = La fecha nueva debe ser posterior a la anterior.
follow-evidence = Evidencia
follow-slipped = La última comprobación no se cumplió: hace falta una más
follow-answers = En respuesta a
follow-expected = Práctica esperada
follow-why = Motivo
follow-gap = Causa
follow-competency = Área de práctica
follow-owner = Responsable
follow-note = En sus propias palabras
follow-write = Guardar
follow-written = Guardado
follow-extend = Ampliar una semana
follow-close = Cerrar
follow-stop = Terminar sin evidencia
action-give-up = Terminar sin hacerla
action-give-up-hint = Escriba por qué no se lleva a cabo. Sus ciclos y restricciones siguen como están.
follow-classify = Registrar la causa
follow-reclassify = Cambiar la causa
want-validations =
    { $n ->
        [one] { $n } comprobación cumplida más
       *[other] { $n } comprobaciones cumplidas más
    }
want-live = al menos { $n } en la práctica real
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
want-still = Pendiente: { $what }
want-before = Antes: { $what }
follow-still-open = Aún abierto
want-still-open =
    { $n ->
        [one] Un ciclo o una restricción de esta acción sigue sin cerrar, o terminó antes sin su evidencia. Ciérrelo, o empiece otro para esa persona, primero.
       *[other] { $n } ciclos o restricciones de esta acción siguen sin cerrar, o terminaron antes sin su evidencia. Ciérrelos, o empiece otros para esas personas, primero.
    }
cycle-not-met = No cumplido: { $item }
cycle-deviation = { $deviation } (no cumplido: { $item })
evidence-counts = Cuenta
evidence-failed = No cuenta
evidence-count = Contar esta observación
evidence-counted = Comprobado de nuevo, cuenta como evidencia
evidence-whole = Qué cuenta: una observación que cumple el estándar en su conjunto.
evidence-items = Qué cuenta: una observación que cumple el estándar y en la que esto se vio y se cumplió: { $items }
evidence-gone = Ya no está en el estándar
evidence-gone-hint = { $items }: nadie puede volver a verlo. En su lugar cuenta una observación que cumple el estándar en su conjunto. Decida si eso basta antes de cerrar.
evidence-which = ¿Qué hay que ver cumplido? (opcional)
evidence-which-hint = Si no elige nada, cuenta una observación que cumple el estándar en su conjunto.
want-carried-out = Nadie ha registrado que esta acción se llevó a cabo. Regístrelo primero, o termínela sin hacerla.
want-was-carried-out = Esta acción se llevó a cabo. Ciérrela en vez de terminarla sin hacerla.
want-of-others = Esta acción no formó de nuevo ni restringió a esa persona, así que su observación no cuenta para ella.
gap-knowledge = Conocimiento
gap-workflow = Forma de trabajo
gap-accountability = Responsabilidad
gap-hint = La formación solo ayuda si la causa es de conocimiento.
category-abuse-verbal = Abuso verbal
category-abuse-physical = Abuso físico
category-abuse-sexual = Abuso sexual
category-abuse-psychological = Abuso psicológico
category-abuse-emotional = Abuso emocional
category-neglect = Negligencia
category-exploitation = Explotación (económica u otra)
category-restraint = Uso indebido de contención o aislamiento
category-medication = Medicamentos
category-death = Muerte inexplicada
category-fall = Caída
category-escalation = Se avisó demasiado tarde
category-handoff = Entrega de turno
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
action-misses = La formación sola no corrige esta causa
action-misses-hint = También tiene que cambiar la forma de trabajo, o quién responde de ella. Añada una acción para eso.
work-notified = Autoridad avisada
work-investigation = Investigación iniciada
work-resolved = Resuelto
work-tracked = Seguido
stage-plan = Planificar
stage-do = Hacer
stage-study = Estudiar
stage-act = Actuar
session-coaching = Registrar orientación
session-confirmed = Decisión confirmada
session-not-confirmed = Decisión no confirmada
session-learning = Microaprendizaje
session-reflection = Reflexión
step-classified = Causa: { $gap }
step-opened = Apertura
step-evidence = Evidencia añadida
step-extended = Ampliación
step-closed = Cierre
step-reviewed = Revisión
step-reported = Reporte
step-updated = Actualización
improvement-aim = Objetivo
improvement-measure = Medida
cycle-title = Abrir un ciclo de orientación
cycle-hint = Dos semanas: orientar, comprobar de nuevo, cerrar con evidencia.
cycle-weakness = Qué se vio
cycle-checks = Comprobaciones que cumplir
cycle-checks-hint = Al menos una en la práctica real.
cycle-notes = Notas que deben cumplir el estándar
cycle-open = Abrir el ciclo
report-title = Reportar lo ocurrido
report-kind = ¿Qué quiere reportar?
report-category = Categoría
report-source = Fuente
report-happened = Ocurrió
report-words = ¿Qué pasó?
report-words-hint = Qué se vio y qué se hizo. Sin nombres de personas atendidas.
report-outcomes = A qué llevó
report-no-kind = Elija qué va a reportar
report-no-source = Elija de dónde viene
report-no-category = Elija una categoría
report-no-practice = Elija el área de práctica
report-no-site = Elija un centro
report-send = Guardar el reporte
report-reportable = Debe reportarlo a la autoridad
report-reportable-hint = Avise ahora a su supervisor; el plazo de la autoridad ya corre.
report-reportable-hint-lead = El plazo de la autoridad ya corre. Regístrelo aquí cuando se le haya avisado.
owed-follow-cycle = Ciclos de orientación
owed-follow-restriction = Restricciones
owed-follow-report = Reportes: siguiente paso
owed-follow-action = Acciones correctivas
owed-observe = Por observar
owed-recheck = ¿Se mantiene?
restrict-title = Añadir una restricción
restrict-hint = Por tiempo limitado: se revisa cada semana y se levanta con una comprobación cumplida en la práctica real.
restrict-duties = ¿Qué no debe hacer?
restrict-standard = Volver a comprobar con este estándar
restrict-standard-none = Elija un estándar
restrict-words-missing = Escriba qué no debe hacer y por qué.
restrict-standard-missing = Elija el estándar de la comprobación.
action-title = Abrir una acción correctiva
action-what = ¿Qué va a cambiar?
action-owner-none = Elija un responsable
action-high-risk = Alto riesgo
action-high-risk-hint = Solo se cierra tras volver a comprobarlo en la práctica real.
gap-missing = Elija la causa.
step-reassigned = Reasignada
action-reassign = Cambiar responsable o fecha
action-reassign-why = ¿Por qué?
action-due-day = Fecha límite
action-due-missing = Ponga la fecha límite.
action-owner-left = La persona responsable ya no trabaja aquí
action-owner-left-hint = Elija un nuevo responsable.
report-by = Reportado por
investigator = Quién investiga
investigator-none = Elija quién investiga
visit-cover-whom = ¿Quién cubre?
visit-cover-other = Otra persona (escriba quién)
visit-cover-missing = Elija o escriba quién cubre.
visit-cover-who = Va { $name }
visit-cover-by = Organizado por { $name }
follow-praise = Elogio
report-praise = Esto es un elogio
report-praise-hint = La persona que usted nombre lo verá. No cuenta como algo que salió mal.
report-praise-whom = ¿A quién se elogia?
# Botones de lo que se hace con un reporte, un ciclo o una nota.
log-notified = Marcar autoridad avisada
log-investigation = Iniciar investigación
log-resolved = Marcar como resuelto
log-tracked = Registrar seguimiento
log-trended = Marcar revisado en patrones
log-told = Marcar supervisión avisada
log-contacted = Marcar persona contactada
log-attempt = Registrar intento
log-cover = Marcar cobertura organizada
log-missed = Marcar visita perdida
log-confirmed = Confirmar decisión
log-review = Registrar revisión
log-carried-out = Marcar como hecha
review-send-back = Devolver para cambios
review-accept = Aceptar
