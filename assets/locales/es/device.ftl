# Lo que liga los registros a este dispositivo, y qué hacer cuando falta.
failure-device-key-gone = Este dispositivo perdió su parte de la clave, así que ningún PIN abre los registros guardados aquí. Ocurre cuando se borró una parte de los datos del navegador, o cuando la aplicación vino de una copia o de otro dispositivo. Vincule este dispositivo de nuevo con otro código: lo que se envió vuelve, lo que no se envió se pierde.
failure-key-store-away = El almacén de claves de este dispositivo no responde, y sin él ningún PIN abre los registros. Desbloquee el almacén de claves (llavero) e intente de nuevo. No se pierde nada.
lock-pair-again = Vincular este dispositivo de nuevo
key-place-system = Detalles de seguridad: la clave de estos registros está ligada a este dispositivo. Una parte está en el almacén de claves del sistema.
key-place-browser = Detalles de seguridad: la clave de estos registros está ligada a este navegador. Una parte es una clave que ninguna página puede leer; quien copie la carpeta entera del navegador la copia también.
key-place-file = Detalles de seguridad: la clave de estos registros está ligada a este dispositivo por un archivo que solo este usuario puede leer, porque el sistema no tiene almacén de claves. A quien copie también ese archivo solo le falta adivinar el PIN.
key-place-pin-alone = Detalles de seguridad: solo el PIN protege la clave de estos registros, porque no se pudo usar el almacén de claves de este dispositivo. La aplicación lo intenta otra vez al desbloquear.
