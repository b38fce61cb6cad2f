# Registros terminados: lista, vista, revisión y tareas.
record-title = Registro
record-all = Todos
record-filter = Tipo de registro
record-none = Todavía no hay registros de este tipo
record-none-hint = Lo que usted y otras personas de sus centros terminan aparece aquí.
record-choose = Elija un registro
record-choose-hint = Se abre aquí, junto a la lista.
record-asked = { $name } hizo una pregunta
record-waits = En espera de la respuesta de { $name }
record-answered = { $name } respondió
record-replied = { $name } escribió
record-withdrawn = Retirado. Se puede seguir leyendo y ya no cuenta.
record-no-standard = El estándar de este registro todavía no está en este dispositivo. Estas son las respuestas tal como se escribieron.
record-raw = Respuestas tal como se escribieron
record-coaching = Orientación
record-refresher = Repaso: { $title }
record-look-again = Volver a comprobar: { $day }
record-facts = Detalles
record-by = Registrado por
record-about = Sobre
record-site = Centro
record-happened = Ocurrió
record-recorded = Registrado
record-begun = Empezado
record-arrived = Llegó al servidor
record-arrived-in = llegó el { $day }
record-someone = Alguien que aquí no se conoce
record-history = Historial
record-proof = Huella
record-proof-hint = Compárelas con otra copia del registro. Son los números de sus eventos; la huella de todo el diario está en Sincronización y almacenamiento.
record-first-event = Primer evento
record-newest-event = Último evento
record-version-seconds = Versión { $version } del estándar · llenado en { $time }
verdict-met = Cumplido
verdict-critical = Por debajo del estándar: falló un punto crítico
verdict-share = Por debajo del estándar: { $met } de { $seen } cumplidos, se necesita el { $needed } %
verdict-critical-unseen = Sin valorar: no se vio un punto crítico
verdict-too-little = Sin valorar: no se vieron { $n } de { $of } puntos
verdict-own = Sin valorar: la persona se observó a sí misma
verdict-declined = Sin valorar: la persona atendida no estuvo de acuerdo
verdict-not-judged = Sin valorar
verdict-nothing-seen = No se vio nada que cuente
verdict-unknown =
    { $n ->
        [one] { $n } respuesta es desconocida
       *[other] { $n } respuestas son desconocidas
    }
group-unknown = Desconocido
group-said = Respuestas
group-open = Sin responder
verb-submitted = Registrado
verb-amended = Corregido
verb-withdrawn = Retirado
verb-returned = Con pregunta
verb-answered = Pregunta respondida
verb-acknowledged = Confirmado
verb-reviewed = Revisado
verb-other = { $verb } (de una versión más nueva)

act-review = Revisar esta nota
act-amend = Corregir este registro
act-rework = Corregir su nota
act-correct = Corregir este registro
act-settle = Resolver
act-acknowledge = Confirmar
act-acknowledge-word = Respuesta
act-acknowledge-hint = Dice que usted lo ha leído, no que esté de acuerdo con todo. Quien lo registró ve su respuesta.
act-read-back = Repetir y tomar el turno
act-read-back-word = ¿Qué oyó usted?
act-read-back-hint = Diga los riesgos principales y las tareas abiertas con sus propias palabras.
act-acknowledged = Confirmado
act-return = Hacer una pregunta
act-return-question = Su pregunta
act-return-hint = La persona que lo registró recibe su pregunta. El registro queda como está hasta que responda.
act-returned = Pregunta guardada
act-answer = Responder la pregunta
act-answer-word = Su respuesta
act-answer-hint = Quien preguntó ve su respuesta. El registro queda como está; corríjalo si algo estaba mal.
act-reply = Responder
act-reply-hint = La persona ve su respuesta. El registro queda como está.
act-ask-hint = Quien lo registró recibe su pregunta. El registro queda como está.
act-answered = Respuesta guardada
act-withdraw = Retirar este registro
act-withdraw-reason = ¿Por qué?
act-withdraw-hint = Se puede seguir leyendo con su motivo y ya no cuenta. No se puede deshacer.
act-withdrawn = Retirado
act-words-missing = Escriba primero unas palabras.

review-title = Revisión
review-not-now = Ahora no hay nada que revisar aquí
review-not-now-hint = Puede que otra persona lo haya revisado o que se haya cambiado.
review-marks = Qué mirar
review-feedback = Comentarios
review-feedback-hint = Qué estuvo bien, qué falta, qué hacer la próxima vez. La persona lo ve cuando inicia sesión.
review-feedback-missing = Escriba sus comentarios: el resultado solo no ayuda.
review-sent = Revisión guardada
review-written = Escrito { $when }

tasks-none = No hay tareas abiertas
tasks-none-hint = Aquí aparecen las tareas de las entregas de turno de sus centros.
tasks-ended = Hechas y canceladas
task-open-for = Abierta desde hace { $span }
task-done-after = Hecha después de { $span }
task-ended-after = Terminada después de { $span }
task-late = Atrasada
task-act-take = Tomar esta tarea
task-act-done = Marcar como hecha
task-act-assign = Reasignar
task-act-cancel = Cancelar la tarea
task-taken = Asignada a usted
task-assigned-now = Tarea reasignada
task-done-now = Tarea hecha
task-cancelled-now = Tarea cancelada
task-choose = Elija una persona.
task-done-word = ¿Cómo fue?
task-cancel-word = ¿Por qué no hace falta?
task-open-handoff = Abrir la entrega
verdict-met-share = Cumplido: { $met } de { $of } cumplidos, se necesita el { $needed } %
verdict-unknown-open =
    { $n ->
        [one] Sin valorar: { $n } respuesta es desconocida
       *[other] Sin valorar: { $n } respuestas son desconocidas
    }
unjudged = Sin valorar ({ $why })
unjudged-own = práctica propia
unjudged-declined = sin consentimiento
unjudged-critical = punto crítico sin ver
unjudged-unknown =
    { $n ->
        [one] { $n } desconocido
       *[other] { $n } desconocidos
    }
unjudged-too-little = { $n } de { $of } sin ver
review-void = Esta revisión no cuenta: aceptó un trabajo que no cumple un punto crítico
