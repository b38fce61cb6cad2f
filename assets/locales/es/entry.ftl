# Vincular, pantalla de bloqueo e instalación en la pantalla de inicio de iOS.
pair-title = Vincular este dispositivo
pair-intro = Su administrador le dio un código o un enlace para vincular. Sirve una sola vez.
pair-code = Código para vincular
pair-code-hint = Ocho letras y números, en mayúsculas o minúsculas.
pair-code-short = El código tiene ocho letras y números. Compruébelo y escríbalo entero.
pair-device = Nombre de este dispositivo
pair-device-hint = Lo ve su administrador, para distinguir un dispositivo perdido de los demás.
pair-server-more = Otro servidor
pair-server = Dirección del servidor
pair-server-hint = Solo si su administrador le dio una, como https://care.example
pair-next = Siguiente
pair-cancel = Volver a la pantalla de bloqueo
pair-pin-title = Elija un PIN
pair-pin-why = El PIN abre los registros de este dispositivo. Nadie puede restablecerlo: si lo olvida, hay que vincular el dispositivo de nuevo, y lo que no se envió se pierde.
pair-pin = Seis dígitos
pair-pin-again = Los mismos seis dígitos otra vez
pair-pin-differs = Los dos PIN son distintos. Escriba los mismos seis dígitos en ambos campos.
pair-finish = Vincular dispositivo

lock-title = ¿Quién es usted?
lock-pin-title = Desbloquear
lock-hello = Hola, { $name }
lock-pin = PIN
lock-open = Desbloquear
lock-other = Soy otra persona
lock-waiting = { $n } sin enviar desde { $when }
lock-add = Añadir una persona a este dispositivo
lock-removed = Retirado de esta organización
lock-removed-hint = Todo lo que { $name } terminó aquí se entregó al servidor. Los registros y su clave ya no están en este dispositivo.
lock-removed-unfinished = Entregado sin terminar: { $what }. Quien administra el servidor puede leerlo allí.
lock-removed-not-sent = Empezado y sin terminar, y no enviado porque no cupo: { $what }. Ya no está en este dispositivo.
lock-removed-unknown = No se pudo leer si había algo empezado y sin terminar ni si se envió.
lock-removed-older = Lo que se empezó y no se terminó no se envió.
left-observations =
    { $n ->
        [one] { $n } observación
       *[other] { $n } observaciones
    }
left-forms =
    { $n ->
        [one] { $n } formulario
       *[other] { $n } formularios
    }
left-standards =
    { $n ->
        [one] { $n } estándar
       *[other] { $n } estándares
    }
lock-removed-forget = Quitar de esta lista

ios-title = Primero ponga Fieldproof en su pantalla de inicio
ios-why = En una pestaña del navegador, este teléfono borra lo guardado tras siete días sin uso. Desde la pantalla de inicio conserva sus registros.
ios-step-share = 1. Toque el botón Compartir del navegador.
ios-step-add = 2. Elija «Añadir a pantalla de inicio» y luego «Añadir».
ios-step-open = 3. Abra Fieldproof desde su icono y vincule allí.
ios-then = Allí necesitará un código: pídalo a su administrador.
ios-code = Anote o copie este código: lo escribirá después de abrir el icono.
ios-code-until = Sirve una sola vez y por poco tiempo: quien se lo dio ve hasta cuándo.
ios-code-copy = Copiar el código
ios-read = Vincular aquí, solo para leer
