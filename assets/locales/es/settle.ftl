# Cambios que no sabían unos de otros: reunidos, en desacuerdo, resueltos, avisados.
conflict-title = Aquí dicen cosas distintas
conflict-text = Cambiaron lo mismo sin saber una persona de la otra. Se conserva todo. Quien pueda cambiar el registro decide qué vale; hasta entonces, lo no cumplido cuenta como no cumplido.
conflict-text-settle = Cambiaron lo mismo sin saber una persona de la otra. Se conserva todo. Diga qué vale; hasta entonces, lo no cumplido cuenta como no cumplido.
merged-title = Reunido a partir de varios cambios
merged-text = Estas personas cambiaron cosas distintas sin saber una de la otra. Cada cambio vale; el historial dice de quién es cada uno.
field-coaching = Acompañamiento: { $item }
history-joins = Reúne lo que cambiaron { $names }
history-settled = Resolvió el desacuerdo
history-unseen = No sabía del cambio de { $names }. Se conserva aquí, y el registro sigue retirado.
history-changed = { $field }: { $words }
told-settled = { $name } resolvió lo que usted había cambiado
told-withdrawn = { $name } retiró este registro antes de que llegara su cambio
told-line = { $field }: usted dijo «{ $mine }». Ahora vale: «{ $stands }».
told-read = Lo he leído
owed-told = Se decidió sobre su cambio
owed-told-settled = Resuelto por { $name }
owed-told-withdrawn = Retirado por { $name }
settle-title = Resolver
settle-what = ¿Qué vale?
settle-hint = Elija en cada punto. No se borra nada: lo que no se elige queda en el historial, y quien lo escribió recibe el aviso con su motivo.
settle-together = Las dos cosas, una tras otra
settle-reason = ¿Por qué vale esto?
settle-reason-hint = Lo lee quien escribió la otra versión.
settle-reason-own = Motivo
settle-reason-talked = Lo hablamos
settle-reason-papers = Lo muestran los papeles
settle-reason-there = Estuve allí y lo vi
settle-send = Esto vale
settle-done = Resuelto. Quien lo escribió recibe el aviso.
settle-nothing = Aquí no hay nada que resolver
settle-nothing-hint = Puede que alguien lo haya resuelto ahora mismo.
open-in-dispute = Elija qué vale en cada punto.
open-changed = Algo acaba de cambiar aquí. Mírelo otra vez.

# Lo que intentó cambiar quien no puede: se guarda, se muestra y no tiene efecto.
refused-title = No cuenta
refused-hint = Alguien que no puede hacerlo intentó cambiar esto. No cambió nada. Se guarda para que todos puedan verlo.
refused-line = No cuenta: { $what }, de { $name }
refused-change = un cambio
refused-other-kind = Se escribió como algo de otro tipo.
refused-other-site = Se escribió para otro centro.
refused-other-person = Se escribió sobre otra persona.
refused-not-theirs = Solo puede decirlo la persona de la que trata.
refused-own = Nadie decide sobre lo que le concierne.
refused-unknown = Esta versión no sabe qué significa.
owed-refused = Alguien intentó cambiar lo que no puede
owed-refused-by =
    { $n ->
        [one] { $n } cambio de { $name }, sin efecto
       *[other] { $n } cambios, el último de { $name }, sin efecto
    }
