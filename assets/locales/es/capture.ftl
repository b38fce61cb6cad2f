# Empezar y llenar una observación: se lee de pie, con un pulgar.
begin-no-standard = Todavía no hay un estándar para esto
begin-no-standard-hint = La persona responsable de calidad publica los estándares. Llegan aquí por sí solos.
begin-no-standard-office = Publique un estándar, o el juego inicial, para que todos puedan empezar.
begin-standard = ¿Qué estándar?
begin-now = Empezar
begin-new = Empezar uno nuevo
begin-choose-site = Elija primero el centro.
begin-no-site = Todavía no tiene ningún centro. Pida a administración que le añada a uno.
begin-draft =
    { $open ->
        [0] { $title } · nada pendiente · { $when }
        [one] { $title } · falta { $open } · { $when }
       *[other] { $title } · faltan { $open } · { $when }
    }
begin-nobody = Todavía no hay nadie en este centro
begin-nobody-hint = Las personas aparecen aquí cuando administración las añade al centro.
begin-search = Buscar por nombre
begin-found =
    { $n ->
        [one] { $n } persona
       *[other] { $n } personas
    }
begin-none-found = No hay nadie con ese nombre aquí. Revise cómo está escrito o elija otro centro.
begin-last = Última: { $title } · { $day }
begin-never = Aún sin observar

capture-opening = Abriendo…
capture-gone = Este borrador ya no está aquí
capture-gone-hint = Se terminó o se descartó. Si se terminó, está en Registros.
capture-site = ¿Qué centro?
capture-who = ¿Sobre quién es?
capture-nobody-chosen = Elija una persona
capture-critical = Crítico
capture-optional = Opcional
capture-clear = Borrar la respuesta
capture-good = Cómo se ve bien hecho
capture-deviations = ¿Qué falló?
capture-coach-now = Orientar ahora
capture-coaching-change = Cambiar la orientación
capture-coached = Orientación guardada
capture-coached-again = Orientación guardada · Volver a comprobar: { $day }
capture-choice-note = Describa
capture-find-out = Nadie lo sabe todavía. ¿Quién lo averiguará y para cuándo?
capture-find-out-who = ¿Quién lo averiguará?
capture-find-out-when = ¿Para cuándo?
capture-find-out-task = Averiguar: { $item }
capture-find-out-added = Añadida a las tareas.
capture-nobody-yet = Sin asignar
capture-due-hour = En 1 hora
capture-due-shift = Fin del turno, { $time }
capture-due-tomorrow = Mañana 09:00
capture-due-other = Otra hora
capture-due-at = Día y hora
capture-tasks = Tareas
capture-no-tasks = Todavía no hay tareas. Si no hay nada que hacer, déjelo así.
capture-unowned =
    { $n ->
        [one] { $n } tarea sin asignar.
       *[other] { $n } tareas sin asignar.
    }
capture-add-task = Añadir una tarea
capture-task-n = Tarea { $n }
capture-remove = Quitar
capture-remove-task = Quitar la tarea { $n }
capture-task-who = ¿Quién la hace?
capture-task-when = ¿Para cuándo?
capture-task-by = Para { $when }
capture-code = Código de la persona atendida
capture-code-hint = El código propio de su centro, nunca un nombre.
capture-letters-left =
    { $n ->
        [one] Queda { $n } carácter
       *[other] Quedan { $n } caracteres
    }
capture-between = Escriba un número de { $min } a { $max }.
capture-at-least = Escriba un número de { $min } o más.
capture-at-most = Escriba un número de { $max } o menos.
capture-limits = de { $min } a { $max }
capture-not-a-number = Esto no es un número. Use cifras, como 37,5.
capture-consent = ¿La persona atendida acepta que se la observe?
capture-consent-short = Consentimiento
capture-setting = ¿Es práctica real o una simulación?
capture-consent-hint = Pregúntele de la manera que le resulte más fácil. Un no no necesita motivo.
capture-never-a-name = Su nombre nunca se escribe aquí.
capture-declined-title = Deje de observar el cuidado personal ahora
capture-declined-text = Termine esto como no aceptado, con el resto marcado como no visto, o descártelo. Lo que no vio no cuenta en contra de nadie.
capture-rest-not-seen = Marcar el resto como no visto
capture-discard = Descartar este borrador
capture-discard-title = ¿Descartar este borrador?
capture-discard-text = Todo lo llenado aquí se borra de este dispositivo. Los registros terminados no cambian.
capture-discard-yes = Descartar
capture-discarded = Borrador descartado
capture-feedback = Comentarios
capture-reason = ¿Qué cambió y por qué?
capture-reason-hint = La primera versión se puede seguir leyendo junto a esta.
capture-case = El caso
capture-after = Turno, hora y nota
capture-shift = Turno
capture-when = ¿Cuándo fue esto?
capture-when-begun = Al empezar, { $when }
capture-when-now = Ahora mismo
capture-earlier = Ocurrió antes
capture-earlier-hint = Se guardan las dos horas: cuándo ocurrió y cuándo lo registró.
capture-happened = ¿Cuándo ocurrió?
capture-two-times = Ocurrió: { $happened } · Empezado aquí: { $recorded }
capture-note = Nota
capture-note-hint = Cualquier otra cosa. Sin nombres de personas atendidas.
capture-about = Sobre este formulario
capture-version = Versión { $version } del estándar.
capture-timing-told = Con el registro se guarda cuánto se tardó en llenarlo, en total y en cada pregunta. Muestra dónde un formulario es demasiado largo. No se usa para comparar personas.
capture-timer = Tiempo empleado
capture-progress = Preguntas respondidas
capture-progress-words = { $done } de { $of }
capture-list = Todas las preguntas
capture-list-short = Preguntas
capture-previous = Atrás
capture-next = Siguiente
capture-saves = Cada cambio se guarda al momento
capture-saving = Guardando…
capture-saved = Guardado { $time }
capture-save-again = La aplicación sigue intentándolo hasta que funcione; deje esta página abierta.
capture-finish = Terminar
capture-finish-open =
    { $n ->
        [one] Terminar · falta { $n }
       *[other] Terminar · faltan { $n }
    }
capture-hand-over = Entregar el turno
capture-hand-over-open =
    { $n ->
        [one] Entregar · falta { $n }
       *[other] Entregar · faltan { $n }
    }
capture-open-points =
    { $n ->
        [one] Falta { $n } cosa
       *[other] Faltan { $n } cosas
    }
stand-open = Sin responder
stand-optional = Opcional
stand-answered = Respondido
stand-unsure = Desconocido
stand-unowned = Una tarea sin asignar
stand-wrong = Revise esto

coach-title = Orientar ahora
coach-good = Cómo se ve bien hecho
coach-said = ¿Qué dijo usted?
coach-said-hint = Lo que mostró y lo que acordaron.
coach-refresher = Repaso
coach-refresher-minutes = { $title } · { $n } min
coach-refresher-none = Ninguno
coach-refresher-all =
    { $n ->
        [one] { $n } repaso más
       *[other] { $n } repasos más
    }
coach-refresher-read = Leer el repaso
coach-look-again = Volver a comprobar
coach-next-visit = Próxima visita
coach-three-days = En 3 días
coach-week = En una semana
coach-other-day = Otro día
coach-day = ¿Qué día?
coach-look-again-says =
    { $day ->
        [hoy] Se le recordará hoy
       *[other] Recordatorio: { $day }
    }
coach-acknowledge = { $name } puede confirmarlo cuando inicie sesión.
coach-acknowledge-they = La persona puede confirmarlo cuando inicie sesión.
coach-keep = Guardar la orientación
coach-remove = Quitar esta orientación

done-title = Terminado
done-saved = Guardado en este dispositivo
done-waits = Se enviará cuando tenga señal.
done-waits-shared = Se envía cuando hay señal, mientras usted tenga desbloqueado este dispositivo. Nadie más puede enviarlo desde aquí.
done-sent = Guardado y enviado
done-sent-text = No hay nada más que hacer.
done-not-sent = Guardado en este dispositivo, sin enviar
done-sign-in = No se puede enviar hasta que vuelva a vincular este dispositivo.
done-set-aside = Apartado por el servidor
done-others-need-you = Otra entrada necesita su atención.
done-others-sign-in = Vuelva a vincular antes de seguir: hasta entonces no se envía nada nuevo.
done-others-wait = En este dispositivo hay entradas de otras personas sin enviar.
done-misses =
    { $n ->
        [one] { $n } punto no cumplido.
       *[other] { $n } puntos no cumplidos.
    }
done-uncoached = Un punto no cumplido todavía no tiene orientación.
done-evidence = Cuenta para: { $what }. { $setting }.
done-no-evidence = { $result }: no cuenta para: { $what }.
done-open-cycle = Abrir el ciclo
done-coach = Añadir orientación
done-coaching-reason = Orientación añadida
done-review = Una persona supervisora debería responder en 24 horas. Lo verá en Hoy.
done-next-person = Siguiente persona
done-open-record = Ver el registro
begin-whole-site = El centro en conjunto
done-count-own = A nadie se le valora por su propia observación. Cuenta la de otra persona.
done-count-declined = Para que cuente, la persona atendida tiene que estar de acuerdo con que alguien observe.
done-count-critical = Para que cuente, hay que ver el punto crítico: observe otra vez.
done-count-unknown = Para que cuente, no puede quedar nada desconocido: corrija este registro si se entera, u observe otra vez.
done-count-more = Para que cuente, hay que ver más puntos: observe otra vez.
capture-more-than-whole = Es parte de «{ $whole }» y no puede ser más. Corrija uno de los dos.
coach-removed = Se quitó la orientación.
coach-undo = Deshacer
