# Cambios hechos sin saber unos de otros: combinados, en conflicto, resueltos, avisados.
conflict-title = Dos personas cambiaron esto de forma distinta
conflict-text = Ninguna sabía del cambio de la otra. Se conserva todo. Quien pueda cambiar el registro decide qué es lo correcto; hasta entonces, lo no cumplido cuenta como no cumplido.
conflict-text-settle = Ninguna sabía del cambio de la otra. Se conserva todo. Elija qué es lo correcto; hasta entonces, lo no cumplido cuenta como no cumplido.
merged-title = Se combinaron varios cambios
merged-text = Estas personas cambiaron cosas distintas sin saber una de la otra. Se conservan todos los cambios; el historial muestra quién cambió qué.
field-coaching = Orientación: { $item }
field-no-coaching = Sin orientación
field-nothing = Nada escrito
field-as-recorded = Cuando se registró
history-coaching-added = Orientación añadida – { $item }
history-coaching-changed = Orientación modificada – { $item }
history-coaching-removed = Orientación quitada – { $item }
history-joins = Combinó los cambios de { $names }
history-settled = Resolvió la diferencia
history-unseen = Hecho sin saber del cambio de { $names }. Se conserva aquí, y el registro sigue retirado.
history-changed = { $field }: { $words }
told-settled = { $name } resolvió lo que usted había cambiado
told-withdrawn = { $name } retiró este registro antes de que llegara su cambio
told-line = { $field }: usted escribió «{ $mine }». Ahora es «{ $stands }».
told-read = Marcar como leído
owed-told = Decisión sobre su cambio
owed-told-settled = Resuelto por { $name }
owed-told-withdrawn = Retirado por { $name }
settle-title = Resolver
settle-what = ¿Qué es lo correcto?
settle-hint = Elija en cada punto. No se borra nada: lo que no elige queda en el historial, y quien lo escribió recibe el aviso con su motivo.
settle-together = Las dos cosas, una tras otra
settle-reason = ¿Por qué es lo correcto?
settle-reason-hint = Lo lee quien escribió la otra versión.
settle-reason-own = Motivo
settle-reason-talked = Lo hablamos
settle-reason-papers = Los documentos lo confirman
settle-reason-there = Estuve allí y lo vi
settle-send = Conservar esto
settle-done = Resuelto. Quien escribió la otra versión recibe el aviso.
settle-nothing = Aquí no hay nada que resolver
settle-nothing-hint = Puede que alguien lo haya resuelto ahora mismo.
open-in-dispute = Elija qué es lo correcto en cada punto.
open-changed = Algo acaba de cambiar aquí. Mírelo otra vez.

# Lo que intentó cambiar quien no puede: se guarda, se muestra y no tiene efecto.
refused-title = No cuenta
refused-hint = Alguien sin permiso intentó cambiar esto. No cambió nada. El intento se guarda para que todos puedan verlo.
refused-line = No cuenta: { $what }, de { $name }
refused-change = un cambio
refused-other-kind = Se registró como algo de otro tipo.
refused-other-site = Se registró para otro centro.
refused-other-person = Se registró sobre otra persona.
refused-not-theirs = Solo puede decirlo la persona de la que trata.
refused-own = Nadie puede decidir sobre sí mismo.
refused-unknown = Esta versión no sabe qué significa.
owed-refused = Cambio sin permiso
owed-refused-by =
    { $n ->
        [one] { $n } cambio de { $name }, sin efecto
       *[other] { $n } cambios, el último de { $name }, sin efecto
    }
