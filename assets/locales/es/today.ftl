# Hoy: lo que hay por hacer, borradores, empezar.
today-title = Hoy
today-site-shift = { $site } · { $shift }
today-begin = Empezar
today-drafts = Borradores ({ $n })
today-draft-complete = Nada pendiente
today-draft-open =
    { $n ->
        [one] falta { $n }
       *[other] faltan { $n }
    }
today-recent = Mis registros recientes
today-no-standards = Aún no hay estándares
today-no-standards-ask = Los añade la persona de calidad o de administración. Después podrá empezar aquí.
today-no-standards-add = Los estándares dicen cómo es una buena práctica. Empiece con el conjunto inicial y cámbielo después.
today-add-starters = Añadir los estándares iniciales
today-starters-added = Estándares iniciales añadidos
quoted = «{ $text }»

owed-title = Por hacer
owed-nothing = Nada por hacer ahora
owed-nothing-hint = Aquí aparece lo que otros necesitan de usted.
owed-group = { $title } ({ $n })
owed-show-all = Ver los { $n }
owed-returned = Responder a una pregunta
owed-review = Revisar una nota
owed-rework = Corregir su nota
owed-acknowledge = Leer y confirmar
owed-handoff = Recibir una entrega de turno
owed-task = Tarea
owed-look-again = Volver a comprobar
owed-look-again-after = Tras la orientación · { $day }
owed-look-again-gone = Ya no está en el estándar: compruébelo entero
owed-conflict = Dos versiones de un registro
owed-coached = Con orientación
owed-conflict-hint = Se conservan las dos. Elija cuál es la correcta.
owed-heard = Novedades para usted
heard-accepted = { $name } aceptó su nota
heard-answered = { $name } le respondió
heard-replied = { $name } escribió
owed-next-duty = Siguiente: { $what }
heard-praise = Un elogio para usted
owed-late =
    { $day ->
        [ayer] Con retraso: vencía ayer
       *[other] Con retraso: vencía el { $day }
    }
