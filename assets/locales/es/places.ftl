# Personal, centros, estándares y lo que lleva la administración.
people-title = Personal
people-add = Añadir una persona
people-choose = Elija una persona de la lista
people-search = Buscar por nombre
people-site = Centro
people-all-sites = Todos los centros
people-found =
    { $n ->
        [one] { $n } persona
       *[other] { $n } personas
    }
people-none = No se encontró a nadie
people-none-hint = Busque por otra parte del nombre, o elija todos los centros.
people-last = { $title } · { $when }
people-not-seen = Aún sin observar
people-inactive = Ya no está en activo
person-records = Últimas observaciones
person-no-records = Aún no hay observaciones
person-no-records-hint = Las observaciones aparecen aquí, primero las más nuevas.
person-observe = Observar
person-begin = { $class }: observar ahora
person-edit = Cambiar nombre, función o centros

sites-title = Centros
sites-add = Añadir un centro
sites-choose = Elija un centro de la lista
sites-none = Aún no hay centros
sites-none-hint = La administración añade los centros. Después se les asigna personal.
sites-people =
    { $n ->
        [one] { $n } persona
       *[other] { $n } personas
    }
sites-last = Último registro: { $when }
sites-closed = Cerrado
site-tasks = Tareas abiertas
site-people = Personal del centro
site-no-people = Nadie está asignado a este centro
site-records = Registros más nuevos
site-no-records = Aún no hay registros aquí
site-edit = Cambiar este centro

standards-title = Estándares
standards-choose = Elija un estándar de la lista
standards-items =
    { $n ->
        [one] { $n } punto
       *[other] { $n } puntos
    }
standards-version = versión { $n }
standards-retired = Retirado
standard-scenario = El caso
standard-items = Qué mirar
standard-review = Qué mirar al revisar
standard-refreshers = Repasos
standard-refresher = { $title } · { $n } min
standard-critical = Crítico: si falla, falla todo
standard-optional = Se puede dejar sin responder
standard-good = Cómo se hace bien:
standard-choices = Opciones: { $list }
standard-unit = En { $unit }
standard-deviations = Qué puede fallar: { $list }

admin-save = Guardar
admin-saved = Guardado en este dispositivo
admin-name = Nombre
admin-name-missing = Escriba un nombre.
admin-name-hidden = Este texto tiene caracteres que nadie puede ver. Escríbalo en lugar de pegarlo.
admin-role = Función
admin-sites = Centros
admin-person-edit = Cambiar una persona
admin-person-active = En activo
admin-person-active-hint = Si se desactiva, la persona ya no puede sincronizar. Sus registros se conservan.
admin-site-edit = Cambiar un centro
admin-site-name = Nombre del centro
admin-site-name-missing = Escriba un nombre para el centro.
admin-site-twin = Ya hay un centro llamado { $site }. Si este es otro, las listas muestran qué los distingue.
admin-programme = Programa
admin-programme-hint = Por ejemplo atención a domicilio, vivienda con apoyo, crisis
admin-programme-like = Otros centros lo escriben «{ $programme }». Escríbalo igual para mantenerlos juntos.
admin-site-active = Abierto
admin-site-active-hint = Si se desactiva, no se puede registrar nada nuevo allí. Sus registros se conservan.
role-staff-hint = Entrega el turno, escribe notas, confirma la orientación.
role-supervisor-hint = Observa, orienta y revisa en sus centros.
role-quality-hint = Ve todos los centros, publica estándares, dirige acciones.
role-admin-hint = Lleva personal, centros y dispositivos. No observa.

pairing-title = Vincular un dispositivo
pairing-what = Un código permite que un dispositivo registre como { $name }. Sirve una vez y necesita señal.
pairing-make = Crear un código
pairing-another = Crear otro código
pairing-for = Código para { $name }
pairing-until = Válido hasta { $when }
pairing-qr = Código QR con el enlace para vincular
pairing-copy = Copiar el enlace
pairing-share = Compartir el enlace
copy = Copiar
copied = Copiado
copy-refused = Este dispositivo no permitió copiar. Seleccione el texto y cópielo a mano.
site-audits = Auditorías de este centro
site-audit = Auditar este centro
