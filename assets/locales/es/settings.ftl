# Lo que la organización decide, y su nombre.
settings-nothing = No ha cambiado nada
settings-reason = Por qué
settings-reason-hint = Queda en el historial de cada ajuste que cambie.
settings-wrong = Ponga un número entero de { $least } a { $most }.
settings-hold-hint = Para los ciclos que se cierren desde ahora. La regla estadística (siete de siete comprobaciones, o más tras un fallo) también se aplica.
setting-hold-looks = Comprobaciones antes de que pueda mantenerse
setting-hold-weeks = Semanas tras el cierre, como mínimo
setting-hold-bands = De día, tarde, noche y fin de semana, vistos como mínimo
setting-recheck-days = Días tras el cierre para volver a comprobar
setting-newer = Un ajuste de una versión más nueva
setting-expected = Con qué frecuencia: { $standard }
setting-often = { $times } en { $days } días
settings-recheck-hint = Separados por comas, primero el más próximo.
settings-recheck-wrong = Ponga días de 1 a 366 separados por comas, primero el más próximo.
settings-shifts = Horas de los turnos
settings-shifts-hint = Cuándo un turno entrega al siguiente. Se aplica desde hoy; los registros anteriores conservan las horas de entonces.
settings-shifts-at = Turnos en { $site }
settings-shifts-usual = 06:00 · 14:00 · 22:00
settings-shifts-two = Dos turnos
settings-shifts-three = Tres turnos
settings-shifts-wrong = Ponga las horas en orden, con más de cuatro horas entre ellas.
settings-shift-early = Empieza el turno de día o de mañana
settings-shift-late = Empieza el turno de tarde
settings-shift-night = Empieza el turno de noche
settings-expected = ¿Con qué frecuencia se observa a cada persona?
settings-expected-hint = Un número nuevo cuenta desde el día en que se fija: la primera vence cuando pasa todo su plazo.
settings-yes = Sí
settings-no = No
settings-log = Historial
settings-from-to = { $was } → { $now }
settings-unsettled = Dos personas cambiaron esto de forma distinta: { $setting }
settings-unsettled-hint = Se guardan los dos. El primero vale hasta que elija.
settings-keep = Dejar { $value }
owed-unsettled = Ajustes cambiados de forma distinta
owed-unsettled-of =
    { $n ->
        [one] { $n } ajuste
       *[other] { $n } ajustes
    }
standard-expected = Con qué frecuencia se observa a cada persona con él: { $often }
diff-expected = Con qué frecuencia se observa a cada persona: { $was } → { $now }
fetching-title = Descargando sus registros
fetching-hint = La primera vez puede tardar unos minutos. Podrá empezar cuando estén aquí.
fetching-so-far = { $n } hasta ahora
failure-fetching = Aún se están descargando los registros de su organización. Intente de nuevo cuando estén aquí.
org-title = Organización
org-name = Nombre de la organización
org-name-hint = Aparece en todas las pantallas y en todos los expedientes de evidencia.
org-name-missing = Escriba un nombre.
records-not-here = No hay registros en este dispositivo
records-not-here-hint = Los registros de otros centros no se envían a este dispositivo.
preview-unreadable = No se puede calcular: no se puede leer «{ $name }».
hold-preview =
    Con estos números, "Se mantiene" pide al menos { $looks } comprobaciones en la práctica real, todas cumplidas, { $weeks ->
        [0] desde el día del cierre
        [one] la última al menos { $weeks } semana después del cierre
       *[other] la última al menos { $weeks } semanas después del cierre
    }, y al menos { $bands } de día, tarde, noche y fin de semana (entre ellos, noche o fin de semana).
