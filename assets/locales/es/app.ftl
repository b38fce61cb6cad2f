# El marco de cada pantalla y las palabras que todas comparten.
app-name = Fieldproof
app-starting = Abriendo sus registros…
window-title = { $title } · Fieldproof
skip-to-content = Ir al contenido
back = Atrás
busy = Trabajando…
loading = Cargando…
try-again = Intentar de nuevo
list-more = Mostrar más
list-of = { $shown } de { $total }
cancel = Cancelar
form-unsent = Formulario sin enviar
form-discard-of = Descartar lo escrito: { $title }
form-discard-ask = ¿Descartar lo que escribió?
form-discard-hint = No se envió y no se puede recuperar.
form-restored = Aquí está lo que escribió · { $when }
form-discard = Descartar
optional = { $label } (opcional)
pin-show = Mostrar
pin-hide = Ocultar

second-tab-title = Fieldproof está abierto en otra pestaña
second-tab-hint = Sus registros están abiertos allí. Use esa pestaña, o ciérrela y esta se abrirá sola.

nav-label = Principal
notices = Avisos
nav-today = Hoy
nav-people = Personal
nav-records = Registros
nav-tasks = Tareas
nav-sites = Centros
nav-standards = Estándares
nav-more = Más
nav-lock = Bloquear ({ $name })

leaving-title =
    { $n ->
        [one] { $n } entrada suya sin enviar
       *[other] { $n } entradas suyas sin enviar
    }
leaving-text = Queda guardado en este dispositivo, pero solo se envía mientras usted lo tenga desbloqueado. Nadie más puede enviarlo desde aquí.
leaving-lock = Bloquear de todos modos
leaving-none = Ya no queda nada suyo por enviar
carry-on-title = ¿Seguir donde estaba?
carry-on-yes = Seguir
carry-on-no = Ahora no
not-offline-yet = La aplicación todavía no se abre sin señal
not-offline-yet-text = Falta una parte por llegar. Se está descargando de nuevo; deje esta página abierta con conexión hasta que desaparezca este aviso.
update-title = Actualización lista
update-text = Tarda unos segundos. Los borradores y registros quedan como están.
update-yes = Actualizar ahora

not-found-title = No se encontró la página
not-found-hint = El enlace puede ser antiguo, o el registro no está en este dispositivo.

# El aviso de sincronización: nunca afirma más de lo comprobado.
chip-locked = Bloqueado
chip-waiting =
    { $n ->
        [one] { $n } sin enviar – guardado en este dispositivo
       *[other] { $n } sin enviar – guardados en este dispositivo
    }
chip-sending = Enviando { $sent } de { $of }
chip-receiving = Recibiendo { $n }
chip-all-synced = Todo sincronizado { $time }
chip-set-aside =
    { $n ->
        [one] Enviado { $time } · { $n } apartado
       *[other] Enviado { $time } · { $n } apartados
    }
chip-not-yet = Aún sin sincronizar
chip-needs-you =
    { $n ->
        [one] { $n } necesita su atención
       *[other] { $n } necesitan su atención
    }
chip-needs-you-waiting = { $n } por revisar · { $waiting } sin enviar
chip-others = Otros: { $n } sin enviar
chip-waiting-others = { $mine } sin enviar · otros: { $n }
chip-sending-others = Enviando { $sent } de { $of } · otros: { $n }
chip-sign-in = Vuelva a vincular
chip-sign-in-waiting = Sin vincular · { $n } sin enviar

# Días y horas. Donde una frase lleva un día, nombra estas palabras para ponerlas en minúscula:
# coach-look-again-says, owed-late.
date-today = Hoy
date-yesterday = Ayer
date-tomorrow = Mañana
date-weekday-day-month = { $weekday } { $day } { $month }
date-day-month-year = { $day } { $month } { $year }
date-day-time = { $day } { $time }
date-exact = { $weekday } { $day }, { $time }

when-missing = Indique un día y una hora.
when-no-time = Esa fecha u hora no es válida. Escriba el año con cuatro cifras.
when-ahead = Esa hora aún no ha llegado. Elija una hora pasada.
when-long-ago = Eso es el { $when }, hace más de seis semanas. ¿Fue entonces?
when-meant = Sí, fue entonces
when-over = Esa hora ya pasó. Elija una que aún no haya llegado.
when-far-ahead = Falta más de un año. Compruebe el año.
when-gone-by = { $when } – ya pasó
date-left = vence en { $span }
date-over = { $span } de retraso
date-minutes = { $n } min
date-hours = { $n } h
date-days =
    { $n ->
        [one] { $n } día
       *[other] { $n } días
    }
date-mon = lun
date-tue = mar
date-wed = mié
date-thu = jue
date-fri = vie
date-sat = sáb
date-sun = dom
date-jan = ene
date-feb = feb
date-mar = mar
date-apr = abr
date-may = may
date-jun = jun
date-jul = jul
date-aug = ago
date-sep = sep
date-oct = oct
date-nov = nov
date-dec = dic
size-decimal = { $whole },{ $tenth }
size-kb = { $n } KB
size-mb = { $n } MB
size-gb = { $n } GB
said-rest = Mostrar { $n } caracteres más
number-understood = = { $n }
number-either = ¿{ $thousands } o { $decimals }? Escríbalo de una de estas dos formas.
number-not-whole = Escriba un número entero: esto se cuenta.
text-too-long =
    { $n ->
        [one] Sobra { $n } carácter. No se cortó nada: acorte el texto aquí.
       *[other] Sobran { $n } caracteres. No se cortó nada: acorte el texto aquí.
    }
printed = Impreso el { $at } por { $by }
