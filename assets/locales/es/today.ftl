# Hoy: lo pendiente, borradores, empezar.
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
today-recent = Lo último que registré
today-no-standards = Aún no hay estándares
today-no-standards-ask = Los añade la persona de calidad o de administración. Después podrá empezar aquí.
today-no-standards-add = Los estándares dicen cómo es una buena práctica. Empiece con el conjunto inicial y cámbielo después.
today-add-starters = Añadir los estándares iniciales
today-starters-added = Los estándares iniciales ya están
record-waiting = Guardado aquí
quoted = «{ $text }»

owed-title = Pendiente de usted
owed-nothing = Nada pendiente ahora
owed-nothing-hint = Aquí aparece lo que otros necesitan de usted.
owed-group = { $title } ({ $n })
owed-show-all = Ver los { $n }
owed-returned = Devuelto a usted
owed-review = Revisar una nota
owed-rework = Rehacer su nota
owed-acknowledge = Leer y aceptar
owed-handoff = Recibir un relevo
owed-task = Tarea siguiente
owed-look-again = Mirar otra vez
owed-look-again-after = Después del acompañamiento del { $day }
owed-conflict = Dos versiones de un registro
owed-coached = Con orientación
owed-conflict-hint = Se guardan las dos. Elija cuál vale.
owed-heard = Qué resultó
heard-accepted = { $name } aceptó su nota
heard-praise = Un elogio para usted
owed-late = Con retraso: para el { $day }
