# Dispositivos, códigos para vincular y PIN fáciles de adivinar.
devices-title = Dispositivos
devices-sub = Quién tiene la sesión abierta y dónde
devices-mine = Con mi nombre
devices-none = Todavía no hay dispositivos en la lista
devices-none-hint = Los dispositivos que se vinculen a partir de ahora aparecen aquí.
devices-strange = Si no reconoce un dispositivo, avise ahora a un administrador. Puede retirarlo.
devices-it-is-mine = Es mío
devices-codes = Códigos para vincular sin usar
devices-all = Dispositivos de todas las personas
devices-all-hint = Los dispositivos vinculados antes de que existiera esta lista aparecen cuando se retiran.
device-here = Este dispositivo
device-by = Código de { $name }
device-by-server = Código de quien opera el servidor
device-removed = Retirado { $when }
owed-paired = Se vinculó un dispositivo con su nombre
pairing-elsewhere = Pida el código a un administrador: { $name } también trabaja en { $sites }.
pairing-administrator = Pida a un administrador el código para { $name }.
pairing-inactive = { $name } ya no está en activo. Vuelva a activar a la persona para vincular un dispositivo.
failure-easy-pin = Ese PIN es fácil de adivinar. Elija seis dígitos sin un patrón.
failure-wrong-pin-left =
    { $n ->
        [one] Ese PIN no abre estos registros. Queda { $n } intento; después hay que esperar.
       *[other] Ese PIN no abre estos registros. Quedan { $n } intentos; después hay que esperar.
    }
failure-last-admin = Es la última persona que administra. Antes, nombre a otra persona administradora.
failure-too-many-codes = Tiene demasiados códigos sin usar. Use los que hay o espere a que venza alguno.
