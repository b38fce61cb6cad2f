# Una frase para cada código: qué pasó y cómo arreglarlo.
failure-locked = Este perfil está bloqueado. Desbloquéelo con su PIN e intente de nuevo.
failure-wrong-pin = Ese PIN no abre estos registros. Compruébelo y escríbalo de nuevo.
failure-too-many-pins =
    { $n ->
        [one] Demasiados PIN erróneos. Espere { $n } segundo e intente de nuevo.
       *[other] Demasiados PIN erróneos. Espere { $n } segundos e intente de nuevo.
    }
failure-bad-pin = El PIN tiene seis dígitos. Escriba seis dígitos.
failure-code-invalid = Este código está mal, ya se usó o es antiguo. Pida uno nuevo a su administrador.
failure-no-signal = No se llega al servidor. Lo que dice guardado queda aquí. Intente de nuevo cuando haya señal.
failure-not-fieldproof = Quien respondió no es un servidor de Fieldproof. Revise la dirección; en una Wi-Fi pública, entre primero en la Wi-Fi.
failure-server-busy = El servidor está ocupado. Intente de nuevo en un minuto.
failure-not-permitted = Su función no permite esto. Pregunte a su administrador.
failure-not-found = Esto no está en este dispositivo. Puede haberse retirado o no haber llegado aún.
failure-disk-full = El dispositivo está lleno y no se guardó nada. Libere espacio y hágalo de nuevo.
failure-corrupt = El archivo de registros de este dispositivo no se puede leer. No borre la aplicación; pida ayuda a su administrador.
failure-too-long = Es demasiado largo para un registro. Acorte el texto más largo e intente de nuevo.
failure-invalid = Falta algo o está mal. Revise lo que escribió e intente de nuevo.
failure-newer-version = Estos registros son de una versión más nueva de la aplicación. Actualícela para abrirlos.
failure-internal = Algo falló en la aplicación. Ciérrela, ábrala de nuevo e intente otra vez.

quarantine-malformed = El servidor no pudo leer esta entrada. Regístrela otra vez y marque esta como resuelta.
quarantine-wrong-replica = Esta entrada es del registro de otro dispositivo. Avise a su administrador.
quarantine-wrong-seq = Esta entrada llegó fuera de orden. Avise a su administrador.
quarantine-wrong-author = Esta entrada nombra a otro autor que la persona de este dispositivo. Avise a su administrador.
quarantine-duplicate-id = El servidor ya tiene otra entrada con este número. Regístrela otra vez si falta.
quarantine-not-permitted = Su función no permitía esto cuando se escribió. Pregunte a su administrador o retírela.
quarantine-unknown-site = El centro está cerrado o el servidor no lo conoce. Elija otro centro en una corrección.
quarantine-unknown-subject = El servidor no conoce a la persona. Elíjala de nuevo en una corrección.
quarantine-invalid-body = A esta entrada le falta algo o está mal. Corríjala y envíela de nuevo.
quarantine-revoked-device = Se escribió después de retirar el dispositivo. Pregunte a su administrador.
quarantine-taken = Quienes administran el servidor retiraron esta entrada después de compartirla. Pregunte a su administrador.
quarantine-other = El servidor apartó esto (motivo: { $code }). Actualice la aplicación o pregunte a su administrador.

open-unanswered = Sin respuesta aún. Elija una respuesta.
open-out-of-range = El número está fuera de los límites. Compruébelo.
open-not-allowed = Esta respuesta no es una de las opciones. Elija de nuevo.
open-unknown-item = Esta respuesta no es de ningún punto de este estándar. No se puede enviar.
open-no-subject = Falta elegir a la persona. Elija de quién se trata.
open-no-site = Falta elegir el centro. Elija el centro.
open-no-consent = Falta anotar el consentimiento. Elija lo que dijo la persona.
open-empty-task = La tarea { $n } no tiene texto. Escríbala o quítela.
open-no-reason = Diga por qué se cambia.

class-check = Control de dos minutos
class-shadow = Observación acompañada
class-audit = Auditoría
class-handoff = Relevo
class-scenario = Nota de caso
class-note = Muestra de nota
role-staff = Personal
role-supervisor = Supervisión
role-quality = Calidad
role-admin = Administración
shift-early = Turno de mañana
shift-late = Turno de tarde
shift-night = Turno de noche
mark-met = Cumple
mark-not-met = No cumple
mark-not-seen = No visto
mark-not-applicable = No aplica
mark-unknown = Otra respuesta
consent-given = Aceptó
consent-declined = No aceptó
consent-not-present = No estaba
outcome-meets = Cumple el estándar
outcome-rework = Rehacer
outcome-unknown = Otro resultado
state-submitted = Registrado
state-awaiting-review = Espera revisión
state-meets = Cumple el estándar
state-rework = Para rehacer
state-returned = Devuelto
state-acknowledged = Leído y aceptado
state-withdrawn = Retirado
state-conflict = Dos versiones
task-unowned = Nadie se encarga aún
task-assigned = Asignada
task-done = Hecha
task-cancelled = Cancelada
sent-waiting = Guardado en este dispositivo
sent-with-server = En el servidor
sent-needs-you = Le necesita
sent-dealt-with = Resuelto
