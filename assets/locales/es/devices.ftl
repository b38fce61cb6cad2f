# Dispositivos, códigos para vincular y PIN fáciles de adivinar.
devices-title = Dispositivos
devices-sub = Quién tiene la sesión abierta y dónde
devices-mine = Con mi nombre
devices-none = Todavía no se sabe nada de sus dispositivos
devices-none-hint = Aquí aparecen los dispositivos que se vinculen a partir de ahora.
devices-strange = Si no conoce un dispositivo, avise ahora a un administrador. Puede retirarlo.
devices-it-is-mine = Es mío
devices-codes = Códigos para vincular sin usar
devices-all = Dispositivos de todas las personas
devices-all-hint = Los dispositivos vinculados antes de que existiera esta lista aparecen cuando se retiran.
device-here = Este dispositivo
device-by = Código de { $name }
device-by-server = Código de quien opera el servidor
device-removed = Retirado { $when }
owed-paired = Se vinculó un dispositivo con su nombre
pairing-elsewhere = El código lo crea un administrador: { $name } también trabaja en { $sites }.
pairing-administrator = El código para { $name } lo crea un administrador.
pairing-inactive = { $name } ya no está en activo. Para vincular un dispositivo hay que volver a activar a la persona.
failure-easy-pin = Ese PIN es fácil de adivinar. Elija seis dígitos sin un patrón.
failure-wrong-pin-left =
    { $n ->
        [one] Ese PIN no abre estos registros. Queda { $n } intento; después hay que esperar.
       *[other] Ese PIN no abre estos registros. Quedan { $n } intentos; después hay que esperar.
    }
failure-last-admin = Es la última persona que administra. Antes, nombre a otra persona administradora.
failure-too-many-codes = Tiene demasiados códigos sin usar. Use los que hay o espere a que venza alguno.
