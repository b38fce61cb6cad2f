# Expedientes de evidencia: cómo se hacen y qué contiene el archivo.
pack-title = Expediente de evidencia
packs-title = Expedientes de evidencia
packs-hint = Dos páginas para quien revisa, con los registros detrás: debilidad, estándar, acción, comprobaciones en la práctica real, revisiones mensuales. Se comprueba solo, sin nosotros y sin red. Empiece desde una persona, un centro o algo en seguimiento, o elija un tema.
packs-themes = Por tema
packs-made = Expedientes compartidos
packs-none = Todavía no hay expedientes
packs-none-hint = Cada expediente que haga aparece aquí con su huella, para comparar una copia con él.
pack-of-person = Persona
pack-of-site = Centro
pack-of-theme = Tema
pack-of-follow-up = En seguimiento
pack-hint = Un solo archivo que se abre en cualquier navegador y se imprime bien. La aplicación nunca pide nombres de personas atendidas, así que no añade ninguno; lo que alguien escribió queda como lo escribió.
pack-period-ask = Periodo
pack-month-1 = 30 días
pack-month-3 = 3 meses
pack-month-6 = 6 meses
pack-month-12 = Un año
pack-from = Desde
pack-to = Hasta
pack-no-days = Indique los dos días.
pack-days-order = El primer día es posterior al último. Cambie uno.
pack-names = Nombrar al personal
pack-names-hint = Sin nombres el personal va numerado, y las líneas que nombran a alguien se omiten.
pack-make = Hacer el expediente
pack-save = Guardar el archivo
pack-not-saved = No se pudo guardar el archivo aquí. Revise el espacio libre e intente de nuevo.
pack-in-downloads = Guardado con sus descargas.
pack-kept-at = Guardado: { $path }
pack-empty = No se registró nada en este periodo
pack-empty-hint = Elija uno más largo.
pack-unplaced-hint = No se pudo contactar al servidor, o aún no las tiene. Haga el expediente de nuevo cuando tenga señal: entonces también las prueba.
pack-kicker = Evidencia de mejora · { $org }
pack-period = { $from } a { $to }
pack-made = Hecho el { $at } por { $by }
pack-somebody = Alguien
pack-staff = Personal { $n }
pack-weakness = 1 Debilidad
pack-standard = 2 Estándar
pack-action = 3 Acción
pack-check = 4 Comprobaciones
pack-governance = 5 Gobernanza: revisiones mensuales
pack-simulated = simulada
pack-live = en la práctica real
pack-note = una nota
pack-nothing = Nada registrado en este periodo.
pack-version = Versión { $n }
pack-missed = { $item }: no cumplido en { $n } de { $of } en que se vio
pack-met-of = { $n } de { $of } observaciones en la práctica real cumplieron su estándar.
pack-no-live = Ninguna observación en la práctica real en este periodo.
pack-simulated-of = Simuladas: { $n } de { $of } cumplieron su estándar.
pack-desk-of = En papel (auditorías, casos escritos, notas): { $n } de { $of } cumplieron su estándar.
pack-unread-of = Según un estándar que este dispositivo no tiene: { $n } de { $of } lo cumplieron.
pack-on-paper = en papel
pack-small = Muy pocas para que un porcentaje diga mucho.
pack-month = Mes
pack-of = De
pack-records = Observaciones, entregas de turno y notas
pack-when = Cuándo
pack-what = Qué
pack-about = Sobre
pack-by = Por
pack-result = Resultado
pack-proof = Cómo se prueba este expediente
pack-proof-how = Cada línea se escribió una vez, en el dispositivo donde ocurrió, y está encadenada por SHA-256 a la anterior. El botón vuelve a calcular, en este navegador, el hash de cada línea que está entera aquí y el de todo lo que muestra este archivo; no se envía nada.
pack-check-now = Comprobar ahora
pack-good = Comprobado: cada línea que está entera aquí encaja en su lugar de la cadena tal como lo da este archivo, y todo lo que ve es aquello de lo que se hizo la huella. Compare la huella con el registro del proveedor: solo eso descarta que alguien hiciera de nuevo el archivo y la huella.
pack-bad = Este expediente fue alterado. No encaja:
pack-bad-line = No encaja en su lugar de la cadena: línea
pack-bad-page = Lo que muestra este archivo no es aquello de lo que se hizo la huella. (Una copia guardada desde un navegador que la había traducido no se puede comprobar: pida el archivo original.)
pack-line-left-out = Omitida: nombra a alguien.
pack-fingerprint = Huella
pack-fingerprint-hint = El registro del proveedor guarda la misma huella desde que se hizo este expediente. Pídala: quien altera un expediente puede escribir otra huella en él, pero no en ese registro.
failure-too-much = Es más de lo que cabe en un expediente. Elija un periodo más corto.
pack-items =
    { $n ->
        [one] { $n } punto
       *[other] { $n } puntos
    }
pack-earlier =
    { $n ->
        [one] { $n } entrada anterior está detrás de estas páginas.
       *[other] { $n } entradas anteriores están detrás de estas páginas.
    }
pack-ready =
    { $n ->
        [one] Listo: { $n } línea detrás
       *[other] Listo: { $n } líneas detrás
    }
pack-proven =
    { $n ->
        [one] { $n } línea está en una cadena que el servidor también tiene.
       *[other] { $n } líneas están en cadenas que el servidor también tiene.
    }
pack-own =
    { $n ->
        [one] { $n } línea está en la cadena del dispositivo que hizo este expediente y aún no se había enviado.
       *[other] { $n } líneas están en la cadena del dispositivo que hizo este expediente y aún no se habían enviado.
    }
pack-unplaced =
    { $n ->
        [one] { $n } línea sin lugar en su cadena
       *[other] { $n } líneas sin lugar en sus cadenas
    }
pack-left-out =
    { $n ->
        [one] { $n } línea se omite porque nombra a alguien; se muestra su lugar en la cadena.
       *[other] { $n } líneas se omiten porque nombran a alguien; se muestran sus lugares en la cadena.
    }
pack-lines =
    { $n ->
        [one] La { $n } línea detrás
       *[other] Las { $n } líneas detrás
    }
pack-interval = Con 95 % de certeza entre { $low } y { $high } (Clopper–Pearson), si fueran una muestra imparcial.
pack-chart = Proporción de observaciones que cumplieron su estándar, mes a mes
pack-translated = Comprobado: el archivo está como se hizo. Su navegador tradujo lo que ve: la traducción no forma parte del expediente; para las palabras exactas, lea el original.
pack-moved = El archivo está como se hizo, pero algo en este navegador, por ejemplo una extensión, ha cambiado lo que ve. Ábralo en una ventana privada.
pack-lines-checked = Líneas recalculadas:
pack-behind = Detrás de estas páginas
pack-newest = Pasos más recientes
pack-more =
    { $n ->
        [one] Hay una más detrás de estas páginas.
       *[other] Hay { $n } más detrás de estas páginas.
    }
pack-months = Mes a mes
pack-restricted = Qué se restringió
pack-coached = Qué se orientó
pack-duties = Funciones limitadas: { $duties }
pack-review-days =
    { $n ->
        [one] se revisa cada día
       *[other] se revisa cada { $n } días
    }
pack-expected = Se espera: { $what }
pack-owner = { $name }, antes del { $day }
pack-since = desde { $day }
pack-until = hasta { $day }
pack-in-force = en vigor
pack-said = «{ $what }»
pack-yes = sí
pack-no = no
pack-elsewhere =
    { $n ->
        [one] Otra revisión de este periodo trata de otra cosa y no está en este expediente.
       *[other] Otras { $n } revisiones de este periodo tratan de otra cosa y no están en este expediente.
    }
pack-row-missed = No cumplido: { $what }
pack-gaps = Sin observaciones en la práctica real en: { $which }
pack-refused = No cuenta: { $why }
pack-times = Con el tiempo dedicado a cada punto
pack-times-hint = El personal sabe que estos tiempos se guardan, no que salen de la organización. Sin ellos, las líneas que los tienen se muestran, pero no se pueden recalcular una a una.
pack-shortened =
    { $n ->
        [one] { $n } línea se muestra sin el tiempo dedicado a cada punto: la huella cubre lo que se muestra; para recalcular su lugar en la cadena, pida al proveedor la línea entera.
       *[other] { $n } líneas se muestran sin el tiempo dedicado a cada punto: la huella cubre lo que se muestra; para recalcular sus lugares en la cadena, pida al proveedor las líneas enteras.
    }
pack-unknown = { $item }: nadie lo sabía en { $n } de { $of } entregas de turno que lo respondieron
pack-not-judged =
    { $n ->
        [one] Una observación quedó sin valorar: si cumplió depende de lo que no se vio, o nadie puede valorarla.
       *[other] { $n } observaciones quedaron sin valorar: si cumplieron depende de lo que no se vio, o nadie puede valorarlas.
    }
pack-none-judged =
    { $n ->
        [one] La única observación en la práctica real no se pudo valorar.
       *[other] No se pudo valorar ninguna de las { $n } observaciones en la práctica real.
    }
pack-handoffs =
    { $n ->
        [one] Una entrega de turno, rellenada por el personal del turno.
       *[other] { $n } entregas de turno, rellenadas por el personal del turno.
    } Lo que no se cumplió o no se sabía en ellas es una debilidad de la entrega, no una observación de la práctica de nadie: algo no se cumplió en { $missed } y no se sabía en { $unknown }.
pack-review-next = próxima revisión antes del { $day }
pack-overdue = con retraso desde el { $day }
pack-review-overdue = revisión atrasada desde el { $day }
pack-row-unknown = Desconocido: { $what }
pack-row-reviewed = Revisado por { $name }, { $day }
pack-row-handoff = Sin valorar (una entrega de turno)
pack-not-whole = { $month } está incompleto en este expediente: { $x } de { $n } hasta ahora. Queda fuera de la tendencia.
pack-nameless = El personal va numerado. Lo que alguien escribió queda igual, salvo los nombres que se reconocieron; un nombre que comparten varias personas pasa a ser «Alguien».
pack-read-first = Léalo antes de entregarlo
pack-read-first-hint = Lo que alguien escribió queda igual, salvo los nombres que se reconocieron. Puede quedar un nombre que también es una palabra común, que está mal escrito o que es de otra persona.
pack-in-practice = En la práctica real
pack-not-in-practice = Fuera de la práctica real (simuladas, en papel)
pack-in-handoffs = En las entregas de turno
pack-not-counted = No contadas arriba
pack-handoff-missed = { $item }: no cumplido en { $n } de { $of } entregas de turno que lo respondieron
pack-needed = Parte de los puntos que se exige
pack-needed-all = Se exige en cada una: { $percent } de sus puntos cumplidos y ningún punto crítico sin cumplir.
pack-needed-each = Lo que exige cada estándar, sin ningún punto crítico sin cumplir:
pack-needed-by = { $standard }: { $percent } de sus puntos
pack-needed-version = { $percent } (versión { $n })
pack-version-since = en vigor desde el { $day }
pack-version-until = en vigor del { $from } al { $to }
pack-version-retired = en vigor desde el { $from }, retirada el { $to }
pack-version-change = qué cambió y por qué: «{ $what }»
pack-version-needed = se exige { $percent } de sus puntos
pack-shortened-here = Los textos que terminan en «…» están completos después de estas páginas.
