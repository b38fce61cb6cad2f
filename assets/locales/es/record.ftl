# Registros terminados: lista, relectura, revisión y tareas siguientes.
record-title = Registro
record-all = Todos
record-filter = Tipo de registro
record-none = Todavía no hay registros de este tipo
record-none-hint = Lo que usted termina, y lo que terminan otras personas de sus centros, aparece aquí.
record-more = Mostrar más
record-choose = Elija un registro
record-choose-hint = Se abre aquí, junto a la lista.
record-here = Guardado en este dispositivo
record-returned = Volvió con una pregunta
record-withdrawn = Retirado. Se puede seguir leyendo y ya no cuenta.
record-no-standard = El estándar de este registro todavía no está en este dispositivo. Estas son las respuestas tal como se escribieron.
record-raw = Respuestas tal como se escribieron
record-coaching = Orientación
record-refresher = Repaso: { $title }
record-look-again = Volver a mirar: { $day }
record-facts = Quién, dónde, cuándo
record-by = Escrito por
record-about = Sobre
record-site = Centro
record-happened = Ocurrió
record-recorded = Anotado
record-someone = Alguien que aquí no se conoce
record-history = Cómo llegó a ser así
record-proof = Huella
record-proof-hint = Compárelas con otra copia del registro. Son los números de sus eventos; la huella de todo el diario está en la página de sincronización.
record-first-event = Primer evento
record-newest-event = Último evento
record-version-seconds = Versión { $version } del estándar · llenado en { $time }
verdict-met = Cumplido
verdict-critical = No cumplido: falló un punto crítico
verdict-share = No cumplido: { $met } de { $seen } puntos cumplidos
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
verb-amended = Cambiado
verb-withdrawn = Retirado
verb-returned = Devuelto con una pregunta
verb-acknowledged = Confirmado
verb-reviewed = Revisado
verb-other = { $verb } (de una versión más nueva)
conflict-title = Dos versiones de este registro
conflict-text = Dos personas lo cambiaron sin saber una de la otra. Se conservan las dos. Quien pueda cambiarlo decide cuál vale.
conflict-text-settle = Dos personas lo cambiaron sin saber una de la otra. Se conservan las dos. Resuélvalo con un cambio que diga qué vale.
conflict-more =
    { $n ->
        [one] Hay { $n } versión más en la historia.
       *[other] Hay { $n } versiones más en la historia.
    }

act-review = Revisarlo
act-amend = Cambiarlo, con un motivo
act-rework = Trabajarlo de nuevo
act-correct = Corregirlo
act-settle = Resolverlo
act-acknowledge = Confirmar
act-acknowledge-word = Una palabra de vuelta
act-acknowledge-hint = Dice que usted lo ha leído, no que esté de acuerdo con todo.
act-read-back = Repetirlo y tomar el turno
act-read-back-word = Lo que usted oyó
act-read-back-hint = Diga los riesgos principales y las tareas abiertas con sus propias palabras.
act-acknowledged = Confirmado.
act-return = Devolver con una pregunta
act-return-question = Su pregunta
act-return-hint = Vuelve a quien lo escribió. El registro queda como está hasta que responda.
act-returned = Devuelto.
act-withdraw = Retirar
act-withdraw-reason = ¿Por qué?
act-withdraw-hint = Se puede seguir leyendo con su motivo y ya no cuenta. No se puede deshacer.
act-withdrawn = Retirado.
act-words-missing = Escriba primero unas palabras.

review-title = Revisión
review-not-now = Ahora no hay nada que revisar aquí
review-not-now-hint = Puede que otra persona lo haya revisado o que se haya cambiado.
review-marks = Qué mirar
review-feedback = Comentarios
review-feedback-hint = Qué estuvo bien, qué falta, qué hacer la próxima vez. La persona lo lee con su propio inicio de sesión.
review-feedback-missing = Escriba sus comentarios: el resultado solo no ayuda.
review-sent = Su revisión está guardada.
review-written = Escrito { $when }

tasks-none = No hay tareas abiertas
tasks-none-hint = Aquí aparecen las tareas de los cambios de turno de sus centros.
tasks-ended = Hechas y canceladas
task-open-for = Abierta desde hace { $span }
task-done-after = Hecha después de { $span }
task-ended-after = Terminada después de { $span }
task-late = Atrasada
task-act-take = La tomo yo
task-act-done = Hecha
task-act-assign = Dar a alguien
task-act-cancel = No hace falta
task-taken = Ahora es suya.
task-assigned-now = Asignada.
task-done-now = Hecha.
task-cancelled-now = Cancelada.
task-choose = Elija una persona.
task-done-word = ¿Cómo fue?
task-cancel-word = ¿Por qué no hace falta?
task-open-handoff = Abrir el cambio de turno
